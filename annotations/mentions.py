"""Members whom a reply names: @name, in its words and not in its code or links."""

import re
from collections.abc import Collection, Iterator

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"(?<![\w@.+/-])@([\w.@+-]{1,150})")  # what Django takes as a user name
NAME_END = ".@+-"  # what may end a user name, and mostly ends a sentence
CLOSED_TAGS = ("a", "code")  # whose words are not read


def find_mentions(html: str) -> set[str]:
    """Return what safe HTML names after an @, each also without the punctuation at its end, whoever it may be."""
    found = {match[1] for text in iterate_words(split_html(html)) for match in NAME.finditer(text)}
    return found | {name.rstrip(NAME_END) for name in found} - {""}


def list_unknown_names(html: str, known: Collection[str]) -> list[str]:
    """Return what safe HTML names after an @ that is none of the known names, once each, the first first."""
    found = [match[1] for text in iterate_words(split_html(html)) for match in NAME.finditer(text)]
    bare = [name.rstrip(NAME_END) for name in found if name not in known]
    return list(dict.fromkeys(name for name in bare if name and name not in known))


def mark_mentions(html: str, names: Collection[str]) -> str:
    """Return the safe HTML with these names marked; any other stays the text it is."""

    def mark(match: re.Match[str]) -> str:
        name = match[1] if match[1] in names else match[1].rstrip(NAME_END)
        rest = match[1][len(name) :]
        return f'<b class="mention">@{name}</b>{rest}' if name in names else match[0]

    pieces = split_html(html)
    for index in list_word_indexes(pieces):
        pieces[index] = NAME.sub(mark, pieces[index])
    return "".join(pieces)


def split_html(html: str) -> list[str]:
    """Return the words and the tags of HTML in turns, words first."""
    return TAG.split(html)


def iterate_words(pieces: list[str]) -> Iterator[str]:
    """Yield the words that are read."""
    return (pieces[index] for index in list_word_indexes(pieces))


def list_word_indexes(pieces: list[str]) -> list[int]:
    """Return the indexes of the words outside links and code."""
    depth, indexes = 0, []
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            indexes += [index] if not depth else []
        elif re.match(rf"<(?:{'|'.join(CLOSED_TAGS)})\b", piece):
            depth += 1
        elif piece in [f"</{tag}>" for tag in CLOSED_TAGS]:
            depth -= 1
    return indexes

"""Tags as Markdown programs write them: one word after a `#`, another for every tag."""

import re
from collections.abc import Iterable, Mapping
from itertools import zip_longest

import regex

from newsreader.text.language.slugs import make_slug

# Signs that belong to the word before them, as in C++, A+ and C#.
SIGNS = re.compile(r"(?<=[^\W_])(\++|#+)")
SPOKEN_SIGNS = {"+": " plus", "#": " sharp"}
EMOJI = regex.compile(
    r"\p{Regional_Indicator}{2}"
    r"|[\p{Extended_Pictographic}\p{Emoji_Presentation}]\ufe0f?\p{Emoji_Modifier}?[\U000E0020-\U000E007F]*"
)
# General punctuation, of which a joiner is one, ends a tag in Obsidian.
PUNCTUATION = re.compile("[\u2000-\u206f\u2e00-\u2e7f]")

Tokens = Mapping[str, str]  # by the names of the tags


def name_tokens(names: Iterable[str]) -> dict[str, str]:
    """Return the token of each tag, without `#`, by its name: letters, digits, hyphens and emoji.

    A token that an earlier name has gets a number.
    """
    tokens: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        token = free = make_token(name)
        number = 2
        while free.casefold() in taken:
            free, number = f"{token}-{number}", number + 1
        taken.add(free.casefold())
        tokens[name] = free
    return tokens


def make_token(name: str) -> str:
    """Return the token of a name alone; "tag" stands before digits, which are no tag, and for what cannot be written."""
    words = [make_slug(part) if any(map(str.isalnum, part)) else "" for part in EMOJI.split(speak_signs(name))]
    emoji = [found for found in EMOJI.findall(name) if not PUNCTUATION.search(found)]
    pieces = [piece for pair in zip_longest(words, emoji, fillvalue="") for piece in pair]
    token = "-".join(filter(None, pieces))
    return (
        token
        if any(not (character.isnumeric() or character == "-") for character in token)
        else f"tag-{token}".strip("-")
    )


def speak_signs(words: str) -> str:
    """Return the words with plus and sharp signs after letters as words."""
    return SIGNS.sub(lambda found: SPOKEN_SIGNS[found[1][0]] * len(found[1]) + " ", words)

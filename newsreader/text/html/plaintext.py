"""The plain text of canonical HTML, the offsets of its blocks, and figures about a text."""

import re
from itertools import pairwise

import regex

TAG = re.compile(r"<[^>]*>")
BLOCK_START = re.compile(r'<[a-z][a-z0-9]* id="p\d+"')
# Scripts written without spaces between words.
UNSPACED_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
CHARACTER = regex.compile(r"\X")
MAX_CHARACTER_LENGTH = 64  # code points by which a cut is moved at most
WORDS_PER_MINUTE = 230
CHARACTERS_PER_MINUTE = 500


def text_of(html: str) -> str:
    """Return the text of canonical `html`: exactly a browser's textContent."""
    return TAG.sub("", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def locate_blocks(html: str) -> list[tuple[int, int]]:
    """Return for each top-level block the offset of its "<" in `html` and of its first character in the text (code points)."""
    starts = [match.start() for match in BLOCK_START.finditer(html)]
    offsets, text = [], 0
    for start, end in pairwise([*starts, len(html)]):
        offsets.append((start, text))
        text += len(text_of(html[start:end]))
    return offsets


def make_excerpt(text: str, length: int = 200) -> str:
    """Return the beginning of `text` on one line, cut at the end of a word, at most `length` characters with its ellipsis."""
    line = " ".join(text[: 4 * length].split())
    if len(line) <= length:
        return line
    cut = cut_characters(line, length - 1)
    word_end = cut.rfind(" ") if line[len(cut)] != " " else length
    return (cut[:word_end] if word_end > length // 2 else cut).rstrip(" ,;:.–—-") + "…"


def cut_characters(text: str, length: int) -> str:
    """Return the beginning of the text, at most so many code points, with its last character (grapheme cluster) whole."""
    if len(text) <= length:
        return text
    if (around := text[length - 1 : length + 1]).isascii() and around != "\r\n":
        return text[:length]
    ends = [match.end() for match in CHARACTER.finditer(text[: length + MAX_CHARACTER_LENGTH])]
    return text[: max([end for end in ends if end <= length], default=length)]


def elide_middle(text: str, edge: int) -> str:
    """Return the text without its middle where it is longer than two edges (code points), between words if they are short enough."""
    if len(text) <= 2 * edge:
        return text
    head, tail = cut_characters(text, edge), text[len(cut_characters(text, len(text) - edge)) :]
    if not text[len(head)].isspace():
        head = head[: head.rfind(" ")] if head.rfind(" ") > edge // 4 else head
    if not text[-len(tail) - 1].isspace():
        tail = tail[tail.find(" ") + 1 :] if 0 <= tail.find(" ") < len(tail) - edge // 4 else tail
    return f"{head.rstrip()} … {tail.lstrip()}"


def count_words(text: str) -> int:
    """Return the number of words in the text; in scripts without spaces each character counts as one."""
    return len(UNSPACED_CHARACTER.findall(text)) + len(UNSPACED_CHARACTER.sub(" ", text).split())


def estimate_reading_minutes(text: str) -> int:
    """Return how many minutes the text takes to read, at least 1."""
    characters = len(UNSPACED_CHARACTER.findall(text))
    words = len(UNSPACED_CHARACTER.sub(" ", text).split())
    return max(1, round(words / WORDS_PER_MINUTE + characters / CHARACTERS_PER_MINUTE))

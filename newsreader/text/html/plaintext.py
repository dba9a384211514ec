"""The text of canonical HTML, and where its blocks begin."""

import re
from itertools import pairwise

TAG = re.compile(r"<[^>]*>")
BLOCK = re.compile(r'<[a-z][a-z0-9]* id="p\d+"')
# Scripts written without spaces between words.
CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
WORDS_A_MINUTE = 230
CHARACTERS_A_MINUTE = 500


def text_of(html: str) -> str:
    """The text of canonical `html`: to the character what a browser's textContent is."""
    return TAG.sub("", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def blocks_of(html: str) -> list[tuple[int, int]]:
    """For each top-level block the offset of its "<" in `html` and of its first character in the text."""
    starts = [match.start() for match in BLOCK.finditer(html)]
    offsets, text = [], 0
    for start, end in pairwise([*starts, len(html)]):
        offsets.append((start, text))
        text += len(text_of(html[start:end]))
    return offsets


def excerpt_of(text: str, length: int = 200) -> str:
    """The beginning of `text` on one line, cut at the end of a word, at most `length` characters with its ellipsis."""
    line = " ".join(text[: 4 * length].split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    word_end = cut.rfind(" ") if line[length - 1] != " " else length
    return (cut[:word_end] if word_end > length // 2 else cut).rstrip(" ,;:.–—-") + "…"


def words_of(text: str) -> int:
    """How many words the text has; in scripts without spaces each character counts as one."""
    return len(CHARACTER.findall(text)) + len(CHARACTER.sub(" ", text).split())


def reading_minutes(text: str) -> int:
    """How many minutes the text takes to read, at least 1."""
    characters = len(CHARACTER.findall(text))
    words = len(CHARACTER.sub(" ", text).split())
    return max(1, round(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE))

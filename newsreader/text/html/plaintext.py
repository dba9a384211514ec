"""The plain text of canonical HTML, the offsets of its blocks, and figures about a text."""

import re
from itertools import pairwise

TAG = re.compile(r"<[^>]*>")
BLOCK_START = re.compile(r'<[a-z][a-z0-9]* id="p\d+"')
# Scripts written without spaces between words.
UNSPACED_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
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
    cut = line[: length - 1]
    word_end = cut.rfind(" ") if line[length - 1] != " " else length
    return (cut[:word_end] if word_end > length // 2 else cut).rstrip(" ,;:.–—-") + "…"


def count_words(text: str) -> int:
    """Return the number of words in the text; in scripts without spaces each character counts as one."""
    return len(UNSPACED_CHARACTER.findall(text)) + len(UNSPACED_CHARACTER.sub(" ", text).split())


def estimate_reading_minutes(text: str) -> int:
    """Return how many minutes the text takes to read, at least 1."""
    characters = len(UNSPACED_CHARACTER.findall(text))
    words = len(UNSPACED_CHARACTER.sub(" ", text).split())
    return max(1, round(words / WORDS_PER_MINUTE + characters / CHARACTERS_PER_MINUTE))

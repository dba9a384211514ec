"""A made-up page as a site serves it, with the quotes that a program in the browser makes of its DOM."""

import random
import re
import unicodedata
from html import unescape
from typing import NamedTuple

CONTEXT = 32  # code points of prefix and suffix
BLOCK = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|table|caption|thead|tbody|tr|t[hd]|dl|d[td]|blockquote|div|nav|footer|main|br)\b[^>]*>"
)
TAG = re.compile(r"<[^>]*>")
PLACES = "Sandvik Brevik Øyhavn Tromsnes Cafe\u0301torget Na\u0308rke Kråkholm Fischerei&shy;hafen Langnes Ytre&nbsp;Holm".split()
THINGS = [
    "the ferry pier",
    "a crane of 14&nbsp;000 kilos",
    "the har&shy;bour office",
    "the <em>old</em> slipway",
    "two piles",
]
DEEDS = [
    "was closed",
    "leaned after the storm",
    "is to be moved by 2031",
    "cost 1.2&nbsp;million",
    "was <b>re</b>painted",
]
ENDS = ["the board said", "nobody was told", "“as ever”, crews said", "said Bo Krag – the pilot", "a report says…"]
REFRAIN = "Nobody answered the telephone."


class SourceQuote(NamedTuple):
    """What a browser's program keeps of a selection, and how many visible characters of the article stand before it."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    visible_before: int


def make_sentence(chance: random.Random) -> str:
    """A sentence with the line breaks that a source has."""
    words = f"In {chance.choice(PLACES)} {chance.choice(THINGS)} {chance.choice(DEEDS)}, {chance.choice(ENDS)}."
    return " ".join(part + chance.choice(["", "", "\n   ", "\t"]) for part in words.split(" "))


def make_article(chance: random.Random) -> str:
    """The HTML of an article: paragraphs, lists, tables and line breaks, with and without white space between them."""
    parts = []
    for number in range(24):
        sentences = [make_sentence(chance) for _ in range(chance.randint(1, 3))]
        rows = "".join(f"<tr><td>{place}</td><td>{chance.randint(2, 99)}</td></tr>" for place in PLACES[:4])
        items = "</li><li>".join(sentences)
        shapes = [
            f"<p>{' '.join(sentences)}</p>",
            f"<p>{'<br>'.join(sentences)}</p>",
            f"<h2>What {chance.choice(PLACES)} lost</h2><p>{sentences[0]}</p>",
            f"<ul><li>{items}</li></ul>",
            f"<blockquote><p>{sentences[0]}</p><p>{REFRAIN}</p></blockquote>",
            f"<table><tr><th>Port</th><th>Boats</th></tr>{rows}</table>",
        ]
        parts.append(shapes[number % len(shapes)])
    return "".join(part + chance.choice(["", "\n", "\n\n    "]) for part in parts)


def read_dom_text(html: str) -> str:
    """The textContent of a page, as a browser has it: all of the source's white space, and none of its own."""
    return unescape(TAG.sub("", html))


def count_visible(text: str) -> int:
    """How many composed characters there are besides white space and soft hyphens."""
    return len(re.sub(r"[\s\u00ad]", "", unicodedata.normalize("NFC", text)))


def make_quotes(before: str, article: str, after: str, number: int, chance: random.Random) -> list[SourceQuote]:
    """Quotes of the article, whole words each, half of them across blocks; `before` and `after` are the page around it."""
    text, head = read_dom_text(before + article + after), len(read_dom_text(before))
    words = locate_words(before, article)
    quotes = []
    while len(quotes) < number:
        first = chance.randrange(len(words))
        last = min(first + chance.randint(0, 24), len(words) - 1)
        (start, _, first_block), (_, end, last_block) = words[first], words[last]
        if (first_block != last_block) == bool(len(quotes) % 2) and end - start > 3:
            prefix, suffix = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
            quotes.append(SourceQuote(text[start:end], prefix, suffix, start, end, count_visible(text[head:start])))
    return quotes


def locate_words(before: str, article: str) -> list[tuple[int, int, int]]:
    """The start, the end and the number of the block of each word of the article, in the text of the page."""
    words, place = [], len(read_dom_text(before))
    for number, block in enumerate(map(read_dom_text, BLOCK.split(article))):
        words += [(place + match.start(), place + match.end(), number) for match in re.finditer(r"\S+", block)]
        place += len(block)
    return words

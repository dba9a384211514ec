"""Edits of how an article is set, and of what an extractor takes for it."""

import random
import re

import regex

from benchmarks.anchors.document import Document, Impossible
from benchmarks.anchors.supply import Supply
from benchmarks.anchors.units import few, lines, some

SPACE = re.compile(r"(?<=\S) (?=\S)")
BREAK = re.compile(r"(?<=\S)\n+(?=\S)")
SENTENCE = regex.compile(r"(?<=[.!?][”\"’»]?) (?=\S)")
SHORT = 60  # characters of a line that may be a heading, a caption, an item of a list
CLUTTER = [
    "Advertisement",
    "Read more: what we know so far",
    "Share this article",
    "Image source, Reuters",
    "Sign up for our newsletter and never miss a story.",
    "This article was updated at 17:30.",
    "Related topics",
    "© 2026 All rights reserved.",
]
SPELLINGS = [
    (re.compile('(?<!\\w)"(?=\\w)'), "“"),
    (re.compile('"'), "”"),
    (re.compile("[“”„«»]"), '"'),
    (re.compile("[‘’]"), "'"),
    (re.compile("'"), "’"),
    (re.compile("(?<=\\w)-(?=\\w)"), "–"),
    (re.compile("(?<= )[–—](?= )"), "-"),
    (re.compile("(?<= )-(?= )"), "—"),
    (re.compile("[–—](?!\\d)"), " – "),
    (SPACE, "\u00a0"),
    (SPACE, "  "),
    (SPACE, "\n"),
]


def split_and_merged(document: Document, chance: random.Random, supply: Supply) -> None:
    """Paragraphs parted between sentences or anywhere, and joined with or without a space."""
    text = document.text
    parted = [match.span() for match in chance.choice([SENTENCE, SENTENCE, SPACE]).finditer(text)]
    merged = [match.span() for match in BREAK.finditer(text)]
    places = some(chance, parted + merged, 8)
    document.replace([(*place, chance.choice(["", " ", "\n", "\n\n"])) for place in places if place in merged])
    if all(place in merged for place in places):
        return
    found = [match.span() for match in SENTENCE.finditer(document.text)]
    document.replace([(*place, chance.choice(["\n", "\n\n"])) for place in some(chance, found, 8)])


def cuts(document: Document, chance: random.Random, supply: Supply) -> None:
    """Any characters taken out."""
    for _ in range(few(chance, 5)):
        start = chance.randrange(max(len(document.text) - 1, 1))
        most = min(200, len(document.text) // 4)
        document.replace([(start, min(start + few(chance, max(most, 1)), len(document.text)), "")])


def typography(document: Document, chance: random.Random, supply: Supply) -> None:
    """Quotation marks, dashes and spaces set otherwise, here and there or everywhere."""
    for pattern, written in chance.sample(SPELLINGS, few(chance, 6)):
        share = chance.choice([0.02, 0.2, 1])
        found = [match.span() for match in pattern.finditer(document.text)]
        document.replace([(*place, written) for place in found if chance.random() < share])


def extracted_otherwise(document: Document, chance: random.Random, supply: Supply) -> None:
    """Lines of the page put in or left out, the beginning or the end lost, lines parted and joined, marks set otherwise."""
    for act in chance.sample([clutter, no_short_lines, no_beginning, no_end, split_and_merged, typography], 3):
        try:
            act(document, chance, supply)
        except Impossible:
            continue


def clutter(document: Document, chance: random.Random, supply: Supply) -> None:
    for start, _ in reversed(some(chance, lines(document.text), 6)):
        document.put(start, chance.choice([*CLUTTER, supply.line()]), "\n")


def no_short_lines(document: Document, chance: random.Random, supply: Supply) -> None:
    short = [span for span in lines(document.text) if span[1] - span[0] < SHORT]
    document.replace([(*span, "") for span in some(chance, short, 20)])


def no_beginning(document: Document, chance: random.Random, supply: Supply) -> None:
    found = lines(document.text)
    document.replace([(0, some(chance, found, min(3, len(found) // 4 or 1))[0][0], chance.choice(["", "Home\n"]))])


def no_end(document: Document, chance: random.Random, supply: Supply) -> None:
    found = lines(document.text)
    start = found[-min(few(chance, 3), max(len(found) // 4, 1))][0]
    document.replace([(start, len(document.text), chance.choice(["", chance.choice(CLUTTER)]))])

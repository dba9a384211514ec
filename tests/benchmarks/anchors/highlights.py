"""What readers highlight: a word, a sentence, a few paragraphs; half of it near to what will be edited."""

import random
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from annotations.anchoring.selectors import snap
from benchmarks.anchors.script import Script
from benchmarks.anchors.units import Span, words

FREQUENT = 12
LENGTHS = [*range(1, 13), *range(1, 41)]  # words; short ones are the more frequent


def highlights(script: Script, chance: random.Random, count: int) -> list[Span]:
    """So many passages of the old text, cut as a reader's selection is."""
    text, places = script.old.text, edited_words(script)
    found = words(text)
    drawn = []
    for number in range(count):
        near = chance.choice(places) if places and number % 2 else None
        start, end = frequent(text, chance) if number % 8 == 0 else some_words(found, chance, near)
        start, end = part_of(start, end, chance) if number % 20 == 7 else (start, end)
        drawn.append(snap(text, start, end))
    return drawn


def some_words(found: list[Span], chance: random.Random, near: int | None) -> Span:
    """From one to forty words in a row; with or close to the word numbered `near`, if one is given."""
    count = min(chance.choice(LENGTHS), len(found))
    first = chance.randrange(len(found)) if near is None else near - chance.randint(-2, count + 1)
    first = max(min(first, len(found) - count), 0)
    return found[first][0], found[first + count - 1][1]


def frequent(text: str, chance: random.Random) -> Span:
    """One of the words that the text has most often, such as "the" and "said"."""
    return chance.choice(frequent_words(text))


@lru_cache(maxsize=256)
def frequent_words(text: str) -> list[Span]:
    found = words(text)
    counted = Counter(text[slice(*span)].lower() for span in found)
    most = {word for word, _ in counted.most_common(FREQUENT)}
    return [span for span in found if text[slice(*span)].lower() in most]


def part_of(start: int, end: int, chance: random.Random) -> Span:
    """The passage begun or ended within a word."""
    cut = chance.randint(1, 3)
    return (start + cut, end) if chance.random() < 0.5 and end - start > cut else (start, max(end - cut, start + 1))


def edited_words(script: Script) -> list[int]:
    """The words of the old text at which a kept stretch begins or ends."""
    starts = [script.old.before[start] for start, _ in words(script.old.text)]
    ends = [place for run in script.runs for place in (run.old, run.old_end)]
    return sorted({bisect_left(starts, place) for place in ends if 0 < place < len(script.old.letters)})

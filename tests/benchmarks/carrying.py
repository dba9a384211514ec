"""How long it takes to carry highlights from one text to the next: in seconds, for every size and for the worst of texts."""

import random
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

from annotations.anchoring.quotes import carry
from benchmarks.timing import Row
from newsreader.text.diff import diff as diffing

HIGHLIGHTS = 1_000
BYTES = 1_000_000
SIZES = [1_000, 10_000, 100_000, 1_000_000]  # characters
LETTERS = "etaoinshrdlucmfwyp"


def rows(rounds: int = 3, scale: int = 1) -> Iterator[Row]:
    """The rows of the table; `scale` makes the texts so many times smaller."""
    chance = random.Random(3)
    words = vocabulary(chance)
    long = prose(words, 40_000 // scale, chance)
    yield limited(
        "1,000 highlights carried over in 40,000 words", best(rounds, long, edited(long, words, 0.01, chance)), 1
    )
    yield from growth(words, rounds, scale, chance)
    yield limited("the worst pair of 1 MB texts", *worst(words, scale, chance))


def vocabulary(chance: random.Random) -> list[str]:
    return ["".join(chance.choices(LETTERS, k=chance.randint(2, 10))) for _ in range(30_000)]


def prose(words: list[str], number: int, chance: random.Random) -> str:
    """So many words, frequent ones often, in sentences and paragraphs."""
    places = [int(len(words) ** chance.random()) for _ in range(number)]
    ends = (chance.choices(["", ",", ".", ".\n"], [85, 7, 6, 2])[0] for _ in places)
    return " ".join(words[place] + end for place, end in zip(places, ends, strict=True))


def edited(text: str, words: list[str], share: float, chance: random.Random) -> str:
    """The text with this share of its words replaced, each anywhere."""
    return " ".join([chance.choice(words) if chance.random() < share else word for word in text.split(" ")])


def growth(words: list[str], rounds: int, scale: int, chance: random.Random) -> Iterator[Row]:
    """How much longer a text ten times as long takes; with a hundredth of its words replaced."""
    times = []
    for size in SIZES:
        text = prose(words, size // scale // 6, chance)[: size // scale]
        times.append((size, best(rounds, text, edited(text, words, 0.01, chance), 100)))
    for (small, before), (large, after) in pairwise(times):
        name = f"carrying in {large // 1000:,} KB against {small // 1000:,} KB"
        yield Row(name, after / before, 20, detail=f"{1000 * after:.1f} : {1000 * before:.1f} ms")


def worst(words: list[str], scale: int, chance: random.Random) -> tuple[float, float, str]:
    """The slowest of many pairs: seconds, the limit, and which it was."""
    texts = hostile(BYTES // scale, words, chance)
    times = {f"{old}, {new}": seconds(texts[old], texts[new], 100) for old, new in PAIRS}
    slowest = max(times, key=times.__getitem__)
    return times[slowest], 2, slowest


PAIRS = [
    *[("prose", "a third edited"), ("prose", "other prose"), ("prose", "paragraphs mixed"), ("prose", "words mixed")],
    *[("two words", "two others"), ("letters", "other letters"), ("signs", "letters"), ("numbers", "numbers turned")],
    *[("a period", "the period shifted"), ("Chinese", "other Chinese"), ("flags", "one word"), ("marks", "one word")],
    *[("prose", "every second word"), ("every second word", "prose"), ("numbered lines", "lines renumbered")],
    *[("prose", "nothing"), ("nothing", "prose"), ("lines", "two words"), ("numbers", "prose")],
]


def hostile(size: int, words: list[str], chance: random.Random) -> dict[str, str]:
    text = prose(words, size // 6, chance)
    texts = {
        "nothing": "",
        "prose": text,
        "a third edited": edited(text, words, 0.33, chance),
        "other prose": prose(words, size // 6, chance),
        "paragraphs mixed": "\n".join(mixed(text.split("\n"), chance)),
        "words mixed": " ".join(mixed(text.split(" "), chance)),
        "two words": " ".join(chance.choices("ab", k=size // 2)),
        "two others": " ".join(chance.choices("bc", k=size // 2)),
        "letters": "".join(chance.choices("abc ", k=size)),
        "other letters": "".join(chance.choices("abc ", k=size)),
        "signs": ".,;:!?" * (size // 6),
        "numbers": " ".join(map(str, range(size // 6))),
        "numbers turned": " ".join(map(str, reversed(range(size // 6)))),
        "every second word": " ".join(f"x{n}" if n % 2 else word for n, word in enumerate(text.split(" "))),
        "numbered lines": "\n".join(f"line {n} ends" for n in range(size // 12)),
        "lines renumbered": "\n".join(f"row {n + size} ends" for n in range(size // 12)),
        "a period": "a b c d e f g " * (size // 14),
        "the period shifted": "g a b c d e f " * (size // 14),
        "Chinese": "".join(chance.choices("的一是不了人我在有他这", k=size // 3)),
        "other Chinese": "".join(chance.choices("的一是不了人我在有他这", k=size // 3)),
        "flags": "\U0001f1e6" * (size // 4),
        "marks": "a" + "\u0301" * (size // 2),
        "one word": "a" * size,
        "lines": "x\n" * (size // 2),
    }
    return {name: text[:size] for name, text in texts.items()}


def mixed(parts: list[str], chance: random.Random) -> list[str]:
    return chance.sample(parts, len(parts))


def limited(name: str, value: float, limit: float, detail: str = "") -> Row:
    return Row(name, value, limit, detail=detail, unit="s")


def best(rounds: int, old: str, new: str, highlights: int = HIGHLIGHTS) -> float:
    return min(seconds(old, new, highlights) for _ in range(rounds))


def seconds(old: str, new: str, highlights: int) -> float:
    """How long so many passages of 5 to 200 code points take, nothing being known of the texts."""
    chance = random.Random(len(old))
    starts = [chance.randrange(max(len(old) - 200, 1)) for _ in range(highlights)]
    spans = [(start, min(start + chance.randint(5, 200), len(old))) for start in starts]
    diffing._align_ordered.cache_clear()
    return timed(carry, old, new, [(start, end) for start, end in spans if start < end])


def timed(work: Callable, *given) -> float:
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun

"""Cutting 1,000 spans into 46 KB of HTML, against a plain offset sweep that knows no lanes, labels or layout."""

import random
import re
import time
import uuid
from collections.abc import Callable
from statistics import median

from annotations.anchoring.quotes import Selector, anchor
from annotations.rendering.highlighter import Span, highlight

WORDS = ["the", "agency", "of", "minister", "in", "said", "troops", "&amp;", "guarantee", "a", "quarter", "&lt;", "17"]
TAG = re.compile("(<[^>]*>)")
HOSTILE = ["a" * 1_000_000, "ab" * 500_000, "\U0001f1e6" * 1_000_000, "क्" * 500_000, "a" + "\u0301" * 1_000_000]
POINT = re.compile("&(?:amp|lt|gt);|.", re.DOTALL)


def page(size: int, chance: random.Random) -> str:
    """Return canonical html of about so many characters: paragraphs with links and emphasis, and some lists."""
    blocks, length = [], 0
    while length < size:
        blocks.append(_block(len(blocks) + 1, chance))
        length += len(blocks[-1]) + 1
    return "\n".join(blocks)


def _block(number: int, chance: random.Random) -> str:
    if number % 9 == 0:
        return f'<ul id="p{number}">\n' + "".join(f"<li>{_words(12, chance)}</li>\n" for _ in range(4)) + "</ul>"
    link = f'<a href="https://example.org/{number}?a=1&amp;b=2">{_words(3, chance)}</a>'
    return f'<p id="p{number}">{_words(30, chance)} <em>{_words(3, chance)}</em> {_words(20, chance)} {link} on.</p>'


def _words(count: int, chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count))


def spans(length: int, count: int, chance: random.Random) -> list[Span]:
    """Return so many spans of 5 to 200 code points, anywhere in a text of this length."""
    starts = [chance.randrange(length - 200) for _ in range(count)]
    return [
        Span(
            start,
            start + chance.randint(5, 200),
            str(uuid.UUID(int=chance.getrandbits(128))),
            1 + start % 12,
            "Ana: tag",
        )
        for start in starts
    ]


def sweep(html: str, spans: list[Span]) -> str:
    """The floor: the same cuts, each segment with its ids, and nothing else."""
    cuts: dict[int, list[tuple[bool, str]]] = {}
    for span in spans:
        cuts.setdefault(span.start, []).append((True, span.id))
        cuts.setdefault(span.end, []).append((False, span.id))
    places = sorted(cuts, reverse=True)
    active: dict[str, None] = {}
    written: list[str] = []
    position = 0
    for index, piece in enumerate(TAG.split(html)):
        if index % 2 or not piece:
            written.append(piece)
            continue
        points = POINT.findall(piece) if "&" in piece else piece
        start, end = position, position + len(points)
        while places and places[-1] < end:
            _cut(written, active, points[position - start : places[-1] - start])
            position = places.pop()
            _turn(active, cuts[position])
        _cut(written, active, points[position - start :])
        position = end
    return "".join(written)


def _turn(active: dict[str, None], turns: list[tuple[bool, str]]) -> None:
    for begins, id in turns:
        if begins:
            active[id] = None
        else:
            del active[id]


def _cut(written: list[str], active: dict[str, None], points: str | list[str]) -> None:
    text = "".join(points)
    if text and active:
        written.append(f'<mark data-highlights="{" ".join(active)}">{text}</mark>')
    else:
        written.append(text)


def rows(rounds: int = 25) -> list[tuple[str, float, float]]:
    """Return (name, ratio or seconds, limit): medians of interleaved rounds, and the slowest search of hostile texts."""
    chance = random.Random(46)
    html = page(46_000, chance)
    many = spans(len(POINT.findall(TAG.sub("", html))), 1_000, chance)
    ratios = [_seconds(highlight, html, many) / _seconds(sweep, html, many) for _ in range(rounds)]
    return [
        ("1,000 spans cut into 46 KB, against a plain sweep", median(ratios), 2.5),
        ("a quote sought in 1 MB of hostile text, seconds at most", max(map(_search, HOSTILE)), 0.5),
    ]


def _search(text: str) -> float:
    quotes = [text[500:501], text[1_000:2_000], text[100_000:600_000]]
    selectors = [Selector(quote, "x" + text[:99], text[:99] + "x", 7, 7 + len(quote)) for quote in quotes]
    return max(_seconds(anchor, text, selector) for selector in selectors)


def _seconds(work: Callable, *given) -> float:
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun


if __name__ == "__main__":
    for name, ratio, limit in rows():
        print(f"{name:<60} {ratio:6.2f}  limit {limit:4.2f}  {'reached' if ratio <= limit else 'NOT REACHED'}")

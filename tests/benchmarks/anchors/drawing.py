"""From a text and a number to an edit of it, always the same one."""

import random
from functools import lru_cache
from typing import NamedTuple

from benchmarks.anchors.canon import script_of
from benchmarks.anchors.document import Document, Impossible
from benchmarks.anchors.edits import KINDS
from benchmarks.anchors.highlights import highlights
from benchmarks.anchors.script import Script
from benchmarks.anchors.supply import Supply
from benchmarks.anchors.texts import Text, others
from benchmarks.anchors.units import Span
from benchmarks.anchors.wording import Wording

TRIES = 8


class Case(NamedTuple):
    """An edit, and passages of the text that was edited."""

    kind: str
    script: Script
    spans: list[Span]


def drawn(text: Text, number: int, count: int) -> Case:
    """Edit `number` of this text, of each kind in turn, and `count` highlights; another kind where one is impossible in it."""
    chance = random.Random(f"{text.name} {number}")
    kinds = list(KINDS)
    for step in range(len(kinds)):
        kind = kinds[(number + step) % len(kinds)]
        script = tried(KINDS[kind], text, chance)
        if script:
            return Case(kind, script, highlights(script, chance, count))
    raise Impossible(text.name)


def tried(edit, text: Text, chance: random.Random) -> Script | None:
    supply = Supply(others(text.text), chance, text.language)
    for _ in range(TRIES):
        document = Document(text.text)
        try:
            edit(document, chance, supply)
            return script_of(document, wording(text.text))
        except Impossible:
            continue
    return None


@lru_cache(maxsize=8)
def wording(text: str) -> Wording:
    return Wording(text)

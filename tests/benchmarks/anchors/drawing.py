"""From a text and a number to an edit of it, always the same one."""

import random
from functools import lru_cache
from typing import NamedTuple

from annotations.anchoring.selectors import snap
from benchmarks.anchors.canon import script_of
from benchmarks.anchors.document import Document, Impossible
from benchmarks.anchors.edits import KINDS as EDITS
from benchmarks.anchors.highlights import highlights
from benchmarks.anchors.planted import original_edited_away, quotations
from benchmarks.anchors.script import Script
from benchmarks.anchors.supply import Supply
from benchmarks.anchors.texts import Text, others
from benchmarks.anchors.units import Span
from benchmarks.anchors.wording import Wording

TRIES = 8
KINDS = {
    **EDITS,
    "original edited away, twin elsewhere": original_edited_away,
    "begins or ends with quotation marks": quotations,
}


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
        case = tried(KINDS[kind], text, chance)
        if case:
            script, focus = case
            spans = chance.sample(focus, min(len(focus), count // 2))
            return Case(kind, script, spans + highlights(script, chance, count - len(spans)))
    raise Impossible(text.name)


def tried(edit, text: Text, chance: random.Random) -> tuple[Script, list[Span]] | None:
    """The script of an edit and the passages that it is about; None where the edit is impossible in this text."""
    supply = Supply(others(text.text), chance, text.language)
    for _ in range(TRIES):
        document = Document(text.text)
        try:
            edit(document, chance, supply)
            script = script_of(document, wording(document.old))
            return script, [snap(document.old, *span) for span in document.focus]
        except Impossible:
            continue
    return None


@lru_cache(maxsize=8)
def wording(text: str) -> Wording:
    return Wording(text)

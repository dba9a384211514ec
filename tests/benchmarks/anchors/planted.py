"""Edits of texts that are first made hard: a short sentence that stands twice, and passages in quotation marks."""

import random
from itertools import pairwise

from benchmarks.anchors import edits
from benchmarks.anchors.document import Document, Impossible
from benchmarks.anchors.supply import Supply
from benchmarks.anchors.units import Span, sentences, stretches, words

SHORT = 12  # words of a sentence that an article may well say twice
AROUND = 12  # characters beside it by which a reader would take the other one for it
QUOTED = 8  # words in quotation marks
STYLES = [
    *[('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"), ("”", "”"), ("„", "“"), ("„", "”"), ("‚", "‘")],
    *[("«", "»"), ("« ", " »"), ("«\u00a0", "\u00a0»"), ("»", "«"), ("‹", "›"), ("‹\u202f", "\u202f›")],
    *[("「", "」"), ("『", "』"), ("〝", "〟"), ("｢", "｣"), ("＂", "＂")],
]


def original_edited_away(document: Document, chance: random.Random, supply: Supply) -> None:
    """Of a short sentence that stands twice one is edited away; the other stays, or moves with what stands beside it."""
    said = plant_twin(document, chance)
    places = occurrences(said, document.text)
    original = chance.choice(places)
    around = document.text[max(original - AROUND, 0) : original + len(said) + AROUND]
    document.focus = [part for place in places for part in parts_of(document.text, place, place + len(said))]
    chance.choice([cut, replaced, rewritten, lost_with_neighbours])(
        document, chance, supply, (original, original + len(said))
    )
    if chance.random() < 0.5:
        move_what_is_left(document, chance, said)
    elif chance.random() < 0.3:
        edits.words_for(document, chance, supply)
    if around in document.text:  # the other one came to stand where it stood: it reads as if nothing had happened
        raise Impossible


def plant_twin(document: Document, chance: random.Random) -> str:
    """Put a short sentence of the text in once more, as if it had always stood there twice; return it."""
    text = document.text
    found = [text[slice(*span)].strip() for span in sentences(text)]
    short = [said for said in found if 2 <= len(words(said)) <= SHORT and text.count(said) == 1]
    if not short:
        raise Impossible
    said = chance.choice(short)
    start = text.index(said)
    places = [place for place, _ in sentences(text) if not start <= place <= start + len(said) + 1]
    if not places:
        raise Impossible
    place = chance.choice(places)
    document.begin_with(f"{text[:place]}{said}{chance.choice([' ', chr(10)])}{text[place:]}")
    return said


def occurrences(said: str, text: str) -> list[int]:
    first = text.find(said)
    return [first, *[place + first + 1 for place in occurrences(said, text[first + 1 :])]] if first >= 0 else []


def parts_of(text: str, start: int, end: int) -> list[Span]:
    """The stretch, its first and its last words, and the stretch with the word after it."""
    found = [span for span in words(text) if start <= span[0] and span[1] <= end]
    after = next((stop for begin, stop in words(text) if begin >= end), end)
    half = len(found) // 2
    return [(start, end), (found[0][0], found[half][1]), (found[half][0], found[-1][1]), (start, after)]


def cut(document: Document, chance: random.Random, supply: Supply, span: Span) -> None:
    document.replace([(*span, "")])


def replaced(document: Document, chance: random.Random, supply: Supply, span: Span) -> None:
    document.replace([(*span, supply.sentences(2))])


def rewritten(document: Document, chance: random.Random, supply: Supply, span: Span) -> None:
    """Most words of it are others."""
    text = document.text
    found = [each for each in words(text) if span[0] <= each[0] and each[1] <= span[1]]
    chosen = chance.sample(found, max(2 * len(found) // 3, 1))
    document.replace([(*each, supply.unlike(1, text[slice(*each)])) for each in chosen])


def lost_with_neighbours(document: Document, chance: random.Random, supply: Supply, span: Span) -> None:
    start, end = beside(document.text, span, chance)
    document.replace([(start, end, chance.choice(["", supply.sentences(3) + " "]))])


def beside(text: str, span: Span, chance: random.Random) -> Span:
    """The stretch with up to two sentences before and after it."""
    found = sentences(text)
    index = next(index for index, (start, end) in enumerate(found) if start <= span[0] < end)
    first, last = max(index - chance.randint(0, 2), 0), min(index + chance.randint(0, 2), len(found) - 1)
    return found[first][0], max(found[last][1], span[1])


def move_what_is_left(document: Document, chance: random.Random, said: str) -> None:
    """Move the other one of the two with what stands beside it."""
    place = document.text.find(said)
    if place < 0:
        raise Impossible
    start, end = beside(document.text, (place, place + len(said)), chance)
    places = [begin for begin, _ in sentences(document.text) if not start <= begin <= end]
    if not places:
        raise Impossible
    document.move(start, end, chance.choice(places), chance.choice([" ", "\n"]))


def quotations(document: Document, chance: random.Random, supply: Supply) -> None:
    """Passages in quotation marks; the marks are set otherwise, and words in or beside them change."""
    plant_quotations(document, chance)
    change = chance.choice([None, edits.words_for, edits.words_in, edits.sentences_in, edits.paragraphs_moved])
    if change:
        change(document, chance, supply)


def plant_quotations(document: Document, chance: random.Random) -> None:
    """Put quotation marks around some words, as if they had always been there; then set them in another style."""
    text, (opening, closing), (opens, closes) = document.text, chance.choice(STYLES), chance.choice(STYLES)
    units = chance.choice([words, sentences])(text)
    spans = [bare(text, span) for span in stretches(chance, units, 6, QUOTED if units is words(text) else 2)]
    marks = sorted([(start, opening) for start, _ in spans] + [(end, closing) for _, end in spans])
    document.begin_with(with_marks(text, marks))
    shift, changes = 0, []
    for index, (place, mark) in enumerate(marks):
        start = place + shift
        shift += len(mark)
        document.focus += quoted(document.text, start, index, marks, shift)
        if chance.random() < 0.8:
            changes.append((start, start + len(mark), (opens, closes)[index % 2]))
    document.replace(changes)


def quoted(text: str, start: int, index: int, marks: list[tuple[int, str]], shift: int) -> list[Span]:
    """At an opening mark: the passage with both, with the first only, and with the last only."""
    if index % 2 or index + 1 == len(marks):
        return []
    inner = marks[index][0] + shift
    end = marks[index + 1][0] + shift
    last = end + len(marks[index + 1][1])
    return [(start, last), (start, end), (inner, last)]


def bare(text: str, span: Span) -> Span:
    return span[0], span[0] + len(text[slice(*span)].rstrip())


def with_marks(text: str, marks: list[tuple[int, str]]) -> str:
    places = [0, *[place for place, _ in marks], len(text)]
    parts = [text[start:end] for start, end in pairwise(places)]
    return "".join([part + mark for part, mark in zip(parts, [*[mark for _, mark in marks], ""], strict=True)])

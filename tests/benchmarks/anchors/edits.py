"""What happens to articles: each kind of edit, drawn in many sizes.

An edit takes a document, a source of chance and a supply of words, and changes the document; Impossible where it cannot.
"""

import random

from benchmarks.anchors import details, layout
from benchmarks.anchors.document import Document, Impossible
from benchmarks.anchors.supply import Supply
from benchmarks.anchors.units import few, lines, sentences, some, stretches, with_space, words
from benchmarks.anchors.wording import letters_of


def words_in(document: Document, chance: random.Random, supply: Supply) -> None:
    places = some(chance, words(document.text), 8)
    document.replace([(start, start, supply.words(few(chance, 6)) + " ") for start, _ in places])


def words_out(document: Document, chance: random.Random, supply: Supply) -> None:
    text = document.text
    document.replace([(*with_space(text, span), "") for span in stretches(chance, words(text), 8, 6)])


def words_for(document: Document, chance: random.Random, supply: Supply) -> None:
    text = document.text
    spans = stretches(chance, words(text), 8, 6)
    document.replace([(start, end, supply.unlike(few(chance, 6), text[start:end])) for start, end in spans])


def sentences_in(document: Document, chance: random.Random, supply: Supply) -> None:
    for start, _ in reversed(some(chance, sentences(document.text), 5)):
        document.put(start, supply.sentences(3), " ")


def sentences_out(document: Document, chance: random.Random, supply: Supply) -> None:
    document.replace([(*span, "") for span in stretches(chance, sentences(document.text), 4, 3)])


def sentences_for(document: Document, chance: random.Random, supply: Supply) -> None:
    spans = stretches(chance, sentences(document.text), 4, 3)
    text = document.text
    document.replace([(start, start + len(text[start:end].rstrip()), supply.sentences(3)) for start, end in spans])


def paragraphs_in(document: Document, chance: random.Random, supply: Supply) -> None:
    for start, _ in reversed(some(chance, lines(document.text), 5)):
        document.put(start, supply.lines(3), "\n")


def paragraphs_out(document: Document, chance: random.Random, supply: Supply) -> None:
    document.replace([(*span, "") for span in stretches(chance, lines(document.text), 3, 4)])


def paragraphs_for(document: Document, chance: random.Random, supply: Supply) -> None:
    document.replace([(*span, supply.lines(4) + "\n") for span in stretches(chance, lines(document.text), 3, 3)])


def own_words_in(document: Document, chance: random.Random, supply: Supply) -> None:
    """Words of the same article stand in it once more."""
    for _ in range(few(chance, 3)):
        units, most = chance.choice([(words(document.text), 30), (sentences(document.text), 3)])
        start, end = chance.choice(stretches(chance, units, 1, most))
        to, _ = chance.choice([unit for unit in units if not start < unit[0] < end])
        document.copy(start, end, to, " ")


def a_tenth_inside(document: Document, chance: random.Random, supply: Supply) -> None:
    sprinkled(document, chance, supply, 10, 1)


def half_inside(document: Document, chance: random.Random, supply: Supply) -> None:
    sprinkled(document, chance, supply, chance.randint(4, 12), 3)


def sprinkled(document: Document, chance: random.Random, supply: Supply, every: int, most: int) -> None:
    """One to `most` words changed in each row of so many, in all of the text or in a part of it."""
    text, changes = document.text, []
    spans = words(text)
    begin = chance.choice([0, chance.randrange(len(spans))])
    for first in range(begin, min(len(spans) - every, begin + every * chance.choice([3, 10, 60])), every):
        place, count = first + chance.randrange(every - most + 1), chance.randint(1, most)
        changes.append(one_inside(text, spans[place][0], spans[place + count - 1][1], chance, supply, count))
    document.replace(changes)


def one_inside(text: str, start: int, end: int, chance: random.Random, supply: Supply, count: int):
    act = chance.choice(["in", "out", "for", "for"])
    if act == "in":
        return start, start, supply.words(count) + " "
    if act == "out":
        return *with_space(text, (start, end)), ""
    return start, end, supply.unlike(count, text[start:end])


def paragraphs_moved(document: Document, chance: random.Random, supply: Supply) -> None:
    move(document, chance, lines(document.text), 4, "\n")


def sentences_moved(document: Document, chance: random.Random, supply: Supply) -> None:
    move(document, chance, sentences(document.text), 3, " ")


def move(document: Document, chance: random.Random, units: list, most: int, pad: str) -> None:
    """What stands there twice is left where it is: nobody could tell which of the two was moved."""
    start, end = stretches(chance, units, 1, most)[0]
    places = [place for place, _ in units if not start <= place <= end]
    if not places or letters_of(document.old).count(letters_of(document.text[start:end])) != 1:
        raise Impossible
    document.move(start, end, chance.choice(places), pad)


def paragraph_twice_beside(document: Document, chance: random.Random, supply: Supply) -> None:
    start, end = stretches(chance, lines(document.text), 1, 2)[0]
    document.copy(start, end, chance.choice([start, end]), "\n")


def paragraph_twice_apart(document: Document, chance: random.Random, supply: Supply) -> None:
    start, end = stretches(chance, lines(document.text), 1, 2)[0]
    places = [place for place, _ in lines(document.text) if not start <= place <= end]
    if not places:
        raise Impossible
    document.copy(start, end, chance.choice(places), "\n")


def several(document: Document, chance: random.Random, supply: Supply) -> None:
    """Two to five of the other kinds in one revision."""
    kinds = chance.sample(list(SINGLE.values()), chance.randint(2, 5))
    if not COPYING.isdisjoint(kinds):
        kinds = [kind for kind in kinds if kind not in MOVING]
    for kind in kinds:
        kind(document, chance, supply)


MOVING = {paragraphs_moved, sentences_moved}
COPYING = {own_words_in, paragraph_twice_beside, paragraph_twice_apart}
SINGLE = {
    "words put in": words_in,
    "words taken out": words_out,
    "words replaced": words_for,
    "sentences put in": sentences_in,
    "sentences taken out": sentences_out,
    "sentences replaced": sentences_for,
    "paragraphs put in": paragraphs_in,
    "paragraphs deleted": paragraphs_out,
    "paragraphs replaced": paragraphs_for,
    "paragraphs moved": paragraphs_moved,
    "sentences moved": sentences_moved,
    "paragraph twice, side by side": paragraph_twice_beside,
    "paragraph twice, apart": paragraph_twice_apart,
    "own words put in once more": own_words_in,
    "paragraphs split and merged": layout.split_and_merged,
    "a tenth of the words changed": a_tenth_inside,
    "up to half of the words changed": half_inside,
    "figures changed": details.figures,
    "names changed": details.names,
    "negations gained and lost": details.negations,
    "cuts anywhere": layout.cuts,
    "quotes, dashes and spaces": layout.typography,
    "another extractor (by script)": layout.extracted_otherwise,
}
KINDS = {**SINGLE, "several of these at once": several}

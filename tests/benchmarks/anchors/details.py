"""Edits of what matters most: figures, names, negations."""

import random
import unicodedata

from benchmarks.anchors.document import Document, Impossible
from benchmarks.anchors.supply import Supply
from benchmarks.anchors.units import Span, some, with_space, words

NEGATIONS = {
    "en": ["not", "no", "never", "nobody", "without"],
    "de": ["nicht", "kein", "nie", "ohne"],
    "fr": ["pas", "jamais", "sans"],
    "es": ["no", "nunca", "sin"],
    "pt": ["não", "nunca", "sem"],
    "cs": ["ne", "nikdy", "bez"],
    "ar": ["لا", "لن", "ليس"],
    "zh": ["不", "没"],
    "ja": ["ない", "ず"],
}
NEAR = 40  # characters around a figure
VERBS = set("is are was were do does did has have had could would should".split())


def figures(document: Document, chance: random.Random, supply: Supply) -> None:
    text = document.text
    found = [span for span in words(text) if text[span[0] : span[1]].isdecimal() or is_figure(text[slice(*span)])]
    change(document, [(*span, other_figure(text, span, chance)) for span in some(chance, found, 6)])


def is_figure(word: str) -> bool:
    return word[0].isdecimal() and word[-1].isdecimal()


def other_figure(text: str, span: Span, chance: random.Random) -> str:
    """The figure with one digit another, or all, or one more; none that stands close by, for that one may have been meant."""
    figure, near = text[slice(*span)], text[max(span[0] - NEAR, 0) : span[1] + NEAR]
    places = [place for place, sign in enumerate(figure) if sign.isdecimal()]
    for _ in range(100):
        chosen = chance.choice([[chance.choice(places)], places])
        changed = "".join([digit(sign, chance) if place in chosen else sign for place, sign in enumerate(figure)])
        changed += chance.choice(["", "", digit(figure[-1], chance)])
        if changed not in near:
            return changed
    raise Impossible


def digit(sign: str, chance: random.Random) -> str:
    """Another digit of the same script."""
    value = unicodedata.decimal(sign)
    return chr(ord(sign) - value + (value + chance.randint(1, 9)) % 10)


def names(document: Document, chance: random.Random, supply: Supply) -> None:
    """A name changed in some places, or in all; the new one is often that of somebody else in the article."""
    text = document.text
    found = [span for span in words(text) if is_name(text[slice(*span)])]
    chosen = some(chance, found, 6)
    if chance.random() < 0.3:
        name = text[slice(*chosen[0])]
        chosen = [span for span in found if text[slice(*span)] == name]
    own = [text[slice(*span)] for span in found]
    new = {text[slice(*span)]: chance.choice([supply.name(), chance.choice(own)]) for span in chosen}
    changes = [(*span, new[text[slice(*span)]]) for span in chosen]
    change(document, [(start, end, name) for start, end, name in changes if name.lower() != text[start:end].lower()])


def is_name(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and word[1].islower()


def change(document: Document, changes: list[tuple[int, int, str]]) -> None:
    """Makes the changes, and notes their places as ones that matter."""
    if not changes:
        raise Impossible
    places = [document.origin(start, end) for start, end, _ in changes]
    document.material += [place for place in places if place]
    document.replace(changes)


def negations(document: Document, chance: random.Random, supply: Supply) -> None:
    text, known = document.text, NEGATIONS.get(supply.language[:2], [])
    if not known:
        raise Impossible
    lost = [span for span in words(text) if text[slice(*span)].lower() in known]
    verbs = [span for span in words(text) if text[slice(*span)].lower() in VERBS]
    act = chance.choice([gain, lose, contract])
    act(document, chance, {gain: words(text), lose: lost, contract: verbs}[act], known)


def gain(document: Document, chance: random.Random, found: list[Span], known: list[str]) -> None:
    places = [start for start, _ in some(chance, found[1:], 4)]
    origins = [document.origin(start - 1, start + 1) for start in places]
    document.material += [(start + 1, start + 1) for start, _ in filter(None, origins)]
    document.replace([(start, start, chance.choice(known) + " ") for start in places])


def lose(document: Document, chance: random.Random, found: list[Span], known: list[str]) -> None:
    text, chosen = document.text, some(chance, [*found, *found][: 2 * len(found)], 4) if found else []
    change(document, [(*with_space(text, span), "") for span in dict.fromkeys(chosen)])


def contract(document: Document, chance: random.Random, found: list[Span], known: list[str]) -> None:
    text = document.text
    change(document, [(start, end, text[start:end] + "n’t") for start, end in some(chance, found, 4)])

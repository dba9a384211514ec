"""The names in a byline: “By Ana Silva in Porto and Ben Okri” names two people."""

import re
from typing import NamedTuple

BYLINE_PREFIX = re.compile(
    r"^(?:(?:words|text|story|report(?:ed|ing)?|written)\s+by|by|von|par|por|door|от|автор|текст|بقلم|تقرير|مאת|מאת|文|撰文|記者|记者|取材)"
    r"(?:\s*[:：/／]\s*|\s+)",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s*[,;|•·、，；،؛\n]\s*|\s+[/–—]\s+")
CONJUNCTION = re.compile(r"\s+(?:and|&|＆|with)\s+", re.IGNORECASE)
OTHER_CONJUNCTION = re.compile(
    r"\s+(?:und|et|y|e|i|en|och|og|и|і|та|و|ve|和|と|및)\s+", re.IGNORECASE
)  # letters of names too
PLACE_SUFFIX = re.compile(r"\s+(?:in|at|en|à|aus)\s+[^\W\d_].*$")
LEADING_CONJUNCTION = re.compile(r"^(?:and|&|und|et|y|e|и|و)\s+", re.IGNORECASE)
NAME_SUFFIX = re.compile(r"(?:,\s*|\s+)((?:jr|sr|ii|iii|iv)\b\.?)", re.IGNORECASE)
# Latin, Greek, Cyrillic: letters, and what stands in names.
ALPHABETIC = re.compile(r"^[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff\u0300-\u036f.'’‑-]+$")
ORGANISATION_WORDS = set(
    "agency agencies agence agencia agentur associated association authority bbc board bureau centre center collective"
    " committee company cnn council department desk editorial foundation group inc institute journal limited ltd magazine media"
    " ministry news newspaper newsroom office post press radio redaktion redacción rédaction reporters reuters service society"
    " staff team television times tribune tv union university".split()
)
ROLE_WORDS = set(
    "analyst columnist contributor correspondent correspondents editor editors reporter reporter(s) writer writers producer"
    " photographer photographs photography photos".split()
)


class AuthorName(NamedTuple):
    """One author as the byline writes the name; a body is a newsroom, an agency, an office."""

    words: str
    body: bool

    @property
    def inverted(self) -> str:
        """`Family, Given` where the name is plainly a person's in a script that puts the family last; else as it is."""
        parts = self.words.split()
        if self.body or not 1 < len(parts) < 5 or not all(map(ALPHABETIC.match, parts)):
            return self.words
        last = len(parts) - 1 - bool(NAME_SUFFIX.fullmatch(f" {parts[-1]}"))
        cut = max(1, next((n - (part in "yei") for n, part in enumerate(parts) if n and part.islower()), last))
        return f"{' '.join(parts[cut:])}, {' '.join(parts[:cut])}"


def parse_byline(byline: str, source: str = "") -> list[AuthorName]:
    """The authors in their order, each once; none where the byline is blank."""
    whole = " ".join(byline.split())
    bare = BYLINE_PREFIX.sub("", whole) or whole
    if bare and bare.casefold() == source.casefold():
        return [AuthorName(bare, True)]
    people = [
        name
        for piece in split_byline(NAME_SUFFIX.sub(r" \1", bare))
        for name in split_joined_names(LEADING_CONJUNCTION.sub("", piece), source)
    ]
    kept = list(dict.fromkeys(name for name in map(strip_place, people) if name and not is_role(name)))
    return [AuthorName(name, is_organisation(name, source)) for name in kept or [bare] if name]


def split_byline(byline: str) -> list[str]:
    """What stands between commas; `Silva, Ana` is one name."""
    pieces = [piece for piece in SEPARATOR.split(byline) if piece]
    turned = len(pieces) == 2 and all(ALPHABETIC.match(piece) and piece[0].isupper() for piece in pieces)
    return (
        [" ".join(reversed(pieces))] if turned and not any(is_organisation(piece, "") for piece in pieces) else pieces
    )


def split_joined_names(piece: str, source: str) -> list[str]:
    """The names that “and” joins; an office may have one in its name."""
    parts = CONJUNCTION.split(piece)
    if (
        is_organisation(piece, source)
        and not is_person(parts[0])
        and not all(is_organisation(part, source) for part in parts)
    ):
        return [piece]
    return [name for part in parts for name in split_whole_names(part)]


def split_whole_names(piece: str) -> list[str]:
    """Split where whole names stand on either side: Ortega y Gasset is one person."""
    parts = OTHER_CONJUNCTION.split(piece)
    return parts if len(parts) > 1 and all(" " in part for part in parts) else [piece]


def strip_place(name: str) -> str:
    return PLACE_SUFFIX.sub("", name).strip()


def is_organisation(name: str, source: str) -> bool:
    words = name.casefold().split()
    known = name.casefold() == source.casefold() or ORGANISATION_WORDS.intersection(
        word.strip(".'’()") for word in words
    )
    return bool(known) or any(sign.isdigit() for sign in name) or (len(words) == 1 and name.isupper() and len(name) > 2)


def is_person(name: str) -> bool:
    return 1 < len(name.split()) < 5 and not is_organisation(name, "") and name[0].isupper()


def is_role(name: str) -> bool:
    """Whether it says what somebody does, or where to write to, and not a name."""
    words = name.casefold().replace("’s", "").split()
    return bool(ROLE_WORDS.intersection(words)) or "@" in name or "://" in name

"""The names in a byline: “By Ana Silva in Porto and Ben Okri” names two people."""

import re
from typing import NamedTuple

import regex

BYLINE_PREFIX = re.compile(
    r"^(?:(?:words|text|story|report(?:ed|ing)?|written)\s+by|by|von|par|por|door|от|автор|текст|بقلم|تقرير|مאת|מאת|文|撰文|記者|记者|取材)"
    r"(?:\s*[:：/／]\s*|\s+)",
    re.IGNORECASE,
)
NAME_SEPARATOR = re.compile(r"\s*[,;|•·、，；،؛\n]\s*|\s+[/–—]\s+")
PERSON_SEPARATOR = re.compile(r"\s*[;|；]\s*|\s+(?:and|&)\s+", re.IGNORECASE)
CONJUNCTION = re.compile(r"\s+(?:and|&|＆|with)\s+", re.IGNORECASE)
# Letters of names too, so that whole names have to stand on either side.
OTHER_CONJUNCTION = re.compile(r"\s+(?:und|et|y|e|i|en|och|og|и|і|та|و|ve|和|と|및)\s+", re.IGNORECASE)
PLACE_SUFFIX = re.compile(r"\s+(?:in|at|en|à|aus)\s+[^\W\d_].*$")
EMPLOYER_SUFFIX = re.compile(r"\s+(?:for\s+[^\W\d_].*|\([^()]*\))$")
DEGREE = re.compile(r",\s*(?:Ph\.?D|M\.?D|MSc|MBA|Esq)\b\.?(?=\s*(?:[,;|]|and\b|$))")
LEADING_CONJUNCTION = re.compile(r"^(?:and|&|und|et|y|e|и|و)\s+", re.IGNORECASE)
NAME_SUFFIX = re.compile(r"(?:,\s*|\s+)((?:jr|sr|ii|iii|iv)\b\.?)", re.IGNORECASE)
# Latin, Greek, Cyrillic: letters, and what stands in names.
ALPHABETIC = re.compile(r"^[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff\u0300-\u036f.'’‑-]+$")
EAST_ASIAN = regex.compile(r"^[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}々ー]+$")  # the family first
FAMILY_LAST = regex.compile(r"^[\p{Hebrew}\p{Arabic}\p{Armenian}\p{Georgian}\p{Devanagari}\p{Bengali}\p{Mn}'’־-]+$")
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
    """One author as the byline writes the name; an organisation is a newsroom, an agency, an office."""

    words: str
    is_organisation: bool

    @property
    def inverted(self) -> str:
        """`Family, Given` where the name is plainly a person's in a script that puts the family last; else as it is."""
        parts = self.words.split()
        if self.is_organisation or not 1 < len(parts) < 5 or not all(map(ALPHABETIC.match, parts)):
            return self.words
        last = len(parts) - 1 - bool(NAME_SUFFIX.fullmatch(f" {parts[-1]}"))
        lower_case = (index - (part in "yei") for index, part in enumerate(parts) if index and part.islower())
        family = max(1, next(lower_case, last))
        return f"{' '.join(parts[family:])}, {' '.join(parts[:family])}"


class PersonName(NamedTuple):
    """The parts of a person's name; the suffix is one such as Jr."""

    family: str
    given: str
    suffix: str = ""


def split_name(name: AuthorName) -> PersonName | None:
    """Return the parts of a person's name; None for an organisation, and where it is unclear which part is which."""
    if name.is_organisation:
        return None
    if name.inverted != name.words:
        family, _, given = name.inverted.partition(", ")
        suffix = NAME_SUFFIX.search(family)
        return PersonName(NAME_SUFFIX.sub("", family), given, suffix[1] if suffix else "")
    parts = name.words.split()
    if len(parts) != 2:
        return None
    if all(map(EAST_ASIAN.match, parts)):
        return PersonName(*parts)
    return PersonName(parts[1], parts[0]) if all(map(FAMILY_LAST.match, parts)) else None


def parse_byline(byline: str, source: str = "") -> list[AuthorName]:
    """Return the authors in their order, each once; none where the byline is blank."""
    line = " ".join(byline.split())
    line = BYLINE_PREFIX.sub("", line) or line
    if line and line.casefold() == source.casefold():
        return [AuthorName(line, True)]
    line = DEGREE.sub("", line)
    parts = [LEADING_CONJUNCTION.sub("", part) for part in split_byline(NAME_SUFFIX.sub(r" \1", line))]
    names = [strip_place(name) for part in parts for name in split_joined_names(part, source)]
    authors = list(dict.fromkeys(name for name in names if name and not is_role(name)))
    if not authors:
        return [AuthorName(line, is_organisation(line, source) or is_role(line))] if line else []
    return [AuthorName(name, is_organisation(name, source)) for name in authors]


def split_byline(byline: str) -> list[str]:
    """Return what stands between commas; `Silva, Ana` is one name, `Silva, Ana; Okri, Ben` are two."""
    people = [turn_name(part) for part in PERSON_SEPARATOR.split(byline)]
    return people if all(people) else [part for part in NAME_SEPARATOR.split(byline) if part]


def turn_name(words: str) -> str:
    """Return `Silva, Ana` as Ana Silva; "" for what is no such name: the family is one word, or begins with a particle."""
    family, comma, given = (part.strip() for part in words.partition(","))
    if comma and (own_suffix := NAME_SUFFIX.search(family)) and own_suffix.end() == len(family):
        family, given = family[: own_suffix.start()], f"{given} {own_suffix[1]}"
    parts, given_names = [*family.split(), *given.split()], given.split()
    if not comma or not all(map(ALPHABETIC.match, parts)) or not 1 <= len(given_names) <= 3:
        return ""
    is_family = (family[:1].isupper() and " " not in family) or family[:1].islower()
    if not is_family or not all(word[0].isupper() for word in given_names if not NAME_SUFFIX.fullmatch(f" {word}")):
        return ""
    if is_role(words) or any(is_organisation(part, "") for part in (family, given)):
        return ""
    suffix = [given_names.pop()] if NAME_SUFFIX.fullmatch(f" {given_names[-1]}") else []
    return " ".join([*given_names, family, *suffix])


def split_joined_names(words: str, source: str) -> list[str]:
    """Return the names that “and” joins; an office may have one in its name."""
    parts = CONJUNCTION.split(words)
    is_one_organisation = is_organisation(words, source) and not is_person(strip_place(parts[0]))
    if is_one_organisation and not all(is_organisation(part, source) for part in parts):
        return [words]
    return [name for part in parts for name in split_whole_names(part)]


def split_whole_names(words: str) -> list[str]:
    """Split at other conjunctions where whole names stand on either side: Ortega y Gasset is one person."""
    parts = OTHER_CONJUNCTION.split(words)
    return parts if len(parts) > 1 and all(" " in part for part in parts) else [words]


def strip_place(name: str) -> str:
    """Return the name without the place from which its owner reports, and a person's without whom they work for."""
    person = EMPLOYER_SUFFIX.sub("", name)
    name = person if is_person(person) else name
    return PLACE_SUFFIX.sub("", name).strip()


def is_organisation(name: str, source: str) -> bool:
    """Return whether the name is that of the source, of an agency or an office, or is one abbreviation."""
    words = name.casefold().split()
    if name.casefold() == source.casefold() or ORGANISATION_WORDS.intersection(word.strip(".'’()") for word in words):
        return True
    is_abbreviation = len(words) == 1 and name.isupper() and len(name) > 2
    return is_abbreviation or any(character.isdigit() for character in name)


def is_person(name: str) -> bool:
    """Return whether the words look like the name of a person."""
    return 1 < len(name.split()) < 5 and not is_organisation(name, "") and name[0].isupper()


def is_role(name: str) -> bool:
    """Return whether the words are what somebody does, or where to write to, and no name."""
    words = name.casefold().replace("’s", "").split()
    return bool(ROLE_WORDS.intersection(words)) or "@" in name or "://" in name

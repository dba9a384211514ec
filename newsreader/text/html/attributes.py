"""The attributes that an element keeps, and their allowed values."""

import re
from collections.abc import Callable

from newsreader.text.html.allowlists import IMAGE_TAG
from newsreader.text.html.links import find_fragment, resolve_link
from newsreader.text.html.plaintext import make_excerpt

LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
NUMBER = re.compile(r"-?[0-9]{1,4}")
DATE_TIME = re.compile(r"[0-9A-Z.:+ -]{1,64}")
MAX_TITLE_LENGTH = 200
MAX_ID_LENGTH = 200
MAX_ALT_LENGTH = 500
TINY = re.compile(r"\s*[0-9]\s*(?:px)?\s*")  # pixels of an image that nobody sees
NOT_IN_ALT = str.maketrans('<>"\u00a0', "‹›” ")  # what an attribute may be written with in more than one way
DIRECTIONS = {"ltr", "rtl", "auto"}
SCOPES = {"col", "row", "colgroup", "rowgroup"}
MAX_SPANS = {"colspan": 100, "rowspan": 1000}


def filter_attributes(
    tag: str, attributes: dict[str, str], base_url: str = "", targets: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Return the attributes that `tag` keeps, in alphabetical order; links are resolved against `base_url`.

    `targets` are the ids that links on the page lead to: these, and the links to them, stay as they are for now. The class
    is none of these: `roles` decides about it.
    """
    values = {
        name: CLEANERS[name](value) for name, value in attributes.items() if name in NAMES_OF_TAG.get(tag, COMMON)
    }
    values["id"] = next((name for name in (attributes.get("id"), attributes.get("name")) if name in targets), None)
    if tag == "a":
        values["href"] = _resolve_href(attributes.get("href", ""), base_url, targets)
    if tag == IMAGE_TAG:
        values = _describe_image(attributes, base_url)
    return {name: value for name, value in sorted(values.items()) if value is not None}


def _resolve_href(address: str, base_url: str, targets: frozenset[str]) -> str | None:
    fragment = find_fragment(address, base_url)
    return f"#{fragment}" if fragment in targets else resolve_link(address, base_url)


def _describe_image(attributes: dict[str, str], base_url: str) -> dict[str, str | None]:
    """Return what stands for an image, and where it was: no browser fetches what `data-src` names."""
    address = resolve_link(attributes.get("data-src") or attributes.get("src", ""), base_url) or ""
    if any(TINY.fullmatch(attributes.get(name, "")) for name in ("height", "width")):
        address = ""  # it counts readers
    words = " ".join(attributes.get("alt", "").translate(NOT_IN_ALT).split())
    return {"alt": make_excerpt(words, MAX_ALT_LENGTH), "data-src": address if address.startswith("http") else None}


def _clean_choice(choices: set[str]) -> Callable[[str], str | None]:
    return lambda value: value.strip().lower() if value.strip().lower() in choices else None


def _clean_match(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda value: value.strip() if pattern.fullmatch(value.strip()) else None


def _clean_number(value: str) -> str | None:
    return str(int(value)) if NUMBER.fullmatch(value.strip()) else None


def _clean_start(value: str) -> str | None:
    return None if _clean_number(value) == "1" else _clean_number(value)


def _clean_span(name: str) -> Callable[[str], str | None]:
    return lambda value: number if (number := _clean_number(value)) and 1 < int(number) <= MAX_SPANS[name] else None


def _clean_title(value: str) -> str | None:
    """Return a title on one line; none that holds what an attribute may be written with in more than one way."""
    title = " ".join(value.split())
    return title if 0 < len(title) <= MAX_TITLE_LENGTH and not set(title) & set('<>"\u00a0') else None


COMMON = ("dir", "lang")
NAMES_OF_TAG = {
    "abbr": (*COMMON, "title"),
    "li": (*COMMON, "value"),
    "ol": (*COMMON, "reversed", "start"),
    "td": (*COMMON, "colspan", "rowspan"),
    "th": (*COMMON, "colspan", "rowspan", "scope"),
    "time": (*COMMON, "datetime"),
}
CLEANERS: dict[str, Callable[[str], str | None]] = {
    **{name: _clean_span(name) for name in MAX_SPANS},
    "datetime": _clean_match(DATE_TIME),
    "dir": _clean_choice(DIRECTIONS),
    "lang": _clean_match(LANGUAGE_CODE),
    "reversed": lambda _: "",
    "scope": _clean_choice(SCOPES),
    "start": _clean_start,
    "title": _clean_title,
    "value": _clean_number,
}

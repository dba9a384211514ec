"""The attributes that an element keeps, and their allowed values."""

import re

from newsreader.text.html.links import resolve_link

LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
NUMBER = re.compile(r"-?[0-9]{1,4}")
DIRECTIONS = {"ltr", "rtl", "auto"}
MAX_SPANS = {"colspan": 100, "rowspan": 1000}


def filter_attributes(tag: str, attributes: dict[str, str], base_url: str = "") -> dict[str, str]:
    """Return the attributes that `tag` keeps in canonical HTML, in alphabetical order; links are resolved against `base_url`."""
    is_cell = tag in {"td", "th"}
    values = {
        "colspan": _clean_span("colspan", attributes) if is_cell else None,
        "dir": _clean_direction(attributes.get("dir", "")),
        "href": resolve_link(attributes.get("href", ""), base_url) if tag == "a" else None,
        "lang": _clean_language(attributes.get("lang", "")),
        "rowspan": _clean_span("rowspan", attributes) if is_cell else None,
        "start": _clean_start(attributes.get("start", "")) if tag == "ol" else None,
    }
    return {name: value for name, value in values.items() if value}


def _clean_direction(value: str) -> str | None:
    return value.strip().lower() if value.strip().lower() in DIRECTIONS else None


def _clean_language(value: str) -> str | None:
    return value.strip() if LANGUAGE_CODE.fullmatch(value.strip()) else None


def _clean_start(value: str) -> str | None:
    return str(int(value)) if NUMBER.fullmatch(value.strip()) and int(value) != 1 else None


def _clean_span(name: str, attributes: dict[str, str]) -> str | None:
    value = attributes.get(name, "").strip()
    return str(int(value)) if NUMBER.fullmatch(value) and 1 < int(value) <= MAX_SPANS[name] else None

"""Which attributes an element keeps, and with what values."""

import re

from newsreader.text.html.links import checked

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
NUMBER = re.compile(r"-?[0-9]{1,4}")
DIRECTIONS = {"ltr", "rtl", "auto"}
MAX_SPAN = {"colspan": 100, "rowspan": 1000}


def kept(tag: str, attributes: dict[str, str], base_url: str = "") -> dict[str, str]:
    """The attributes that `tag` keeps in canonical HTML, in the order of the alphabet."""
    is_cell = tag in {"td", "th"}
    values = {
        "colspan": _span("colspan", attributes) if is_cell else None,
        "dir": _direction(attributes.get("dir", "")),
        "href": checked(attributes.get("href", ""), base_url) if tag == "a" else None,
        "lang": _language(attributes.get("lang", "")),
        "rowspan": _span("rowspan", attributes) if is_cell else None,
        "start": _start(attributes.get("start", "")) if tag == "ol" else None,
    }
    return {name: value for name, value in values.items() if value}


def _direction(value):
    return value.strip().lower() if value.strip().lower() in DIRECTIONS else None


def _language(value):
    return value.strip() if LANGUAGE.fullmatch(value.strip()) else None


def _start(value):
    return str(int(value)) if NUMBER.fullmatch(value.strip()) and int(value) != 1 else None


def _span(name, attributes):
    value = attributes.get(name, "").strip()
    return str(int(value)) if NUMBER.fullmatch(value) and 1 < int(value) <= MAX_SPAN[name] else None

"""Reads the JSON-LD of a page."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

ARTICLE_TYPE = re.compile(r"(Article|BlogPosting|Report|Posting|Story)$")
CDATA_WRAPPING = re.compile(r"^\s*(?:/[/*]\s*)?<!\[CDATA\[|(?:/[/*]\s*)?\]\]>\s*(?:\*/)?\s*$")
MAX_DEPTH = 8


def find_article_data(tree: HtmlElement) -> dict[str, Any]:
    """Return the JSON-LD object that describes the article of the page; empty if there is none."""
    scripts = tree.xpath('//script[starts-with(@type, "application/ld+json")]')
    items = [item for script in scripts for item in iterate_objects(parse_script("".join(script.itertext())))]
    return next((item for item in items if any(map(ARTICLE_TYPE.search, list_types(item)))), {})


def parse_script(text: str) -> object:
    """Return the data of a script without the wrappings and escapes that pages put around it; None if it is not JSON."""
    text = CDATA_WRAPPING.sub("", text)
    for candidate in (text, html.unescape(text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def iterate_objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield every object of the data that may have a type of its own, outer ones first."""
    if isinstance(data, list) and depth < MAX_DEPTH:
        for item in data:
            yield from iterate_objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from iterate_objects(data.get(key), depth + 1) if depth < MAX_DEPTH else ()


def list_types(item: dict[str, Any]) -> list[str]:
    """Return the names of an object's types."""
    return [name for name in ensure_list(item.get("@type")) if isinstance(name, str)]


def read_text(value: object) -> str:
    """Return the text of a value, which may be a string, a list that begins with one, or an object with a name."""
    value = next(iter(ensure_list(value)), "")
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "@value", "@id") if isinstance(value.get(key), str)), "")
    return html.unescape(value).strip() if isinstance(value, str) else ""


def read_texts(value: object) -> list[str]:
    """Return the texts of a value that may be a list, without empty ones."""
    return [text for item in ensure_list(value) if (text := read_text(item))]


def ensure_list(value: object) -> list[Any]:
    """Return the value as a list; empty for None."""
    return value if isinstance(value, list) else [] if value is None else [value]

"""What a page says of itself in JSON-LD."""

import html
import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

ARTICLE = re.compile(r"(Article|BlogPosting|Report|Posting|Story)$")
WRAPPED = re.compile(r"^\s*(?:/[/*]\s*)?<!\[CDATA\[|(?:/[/*]\s*)?\]\]>\s*(?:\*/)?\s*$")
MAX_DEPTH = 8


def article_data(tree: HtmlElement) -> dict:
    """The JSON-LD object that describes the article of the page; empty where there is none."""
    scripts = tree.xpath('//script[starts-with(@type, "application/ld+json")]')
    things = [thing for script in scripts for thing in things_in(loaded("".join(script.itertext())))]
    return next((thing for thing in things if any(map(ARTICLE.search, names_of_type(thing)))), {})


def loaded(text: str) -> object:
    """The data in a script, past the wrappings and the escapes that pages put around it; None where it is not JSON."""
    text = WRAPPED.sub("", text)
    for attempt in (text, html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def things_in(data: object, depth: int = 0) -> Iterator[dict]:
    """Every object of the data that has a type of its own, those that stand further out first."""
    if isinstance(data, list) and depth < MAX_DEPTH:
        for item in data:
            yield from things_in(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from things_in(data.get(key), depth + 1) if depth < MAX_DEPTH else ()


def names_of_type(thing: dict) -> list[str]:
    return [name for name in listed(thing.get("@type")) if isinstance(name, str)]


def text_in(value: object) -> str:
    """The text of a value, which may be a string, a list that begins with one, or an object with a name."""
    value = next(iter(listed(value)), "")
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "@value", "@id") if isinstance(value.get(key), str)), "")
    return html.unescape(value).strip() if isinstance(value, str) else ""


def texts_in(value: object) -> list[str]:
    """The text of each of the values."""
    return [text for item in listed(value) if (text := text_in(item))]


def listed(value: object) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]

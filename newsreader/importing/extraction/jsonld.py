"""Reads the JSON-LD of a page."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

ARTICLE_TYPE = re.compile(r"(Article|BlogPosting|Report|Posting|Story)$")
CDATA_WRAPPING = re.compile(r"^\s*(?:/[/*]\s*)?<!\[CDATA\[|(?:/[/*]\s*)?\]\]>\s*(?:\*/)?\s*$")
ORGANISATION_TYPE = re.compile(r"(Organization|Corporation|Project|Agency|Brand)$")
ADDRESS_KEYS = ("mainEntityOfPage", "url", "@id")
REFERENCE_KEYS = ("author", "creator", "publisher")
TEXT_KEYS = ("name", "@value", "@id")
AMP_PATH = re.compile(r"(?:/amp|\.amp|/index\.\w+)/?$|\.amp(?=\.html$)")
SUBDOMAIN = re.compile(r"^(?:www|m|mobile|amp)\.")
MIN_CONTAINED_LENGTH = 8  # characters
MAX_DEPTH = 8
MAX_SCRIPTS = 100
MAX_ARTICLES = 200
MAX_OBJECTS = 20_000
MAX_AUTHORS = 50
MAX_WORDS = 60
MIN_WORDS = 2  # of a headline that is compared


def find_article_data(tree: HtmlElement, addresses: list[str], headlines: list[str]) -> dict[str, Any]:
    """Return the JSON-LD object that describes the article of the page; empty if there is none.

    The object's addresses and headline are compared with those of the page: many pages describe other articles too.
    """
    scripts = tree.xpath('//script[starts-with(@type, "application/ld+json")]')[:MAX_SCRIPTS]
    data = [parse_script("".join(script.itertext())) for script in scripts]
    objects = index_objects(data)
    articles = [item for item in iterate_objects(data) if is_article(item)][:MAX_ARTICLES]
    known = set(map(simplify_address, addresses)) - {""}
    ranked = [(rank_article(article, known, headlines), -number) for number, article in enumerate(articles)]
    rank, number = max(ranked, default=(-1, 0))
    return resolve_references(articles[-number], objects) if rank >= 0 else {}


def is_article(item: dict[str, Any]) -> bool:
    """Return whether an object is an article by its type."""
    return any(ARTICLE_TYPE.search(name) and not name.endswith("JobPosting") for name in list_types(item))


def rank_article(article: dict[str, Any], addresses: set[str], headlines: list[str]) -> int:
    """Return how well an article's addresses and headline fit those of the page; below 0 if it is another article."""
    own = {simplify_address(read_address(article.get(key))) for key in ADDRESS_KEYS} - {""}
    by_address = (4 if own & addresses else -2) if own and addresses else 0
    headline = read_text(article.get("headline")) or read_text(article.get("name"))
    return by_address + (
        max(compare_headlines(headline, other) for other in headlines) if headline and headlines else 0
    )


def read_address(value: object) -> str:
    """Return the address of a value, which may be one, a list that begins with one, or an object with one."""
    value = next(iter(ensure_list(value)), "")
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) and "/" in value else ""


def simplify_address(address: str) -> str:
    """Return the host and path of an address in the same form for its mobile, secure and shared variants; empty for none."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = AMP_PATH.sub("", parts.path).rstrip("/").lower()
    query = "&".join(part for part in parts.query.split("&") if not part.startswith(("utm_", "fbclid", "amp")))
    return f"{SUBDOMAIN.sub('', parts.netloc.lower())}{path}?{query}".rstrip("?")


def compare_headlines(one: str, other: str) -> int:
    """Return 3 for the same headline, 2 for one that contains the other, 1 for one with many of the same words, else -2."""
    first, second = fold_words(one), fold_words(other)
    if not first or not second or (first != second and len(second) < MIN_WORDS):
        return 0
    if first == second:
        return 3
    short, long = sorted(["".join(first), "".join(second)], key=len)
    if short in long and len(short) >= MIN_CONTAINED_LENGTH:
        return 2
    shared = len(set(first) & set(second))
    return 1 if shared > 1 and shared >= min(len(set(first)), len(set(second))) / 2 else -2


def fold_words(text: str) -> list[str]:
    """Return the words of a text without case and punctuation."""
    return re.findall(r"\w+", text.casefold())[:MAX_WORDS]


def index_objects(data: object) -> dict[str, dict[str, Any]]:
    """Return the objects that have more than an address, by their `@id`."""
    objects: dict[str, dict[str, Any]] = {}
    waiting = [(data, 0)]
    while waiting and len(objects) < MAX_OBJECTS:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            key = value.get("@id")
            if isinstance(key, str) and value.keys() - {"@id", "@type", "@context"}:
                objects.setdefault(key, value)
            value = list(value.values())
        if isinstance(value, list) and depth < MAX_DEPTH:
            waiting += [(item, depth + 1) for item in value]
    return objects


def resolve_references(article: dict[str, Any], objects: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return an article with its authors and publisher in place of references to them."""
    return article | {key: resolve_reference(article[key], objects) for key in REFERENCE_KEYS if key in article}


def resolve_reference(value: object, objects: dict[str, dict[str, Any]], depth: int = 0) -> object:
    """Return a value with the object in place of each reference, also in lists."""
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [resolve_reference(item, objects, depth + 1) for item in value[:MAX_AUTHORS]]
    if isinstance(value, str):
        return objects.get(value, value) if "/" in value or value.startswith(("#", "_:")) else value
    if isinstance(value, dict) and isinstance(key := value.get("@id"), str) and not value.get("name"):
        return objects.get(key, {}) | {name: part for name, part in value.items() if name != "@type"}
    return value


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
    return [name for name in ensure_list(item.get("@type", item.get("type"))) if isinstance(name, str)]


def read_text(value: object, depth: int = 0) -> str:
    """Return the text of a value, which may be a string, an object with a name, or a list that has one."""
    if isinstance(value, str):
        return html.unescape(value).strip()
    if depth >= MAX_DEPTH:
        return ""
    if isinstance(value, list):
        return next((text for item in value if (text := read_text(item, depth + 1))), "")
    if isinstance(value, dict):
        return next((text for key in TEXT_KEYS if (text := read_text(value.get(key), depth + 1))), "")
    return ""


def read_names(value: object, depth: int = 0) -> list[tuple[str, bool]]:
    """Return each name in a value, and whether it is that of an organisation; lists may contain lists, and names be lists."""
    if isinstance(value, str):
        return [(text, False)] if (text := read_text(value)) else []
    if depth >= MAX_DEPTH:
        return []
    if isinstance(value, list):
        return [name for item in value[:MAX_AUTHORS] for name in read_names(item, depth + 1)]
    if not isinstance(value, dict):
        return []
    parts = [read_text(value.get(key)) for key in ("givenName", "additionalName", "familyName")]
    keys = (value.get(key) for key in ("name", "@list", "@set", "@value", "author", "itemListElement", "item"))
    names = next((names for part in keys if (names := read_names(part, depth + 1))), [])
    names = names or [(name, False) for name in [" ".join(filter(None, parts))] if name]
    is_organisation = any(ORGANISATION_TYPE.search(kind) for kind in list_types(value))
    return [(name, is_organisation or other) for name, other in names]


def ensure_list(value: object) -> list[Any]:
    """Return the value as a list; empty for None."""
    return value if isinstance(value, list) else [] if value is None else [value]

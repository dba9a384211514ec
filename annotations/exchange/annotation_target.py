"""Reads the target of a Web Annotation: in which text a passage stands, and where."""

import re
from typing import Any
from urllib.parse import unquote

from annotations.exchange.json_ld import Nodes, read_text, resolve
from annotations.exchange.json_values import (
    ensure_list,
    ensure_number,
    ensure_object,
    ensure_text,
    get_first,
    parse_date,
)

TARGET_TYPES_OF_MANY = {"Choice", "Composite", "List", "Independents"}
MAX_SELECTORS, MAX_REFINEMENTS = 200, 20  # of one target that are looked at
TEXT_FRAGMENT = re.compile(r":~:(?:[^#]*&)?text=(?:([^,&]+)-,)?([^,&-][^,&]*)(?:,-([^,&]+))?(?:&|$)")

Fields = dict[str, Any]


def read_target(target: Any, nodes: Nodes) -> Fields:
    """Return the fields that say where the passage stands: addresses, revision and selectors; `exact` is always there."""
    if not isinstance(target, dict):
        address = ensure_text(target)
        return {"source": address, "article": "", "exact": "", **read_text_fragment(address)}
    state = ensure_object(resolve(get_first(target.get("state")), nodes))
    source = read_address(target.get("source", target.get("id")), nodes)
    fields = {
        "source": source,
        "article": ensure_text(target.get("newsreader:article")),
        "title": ensure_text(target.get("newsreader:title")),
        "address": ensure_text(state.get("cached")),
        "revision": ensure_number(state.get("newsreader:revision")),
        "digest": ensure_text(state.get("newsreader:digest")),
        "read_at": parse_date(state.get("sourceDate")),
    }
    selection = read_selectors(target.get("selector"), nodes)
    return fields | (selection if selection["exact"] else selection | read_text_fragment(source))


def read_address(source: Any, nodes: Nodes) -> str:
    """Return the address of a source, which may be one, an object with one, or a list of either."""
    source = resolve(get_first(source), nodes)
    if not isinstance(source, dict):
        return ensure_text(source)
    names = ("id", "url", "canonical", "source")
    return next(filter(None, (ensure_text(get_first(source.get(name))) for name in names)), "")


def read_text_fragment(address: str) -> Fields:
    """Return the fields of a text fragment with one quote, `#:~:text=[prefix-,]quote[,-suffix]`; none for any other address."""
    match = TEXT_FRAGMENT.search(address)
    if not match:
        return {}
    prefix, exact, suffix = (unquote(part or "") for part in match.groups())
    return {"exact": exact, "prefix": prefix, "suffix": suffix}


def read_selectors(selectors: Any, nodes: Nodes) -> Fields:
    """Return the quote and the position; of several selectors of a kind, which select the same, the first counts."""
    fields: Fields = {"exact": ""}
    for selector in ensure_list(selectors)[:MAX_SELECTORS]:
        found = read_refined(resolve(selector, nodes), nodes)
        fields = found | {name: value for name, value in fields.items() if value not in ("", None) or name not in found}
    return fields


def read_refined(selector: Any, nodes: Nodes) -> Fields:
    """Return the fields of a selector, or of those that refine it, each of which selects within what the one before has."""
    fields: Fields = {}
    for _ in range(MAX_REFINEMENTS):
        if not isinstance(selector, dict):
            break
        found = read_selector(selector)
        if fields.get("exact") and "start" in found and "exact" not in found:
            fields = cut_quote(fields, found["start"], found["end"])
        else:
            fields |= found
        selector = resolve(get_first(selector.get("refinedBy")), nodes)
    return fields


def read_selector(selector: dict[str, Any]) -> Fields:
    """Return the fields of a selector by quote or by position; none for any other."""
    types = ensure_list(selector.get("type"))
    fields: Fields = {}
    if "TextQuoteSelector" in types:
        fields = {name: read_text(selector.get(name)) for name in ("exact", "prefix", "suffix")}
    elif "TextPositionSelector" in types:
        fields = {name: ensure_number(selector.get(name)) for name in ("start", "end")}
    elif "FragmentSelector" in types:
        fields = read_text_fragment(f"#{read_text(selector.get('value')).removeprefix('#')}")
    return fields


def cut_quote(fields: Fields, start: int | None, end: int | None) -> Fields:
    """Return the part of a quote from one place in it to another, with the rest of it as context."""
    exact = fields["exact"]
    if start is None or end is None or not start < end <= len(exact):
        return fields
    prefix, suffix = fields["prefix"] + exact[:start], exact[end:] + fields["suffix"]
    return fields | {"exact": exact[start:end], "prefix": prefix, "suffix": suffix}

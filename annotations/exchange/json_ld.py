"""Brings JSON-LD of annotations into the one form of the standard's own context, of the many that mean the same.

A reader of the whole of JSON-LD would need the contexts that files name by address, and much more time: PyLD takes about a
millisecond for a short annotation, and a file may have 50,000. This one knows the terms of the standard, their prefixes and
full names, and names that a context in the file itself gives them.
"""

import re
from functools import lru_cache
from typing import Any

from annotations.exchange.json_values import ensure_list, ensure_object, ensure_text, get_first

MAX_NAMES = 200  # that one context gives to terms
NAMESPACES = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "https://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2011/content#",
    "http://purl.org/dc/terms/",
    "http://purl.org/dc/elements/1.1/",
    "http://xmlns.com/foaf/0.1/",
    "http://schema.org/",
    "https://schema.org/",
)
PREFIX = re.compile(r"(?:oa|as|rdf|cnt|dcterms|dct|dc|foaf|schema):(?!//)")
ALIASES = {
    "@id": "id",
    "@type": "type",
    "hasBody": "body",
    "hasTarget": "target",
    "hasSource": "source",
    "hasSelector": "selector",
    "hasStartSelector": "startSelector",
    "hasEndSelector": "endSelector",
    "hasState": "state",
    "hasScope": "scope",
    "hasPurpose": "purpose",
    "motivatedBy": "motivation",
    "annotatedBy": "creator",
    "annotatedAt": "created",
    "styledBy": "stylesheet",
    "nick": "nickname",
    "chars": "value",
    "resources": "items",
}

NAMED_VALUES = {"type", "motivation", "purpose"}

Nodes = dict[str, dict[str, Any]]


def normalise(value: Any, names: dict[str, str] | None = None) -> Any:
    """Return JSON-LD with the terms of the standard's context as keys, and with plain values for those that say a type or language.

    `names` are those of the contexts around it.
    """
    if isinstance(value, list):
        return [normalise(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    if "@value" in value:
        return value["@value"]
    if len(value) == 1 and (listed := value.get("@list", value.get("@set"))) is not None:
        return normalise(listed, names)
    names = (names or {}) | read_context(value["@context"]) if "@context" in value else names or {}
    fields: dict[str, Any] = {}
    for key, item in value.items():
        term = name_term(key, names)
        if term in NAMED_VALUES:
            fields[term] = name_values(item, names)
        elif term != "@context":
            fields[term] = normalise(item, names) if isinstance(item, dict | list) else item
    return fields


def read_context(context: Any) -> dict[str, str]:
    """Return the names that the contexts in the file itself give to terms and namespaces of the standard."""
    names: dict[str, str] = {}
    for one in ensure_list(context)[:MAX_NAMES]:
        for name, meaning in list(ensure_object(one).items())[:MAX_NAMES]:
            given = ensure_text(ensure_object(meaning).get("@id")) or ensure_text(meaning)
            if shorten(given) != given or given in NAMESPACES:
                names[name] = given
    return names


def name_term(name: str, names: dict[str, str]) -> str:
    """Return the term of the standard that a name means; a name of other vocabularies as it is."""
    if not names:
        return shorten(name)
    prefix, colon, rest = name.partition(":")
    given = names.get(name) or (names[prefix] + rest if colon and names.get(prefix) else name)
    term = shorten(given)
    return name if term == given else term


@lru_cache(maxsize=1_000)
def shorten(meaning: str) -> str:
    """Return the term of the standard for its full or prefixed name; any other name as it is."""
    namespace = next((start for start in NAMESPACES if meaning.startswith(start)), "")
    term = meaning.removeprefix(namespace) if namespace else PREFIX.sub("", meaning, count=1)
    return ALIASES.get(term, term)


def name_values(value: Any, names: dict[str, str]) -> list[str]:
    """Return types, motivations or purposes by their terms; they may be names, nodes or lists."""
    if isinstance(value, str):
        return [name_term(value, names)]
    values = (ensure_text(one) or ensure_text(read_id(one)) for one in ensure_list(value))
    return [name_term(value, names) for value in values if value]


def read_id(node: Any) -> Any:
    """Return the id of a node, under either name."""
    fields = ensure_object(node)
    return fields.get("@id", fields.get("id"))


def read_text(value: Any) -> str:
    """Return a text, or the first of several, or of those in several languages; empty for anything else."""
    value = get_first(value)
    if isinstance(value, dict):
        value = next((text for text in map(get_first, value.values()) if isinstance(text, str)), "")
    return ensure_text(value)


def index_nodes(graph: list[Any]) -> Nodes:
    """Return the nodes of a graph by their ids."""
    nodes = (node for node in graph if isinstance(node, dict) and len(node) > 1)
    return {node["id"]: node for node in nodes if isinstance(node.get("id"), str)}


def resolve(value: Any, nodes: Nodes) -> Any:
    """Return the node that a value refers to; any other value as it is."""
    is_reference = isinstance(value, dict) and value.keys() == {"id"}
    key = value["id"] if is_reference else value
    return nodes.get(key, value) if isinstance(key, str) else value

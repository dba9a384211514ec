"""Smaller files that show the same fault."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import chain

from lxml import etree

from fuzzing.archives import read_entries, write_entries
from fuzzing.trees import list_places

MAX_TRIES = 400
TOKENS = (re.compile(rb".*\n|.+"), re.compile(rb"<[^>]*>|[^<]+|<"), re.compile(rb"\s+|\S+"))
Shows = Callable[[bytes], bool]


def shrink(data: bytes, shows: Shows) -> bytes:
    """Return a file that still shows the fault, as small as MAX_TRIES tries find it."""
    tries = iter(range(MAX_TRIES))

    def limited(smaller: bytes) -> bool:
        return next(tries, None) is not None and shows(smaller)

    found: bytes | None = data
    while found is not None:
        data = found
        found = next((smaller for smaller in list_smaller(data) if len(smaller) < len(data) and limited(smaller)), None)
    return data if read_entries(data) or load_json(data) is not None else shrink_parts(data, limited)


def shrink_parts(data: bytes, shows: Shows) -> bytes:
    """Return the file without lines, then tags, then words that the fault does not need."""
    for token in TOKENS:
        parts = token.findall(data)
        size = len(parts) // 2
        while size:
            at = 0
            while at < len(parts):
                fewer = parts[:at] + parts[at + size :]
                at, parts = (at, fewer) if shows(b"".join(fewer)) else (at + size, parts)
            size //= 2
        data = b"".join(parts)
    return data


def list_smaller(data: bytes) -> Iterator[bytes]:
    """Yield smaller versions of a file that has a structure, those first that lack most."""
    if entries := read_entries(data):
        yield from list_smaller_archives(entries)
    elif (tree := load_json(data)) is not None:
        yield from list_smaller_trees(tree)
    else:
        yield from list_smaller_markup(data)


def list_smaller_archives(entries: list[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield archives without an entry, or with a smaller one."""
    for at in range(len(entries)):
        yield write_entries(entries[:at] + entries[at + 1 :])
    for at, (name, content) in enumerate(entries):
        half = len(content) // 2
        for smaller in chain(list_smaller(content), (content[:half], content[half:])):
            yield write_entries([*entries[:at], (name, smaller), *entries[at + 1 :]])


def load_json(data: bytes):
    """The tree of a file; None where it is no JSON."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def list_smaller_trees(tree) -> Iterator[bytes]:
    """Yield trees without one of their values, the largest first."""
    paths = sorted(list_paths(tree), key=lambda path: -len(json.dumps(follow(tree, path))))
    for path in paths:
        smaller = deepcopy(tree)
        del follow(smaller, path[:-1])[path[-1]]
        yield json.dumps(smaller, ensure_ascii=False).encode("utf-8", "surrogatepass")


def list_paths(tree) -> list[list]:
    """The path of every value of a tree."""
    paths, by_container = [], {id(tree): []}
    for container, key in list_places(tree):
        path = [*by_container[id(container)], key]
        paths.append(path)
        by_container[id(container[key])] = path
    return [path for path in paths if path]


def follow(tree, path: list):
    """The value at a path."""
    for key in path:
        tree = tree[key]
    return tree


def list_smaller_markup(data: bytes) -> Iterator[bytes]:
    """Yield XML without one of its elements or attributes; nothing for what is no XML."""
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return
    count = len(list(root.iter(etree.Element)))
    for at in range(1, count):
        smaller = deepcopy(root)
        element = list(smaller.iter(etree.Element))[at]
        element.getparent().remove(element)
        yield etree.tostring(smaller, encoding="utf-8")
    for at, name in [(at, name) for at, element in enumerate(root.iter(etree.Element)) for name in element.attrib]:
        smaller = deepcopy(root)
        del list(smaller.iter(etree.Element))[at].attrib[name]
        yield etree.tostring(smaller, encoding="utf-8")

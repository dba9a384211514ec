"""Reads files of annotations in JSON: W3C annotations in all the forms of JSON-LD, and exports and API rows of Hypothesis."""

import json
from typing import Any, NoReturn

from annotations.exchange.annotation_json import AnnotationReading, read_annotation, read_reply
from annotations.exchange.bundle import MAX_ENTRIES, MAX_SHOWN_QUOTE, ImportBundle, ImportProblem, make_problem
from annotations.exchange.hypothesis_json import read_hypothesis
from annotations.exchange.json_ld import Nodes, index_nodes, name_term, normalise, read_context
from annotations.exchange.json_values import ensure_list, ensure_object, get_first
from annotations.exchange.record import ReplyRecord, UnreadableFileError
from annotations.exchange.webannotation import load_tag
from newsreader.text.translation import gettext_noop

MAX_PAGES = 1_000  # of a collection that has them all inline
UNKNOWN_JSON = gettext_noop(
    "This JSON has no annotations. Choose W3C annotations (JSON-LD) or an export of Hypothesis (JSON)."
)
DAMAGED = gettext_noop("This JSON cannot be read: it is damaged or nested too deeply.")
TOO_DEEP = gettext_noop("It is nested too deeply.")
INCOMPLETE = gettext_noop("This is only the first page of a collection. Combine all its pages in one file.")
ELSEWHERE = gettext_noop("The annotations of this collection are at another address. Combine them in one file.")
HYPOTHESIS, WEB_ANNOTATIONS = gettext_noop("Hypothesis export"), gettext_noop("W3C annotations")
LISTS = ("items", "rows", "annotations")


def read_json(text: str) -> ImportBundle:
    """Return what W3C annotations or an export of Hypothesis hold."""
    try:
        data = json.loads(text, parse_constant=refuse_constant)
        return FileReader(data, may_have_replies="replying" in text).read()
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError(DAMAGED) from error


def refuse_constant(name: str) -> NoReturn:
    """Raise ValueError for NaN and Infinity, which JSON has not."""
    raise ValueError(name)


class FileReader:
    """Reads the entries of one file into a bundle."""

    def __init__(self, data: Any, *, may_have_replies: bool = True) -> None:
        self.may_have_replies = may_have_replies
        self.data = unwrap_nodes(data)
        self.terms = index_terms(self.data)
        self.names = read_context(self.terms.get("@context"))
        self.nodes: Nodes = {}
        self.bundle = ImportBundle(WEB_ANNOTATIONS)

    def read(self) -> ImportBundle:
        """Return what the file holds."""
        entries = self.find_annotations()
        if any(isinstance(entry, dict) and "uri" in entry for entry in entries):
            self.bundle.kind = HYPOTHESIS
        codebook = limit_entries(ensure_list(self.terms.get("newsreader:codebook")))
        for tag in filter(None, map(load_tag, codebook)):
            self.bundle.add_tag(tag)
        self.add_entries(entries)
        return self.bundle

    def add_entries(self, entries: list[Any]) -> None:
        """Add the highlights, and then the replies to them, wherever they stand."""
        replies: list[tuple[Any, str, ReplyRecord]] = []
        for entry in entries:
            if found := self.read_reply(entry):
                replies.append((entry, *found))
            else:
                self.add_entry(entry)
        self.add_replies(replies)

    def add_replies(self, replies: list[tuple[Any, str, ReplyRecord]]) -> None:
        """Add replies to their highlights, also those that answer other replies; one to anything else is a problem."""
        places: dict[str, int | None] = {record.id: index for index, record in enumerate(self.bundle.records)}
        targets = {reply.id: target for _, target, reply in replies}
        for entry, target, reply in replies:
            place = find_place(target, places, targets)
            if place is None:
                self.add_entry(entry)
            else:
                self.bundle.add_reply(place, reply)

    def read_reply(self, entry: Any) -> tuple[str, ReplyRecord] | None:
        """Return what a reply says, and to which annotation; None for any other entry."""
        if not self.may_have_replies or not isinstance(entry, dict) or "uri" in entry:
            return None
        try:
            return read_reply(entry, self.nodes, self.names)
        except RecursionError:
            return None

    def find_annotations(self) -> list[Any]:
        """Return the annotations in what may be one of them, a list, a graph, a page or a collection."""
        if "@graph" in self.terms:
            return self.find_in_graph()
        if "first" in self.terms:
            return self.find_in_pages(self.terms["first"])
        parts = limit_entries(self.data) if isinstance(self.data, list) else [self.data]
        return limit_entries([entry for part in parts for entry in list_page(part)])

    def find_in_graph(self) -> list[Any]:
        """Return the annotations among the nodes of a graph, which may refer to each other."""
        graph = normalise(limit_entries(ensure_list(self.terms["@graph"])), self.names)
        objects = [node for node in graph if isinstance(node, dict)]
        objects += [node for one in objects for node in list_items(one) if isinstance(node, dict)]
        self.nodes, self.names = index_nodes(objects), {}
        annotations = [node for node in objects if "target" in node]
        if not annotations:
            raise UnreadableFileError(UNKNOWN_JSON)
        return limit_entries(annotations)

    def find_in_pages(self, first: Any) -> list[Any]:
        """Return the annotations of all pages of a collection, each of which has the next one in it."""
        entries: list[Any] = []
        page = get_first(first)
        for _ in range(MAX_PAGES):
            if isinstance(page, str):
                raise UnreadableFileError(INCOMPLETE if entries else ELSEWHERE)
            terms = index_terms(page)
            entries += limit_entries(page if isinstance(page, list) else ensure_list(terms.get("items")))
            page = get_first(terms.get("next"))
            if not page:
                return limit_entries(entries)
        raise UnreadableFileError(INCOMPLETE)

    def add_entry(self, entry: Any) -> None:
        """Add one entry as highlights, or as a problem; UnreadableFileError where the file holds too much."""
        try:
            reading = self.read_entry(entry)
        except UnreadableFileError as error:
            self.bundle.add_problem(make_problem("", error))
        except RecursionError:
            self.bundle.add_problem(ImportProblem("", TOO_DEEP))
        else:
            self.add_reading(reading)

    def read_entry(self, entry: Any) -> AnnotationReading:
        """Return what an entry says; UnreadableFileError where it is no annotation of a passage."""
        if isinstance(entry, dict) and "uri" in entry:
            return AnnotationReading([read_hypothesis(entry)], [])
        return read_annotation(entry, self.nodes, self.names)

    def add_reading(self, reading: AnnotationReading) -> None:
        """Add the highlights of an annotation, and what of it is left out."""
        for record in reading.records:
            self.bundle.add_record(record)
        for loss in reading.losses:
            self.bundle.add_notice(reading.records[0].exact[:MAX_SHOWN_QUOTE], loss.message, **loss.values)


def find_place(target: str, places: dict[str, int | None], targets: dict[str, str]) -> int | None:
    """Return the index of the highlight that a chain of replies ends at, and keep it in `places` for all of the chain."""
    chain: list[str] = []
    while target and target not in places:
        chain.append(target)
        places[target] = None
        target = targets.get(target, "")
    place = places.get(target) if target else None
    places.update(dict.fromkeys(chain, place))
    return place


def index_terms(data: Any) -> dict[str, Any]:
    """Return the values of an object by the terms of the standard; none of anything else."""
    names = read_context(data.get("@context")) if isinstance(data, dict) else {}
    return {name_term(key, names): unwrap(value) for key, value in ensure_object(data).items()}


def unwrap_nodes(data: Any) -> Any:
    """Return a bare list of nodes that is a collection as that, or as the graph of its parts; any other list as it is."""
    nodes = list(map(index_terms, data)) if isinstance(data, list) else []
    has_parts = any("items" in node or "first" in node for node in nodes)
    if not has_parts or any("target" in node for node in nodes):
        return data
    return data[0] if len(nodes) == 1 else {"@graph": data}


def list_items(node: dict[str, Any]) -> list[Any]:
    """Return the items of a page of a graph, which may be a list in a list."""
    items = ensure_list(node.get("items"))
    return items[0] if len(items) == 1 and isinstance(items[0], list) else items


def unwrap(value: Any) -> Any:
    """Return the items of what JSON-LD writes as a list or a set; any other value as it is."""
    inner = value[0] if isinstance(value, list) and len(value) == 1 else value
    return next((inner[name] for name in ("@list", "@set") if isinstance(inner, dict) and name in inner), value)


def list_page(data: Any) -> list[Any]:
    """Return the annotations of a page or of rows; anything else as the only one."""
    terms = index_terms(data)
    entries = next((terms[name] for name in LISTS if isinstance(terms.get(name), list)), None)
    if entries is None or "target" in terms:
        return [data]
    if terms.get("next"):
        raise UnreadableFileError(INCOMPLETE)
    return entries


def limit_entries(entries: Any) -> list[Any]:
    """Return the entries; UnreadableFileError where they are no list, or too many."""
    if not isinstance(entries, list):
        raise UnreadableFileError(UNKNOWN_JSON)
    if len(entries) > MAX_ENTRIES:
        message = gettext_noop("This file has more than %(number)s entries.")
        raise UnreadableFileError(message, number=f"{MAX_ENTRIES:,}")
    return entries

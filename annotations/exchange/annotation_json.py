"""Reads Web Annotations, ours and others': what can be used of each, as records, and what of it is left out."""

import re
from html import unescape
from typing import Any, NamedTuple

from annotations.exchange.annotation_target import TARGET_TYPES_OF_MANY, read_target
from annotations.exchange.json_ld import Nodes, normalise, read_text, resolve
from annotations.exchange.json_values import ensure_list, ensure_object, ensure_text, get_first, parse_date
from annotations.exchange.record import HighlightRecord, ReplyRecord, UnreadableFileError
from newsreader.text.translation import gettext_noop

MAX_PARTS = 200  # bodies and targets that are looked at
MAX_SHOWN = 300  # code points of an address or a body in a notice
KEPT_MOTIVATIONS = {"highlighting", "tagging", "commenting", "classifying", "describing"}
TAG_PURPOSES = {"tagging", "classifying"}
BLOCK_END = re.compile(r"(?i)<br\b[^<>]*>|</(?:p|div|li|h[1-6]|tr|blockquote)>")
TAG = re.compile(r"<[^<>]*>")
ADDRESS = re.compile(r"[a-zA-Z][\w+.-]*:\S+|[#/.]\S*")
ADDRESS_BODY = gettext_noop("The body “%(address)s” is an address, whose content is not imported.")
ADDRESS_TAG = gettext_noop("The tag “%(address)s” is an address and is not imported.")
OTHER_CHOICE = gettext_noop(
    "Of several bodies to choose from, only the first is imported; this one is not: “%(text)s”."
)
OTHER_BODY = gettext_noop("A body of the type “%(type)s” is not imported.")
MANY_PARTS = gettext_noop("It has more than %(number)s bodies or targets; the rest is not imported.")
OTHER_MOTIVATION = gettext_noop("The motivation “%(name)s” is not imported.")
STYLE = gettext_noop("The style of the annotation is not imported.")


class Loss(NamedTuple):
    """What of an annotation is not imported: a message of the catalogue and its values."""

    message: str
    values: dict[str, str] = {}  # never changed


class AnnotationReading(NamedTuple):
    """The highlights that an annotation makes, one for each target, and what of it is left out."""

    records: list[HighlightRecord]
    losses: list[Loss]


class Bodies(NamedTuple):
    """Tags and notes of an annotation, and what of its bodies is left out."""

    tags: list[str]
    notes: list[str]
    losses: list[Loss]


def load(annotation: Any) -> HighlightRecord:
    """Return the highlight of an annotation's first target; UnreadableFileError where it has no target that could be one."""
    return read_annotation(annotation).records[0]


def read_annotation(
    annotation: Any, nodes: Nodes | None = None, names: dict[str, str] | None = None
) -> AnnotationReading:
    """Return what an annotation says; UnreadableFileError where it has no target that could be a passage.

    `nodes` are those of the graph it stands in, and `names` those of the contexts around it.
    """
    if not isinstance(annotation, dict):
        raise UnreadableFileError(gettext_noop("This is not an annotation."))
    annotation, nodes = ensure_object(normalise(annotation, names)), nodes or {}
    targets = [read_target(target, nodes) for target in list_targets(annotation.get("target"), nodes)]
    page = next(filter(None, (read_text(annotation.get(name)) for name in ("canonical", "via"))), "")
    targets = [target | {"source": target["source"] or (page if target["exact"] else "")} for target in targets]
    targets = [target for target in targets if target["source"] or target["article"] or target["exact"]]
    if not targets:
        raise UnreadableFileError(gettext_noop("It has no target."))
    bodies = read_bodies(annotation, nodes)
    shared: dict[str, Any] = {
        "tags": tuple(dict.fromkeys(bodies.tags)),
        "note": "\n\n".join(filter(None, bodies.notes)),
        "creator": read_name(resolve(get_first(annotation.get("creator")), nodes)),
        "created": parse_date(read_text(annotation.get("created"))),
        "modified": parse_date(read_text(annotation.get("modified"))),
        "resolved": annotation.get("newsreader:resolved") is True,
    }
    records = [HighlightRecord(**shared | target) for target in targets]
    records[0] = records[0]._replace(id=ensure_text(annotation.get("id")))
    return AnnotationReading(records, [*bodies.losses, *list_losses(annotation)])


def read_reply(annotation: Any, nodes: Nodes, names: dict[str, str]) -> tuple[str, ReplyRecord] | None:
    """Return the id of the annotation that another one replies to, and the reply; None for what is no reply."""
    annotation = ensure_object(normalise(annotation, names))
    if "replying" not in ensure_list(annotation.get("motivation")):
        return None
    target = get_first(annotation.get("target"))
    bodies = read_bodies(annotation, nodes)
    reply = ReplyRecord(
        id=ensure_text(annotation.get("id")),
        text="\n\n".join(filter(None, bodies.notes)),
        creator=read_name(resolve(get_first(annotation.get("creator")), nodes)),
        created=parse_date(read_text(annotation.get("created"))),
    )
    return ensure_text(target) or ensure_text(ensure_object(target).get("id")), reply


def list_targets(value: Any, nodes: Nodes) -> list[Any]:
    """Return the targets, those in a set of targets too."""
    targets: list[Any] = []
    for target in (resolve(one, nodes) for one in ensure_list(value)[:MAX_PARTS]):
        items = target.get("items") if isinstance(target, dict) else None
        is_set = items is not None and TARGET_TYPES_OF_MANY & {*ensure_list(target.get("type"))}
        targets += [resolve(item, nodes) for item in ensure_list(items)] if is_set else [target]
    return targets[:MAX_PARTS]


def read_bodies(annotation: dict[str, Any], nodes: Nodes) -> Bodies:
    """Return the tags and the notes, out of the bodies."""
    bodies = Bodies([], [read_text(annotation.get("bodyValue"))], [])
    motivations = ensure_list(annotation.get("motivation"))
    for body in ensure_list(annotation.get("body"))[:MAX_PARTS]:
        read_body(resolve(body, nodes), motivations, nodes, bodies)
    return bodies


def read_body(body: Any, purposes: list[str], nodes: Nodes, bodies: Bodies, depth: int = 0) -> None:
    """Add what a body says; its purposes are those of what it stands in, unless it has its own."""
    if not isinstance(body, dict):
        add_address(ensure_text(body), purposes, bodies)
        return
    purposes = ensure_list(body.get("purpose")) or purposes
    items, source = ensure_list(body.get("items", body.get("member"))), resolve(get_first(body.get("source")), nodes)
    is_tag = bool(TAG_PURPOSES.intersection(purposes))
    if text := read_body_text(body):
        (bodies.tags if is_tag else bodies.notes).append(text)
    elif items and depth < 3:
        read_items(body, items[:MAX_PARTS], purposes, nodes, bodies, depth)
    elif source is not None and depth < 3:
        read_body(source, purposes, nodes, bodies, depth + 1)
    elif address := ensure_text(body.get("id")):
        add_address(address, purposes, bodies)
    elif "value" not in body:
        kinds = ", ".join(map(ensure_text, ensure_list(body.get("type")))) or "?"
        bodies.losses.append(Loss(OTHER_BODY, {"type": kinds[:MAX_SHOWN]}))


def read_items(
    body: dict[str, Any], items: list[Any], purposes: list[str], nodes: Nodes, bodies: Bodies, depth: int
) -> None:
    """Add what a set of bodies says: all of them, or the first of those to choose from."""
    is_choice = "Choice" in ensure_list(body.get("type"))
    for number, item in enumerate(resolve(item, nodes) for item in items):
        if len(bodies.tags) + len(bodies.notes) + len(bodies.losses) >= MAX_PARTS:
            break
        if number and is_choice:
            fields = ensure_object(item)
            names = [read_body_text(fields), fields.get("id"), item, get_first(fields.get("type"))]
            other = next(filter(None, map(ensure_text, names)), "?")
            bodies.losses.append(Loss(OTHER_CHOICE, {"text": other[:MAX_SHOWN]}))
        else:
            read_body(item, purposes, nodes, bodies, depth + 1)


def add_address(address: str, purposes: list[str], bodies: Bodies) -> None:
    """Add a body that is only an address to what is left out; one that is none is a note without its type."""
    if address and not ADDRESS.fullmatch(address):
        bodies.notes.append(address)
    elif address:
        message = ADDRESS_TAG if TAG_PURPOSES.intersection(purposes) else ADDRESS_BODY
        bodies.losses.append(Loss(message, {"address": address[:MAX_SHOWN]}))


def read_body_text(body: dict[str, Any]) -> str:
    """Return the text of a textual body; that of HTML without its tags."""
    text = read_text(body.get("value"))
    is_html = "html" in ensure_text(get_first(body.get("format")))
    return unescape(TAG.sub("", BLOCK_END.sub("\n", text))).strip() if is_html else text


def list_losses(annotation: dict[str, Any]) -> list[Loss]:
    """Return what is left out of an annotation besides bodies."""
    motivations = dict.fromkeys(ensure_list(annotation.get("motivation")))
    losses = [
        Loss(OTHER_MOTIVATION, {"name": name[:MAX_SHOWN]}) for name in motivations if name not in KEPT_MOTIVATIONS
    ]
    styled = [
        annotation,
        *map(ensure_object, [*ensure_list(annotation.get("target")), *ensure_list(annotation.get("body"))]),
    ]
    losses += [Loss(STYLE)] if any("stylesheet" in part or "styleClass" in part for part in styled) else []
    many = [name for name in ("body", "target") if len(ensure_list(annotation.get(name))) > MAX_PARTS]
    return losses + [Loss(MANY_PARTS, {"number": str(MAX_PARTS)})] * bool(many)


def read_name(agent: Any) -> str:
    """Return the name of whoever made the annotation; empty where there is none."""
    if not isinstance(agent, dict):
        return ensure_text(agent)
    names = (read_text(agent.get(key)) for key in ("nickname", "name", "id"))
    return next(filter(None, names), "")

"""Reads the codes of REFI-QDA files as tags, and sets of codes as headings above them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from annotations.exchange.bundle import MAX_TAGS, TOO_MANY_TAGS, ImportBundle
from annotations.exchange.record import TagRecord, UnreadableFileError
from annotations.exchange.refi_terms import HUE_COLOURS, RETIRED_SET_GUID, normalise_guid
from annotations.exchange.tag_names import NAMED_APART, NAMED_APART_BELOW, TagNames
from newsreader.text.translation import gettext_noop

PART_OF_SET = gettext_noop(
    "Members of the set “%(name)s” that are left out of it, since they are no tags or stand elsewhere in the codebook: %(number)s."
)

ReadMemos = Callable[[Iterable[etree._Element]], list[str]]


def read_codes(bundle: ImportBundle, root: etree._Element, in_use: set[str], read_memos: ReadMemos) -> None:
    """Add the codes of a file as tags, and its sets as headings; `in_use` are the GUIDs of codes that passages have.

    GUIDs decide which tag is which. Where a name is taken, that of the parent stands before it, and a notice says so.
    """
    tags = add_sets(bundle, list(read_code_tree(bundle, root, in_use, read_memos)), root)
    names, originals = TagNames(), {tag.id: tag.name for tag in tags}
    new_names: dict[str, str] = {}
    for tag in tags:
        name = new_names[tag.id] = names.take(tag.name, new_names.get(tag.parent, ""))
        bundle.add_tag(tag._replace(name=name))
        if name != tag.name:
            parent = originals.get(tag.parent, "")
            bundle.add_notice("", NAMED_APART_BELOW if parent else NAMED_APART, name=tag.name, parent=parent, new=name)


def read_code_tree(
    bundle: ImportBundle, root: etree._Element, in_use: set[str], read_memos: ReadMemos
) -> Iterator[TagRecord]:
    """Yield each code as a tag, in the order of the file, with an id of its own."""
    keys: dict[etree._Element, str] = {}
    taken: set[str] = set()
    for number, code in enumerate(root.iter("{*}Code")):
        if number >= MAX_TAGS:
            raise UnreadableFileError(TOO_MANY_TAGS, number=f"{MAX_TAGS:,}")
        guid = normalise_guid(code.get("guid"))
        keys[code] = guid if guid and guid not in taken else f"code {number}"
        taken.add(keys[code])
        memos = read_memos([code])
        bundle.count(*memos)
        yield read_code(code, keys[code], keys.get(code.getparent(), ""), in_use, memos)


def read_code(code: etree._Element, key: str, parent: str, in_use: set[str], memos: list[str]) -> TagRecord:
    """Return a code as a tag; a colour that is none of ours is left out, and one that no passage may have is a heading."""
    colour = code.get("color", "").lower()
    hue = HUE_COLOURS.index(colour) + 1 if colour in HUE_COLOURS else None
    definition, use_for, not_for = split_description(get_description(code))
    definition = "\n\n".join(filter(None, [definition, *memos]))
    is_heading = code.get("isCodable") in ("false", "0") and key not in in_use
    name = " ".join((code.get("name") or "").split())
    return TagRecord(key, name, parent, definition, use_for, not_for, hue, heading_only=is_heading)


def split_description(words: str) -> tuple[str, str, str]:
    """Return definition, use for and not for, as `refi_write.join_description` wrote them together."""
    rest, _, not_for = f"\n\n{words}".partition("\n\nNot for: ")
    definition, _, use_for = rest.partition("\n\nUse for: ")
    return definition.removeprefix("\n\n"), use_for, not_for


def get_description(element: etree._Element) -> str:
    """Return the description in an element; empty where it has none."""
    return element.findtext("{*}Description") or ""


def add_sets(bundle: ImportBundle, tags: list[TagRecord], root: etree._Element) -> list[TagRecord]:
    """Return the tags with a heading for each set, above those members that stand nowhere else; our set of retired tags apart."""
    sets = list(root.iterfind("{*}Sets/{*}Set"))
    members = {element: list_members(element) for element in sets if not is_retired_set(element)}
    retired = {guid for element in sets if is_retired_set(element) for guid in list_members(element)}
    counts = Counter(guid for guids in members.values() for guid in set(guids))
    free = {tag.id for tag in tags if not tag.parent and counts[tag.id] == 1}
    headings, parents = [], dict[str, str]()
    for number, (element, guids) in enumerate(members.items()):
        heading = read_set(element, number)
        held = free.intersection(guids)
        if others := count_members(element) - len(held):
            bundle.add_notice("", PART_OF_SET, name=heading.name, number=others)
        headings += [heading] if held else []
        parents |= dict.fromkeys(held, heading.id)
    placed = [tag._replace(parent=parents.get(tag.id, tag.parent), retired=tag.id in retired) for tag in tags]
    return [*headings, *placed]


def read_set(element: etree._Element, number: int) -> TagRecord:
    """Return a set as a heading; `number` names it where the file does not."""
    key, name = normalise_guid(element.get("guid")) or f"set {number}", " ".join((element.get("name") or "").split())
    return TagRecord(key, name, definition=get_description(element), heading_only=True)


def count_members(element: etree._Element) -> int:
    """Return how many codes, texts and notes are in a set."""
    return sum(1 for _ in element.iterfind("*")) - (element.find("{*}Description") is not None)


def is_retired_set(element: etree._Element) -> bool:
    """Return whether a set is the one in which our own files keep retired tags."""
    return normalise_guid(element.get("guid")) == RETIRED_SET_GUID


def list_members(element: etree._Element) -> list[str]:
    """Return the GUIDs of the codes in a set; a project and a codebook name them by different attributes."""
    members = element.iterfind("{*}MemberCode")
    return [normalise_guid(member.get("targetGUID") or member.get("guid") or member.text) for member in members]

"""A codebook as CSV: names and descriptions as Taguette has them, and behind them what else a tag here has."""

from collections.abc import Iterable, Iterator

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.csv_table import write_rows
from annotations.exchange.record import TagRecord
from annotations.exchange.refi_codes import split_description
from annotations.exchange.refi_terms import HUE_COLOURS
from annotations.exchange.refi_write import join_description
from annotations.exchange.tag_names import NAMED_APART, NAMED_APART_BELOW, TagNames
from newsreader.text.translation import gettext_noop

COLUMNS = ["name", "description", "parent", "color", "status"]
NAME_COLUMNS = ("name", "tag", "path")  # of which a codebook has one
KNOWN_COLUMNS = {*COLUMNS, *NAME_COLUMNS, "number of highlights", "number of documents"}
OTHER_COLUMNS = {"content", "document", "quote"}  # of tables with highlights
SEPARATOR = " > "  # between the names in a path
NO_PARENT = gettext_noop("“%(name)s” is imported without its parent “%(parent)s”, which the file does not define.")


def write_codebook_csv(tags: list[TagRecord]) -> Iterator[str]:
    """Yield the codebook as CSV, parents before their children; `parent` is a path from the top."""
    return write_rows(COLUMNS, make_rows(tags))


def make_rows(tags: list[TagRecord]) -> Iterator[list[str]]:
    """Yield the row of each tag."""
    paths: dict[str, str] = {}
    for tag in tags:
        parent = paths.get(tag.parent, "")
        paths[tag.id] = parent + SEPARATOR + tag.name if parent else tag.name
        status = "heading" if tag.heading_only else "retired" if tag.retired else "active"
        yield [tag.name, join_description(tag), parent, HUE_COLOURS[(tag.colour or 1) - 1], status]


def is_codebook(columns: set[str]) -> bool:
    """Return whether a table with these columns is a codebook: one names its tags, and another describes them or nothing is unknown."""
    is_known = "description" in columns or columns <= KNOWN_COLUMNS
    return len(columns.intersection(NAME_COLUMNS)) == 1 and not OTHER_COLUMNS & columns and is_known


def read_codebook_csv(rows: Iterable[dict[str, str]]) -> ImportBundle:
    """Return the tags in rows by the names of their columns in small letters; rows without a name are left out."""
    bundle, names = ImportBundle(gettext_noop("Codebook table")), TagNames()
    read = [(row, name) for row in rows if (name := find_name(row))]
    paths, by_name = dict[str, str](), dict[str, str]()
    for number, (row, name) in enumerate(read):
        paths.setdefault(make_path(row, name), f"row {number}")
        by_name.setdefault(name, f"row {number}")
    for number, (row, name) in enumerate(read):
        above = get_cell(row, "parent")
        parent = paths.get(above) or by_name.get(above) or ""
        if above and not parent:
            bundle.add_notice("", NO_PARENT, name=name, parent=above)
        free = names.take(name, above.rpartition(SEPARATOR)[2])
        if free != name:
            bundle.add_notice("", NAMED_APART_BELOW if above else NAMED_APART, name=name, parent=above, new=free)
        bundle.add_tag(build_tag(f"row {number}", free, parent, row))
    return bundle


def find_name(row: dict[str, str]) -> str:
    """Return the name of the tag in a row."""
    return " ".join(next((cell for column in NAME_COLUMNS if (cell := get_cell(row, column))), "").split())


def get_cell(row: dict[str, str], column: str) -> str:
    """Return a cell, "" where it is missing."""
    return (row.get(column) or "").strip()


def make_path(row: dict[str, str], name: str) -> str:
    """Return the path of a row's tag from the top."""
    parent = get_cell(row, "parent")
    return parent + SEPARATOR + name if parent else name


def build_tag(key: str, name: str, parent: str, row: dict[str, str]) -> TagRecord:
    """Return the tag of a row; a colour that is none of ours is left out."""
    colour, status = get_cell(row, "color").lower(), get_cell(row, "status").lower()
    hue = HUE_COLOURS.index(colour) + 1 if colour in HUE_COLOURS else None
    description = split_description(get_cell(row, "description"))
    return TagRecord(key, name, parent, *description, hue, status == "retired", status == "heading")

"""Says what was measured: line by line as it is known, and as tables in a document."""

import os
import platform
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.timing import Row

HEAD = "| what | figure | between | limit | | measured |\n|---|--:|--:|--:|---|---|\n"


def print_head() -> None:
    print(f"{'figure':>75} {'between':>14} {'limit':>9}")


def print_row(row: Row) -> None:
    value, between, limit = cells(row)
    print(f"{row.name:<64} {value:>10} {between:>14} {limit:>9}  {verdict(row):<11}  {row.detail}", flush=True)


def cells(row: Row) -> tuple[str, str, str]:
    """Figure, spread and limit as they are written."""
    unit = f" {row.unit}" if row.unit else ""
    between = f"{row.spread[0]:.2f} – {row.spread[1]:.2f}" if row.spread else ""
    limit = "" if row.limit is None else f"{'≥ ' if row.at_least else ''}{row.limit:g}{unit}"
    return f"{row.value:.2f}{unit}", between, limit


def verdict(row: Row) -> str:
    if row.limit is None:
        return ""
    return "reached" if row.reached else "NOT reached"


def write_tables(path: Path, rows: Iterable[Row]) -> None:
    """Put the rows of each group into its place in a document: between `<!-- figures: group -->` and `<!-- end -->`."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    text = path.read_text()
    for group, members in groups.items():
        text = put_table(text, group, members)
    path.write_text(text)


def put_table(text: str, group: str, rows: list[Row]) -> str:
    """Return the document with this table of a group in place of an older one, or at the end where it has no place for it."""
    begin, end = f"<!-- figures: {group} -->\n", "<!-- end -->"
    before, found, after = text.partition(begin)
    rest = after.partition(end)[2] if found else "\n"
    head = before if found else f"{before}\n## {group}\n\n"
    return f"{head}{begin}{HEAD}{''.join(map(write_line, rows))}\n{describe_run()}\n{end}{rest}"


def write_line(row: Row) -> str:
    return f"| {' | '.join([row.name, *cells(row), verdict(row).replace('NOT', 'not'), row.detail])} |\n"


def describe_run() -> str:
    """When and on what this was measured."""
    day = datetime.now(UTC)
    kind = f"{os.cpu_count()} × {processor()}, Python {platform.python_version()}, {platform.system()}"
    return f"{day.day} {day:%B %Y}, {kind}"


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        told = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        told = None
    return told[1] if told else platform.machine()

"""The assignments of a project: a reader's own, and for curators a table of articles and members."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from annotations.models import Assignment, AssignmentState, Project
from annotations.models.assignment import LISTED
from newsreader.models import Article

MAX_LISTED = 2_000  # assignments on one page


class TableRow(NamedTuple):
    """One article with the assignments of each member, None where it is not assigned to them."""

    article: Article
    due: date | None
    cells: list[tuple[str, Assignment | None]]
    blind: int  # how many of them are blind
    rounds: list[str]


class Table(NamedTuple):
    """Who reads what: the names of the members, a row an article, and how many assignments there are, done and blind."""

    names: list[str]
    rows: list[TableRow]
    number: int
    done: int
    blind: int


def list_own_assignments(project: Project) -> list[Assignment]:
    """Return what the project's reader is to read, the one due soonest first, what is done last."""
    own = Assignment.objects.filter(project=project, user=project.reader_id).select_related("article__source")
    rows = list(own.filter(article__status__in=LISTED).in_reading_order()[:MAX_LISTED])
    return sorted(rows, key=lambda row: row.state == AssignmentState.DONE)


def load_table(project: Project) -> Table:
    """Return who reads what."""
    listed = Assignment.objects.filter(project=project, article__status__in=LISTED)
    rows = list(listed.select_related("article__source", "user").in_reading_order()[:MAX_LISTED])
    if project.sight:
        rows = [hide_progress(row) for row in rows]
    names = sorted({row.user.get_username() for row in rows})
    articles = dict.fromkeys(row.article_id for row in rows)
    return Table(
        names,
        [make_row([row for row in rows if row.article_id == key], names) for key in articles],
        len(rows),
        sum(row.state == AssignmentState.DONE for row in rows),
        sum(row.is_blind for row in rows),
    )


def hide_progress(assignment: Assignment) -> Assignment:
    """Return an assignment as who reads blind sees it: that somebody began would say that they marked something."""
    if assignment.state == AssignmentState.READING and assignment.user_id != assignment.project.reader_id:
        assignment.state = AssignmentState.TO_DO
    return assignment


def make_row(assignments: Iterable[Assignment], names: list[str]) -> TableRow:
    """Return the row of one article."""
    by_name = {assignment.user.get_username(): assignment for assignment in assignments}
    first = next(iter(by_name.values()))
    cells = [(name, by_name.get(name)) for name in names]
    rounds = dict.fromkeys(assignment.round for assignment in by_name.values() if assignment.round)
    blind = sum(assignment.is_blind for assignment in by_name.values())
    return TableRow(first.article, first.due, cells, blind, list(rounds))

"""The filter of the history, as it stands in an address."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Self
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from annotations.history.sentences import GROUPS


class HistoryFilter(NamedTuple):
    """Which events are wanted; whatever is empty selects all. What cannot be read is empty, and named in `mistakes`."""

    actor: str = ""
    group: str = ""
    tag: UUID | None = None
    article: str = ""
    highlight: UUID | None = None
    until: datetime | None = None
    mistakes: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Return the filter of an address."""
        group, until = query.get("what", ""), read_date(query.get("until", ""))
        values = {name: read_key(query.get(name, "")) for name in ("tag", "highlight")}
        mistakes = [name for name, value in {**values, "until": until}.items() if query.get(name) and value is None]
        if group and group not in GROUPS:
            mistakes.append("what")
        return cls(
            query.get("who", "").replace("\0", ""),
            group if group in GROUPS else "",
            values["tag"],
            query.get("article", "").replace("\0", ""),
            values["highlight"],
            end_of_day(until) if until else None,
            tuple(mistakes),
        )


def read_key(text: str) -> UUID | None:
    """Return the key of a row, None where the text is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def read_date(text: str) -> date | None:
    """Return the day that a text in the form 2026-11-21 is, None where it is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def end_of_day(day: date) -> datetime | None:
    """Return the moment at which a day is over, in the time zone of the reader; None for the last day there is."""
    try:
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    except (OverflowError, ValueError):
        return None

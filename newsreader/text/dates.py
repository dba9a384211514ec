"""Days as every page and every exported document writes them."""

from datetime import date, timedelta

from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MONTHS = [
    gettext_noop("Jan"),
    gettext_noop("Feb"),
    gettext_noop("Mar"),
    gettext_noop("Apr"),
    gettext_noop("May"),
    gettext_noop("Jun"),
    gettext_noop("Jul"),
    gettext_noop("Aug"),
    gettext_noop("Sep"),
    gettext_noop("Oct"),
    gettext_noop("Nov"),
    gettext_noop("Dec"),
]

# Between them every time zone has a date for every moment, and a week or a month has an end.
FIRST_DAY, LAST_DAY = date(1000, 1, 2), date(9998, 12, 30)


def is_datable(day: date) -> bool:
    """Return whether a day, or that of a moment, is one that every time zone has a date for."""
    return FIRST_DAY <= date(day.year, day.month, day.day) <= LAST_DAY


def add_days(day: date, number: int) -> date:
    """Return the day so many days later, or the last one that there is."""
    return day + min(timedelta(days=number), date.max - day)


def format_day(day: date) -> str:
    """Return a day, or that of a moment, such as "18 Nov 2026"."""
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"

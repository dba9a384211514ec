"""Days as every page and every exported document writes them."""

from datetime import date

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


def format_day(day: date) -> str:
    """Return a day, or that of a moment, such as "18 Nov 2026"."""
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"

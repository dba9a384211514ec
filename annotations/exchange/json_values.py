"""Reads values out of parsed JSON, whatever their type: nothing raises, and what does not fit is empty."""

from datetime import UTC, datetime
from typing import Any


def parse_date(value: Any) -> datetime | None:
    """Return the moment in UTC that an ISO 8601 text with a time zone says; None where it says none.

    Years before 1000 or after 9998 count as none: not every time zone has a date for them.
    """
    try:
        moment = datetime.fromisoformat(ensure_text(value))
        moment = moment.astimezone(UTC) if moment.utcoffset() is not None else datetime.min
    except (ValueError, OverflowError):
        return None
    return moment if 1000 <= moment.year < 9999 else None


def get_first(value: Any) -> Any:
    """Return the first of a list, None for an empty one; any other value as it is."""
    return (value[0] if value else None) if isinstance(value, list) else value


def ensure_list(value: Any) -> list[Any]:
    """Return the value as a list: JSON-LD writes one thing without brackets, and none as null."""
    return value if isinstance(value, list) else [] if value is None else [value]


def ensure_object(value: Any) -> dict[str, Any]:
    """Return the value if it is an object; else an empty one."""
    return value if isinstance(value, dict) else {}


def ensure_text(value: Any) -> str:
    """Return the value if it is text; else nothing."""
    return value if isinstance(value, str) else ""


def ensure_number(value: Any) -> int | None:
    """Return a number that can be an offset or a revision's; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None

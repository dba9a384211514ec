"""How long a server asks not to be asked again, and moments as headers have them (RFC 9110, RFC 9111). Pure."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

MAX_AGE = re.compile(r"""(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})""", re.IGNORECASE)
SECONDS = re.compile(r"\d{1,12}")
LONGEST_PAUSE = timedelta(days=31)  # what is asked for beyond that is a mistake of the server


def parse_retry_after(value: str, now: datetime) -> datetime | None:
    """Return the moment before which a server wants no other request, named in seconds or as a date."""
    value = value.strip()
    if SECONDS.fullmatch(value):
        return add_pause(now, int(value))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment, now + LONGEST_PAUSE)


def parse_max_age(value: str, now: datetime) -> datetime | None:
    """Return the moment until which an answer is fresh by its Cache-Control."""
    match = MAX_AGE.search(value)
    return add_pause(now, int(match[1])) if match else None


def add_pause(now: datetime, seconds: int) -> datetime:
    """Return the moment so many seconds after now, at most 31 days."""
    return now + min(timedelta(seconds=min(seconds, 10**9)), LONGEST_PAUSE)


def format_moment(moment: datetime) -> str:
    """Return a moment as headers name it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)

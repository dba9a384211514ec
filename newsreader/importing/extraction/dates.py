"""Finds the date of publication of a page."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from htmldate import find_date
from lxml.html import HtmlElement

from newsreader.importing.extraction.jsonld import read_text
from newsreader.importing.extraction.metadata import Metadata

DATE_NAMES = ["article:published_time", "article:published", "og:article:published_time", "datepublished", "og:pubdate"]
DATE_NAMES += ["pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date"]
DATE_NAMES += ["dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created"]
DATE_NAMES += [
    "citation_publication_date",
    "dcsext.articlefirstpublished",
    "cxenseparse:recs:publishtime",
    "date",
    "pdate",
]
TIME_PATHS = (
    '//time[contains(@itemprop, "datePublished") or @pubdate][1]/@datetime | //article//header//time[1]/@datetime'
)
EARLIEST_DAY = date(1700, 1, 1)
SLASHED_DAY = re.compile(r"^(\d{4})/(\d\d)/(\d\d)(?=$|[T ])")
LOOSE_ZONE = re.compile(r"^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*) +(?:(?:UTC|GMT)$|([+-]\d\d:?\d\d$|Z$))")


def find_published(page: Metadata) -> date | None:
    """Return the day on which the page states it was published, or the moment: in UTC, or without a zone where it states none."""
    stated = [read_text(page.data.get("datePublished")), *(page.find_first([name]) for name in DATE_NAMES)]
    stated += [*page.tree.xpath(TIME_PATHS)[:1], read_text(page.data.get("dateCreated"))]
    return next((day for text in stated if (day := parse_date(text))), None) or guess_published(page.tree)


def parse_date(text: str) -> date | None:
    """Return the day or moment of a date in ISO 8601 or e-mail format; None if it is neither, or lies in the future.

    A moment is in UTC, or without a zone where the text has none.
    """
    text = LOOSE_ZONE.sub(join_zone, SLASHED_DAY.sub(r"\1-\2-\3", text.strip()))
    for parse in (date.fromisoformat, datetime.fromisoformat, parse_email_date):
        try:
            day = parse(text)
            if isinstance(day, datetime) and day.tzinfo:
                day = day.astimezone(UTC)
            return day if is_possible(day) else None
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def join_zone(match: re.Match[str]) -> str:
    """Return a moment in ISO 8601 with its zone right behind it."""
    return match[1] + (match[2] or "Z")


def parse_email_date(text: str) -> date:
    """Return the day or moment of a date in e-mail format; ValueError or TypeError if it is none."""
    if ":" not in text:
        return parsedate_to_datetime(f"{text} 00:00").date()
    moment = parsedate_to_datetime(text)
    return moment.replace(tzinfo=UTC) if text.endswith("-0000") else moment  # UTC, of a sender who hides the zone


def is_possible(day: date) -> bool:
    """Return whether something that is read today may have been published on this day or at this moment."""
    day = day.date() if isinstance(day, datetime) else day
    return EARLIEST_DAY < day < datetime.now(UTC).date() + timedelta(days=2)


def guess_published(tree: HtmlElement) -> date | None:
    """Return the day that the page shows in a place where dates of publication stand; None if there is none."""
    try:
        return parse_date(find_date(tree, original_date=True, extensive_search=False) or "")
    except Exception:  # its heuristics fail on some odd pages, and a date is no reason to refuse an article
        return None

"""Finds the date of publication of a page."""

from datetime import UTC, datetime, timedelta
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
EARLIEST_MOMENT = datetime(1700, 1, 1, tzinfo=UTC)


def find_published(page: Metadata) -> datetime | None:
    """Return when the page states it was published, aware; a time without a zone is taken as UTC."""
    stated = [read_text(page.data.get("datePublished")), *(page.find_first([name]) for name in DATE_NAMES)]
    stated += [*page.tree.xpath(TIME_PATHS)[:1], read_text(page.data.get("dateCreated"))]
    return next((moment for text in stated if (moment := parse_moment(text))), None) or guess_published(page.tree)


def parse_moment(text: str) -> datetime | None:
    """Return the moment of a date in ISO 8601 or e-mail format; None if it is neither, or lies in the future."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(text.strip())
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            is_possible = EARLIEST_MOMENT < moment < datetime.now(UTC) + timedelta(days=2)
            return moment.astimezone(UTC) if is_possible else None
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def guess_published(tree: HtmlElement) -> datetime | None:
    """Return the day that the page shows in a place where dates of publication stand; None if there is none."""
    try:
        return parse_moment(find_date(tree, original_date=True, extensive_search=False) or "")
    except Exception:  # its heuristics fail on some odd pages, and a date is no reason to refuse an article
        return None

"""When a page was published."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from htmldate import find_date
from lxml.html import HtmlElement

from newsreader.importing.extraction.jsonld import text_in
from newsreader.importing.extraction.metadata import Metadata

NAMES = ["article:published_time", "article:published", "og:article:published_time", "datepublished", "og:pubdate"]
NAMES += ["pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date"]
NAMES += ["dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "citation_publication_date"]
NAMES += ["dcsext.articlefirstpublished", "cxenseparse:recs:publishtime", "date", "pdate"]
TIMES = '//time[contains(@itemprop, "datePublished") or @pubdate][1]/@datetime | //article//header//time[1]/@datetime'
EARLIEST = datetime(1700, 1, 1, tzinfo=UTC)


def published(page: Metadata) -> datetime | None:
    """When the page says it was published, aware; a time without a zone is taken as UTC."""
    stated = [text_in(page.data.get("datePublished")), *(page.first([name]) for name in NAMES)]
    stated += [*page.tree.xpath(TIMES)[:1], text_in(page.data.get("dateCreated"))]
    return next((moment for text in stated if (moment := moment_of(text))), None) or guessed(page.tree)


def moment_of(text: str) -> datetime | None:
    """The moment that a date in ISO 8601 or as in e-mail names; None where it names none, or one yet to come."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text.strip())
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return moment.astimezone(UTC) if EARLIEST < moment < datetime.now(UTC) + timedelta(days=2) else None
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def guessed(tree: HtmlElement) -> datetime | None:
    """The day that the page shows in a place where dates of publication stand."""
    try:
        return moment_of(find_date(tree, original_date=True, extensive_search=False) or "")
    except Exception:  # its heuristics stumble over some odd pages, and a date is no reason to refuse an article
        return None

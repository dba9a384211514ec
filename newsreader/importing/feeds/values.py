"""What strangers wrote in a feed, as values within limits."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from newsreader.importing.cleaning import clean_article_html
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.addresses import normalise_url
from newsreader.importing.extraction.languages import normalise_code
from newsreader.importing.extraction.metadata import join_url
from newsreader.importing.feeds.documents import MAX_KEY, MAX_LINE, MAX_TEXT_BYTES, FeedEntryContent
from newsreader.text.characters import clean_characters


def make_line(value: Any) -> str:
    """Return a value as one line of plain text; empty for what is no text."""
    return " ".join(clean_characters(value[: 4 * MAX_LINE]).split())[:MAX_LINE] if isinstance(value, str) else ""


def make_address(value: Any, base: str) -> str:
    """Return the web address that a value names, without fragment and tracking; empty for any other."""
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_KEY:
        return ""
    address = clean_characters(value).strip()
    return normalise_url(join_url(base, address) if base else address)


def make_text(value: Any, base: str) -> str:
    """Return HTML in canonical form; empty for what has no text or could not be read safely."""
    if not isinstance(value, str) or len(value) > MAX_TEXT_BYTES:
        return ""
    try:
        return clean_article_html(value, base)
    except ArticleImportError:
        return ""


def make_moment(value: Any) -> str:
    """Return a moment in ISO 8601, which it may be in already; empty for any other value."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else datetime(*value[:6]).replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return ""
    return moment.isoformat() if moment.year > 1 else ""


def make_language(value: Any) -> str:
    """Return the code of a language as it is usually spelled; empty for any other value."""
    return normalise_code(value) if isinstance(value, str) else ""


def make_key(stated: Any, entry: FeedEntryContent) -> str:
    """Return what an entry is known by: its stated identifier, else its address, else a digest of its words."""
    key = clean_characters(str(stated)).strip() if isinstance(stated, str | int) and stated else ""
    if 0 < len(key := key or entry.url) <= MAX_KEY:
        return key
    return hashlib.sha256(f"{key}\n{entry.title}\n{entry.html}".encode()).hexdigest()

"""The three ways by which an article comes in. All of them raise IntakeError, a sentence for people."""

from pathlib import PurePath

from django.conf import settings

from newsreader.importing.extracted import Extracted
from newsreader.importing.fetching.client import fetch
from newsreader.importing.fetching.encoding import decoded
from newsreader.importing.files import pasted, saved_from
from newsreader.importing.sandbox.runner import extract_safely
from newsreader.models.article import StoredArticle


def take_in(form, user) -> StoredArticle | None:
    """Keeps what an IntakeForm was given; None where it cannot be kept, and the form says why."""
    return form.save(user) if form.is_valid() else None


def from_web(url: str) -> Extracted:
    """The article at a web address."""
    fetched = fetch(url, allow_loopback=settings.NEWSREADER_ALLOW_LOOPBACK)
    if fetched.content_type.lower().startswith("text/plain"):
        return pasted(decoded(fetched.body, fetched.content_type), url=fetched.url)
    return extract_safely(fetched.body, fetched.url, fetched.content_type)


def from_file(name: str, page: bytes) -> Extracted:
    """The article in a saved page, or in a plain text."""
    if PurePath(name).suffix.lower() == ".txt":
        return pasted(decoded(page))
    return extract_safely(page, saved_from(page))

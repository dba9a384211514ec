"""Reads feeds, sites and lists of feeds in a process that can be killed, with little time and memory."""

import json
from typing import Any

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.discovery import Discovery, FeedLink
from newsreader.importing.feeds.documents import FeedContent, FeedEntryContent
from newsreader.importing.feeds.opml import ListedFeed
from newsreader.importing.limits import refuse_large_feed
from newsreader.importing.sandbox.process import WorkerError, WorkerTimeoutError, build_command, run_command
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

FEED_WORKER_COMMAND = build_command("newsreader.importing.sandbox.feed_worker")
MAX_FEED_SECONDS = 15
FEED_TOO_SLOW = gettext_noop("This feed takes too long to read.")
UNREADABLE_FEED = gettext_noop("This feed could not be read.")


def read_feed_safely(document: bytes, url: str = "", content_type: str = "") -> FeedContent:
    """Return the feed in a document as `read_feed` does; raise ArticleImportError also if that takes too much time or memory."""
    return build_feed(run_feed_worker(document, "feed", url, content_type))


def discover_safely(document: bytes, url: str, content_type: str) -> Discovery:
    """Return what `discover` finds in a document; raise ArticleImportError also if that takes too much time or memory."""
    answer = run_feed_worker(document, "site", url, content_type)
    feed = build_feed(answer["feed"]) if answer["feed"] else None
    return Discovery(feed, [FeedLink(**link) for link in answer["links"]])


def read_opml_safely(document: bytes) -> list[ListedFeed]:
    """Return the feeds that an OPML document lists; raise ArticleImportError also if that takes too much time or memory."""
    return [ListedFeed(**feed) for feed in run_feed_worker(document, "opml")["feeds"]]


def build_feed(answer: dict[str, Any]) -> FeedContent:
    """Return the feed of an answer of the worker."""
    entries = [FeedEntryContent(**entry) for entry in answer["entries"]]
    return FeedContent(answer["title"], answer["home"], entries)


def run_feed_worker(document: bytes, kind: str, url: str = "", content_type: str = "") -> dict[str, Any]:
    """Return the worker's answer; raise ArticleImportError with its sentence, or if it was killed or failed."""
    refuse_large_feed(document)
    header = json.dumps({"kind": kind, "url": url, "content_type": content_type}).encode()
    try:
        answer = json.loads(run_command(FEED_WORKER_COMMAND, header + b"\n" + document, MAX_FEED_SECONDS))
    except WorkerTimeoutError as error:
        raise ArticleImportError(_(FEED_TOO_SLOW)) from error
    except WorkerError as error:
        raise ArticleImportError(_(UNREADABLE_FEED)) from error
    if "error" in answer:
        raise ArticleImportError(_(answer["error"]))  # the worker writes English
    return answer

"""Fetches the pages of articles again, one after another, and tries rules for their source on them."""

import logging
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from newsreader.feeds import policy
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.importer import extract_by_each, extract_from_web
from newsreader.models import HostSlot, Refetch, SiteRule
from newsreader.models.source import extract_host

States = Refetch.State


def fetch_waiting(is_over: Callable[[], bool]) -> None:
    """Fetch the pages whose turn it is, one after another until it is over."""
    while not is_over():
        now = timezone.now()
        waiting = Refetch.objects.waiting().filter(due_at__lte=now)
        refetch = waiting.select_related("article__source", "trial", "asked_by").first()
        if refetch is None:
            break
        if Refetch.objects.claim(refetch, now):
            fetch_again(refetch)


def fetch_again(refetch: Refetch) -> None:
    """Fetch one page and keep what came of it; where its host is busy, it waits."""
    host = extract_host(refetch.article.url)
    with HostSlot.objects.hold(host, policy.HOST_REQUESTS, timezone.now()) as is_free:
        if not is_free:
            Refetch.objects.filter(pk=refetch.pk).update(due_at=timezone.now() + policy.BUSY_PAUSE)
            return
        try:
            outcome = try_rules(refetch) if refetch.trial else revise(refetch)
        except ArticleImportError as error:
            outcome = {"state": States.FAILED, "why": str(error)}
        except Exception:  # of one page; the others go on
            logging.getLogger(__name__).exception("A page could not be fetched again: %s", refetch.article.url)
            outcome = {"state": States.FAILED, "why": _("This page could not be read.")}
    refetch.finish(**outcome)


def revise(refetch: Refetch) -> dict[str, Any]:
    """Give the article the text that its page has now; return what came of it."""
    article = refetch.article
    rules = SiteRule.objects.list_for_source(article.source)
    found = extract_from_web(article.url, rules)
    if found.problem:  # the article has perhaps what is missing now
        raise ArticleImportError(found.problem)
    revision = article.apply_refetch(found.html, created_by=refetch.asked_by)
    return {"state": States.REVISED if revision else States.UNCHANGED, "why": ""}


def try_rules(refetch: Refetch) -> dict[str, Any]:
    """Extract the page as it is done now, and by the rules that are tried; return what came of it."""
    article, trial = refetch.article, refetch.trial
    rules = trial.rules if trial else []
    before, after = extract_by_each(article.url, SiteRule.objects.list_for_source(article.source), rules)
    found = {"before": describe_found(before), "after": describe_found(after)}
    return {"state": States.UNCHANGED if found["before"] == found["after"] else States.REVISED, "found": found}


def describe_found(found: Extracted | str) -> dict[str, str]:
    """Return what a trial keeps of an extracted article, or of the reason why there is none."""
    if isinstance(found, str):
        return {"html": "", "byline": "", "why": found}
    return {"html": found.html, "byline": found.byline, "why": ""}

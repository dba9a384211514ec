"""The history of an article: who did what with it, in sentences of the language of the source, as the admin stores them."""

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User

from newsreader.models import Article


def note(articles: Iterable[Article], by: User, sentence: str) -> None:
    """Write a sentence into the histories of articles."""
    LogEntry.objects.log_actions(by.pk, articles, CHANGE, sentence)

"""The languages of the library whose words have stems."""

from functools import partial

from django.apps import apps
from django.core.cache import cache
from django.db import transaction

from newsreader.text.language.stems import find_family

KEY, A_MINUTE = "search-languages", 60


def families() -> tuple[str, ...]:
    """The languages that articles are in, as stems know them; kept for a minute, or until one in another language comes in."""
    return cache.get_or_set(KEY, read, A_MINUTE)


def read() -> tuple[str, ...]:
    articles = apps.get_model("newsreader", "Article").objects.order_by()
    found = {find_family(code) for code in articles.values_list("language", flat=True).distinct()}
    return tuple(sorted(found - {""}))


def meet(new: set[str]) -> None:
    """Forgets what is kept where one of these languages is not among it."""
    if new - {""} - {*(cache.get(KEY) or ())}:
        cache.delete(KEY)
        transaction.on_commit(partial(cache.delete, KEY))  # somebody may have read them before this was to be seen

"""The languages of the library whose words have stems."""

from functools import partial

from django.apps import apps
from django.db import transaction

from newsreader.caching import page_cache
from newsreader.text.language.stems import find_family

CACHE_KEY, CACHE_SECONDS = "search-languages", 60


def list_families() -> tuple[str, ...]:
    """Return the stem families of the articles; cached for a minute, or until an article in another language comes in."""
    return page_cache.get_or_set(CACHE_KEY, load_families, CACHE_SECONDS)


def load_families() -> tuple[str, ...]:
    """Read the stem families of the articles from the database."""
    articles = apps.get_model("newsreader", "Article")._default_manager.order_by()
    families = {find_family(code) for code in articles.values_list("language", flat=True).distinct()}
    return tuple(sorted(families - {""}))


def expire_families(families: set[str]) -> None:
    """Forget the cached families where one of these is not among them."""
    if families - {""} - {*(page_cache.get(CACHE_KEY) or ())}:
        page_cache.delete(CACHE_KEY)
        # Another request may have cached the families before this transaction is visible to it.
        transaction.on_commit(partial(page_cache.delete, CACHE_KEY))

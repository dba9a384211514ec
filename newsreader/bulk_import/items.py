"""The items of imports before they are saved."""

from collections.abc import Iterable

from newsreader.models import ArticleImport, ImportItem
from newsreader.text.characters import clean_characters

MAX_NAME_LENGTH = 300  # characters


def shorten_name(name: str) -> str:
    """Return the name of a file as it is shown: on one line, the end of a long one."""
    return " ".join(clean_characters(name).split())[-MAX_NAME_LENGTH:]


def save_items(job: ArticleImport, items: Iterable[ImportItem]) -> None:
    """Save new items behind those that the import has, in their order."""
    last = job.items.order_by("-number").first()
    for number, item in enumerate(items := list(items), last.number + 1 if last else 1):
        item.number = number
    ImportItem.objects.bulk_create(items, batch_size=500)

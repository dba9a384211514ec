"""What blind reading hides from one reader of a project."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q


class Sight(NamedTuple):
    """What blind reading hides from one reader of a project; false where it hides nothing.

    On the `articles` (keys), or with `everything` on all, they see only what is their own, and none of the `tags` (keys).
    """

    reader: int | None = None  # the key of the user
    everything: bool = False
    articles: tuple[int, ...] = ()
    tags: tuple[UUID, ...] = ()

    def __bool__(self) -> bool:
        return self.everything or bool(self.articles)

    def shows(self, path: str = "") -> Q:
        """Return the condition that highlights are shown, a plain one whatever is hidden; `path` leads to them."""
        own = Q(**{f"{path}author": self.reader}) if self.reader else Q(pk__in=[])
        return own if self.everything else own | ~Q(**{f"{path}article__in": self.articles})

    def hides(self, article_id: int) -> bool:
        """Return whether the reader sees only what is their own on an article."""
        return self.everything or article_id in self.articles


NOTHING_HIDDEN = Sight()

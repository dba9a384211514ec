"""Articles in the admin, with their highlights."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from annotations.models import Highlight
from annotations.models.highlight import HighlightQuerySet
from newsreader.admin.articles import ArticleAdmin
from newsreader.models import Article, Revision

admin.site.unregister(Article)
STANDING = Highlight.objects.standing().filter(article=OuterRef("pk")).order_by()


class HighlightedFilter(admin.SimpleListFilter):
    """Articles with highlights, or without."""

    title, parameter_name = "highlights", "highlights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "With highlights"), ("no", "Without")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        condition = {"yes": Exists(STANDING), "no": ~Exists(STANDING)}.get(self.value() or "")
        return queryset.filter(condition) if condition else queryset


@admin.register(Article)
class HighlightedArticleAdmin(ArticleAdmin):
    """Articles with the number of their highlights. One that has any is not deleted: that would delete people's work."""

    list_display = [*ArticleAdmin.list_display[:-1], "highlights", "page"]
    list_filter = [*ArticleAdmin.list_filter, HighlightedFilter]
    delete_confirmation_template = "admin/annotations/article_delete.html"
    change_form_template = "admin/annotations/article_change.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the articles with the number of their highlights."""
        number = STANDING.values("article").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(highlighted=Coalesce(Subquery(number), 0))

    @admin.display(ordering="highlighted")
    def highlights(self, article: Any) -> int:
        return article.highlighted

    def list_revisions(self, article: Article) -> Any:
        """Return the revisions with the number of highlights made on each."""
        standing = Count("highlights", filter=Q(highlights__deleted_at=None))
        return super().list_revisions(article).annotate(highlighted=standing)

    def describe_consequence(self, article: Article) -> str:
        """Return what becomes of the text and of its highlights when it is corrected."""
        number = select_standing(article.current()).count()
        standing = "1 highlight stands on it and is" if number == 1 else f"{number} highlights stand on it and are"
        carried = f"{standing} carried over; where the words changed, readers are shown both and decide"
        return f"{super().describe_consequence(article)} {carried if number else 'No highlight stands on it'}."

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what would be deleted; a project's history goes with its subject, though nobody may delete it by itself."""
        deleted, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, missing_permissions - {"event"}, protected


def select_standing(revision: Revision) -> HighlightQuerySet:
    """Return the highlights that were made on a revision, and those of earlier ones that have a place on it."""
    placed = Q(placements__revision=revision, placements__start__isnull=False)
    return Highlight.objects.standing().filter(Q(revision=revision) | placed).distinct()

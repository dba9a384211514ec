"""Articles in the admin, with their highlights."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.admin.correction import HighlightedArticleForm, preview_highlights
from annotations.admin.merging import MergeActions, take_back_merge
from annotations.admin.scoped_admin import select_counted_highlights
from annotations.models.highlight import HighlightQuerySet
from newsreader.admin.articles import ArticleAdmin
from newsreader.admin.bulk import ACTIONS
from newsreader.admin.correction import ArticleForm
from newsreader.http import UserRequest
from newsreader.models import Article, Revision

admin.site.unregister(Article)


class HighlightedFilter(admin.SimpleListFilter):
    """Articles with highlights, or without."""

    title, parameter_name = _("highlights"), "highlights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("With highlights")), ("no", _("Without"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        highlighted = Exists(select_counted_highlights(request.user).filter(article=OuterRef("pk")))
        condition = {"yes": highlighted, "no": ~highlighted}.get(self.value() or "")
        return queryset.filter(condition) if condition else queryset


@admin.register(Article)
class HighlightedArticleAdmin(MergeActions, ArticleAdmin):
    """Articles with the number of their highlights. One that has any is not deleted: that would delete people's work."""

    form = HighlightedArticleForm
    list_display = [*ArticleAdmin.list_display[:-1], "highlights", "page"]
    list_filter = [*ArticleAdmin.list_filter, HighlightedFilter]
    actions = [*ACTIONS[:4], "merge", *ACTIONS[4:]]
    delete_confirmation_template = "admin/annotations/article_delete.html"
    change_form_template = "admin/annotations/article_change.html"

    def get_queryset(self, request: Any) -> Any:
        """Return the articles with the number of their highlights."""
        highlights = select_counted_highlights(request.user).filter(article=OuterRef("pk"))
        number = highlights.values("article").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(highlighted=Coalesce(Subquery(number), 0))

    def get_urls(self) -> Any:
        """Return the addresses, with that which takes back a merge."""
        undo = self.admin_site.admin_view(partial(take_back_merge, self))
        return [path("<path:object_id>/unmerge/", undo, name="newsreader_article_unmerge"), *super().get_urls()]

    @admin.display(description=_("highlights"), ordering="highlighted")
    def highlights(self, article: Any) -> int:
        return article.highlighted

    def list_revisions(self, request: Any, article: Article) -> Any:
        """Return the revisions with the number of highlights made on each."""
        counted = Count("highlights", filter=Q(highlights__in=select_counted_highlights(request.user)))
        return super().list_revisions(request, article).annotate(highlighted=counted)

    def build_preview(self, request: UserRequest, article: Article, form: ArticleForm) -> dict[str, Any]:
        """Return what the preview of a corrected text shows, with what becomes of the highlights."""
        preview = super().build_preview(request, article, form)
        return preview | {"highlights": preview_highlights(preview["new"], request.user)}

    def describe_consequence(self, request: Any, article: Article) -> str:
        """Return what becomes of the text and of its highlights when it is corrected."""
        number = select_placed(select_counted_highlights(request.user), article.current()).count()
        carried = (
            _("No highlights are on it.")
            if not number
            else ngettext(
                "%(number)s highlight is on it and will be carried over; where the words changed, readers see both versions and decide.",
                "%(number)s highlights are on it and will be carried over; where the words changed, readers see both versions and decide.",
                number,
            )
            % {"number": number}
        )
        return f"{super().describe_consequence(request, article)} {carried}"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what would be deleted; a project's history goes with its subject, though nobody may delete it by itself."""
        deleted, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        merged = Article.objects.filter(merged_into__in=[article.pk for article in objs]).order_by("pk")
        return deleted, counts, missing_permissions - {"event"}, [*protected, *map(str, merged)]


def select_placed(highlights: HighlightQuerySet, revision: Revision) -> HighlightQuerySet:
    """Return those of the highlights that were made on a revision, and those of earlier ones that have a place on it."""
    placed = Q(placements__revision=revision, placements__start__isnull=False)
    return highlights.filter(Q(revision=revision) | placed).distinct()

"""The library with a project's highlights on it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations.library import queries
from annotations.models import Project, Tag
from annotations.models.codebook import codebook_of, describe_addresses
from annotations.passages.search_fields import make_article_fields
from annotations.rendering.minimap import render_minimap
from newsreader.http import Request
from newsreader.models.article import ArticleQuerySet
from newsreader.search.compiler import FieldConditions
from newsreader.search.parser import parse
from newsreader.templatetags.languages import language_name
from newsreader.users import AnyUser
from newsreader.views import library
from newsreader.views.filters import (
    LIBRARY_LIMITS,
    LibraryFilters,
    limit_query,
    list_active_filters,
    parse_filters,
)


class LibraryRequest(Request):
    """A request with the project whose highlights are shown."""

    project: Project | None  # fetched on first use: ask for its truth, not whether it is None


@require_safe
@limit_query(LIBRARY_LIMITS)
def show_library(request: LibraryRequest) -> HttpResponse:
    """Show published articles and what the current project has on them; the filters are in the query string."""
    project, filters = request.project or None, parse_filters(request.GET)
    fields = make_article_fields(project, request.user)
    tags = queries.load_tags_in_use(project, filters.tags) if project else []
    articles = filter_articles(library.find_articles(request.user, filters, fields), project, filters, tags)
    counts = {"without-highlights": Count("pk", filter=queries.has_no_highlights(project))} if project else {}
    context = library.build_library_context(request, filters, articles, counts, fields)
    if project:
        attach_highlights(context["page"].object_list, project, {tag.pk: tag for tag in tags})
        context["marks"] = "annotations/library/_article_highlights.html"
    tag_names = describe_addresses(codebook_of(project)) if project else {}
    context |= {
        "chosen": list_active_filters(request.GET, name_filter_values(context, tag_names)),
        "more_facets": "annotations/library/_tag_facet.html",
        "tags": list_tag_choices(request.user, project, filters, tags, fields),
        "beside": list_related_searches(project, filters),
    }
    return library.render_library(request, context, "annotations/library/library.html")


def filter_articles(
    articles: ArticleQuerySet, project: Project | None, filters: LibraryFilters, tags: list[Any]
) -> ArticleQuerySet:
    """Return the articles that also fit the filters about highlights."""
    if project and "without-highlights" in filters.show:
        articles = articles.filter(queries.has_no_highlights(project))
    if filters.tags:
        chosen = [tag for tag in tags if tag.is_chosen]
        articles = queries.filter_by_tags(articles, project, chosen)
    if project and filters.sort == "most-highlighted":
        articles = queries.order_by_highlights(articles, project)
    return articles


def list_tag_choices(
    user: AnyUser, project: Project | None, filters: LibraryFilters, tags: list[Any], fields: FieldConditions
) -> list[Any]:
    """Return the tags, each with the number of `articles` that have it: of all, or of those that match the words."""
    if not (project and filters.q):
        return tags
    articles = library.filter_by_query(library.select_published(user), filters, fields).values("pk")
    counts = queries.count_found_articles_by_tag(project, articles, filters.q, user)
    for tag in tags:
        tag.articles = counts.get(tag.pk, 0)
    return [tag for tag in tags if tag.articles or tag.is_chosen]


def list_related_searches(project: Project | None, filters: LibraryFilters) -> list[tuple[str, str]]:
    """Return where else these words may be looked for: (label of a link, its address)."""
    words = parse(filters.q).bare if project else ""
    if not project or not words:
        return []
    return [(_("Passages with these words"), f"{reverse('passages', args=[project.slug])}?{urlencode({'q': words})}")]


def attach_highlights(articles: list[Any], project: Project, tags: dict[UUID, Tag]) -> None:
    """Give each article its `strip` (safe SVG), its number of `highlights_here`, and the `uses` of its tags."""
    keys = [article.pk for article in articles]
    strokes, uses = queries.load_strokes(project, keys), queries.load_tag_uses(project, keys, tags)
    for article in articles:
        article.highlights_here = sum(stroke.number for stroke in strokes[article.pk])
        article.uses = uses[article.pk]
        label = describe_strip(article.highlights_here)
        article.strip = mark_safe(render_minimap(article.length, [stroke[:3] for stroke in strokes[article.pk]], label))


def describe_strip(number: int) -> str:
    """Return what an article's line with so many highlights shows, for who does not see it."""
    message = ngettext(
        "%(number)s highlight, by position in the text", "%(number)s highlights, by position in the text", number
    )
    return message % {"number": number}


def name_filter_values(context: dict[str, Any], tag_names: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return words for the values that each filter may have, by field and value."""
    return {
        "source": {source["source__slug"]: source["source__name"] for source in context["sources"]},
        "tag": tag_names,
        "language": {code: language_name(code) for code in (row["code"] for row in context["languages"])},
        "show": {value: str(name) for value, name, _number in context["states"]},
    }

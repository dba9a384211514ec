"""The library with a project's highlights on it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from annotations.library import queries
from annotations.models import Project, Tag
from annotations.passages.search_fields import make_article_fields
from annotations.rendering.minimap import render_minimap
from newsreader.http import Request
from newsreader.models.article import ArticleQuerySet
from newsreader.search.compiler import FieldConditions
from newsreader.search.parser import parse
from newsreader.templatetags.languages import language_name
from newsreader.users import AnyUser
from newsreader.views import library
from newsreader.views.filters import LibraryFilters, list_active_filters, parse_filters


class LibraryRequest(Request):
    """A request with the project whose highlights are shown."""

    project: Project | None  # fetched on first use: ask for its truth, not whether it is None


@require_safe
def show_library(request: LibraryRequest) -> HttpResponse:
    """Show published articles and what the current project has on them; the filters are in the query string."""
    project, filters = request.project or None, parse_filters(request.GET)
    fields = make_article_fields(project, request.user)
    tags = queries.load_tags_in_use(project) if project else []
    articles = filter_articles(library.find_articles(request.user, filters, fields), project, filters, tags)
    counts = {"without-highlights": Count("pk", filter=queries.has_no_highlights(project))} if project else {}
    context = library.build_library_context(request, filters, articles, counts, fields)
    if project:
        attach_highlights(context["page"].object_list, project, {tag.pk: tag for tag in tags})
        context["marks"] = "annotations/library/_article_highlights.html"
    context |= {
        "chosen": list_active_filters(request.GET, name_filter_values(context, tags)),
        "more_facets": "annotations/library/_tag_facet.html",
        "tags": list_tag_choices(request.user, project, filters, tags, fields),
        "beside": list_related_searches(project, filters),
    }
    return library.render_library(request, context, "annotations/library/library.html")


def filter_articles(
    articles: ArticleQuerySet, project: Project | None, filters: LibraryFilters, tags: list[Tag]
) -> ArticleQuerySet:
    """Return the articles that also fit the filters about highlights."""
    if project and "without-highlights" in filters.show:
        articles = articles.filter(queries.has_no_highlights(project))
    if filters.tags:
        chosen = [tag for tag in tags if is_chosen(tag, filters)]
        articles = queries.filter_by_tags(articles, project, chosen)
    if project and filters.sort == "most-highlighted":
        articles = queries.order_by_highlights(articles, project)
    return articles


def is_chosen(tag: Tag, filters: LibraryFilters) -> bool:
    """Return whether the filters name a tag, by its name or its slug."""
    return not {tag.slug, tag.name}.isdisjoint(filters.tags)


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
    return [tag for tag in tags if tag.articles or is_chosen(tag, filters)]


def list_related_searches(project: Project | None, filters: LibraryFilters) -> list[tuple[str, str]]:
    """Return where else these words may be looked for: (label of a link, its address)."""
    words = parse(filters.q).bare if project else ""
    if not project or not words:
        return []
    return [("Passages with these words", f"{reverse('passages', args=[project.slug])}?{urlencode({'q': words})}")]


def attach_highlights(articles: list[Any], project: Project, tags: dict[UUID, Tag]) -> None:
    """Give each article its `strip` (safe SVG), its number of `highlights_here`, and the `uses` of its tags."""
    keys = [article.pk for article in articles]
    strokes, uses = queries.load_strokes(project, keys), queries.load_tag_uses(project, keys, tags)
    for article in articles:
        article.highlights_here = sum(stroke.number for stroke in strokes[article.pk])
        article.uses = uses[article.pk]
        label = f"{article.highlights_here} highlights, by place in the text"
        article.strip = mark_safe(render_minimap(article.length, [stroke[:3] for stroke in strokes[article.pk]], label))


def name_filter_values(context: dict[str, Any], tags: list[Tag]) -> dict[str, dict[str, str]]:
    """Return words for the values that each filter may have, by field and value."""
    return {
        "source": {source["source__slug"]: source["source__name"] for source in context["sources"]},
        "tag": {tag.slug: tag.name for tag in tags},
        "language": {code: language_name(code) for code in (row["code"] for row in context["languages"])},
        "show": {value: name for value, name, _ in context["states"]},
    }

"""The library with a project's highlights on it."""

from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from annotations.library import queries as shelf
from annotations.passages.search_fields import fields_of_articles
from annotations.rendering.minimap import render_minimap
from newsreader.search.query import parse
from newsreader.templatetags.languages import language_name
from newsreader.views import library
from newsreader.views.filters import LibraryFilters, list_active_filters, parse_filters


@require_safe
def index(request):
    """Published articles and what the current project has on them; the filters are in the query string."""
    project, asked = request.project or None, parse_filters(request.GET)
    fields = fields_of_articles(project, request.user)
    tags = shelf.tags_in_use(project) if project else []
    articles = narrowed(library.find_articles(request.user, asked, fields), project, asked, tags)
    counts = {"without-highlights": Count("pk", filter=shelf.without_highlights(project))} if project else {}
    context = library.build_library_context(request, asked, articles, counts, fields)
    if project:
        put_marks(context["page"].object_list, project, {tag.pk: tag for tag in tags})
        context["marks"] = "annotations/library/_article_highlights.html"
    context |= {
        "chosen": list_active_filters(request.GET, words_of(context, tags)),
        "more_facets": "annotations/library/_tag_facet.html",
    }
    context |= {"tags": offered(request.user, project, asked, tags, fields), "beside": beside(project, asked)}
    return library.render_library(request, context, "annotations/library/library.html")


def narrowed(articles, project, asked: LibraryFilters, tags: list):
    """The articles that also fit what was asked of their highlights."""
    if project and "without-highlights" in asked.show:
        articles = articles.filter(shelf.without_highlights(project))
    if asked.tags:
        articles = shelf.carrying(articles, project, [tag for tag in tags if {tag.slug, tag.name} & {*asked.tags}])
    if project and asked.sort == "most-highlighted":
        articles = shelf.most_highlighted_first(articles, project)
    return articles


def offered(user, project, asked: LibraryFilters, tags: list, fields: dict) -> list:
    """The tags with the number of articles that carry each: of all, or of those that have the words."""
    if not (project and asked.q):
        return tags
    articles = library.filter_by_query(library.select_published(user), asked, fields).values("pk")
    counts = shelf.carried_among(project, articles, asked.q, user)
    for tag in tags:
        tag.articles = counts.get(tag.pk, 0)
    return [tag for tag in tags if tag.articles or {tag.slug, tag.name} & {*asked.tags}]


def beside(project, asked: LibraryFilters) -> list[tuple[str, str]]:
    """Where else these words may be looked for: (what a link says, its address)."""
    words = parse(asked.q).bare if project else ""
    address = f"{reverse('passages', args=[project.slug])}?{urlencode({'q': words})}" if words else ""
    return [("Passages with these words", address)] if words else []


def put_marks(articles: list, project, tags: dict) -> None:
    """Gives each article its `strip` (safe SVG), its number of `highlights`, and the `uses` of its tags."""
    keys = [article.pk for article in articles]
    strokes, uses = shelf.strokes(project, keys), shelf.uses(project, keys, tags)
    for article in articles:
        own = strokes[article.pk]
        article.highlights_here = sum(stroke.number for stroke in own)
        article.uses = uses[article.pk]
        label = f"{article.highlights_here} highlights, by place in the text"
        article.strip = mark_safe(render_minimap(article.length, [stroke[:3] for stroke in own], label))


def words_of(context: dict, tags: list) -> dict:
    """The names of the values that a filter may have."""
    return {
        "source": {source["source__slug"]: source["source__name"] for source in context["sources"]},
        "tag": {tag.slug: tag.name for tag in tags},
        "language": {code: language_name(code) for code in (row["code"] for row in context["languages"])},
        "show": {value: name for value, name, _ in context["states"]},
    }

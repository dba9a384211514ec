"""The library with a project's highlights on it."""

from django.db.models import Count
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from annotations.marking.strip import draw_strip
from annotations.models import shelf
from newsreader.views import library
from newsreader.views.filters import Filters, chosen, filters_of


@require_safe
def index(request):
    """Published articles and what the current project has on them; the filters are in the query string."""
    project, asked = request.project or None, filters_of(request.GET)
    tags = shelf.tags_in_use(project) if project else []
    articles = narrowed(library.found(request.user, asked), project, asked, tags)
    counts = {"without-highlights": Count("pk", filter=shelf.without_highlights(project))} if project else {}
    context = library.shelf(request, asked, articles, counts)
    if project:
        put_marks(context["page"].object_list, project, {tag.pk: tag for tag in tags})
        context["marks"] = "annotations/_entry_marks.html"
    context |= {"tags": tags, "chosen": chosen(request.GET, words_of(context, tags))}
    return library.answer(request, context, "annotations/library.html")


def narrowed(articles, project, asked: Filters, tags: list):
    """The articles that also fit what was asked of their highlights."""
    if project and "without-highlights" in asked.show:
        articles = articles.filter(shelf.without_highlights(project))
    if asked.tags:
        articles = shelf.carrying(articles, project, [tag for tag in tags if {tag.slug, tag.name} & {*asked.tags}])
    if project and asked.sort == "most-highlighted":
        articles = shelf.most_highlighted_first(articles, project)
    return articles


def put_marks(articles: list, project, tags: dict) -> None:
    """Gives each article its `strip` (safe SVG), its number of `highlights`, and the `uses` of its tags."""
    keys = [article.pk for article in articles]
    strokes, uses = shelf.strokes(project, keys), shelf.uses(project, keys, tags)
    for article in articles:
        own = strokes[article.pk]
        article.highlights_here = sum(stroke.number for stroke in own)
        article.uses = uses[article.pk]
        label = f"{article.highlights_here} highlights, by place in the text"
        article.strip = mark_safe(draw_strip(article.length, [stroke[:3] for stroke in own], label))


def words_of(context: dict, tags: list) -> dict:
    """The names of the values that a filter may have."""
    return {
        "source": {source["source__slug"]: source["source__name"] for source in context["sources"]},
        "tag": {tag.slug: tag.name for tag in tags},
        "show": {value: name for value, name, _ in context["states"]},
    }

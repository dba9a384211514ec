"""The library with a project's highlights on it."""

from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.library import queries
from annotations.library.queries import TagChoice
from annotations.models import Project
from annotations.models.codebook import describe_addresses, leave_out_tags, load_codebook
from annotations.models.project_article import belongs_to
from annotations.passages.search_fields import make_article_fields
from newsreader.article_rows import select_listed, select_published
from newsreader.http import Request
from newsreader.kept_pages import render_kept_page
from newsreader.models.article import ArticleQuerySet
from newsreader.search.compiler import FieldConditions
from newsreader.search.parser import parse
from newsreader.templatetags.languages import language_name
from newsreader.users import AnyUser
from newsreader.views import library
from newsreader.views.facets import LibraryNumbers, read_numbers
from newsreader.views.filters import (
    LIBRARY_LIMITS,
    SHOW_LABELS,
    LibraryFilters,
    limit_query,
    list_active_filters,
    parse_filters,
)
from newsreader.views.library import FoundArticles, LibraryContent, LibraryReader

TEMPLATES = ("annotations/library/library.html", "newsreader/_article_list.html")


class LibraryRequest(Request):
    """A request with the project whose highlights are shown."""

    project: Project | None  # fetched on first use: ask for its truth, not whether it is None


class LibraryProject(NamedTuple):
    """The project whose highlights are shown, the version of its codebook, and the tags to filter by.

    `may_choose` is whether the reader may add all that the filters leave to its articles.
    """

    pk: UUID
    slug: str
    codebook: int
    tags: tuple[TagChoice, ...]
    may_choose: bool
    hidden: tuple[UUID, ...]  # tags that blind reading hides


@require_safe
@limit_query(LIBRARY_LIMITS)
def show_library(request: LibraryRequest) -> HttpResponse:
    """Show published articles and what the current project has on them; the filters are in the query string."""
    project, filters = request.project or None, parse_filters(request.GET)
    fields = make_article_fields(project, request.user)
    listed = list_project_articles(request.user, project) if project and "in-project" in filters.show else None
    tags = queries.list_tags_in_use(project, filters.tags, with_private=listed is not None) if project else []
    numbers = read_library_numbers(request.user, project, filters, fields, listed)
    is_counted = not any(filters[1:-1])
    found = library.read_articles(
        request,
        filters,
        lambda: filter_articles(library.find_articles(request.user, filters, fields, listed), project, filters, tags),
        (numbers.found, numbers.copies) if is_counted else None,
    )
    content = LibraryContent(
        reader=LibraryReader(request.user.is_authenticated, request.user.is_staff),
        numbers=numbers,
        articles=add_marks(found, project) if project else found,
        searches=library.read_saved_searches(request.user),
        left_out=tuple(request.left_out),
    )
    choices = tuple(list_tag_choices(request.user, project, filters, tags, fields, listed))
    shown = describe_project(project, choices) if project else None
    values = (content, shown, request.GET.urlencode())
    is_kept = not (project and project.sight)
    return render_kept_page(request, "library", TEMPLATES, build_library_context, *values, is_kept=is_kept)


def describe_project(project: Project, choices: tuple[TagChoice, ...]) -> LibraryProject:
    """Return what the page shows of a project, with the tags to filter by."""
    return LibraryProject(
        project.pk, project.slug, project.codebook, choices, project.allows("articles"), project.sight.tags
    )


def read_library_numbers(
    user: AnyUser,
    project: Project | None,
    filters: LibraryFilters,
    fields: FieldConditions,
    listed: ArticleQuerySet | None,
) -> LibraryNumbers:
    """Return the numbers of the library, or of the articles of the project that are `listed`.

    Of the library also how many have no highlights of the project; not how many are in it.
    """
    counts = {}
    if project and filters.q:
        counts = {"without-highlights": Count("pk", filter=queries.has_no_highlights(project))}
    numbers = read_numbers(user, filters, counts, fields, listed)
    if not project:
        return numbers
    states = list(numbers.states)
    if listed is not None and not filters.q:
        states.append(("without-highlights", None))
    elif not filters.q:
        number = numbers.total - queries.count_highlighted_articles(project)
        states.append(("without-highlights", number))
    return numbers._replace(states=tuple(states))


def list_project_articles(user: AnyUser, project: Project) -> ArticleQuerySet:
    """Return the articles of the project, with those that are private to it where the reader is a member."""
    return select_listed(user, project.pk).filter(belongs_to(project))


def add_marks(found: FoundArticles, project: Project) -> FoundArticles:
    """Return the articles with their marks, and the way to where the reader adds them to the project."""
    rows, slug = found.rows, project.slug if project.allows("highlight") else ""
    marks = queries.load_marks(project, [row.pk for row in rows], [row.length for row in rows])
    marks = [own._replace(project=slug) for own in marks]
    return found._replace(rows=tuple(row._replace(marks=own) for row, own in zip(rows, marks, strict=True)))


def build_library_context(
    content: LibraryContent, project: LibraryProject | None, written: str, is_part: bool
) -> dict[str, Any]:
    """Return what the page is rendered with."""
    query = QueryDict(written)
    context = library.build_library_context(content, query)
    tag_names = (
        describe_addresses(leave_out_tags(load_codebook(project.pk, project.codebook), project.hidden))
        if project
        else {}
    )
    return context | {
        "is_part": is_part,
        "chosen": list_active_filters(query, name_filter_values(context, tag_names)),
        "more_facets": "annotations/library/_tag_facet.html",
        "tags": project.tags if project else (),
        "beside": list_related_searches(project, context["asked"])
        + build_addition_link(project, query, content.articles.number),
        "marks": "annotations/library/_article_highlights.html" if project else "",
        "parts": list_parts(project, context["asked"]),
        "is_project": bool(project and "in-project" in context["asked"].show),
    }


def list_parts(project: LibraryProject | None, filters: LibraryFilters) -> list[tuple[str, str, bool]]:
    """Return the library and the articles of the project: (label, address, whether it is shown); none without a project."""
    if not project:
        return []
    address, is_project = f"{reverse('library')}?project={project.slug}", "in-project" in filters.show
    return [
        (_("Library"), address, not is_project),
        (_("This project’s articles"), f"{address}&show=in-project", is_project),
    ]


def filter_articles(
    articles: ArticleQuerySet, project: Project | None, filters: LibraryFilters, tags: list[TagChoice]
) -> ArticleQuerySet:
    """Return the articles that also fit the filters about highlights."""
    if project and "without-highlights" in filters.show:
        articles = articles.filter(queries.has_no_highlights(project))
    if filters.tags:
        articles = queries.filter_by_tags(articles, project, [UUID(tag.pk) for tag in tags if tag.is_chosen])
    if project and filters.sort == "most-highlighted":
        articles = queries.order_by_highlights(articles, project)
    return articles


def list_tag_choices(
    user: AnyUser,
    project: Project | None,
    filters: LibraryFilters,
    tags: list[TagChoice],
    fields: FieldConditions,
    listed: ArticleQuerySet | None,
) -> list[TagChoice]:
    """Return the tags, each with the number of `articles` that have it: of all, or of those that match the words."""
    if not (project and filters.q):
        return tags
    everything = select_published(user) if listed is None else listed
    articles = library.filter_by_query(everything, filters, fields).values("pk")
    words = filters.q if listed is None else f"{filters.q} in-project"
    counts = queries.count_found_articles_by_tag(project, articles, words, user)
    counted = [tag._replace(articles=counts.get(tag.pk, 0)) for tag in tags]
    return [tag for tag in counted if tag.articles or tag.is_chosen]


def list_related_searches(project: LibraryProject | None, filters: LibraryFilters) -> list[tuple[str, str]]:
    """Return where else these words may be looked for: (label of a link, its address)."""
    words = parse(filters.q).bare if project else ""
    if not project or not words:
        return []
    return [(_("Passages with these words"), f"{reverse('passages', args=[project.slug])}?{urlencode({'q': words})}")]


def build_addition_link(project: LibraryProject | None, query: QueryDict, number: int) -> list[tuple[str, str]]:
    """Return the link to where what the filters leave is added to the project (its label, its address); none for nothing."""
    if not project or not project.may_choose or not number:
        return []
    wanted = query.copy()
    for name in ("project", "page", "sort"):
        wanted.pop(name, None)
    address = f"{reverse('articles-add', args=[project.slug])}?{wanted.urlencode()}"
    return [(_("Add these articles to the project…"), address)]


def name_filter_values(context: dict[str, Any], tag_names: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return words for the values that each filter may have, by field and value."""
    return {
        "source": {source["source__slug"]: source["source__name"] for source in context["sources"]},
        "tag": tag_names,
        "language": {code: language_name(code) for code in (row["code"] for row in context["languages"])},
        "show": {value: str(name) for value, name in SHOW_LABELS.items()},
    }

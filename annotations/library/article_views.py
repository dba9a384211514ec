"""The articles of a project: their list, adding and removing one, adding those of a filter, and rules."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.decorators import MemberRequest, ProjectRequest, project_required, refuse_act
from annotations.errors import RuleLimitError, StaleError
from annotations.library.project_articles import (
    find_rule_fault,
    list_rules,
    list_usable_articles,
    load_choice,
    make_rule_filters,
    name_sources,
    render_rows,
)
from annotations.library.queries import list_tags_in_use
from annotations.library.views import filter_articles, list_project_articles
from annotations.models import ArticleRule, ArticleState, Project, ProjectArticle
from annotations.models.project_article import MAX_RULES, belongs_to, was_removed_from
from annotations.passages.search_fields import make_article_fields
from newsreader.article_rows import read_rows, select_listed
from newsreader.kept_pages import is_part_asked
from newsreader.models import Article, Source
from newsreader.text.translation import format_number
from newsreader.users import AnyUser
from newsreader.views.filters import LIBRARY_LIMITS, describe_query, limit_query, parse_filters
from newsreader.views.library import PAGE_SIZE, build_page_links, find_articles, make_page, read_saved_searches
from newsreader.views.redirects import get_next_url

GET_AND_POST = ["GET", "HEAD", "POST"]
MAX_ADDED = 10_000  # articles at once


@require_safe
@project_required()
@limit_query({"show": 1, "page": 1})
def list_articles(request: ProjectRequest, project: Project) -> HttpResponse:
    """List the published articles of the project with its highlights on them, or with ?show=removed those taken out."""
    is_removed = request.GET.get("show") == "removed"
    condition = was_removed_from(project) if is_removed else belongs_to(project)
    articles = select_listed(request.user, project.pk).filter(condition)
    page = make_page(request.GET.get("page"), articles.order_by().count())
    start = (page.number - 1) * PAGE_SIZE
    rows = read_rows(articles.sorted_by("newest")[start : start + PAGE_SIZE])
    context = {
        "project": project,
        "is_removed": is_removed,
        "page": page,
        "pages": build_page_links(page, request.GET),
        "rows": render_rows(request, project, rows, is_removed),
    }
    if is_part_asked(request):
        response = render(request, "annotations/library/_project_articles.html", context)
    else:
        response = render(request, "annotations/library/project_articles.html", context | load_ways(request, project))
    patch_vary_headers(response, ["HX-Request"])
    return response


def load_ways(request: ProjectRequest, project: Project) -> dict[str, Any]:
    """Return the ways in which articles come into the project: its rules, and what a curator makes others of."""
    may_choose = project.allows("articles")
    return {
        "rules": list_rules(project),
        "may_choose": may_choose,
        "may_add": project.allows("highlight"),
        "sources": list_known_sources(request.user) if may_choose else (),
        "searches": list_saved_searches(request, project) if may_choose else [],
    }


def list_known_sources(user: AnyUser) -> QuerySet[Source, tuple[str, str]]:
    """Return (slug, name) of the sources of the library with an article that the user may read."""
    known = Article.objects.visible_to(user).order_by().filter(source=OuterRef("pk"))
    return Source.objects.usable_in(None).filter(Exists(known)).order_by("name").values_list("slug", "name")


def list_saved_searches(request: ProjectRequest, project: Project) -> list[tuple[str, str]]:
    """Return (name, address of the page that adds its articles) of the reader's saved searches."""
    address = reverse("articles-add", args=[project.slug])
    return [
        (search.name, f"{address}?{urlsplit(search.address).query}") for search in read_saved_searches(request.user)
    ]


@require_http_methods(GET_AND_POST)
@project_required("highlight")
def choose_article(request: MemberRequest, project: Project, article: str) -> HttpResponse:
    """Say whether the article belongs to the project, and why; sent, add it, or with in=no remove it."""
    found = get_object_or_404(list_usable_articles(project, request.user), slug=article)
    if request.method != "POST":
        return render_choice(request, project, found)
    state = ArticleState.REMOVED if request.POST.get("in") == "no" else ArticleState.ADDED
    if state == ArticleState.REMOVED and not project.allows("articles"):
        return refuse_act(request, project, "articles")
    ProjectArticle.objects.set_state(project, found.pk, state, by=request.user)
    if request.htmx:
        return render_choice(request, project, found)
    text = _("“%(article)s” was added to the project.")
    if state == ArticleState.REMOVED:
        text = _("“%(article)s” was removed from the project. Its highlights stay.")
    messages.success(request, text % {"article": found})
    return redirect(get_next_url(request, reverse("project-article", args=[project.slug, found.slug])))


def render_choice(request: ProjectRequest | MemberRequest, project: Project, article: Article) -> HttpResponse:
    """Return whether the article belongs to the project, with a button; to htmx that alone."""
    name = "_article_choice.html" if request.htmx else "article_choice.html"
    context = {"project": project, "article": article, "choice": load_choice(project, article)}
    response = render(request, f"annotations/library/{name}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(GET_AND_POST)
@project_required("articles", GET_AND_POST)
@limit_query(LIBRARY_LIMITS)
def add_articles(request: MemberRequest, project: Project) -> HttpResponse:
    """Show how many articles a filter of the library would add; sent, add as many, or make a rule of the filter."""
    wanted = select_wanted(request, project)
    new = wanted.exclude(belongs_to(project)).exclude(was_removed_from(project))
    if request.method == "POST" and request.POST.get("as") == "rule":
        return add_rule(request, project, wanted, new)
    if request.method != "POST":
        return render_addition(request, project, wanted, new)
    number = int(sent) if (sent := request.POST.get("number", "")).isdecimal() and len(sent) < 9 else 0
    if not 0 < number <= MAX_ADDED:
        return render_addition(request, project, wanted, new, status=422)
    try:
        ProjectArticle.objects.add_all(project, new, number, by=request.user)
    except StaleError:
        return render_addition(request, project, wanted, new, status=409)
    text = ngettext("%(number)s article was added.", "%(number)s articles were added.", number)
    messages.success(request, text % {"number": format_number(number)})
    return redirect("project-articles", project.slug)


def select_wanted(request: MemberRequest, project: Project) -> QuerySet[Article]:
    """Return the articles of the library that the query string selects, as on its page."""
    filters = parse_filters(request.GET)
    listed = list_project_articles(request.user, project) if "in-project" in filters.show else None
    found = find_articles(request.user, filters, make_article_fields(project, request.user), listed)
    return filter_articles(found, project, filters, list_tags_in_use(project, filters.tags)).order_by()


def add_rule(request: MemberRequest, project: Project, wanted: QuerySet, new: QuerySet) -> HttpResponse:
    """Make a rule of the filter."""
    filters = parse_filters(request.GET)
    if find_rule_fault(filters):
        return render_addition(request, project, wanted, new, status=422)
    try:
        ArticleRule.objects.add_rule(project, make_rule_filters(filters), by=request.user)
    except RuleLimitError:
        fault = _("A project can have at most %(number)s rules. Remove one first.") % {"number": MAX_RULES}
        return render_addition(request, project, wanted, new, status=422, fault=fault)
    messages.success(
        request, _("The rule was added: all articles that match it belong to the project, later ones too.")
    )
    return redirect("project-articles", project.slug)


def render_addition(
    request: MemberRequest, project: Project, wanted: QuerySet, new: QuerySet, *, status: int = 200, fault: str = ""
) -> HttpResponse:
    """Return the page that says what a filter would add; with 409 the number has changed since it was shown."""
    filters = parse_filters(request.GET)
    sources = name_sources(project, filters.sources)
    context = {
        "project": project,
        "words": describe_query(request.GET, sources),
        "query": request.GET.urlencode(),
        "left_out": request.left_out,
        "found": wanted.count(),
        "number": new.count(),
        "removed": wanted.filter(was_removed_from(project)).count(),
        "max_added": MAX_ADDED,
        "fault": fault,
        "rule_fault": find_rule_fault(filters),
        "changed_since": status == 409,
    }
    return render(request, "annotations/library/add_articles.html", context, status=status)


@require_POST
@project_required("articles")
def delete_rule(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Remove a rule."""
    get_object_or_404(project.article_rules, pk=pk).remove(by=request.user)
    messages.success(request, _("The rule was removed. Articles that were added by hand or have highlights stay."))
    return redirect("project-articles", project.slug)

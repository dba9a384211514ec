"""What pages show of the articles of a project: its rules in words, why an article belongs, and rows of a list."""

from collections.abc import Collection
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.library.queries import ArticleMarks, load_marks, select_highlights
from annotations.models import ArticleRule, ArticleState, Project, ProjectArticle
from annotations.models.project_article import parse_rule_query
from newsreader.article_rows import ArticleRow, render_row
from newsreader.models import Article, Source
from newsreader.models.article import ArticleQuerySet
from newsreader.search.parser import parse
from newsreader.users import AnyUser
from newsreader.views.filters import LibraryFilters, describe_query

MARKS_TEMPLATE = "annotations/library/_project_article_marks.html"


class RuleRow(NamedTuple):
    """A rule as a page shows it; `query` is that of the library's page with the same articles."""

    rule: ArticleRule
    words: str
    query: str


class ProjectMarks(NamedTuple):
    """The marks of an article in the list of a project, why it belongs, and what its reader may do: add it, or remove it."""

    number: int
    strip: str
    uses: tuple[Any, ...]
    reason: str
    project: str  # its slug
    act: str


class Choice(NamedTuple):
    """Whether an article belongs to a project, why, and what its reader may do about it."""

    belongs: bool
    reasons: list[str]
    may_add: bool
    may_remove: bool


def list_rules(project: Project) -> list[RuleRow]:
    """Return the project's rules in words, the oldest first."""
    rules = list(project.article_rules.all())
    slugs = {slug for rule in rules for slug in rule.filters.get("source", ())}
    sources = name_sources(project, slugs) if slugs else {}
    queries = [QueryDict(urlencode(rule.filters, doseq=True)) for rule in rules]
    return [
        RuleRow(rule, describe_query(query, sources), query.urlencode())
        for rule, query in zip(rules, queries, strict=True)
    ]


def name_sources(project: Project, slugs: Collection[str]) -> dict[str, str]:
    """Return the names of sources that articles of the project may have, by their slugs."""
    return dict(Source.objects.usable_in(project.pk).filter(slug__in=slugs).values_list("slug", "name"))


def make_rule_filters(filters: LibraryFilters) -> dict[str, Any]:
    """Return the filters of a rule, those that are empty left out."""
    days = {"from": filters.since, "to": filters.until}
    values = {"q": filters.q, "source": sorted(filters.sources), "language": sorted(filters.languages)}
    values |= {name: day.isoformat() for name, day in days.items() if day}
    return {name: value for name, value in values.items() if value}


def find_rule_fault(filters: LibraryFilters) -> str:
    """Return why filters cannot be a rule, "" where they can: a rule means the same for every reader, and at any time."""
    if filters.show or filters.tags:
        return _("A rule cannot depend on tags or on what one reader has read. Remove those filters first.")
    if not make_rule_filters(filters):
        return _("A rule needs a filter. Choose sources, words, languages or dates in the library first.")
    problems = parse_rule_query(filters.q).problems
    return problems[0] if problems and problems != parse(filters.q).problems else ""


def load_choice(project: Project, article: Article) -> Choice:
    """Return whether the article belongs to the project; `project` knows the role of the reader."""
    row = ProjectArticle.objects.filter(project=project, article=article).select_related("changed_by").first()
    reasons, belongs = list_reasons(project, article), bool(row and row.state == ArticleState.ADDED)
    if row and row.state == ArticleState.REMOVED:
        reasons = [_("removed by %(name)s") % {"name": name_person(row.changed_by)}]
    elif row and belongs:
        reasons.insert(0, _("added by %(name)s") % {"name": name_person(row.changed_by)})
    else:
        belongs = bool(reasons)
    may_add, may_remove = project.allows("highlight"), project.allows("articles")
    return Choice(belongs, reasons, may_add and not belongs, may_remove and belongs)


def list_reasons(project: Project, article: Article) -> list[str]:
    """Return why an article belongs to a project without a decision about it: its highlights, and rules."""
    number, reasons = select_highlights(project).filter(article=article).count(), []
    if number:
        reasons.append(ngettext("%(number)s highlight", "%(number)s highlights", number) % {"number": number})
    return reasons + [
        _("rule “%(rule)s”") % {"rule": row.words}
        for row in list_rules(project)
        if row.rule.select().filter(pk=article.pk).exists()
    ]


def name_person(user: User | None) -> str:
    """Return the name of somebody whose account may be gone."""
    return user.get_username() if user else "?"


def render_rows(request: HttpRequest, project: Project, rows: list[ArticleRow], is_removed: bool) -> list[SafeString]:
    """Return the rows of articles that belong to the project, or that were removed from it."""
    keys = [row.pk for row in rows]
    marks = load_marks(project, keys, [row.length for row in rows])
    decided = ProjectArticle.objects.filter(project=project, article__in=keys).exclude(state=ArticleState.OPEN)
    people = {row.article_id: name_person(row.changed_by) for row in decided.select_related("changed_by")}
    described = [
        describe_marks(project, own, people.get(row.pk), is_removed) for row, own in zip(rows, marks, strict=True)
    ]
    return [
        render_row(request, row._replace(marks=own), project.slug, MARKS_TEMPLATE)
        for row, own in zip(rows, described, strict=True)
    ]


def choose_act(project: Project, is_removed: bool) -> str:
    """Return what the reader may do with articles of the list: "add" or "remove" them, or nothing."""
    if is_removed:
        return "add" if project.allows("highlight") else ""
    return "remove" if project.allows("articles") else ""


def describe_marks(project: Project, marks: ArticleMarks, name: str | None, is_removed: bool) -> ProjectMarks:
    """Return the marks of an article of the list; `name` is that of who added or removed it."""
    if name is not None:
        reason = (_("Removed by %(name)s") if is_removed else _("Added by %(name)s")) % {"name": name}
    else:
        reason = "" if marks.number else _("Matches a rule")
    return ProjectMarks(*marks[:3], reason, project.slug, choose_act(project, is_removed))


def list_usable_articles(project: Project, user: AnyUser) -> ArticleQuerySet:
    """Return the articles that a reader may open and that may belong to the project."""
    return Article.objects.visible_to(user).usable_in(project.pk)

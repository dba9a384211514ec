"""The fields of queries that a project knows: conditions on its highlights, and on the articles that have them."""

from collections.abc import Callable
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from annotations.models.codebook import codebook_of
from annotations.models.highlight import Highlight
from annotations.models.project import Project
from annotations.tag_query.queries import make_any_tag_condition, make_tag_condition
from newsreader.search.ast import Node, Query, Word
from newsreader.search.fields import FIELDS
from newsreader.search.languages import list_families
from newsreader.search.parser import parse
from newsreader.text.language.analyzer import extract_words, split_words
from newsreader.text.language.stems import stem_word
from newsreader.users import AnyUser

PASSAGE_FIELDS = frozenset(FIELDS) - {"is"}


def parse_passage_query(words: str) -> Query:
    """Return what a query asks of passages."""
    return parse(words, PASSAGE_FIELDS, relations=True)


def parse_tag_expression(expression: str) -> tuple[Node | None, list[str]]:
    """Return the tree of an expression of tags, None where something is wrong with it, and what that is."""
    if not expression.strip():
        return None, []
    query = parse(expression, bare="tag")
    if query.problems:
        message = _("Ignored: “%(expression)s”. %(problem)s")
        return None, [message % {"expression": expression[:80], "problem": query.problems[0]}]
    return query.tree, []


def make_passage_fields(project: Project) -> dict[str, Callable[..., Q]]:
    """Return the conditions on a project's highlights for the fields that only the project knows."""
    return {"tag": partial(make_tag_condition, project)}


def make_tag_name_alternative(project: Project) -> Callable[[Word], Q | None]:
    """Return what gives the condition that may hold in place of a word: to have a tag whose name has the word."""

    def make_alternative(word: Word) -> Q | None:
        keys = [key for key, tag in codebook_of(project).items() if has_words(tag.name, word)]
        return make_any_tag_condition(project, keys) if keys else None

    return make_alternative


def has_words(name: str, word: Word) -> bool:
    """Return whether these words are in a name, side by side."""
    terms, size = extract_words(name), len(word.terms)
    windows = [tuple(terms[start : start + size]) for start in range(len(terms) - size + 1)]
    if word.prefix:
        return any(window[:-1] == word.terms[:-1] and window[-1].startswith(word.terms[-1]) for window in windows)
    return word.terms in windows or (bool(word.part) and has_form_of(name, word.part))


def has_form_of(name: str, part: str) -> bool:
    """Return whether a word of the name has a stem in common with `part`, in any language."""
    forms = [({*stem_word(part, family)}, family) for family in list_families()]
    return any(not stems.isdisjoint(stem_word(word, family)) for word in split_words(name) for stems, family in forms)


def make_article_fields(project: Project | None, user: AnyUser) -> dict[str, Callable[..., Q]]:
    """Return the conditions on articles for fields that highlights answer.

    They are those of the project, and for `in` those of any that the user sees.
    """
    highlights = Highlight.objects.readable_by(user, project).order_by() if project else Highlight.objects.none()
    return {
        "tag": lambda *tag: make_article_condition(
            highlights.filter(make_tag_condition(project, *tag)) if project else highlights
        ),
        "by": lambda name: make_article_condition(highlights.filter(author__username__iexact=name)),
        "in": lambda slug: make_article_condition(select_project_highlights(slug, user)),
        "has": lambda what: make_article_condition(highlights.exclude(note="") if what == "notes" else highlights),
    }


def select_project_highlights(slug: str, user: AnyUser) -> QuerySet[Highlight]:
    """Return the highlights that the user may read of the project with this slug."""
    projects = Project.objects.visible_to(user).filter(slug=slug)
    return Highlight.objects.readable_by(user).filter(project__in=projects).order_by()


def make_article_condition(highlights: QuerySet[Highlight]) -> Q:
    """Return the condition that an article has one of these highlights."""
    return Q(pk__in=highlights.values("article"))

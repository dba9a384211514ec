"""What a query means for a project's highlights, and for the articles that carry them."""

from django.db.models import Q

from annotations.models.codebook import codebook_of, tag_keys
from annotations.models.highlight import Highlight
from annotations.models.project import Project
from annotations.tag_query.queries import has_tags
from newsreader.search.ast import Word
from newsreader.search.languages import list_families
from newsreader.search.query import FIELDS
from newsreader.text.language.analyzer import extract_words, split_words
from newsreader.text.language.slugs import make_slug
from newsreader.text.language.stems import stem_word

OF_PASSAGES = frozenset(FIELDS) - {"is"}


def fields_of_passages(project) -> dict:
    """The conditions on a project's highlights for the fields that only the project knows."""
    return {"tag": lambda name: tagged(project, tags_named(project, name))}


def named_in_codebook(project):
    """What will do in place of a word: a tag whose name has it."""

    def also(word: Word) -> Q | None:
        keys = [key for key, term in codebook_of(project).items() if has(term.name, word)]
        return tagged(project, keys) if keys else None

    return also


def tagged(project, keys: list[str]) -> Q:
    return Q(has_tags(project, keys))


def tags_named(project, name: str) -> list[str]:
    """The tags that a name means: two of them where their names make one slug."""
    return tag_keys(codebook_of(project), make_slug(name))


def has(name: str, word: Word) -> bool:
    """Whether these words are in a name."""
    terms, size = extract_words(name), len(word.terms)
    rows = [tuple(terms[start : start + size]) for start in range(len(terms) - size + 1)]
    if word.prefix:
        return any(row[:-1] == word.terms[:-1] and row[-1].startswith(word.terms[-1]) for row in rows)
    return word.terms in rows or (bool(word.part) and is_form_of(name, word.part))


def is_form_of(name: str, part: str) -> bool:
    forms = [({*stem_word(part, family)}, family) for family in list_families()]
    return any(not stems.isdisjoint(stem_word(word, family)) for word in split_words(name) for stems, family in forms)


def fields_of_articles(project, user) -> dict:
    """The conditions on articles for fields that highlights answer: those of the project, and for `in` of any that the user sees."""
    mine = (
        Highlight.objects.readable_by(user).filter(project=project).order_by() if project else Highlight.objects.none()
    )
    return {
        "tag": lambda name: carried(mine.filter(tagged(project, tags_named(project, name))) if project else mine),
        "by": lambda name: carried(mine.filter(author__username__iexact=name)),
        "in": lambda slug: carried(in_project(slug, user)),
        "has": lambda what: carried(mine.exclude(note="") if what == "notes" else mine),
    }


def in_project(slug: str, user):
    projects = Project.objects.visible_to(user).filter(slug=slug)
    return Highlight.objects.readable_by(user).filter(project__in=projects).order_by()


def carried(highlights) -> Q:
    return Q(pk__in=highlights.values("article"))

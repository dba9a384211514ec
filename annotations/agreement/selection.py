"""What the query string of the agreement page asks for: coders, tags, articles and unit, and which disagreements to list."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.agreement.disagreements import KINDS
from annotations.agreement.queries import CodedArticle, Coding
from annotations.models.codebook import Codebook, tag_keys
from newsreader.text.translation import format_number
from newsreader.views.filters import clean_words, read_values

UNITS = ("tokens", "sentences")
MAX_CODERS, MAX_TAGS, MAX_ARTICLES = 12, 40, 100
AGREEMENT_LIMITS = {"coder": MAX_CODERS, "tag": MAX_TAGS, "article": MAX_ARTICLES, "between": 2}
AGREEMENT_LIMITS |= dict.fromkeys(("unit", "kind", "about", "page", "format"), 1)
LIST_PARAMETERS = ("kind", "about", "between", "page", "format")  # which choose among the disagreements


class Choices(NamedTuple):
    """What there is to choose from: everybody with a highlight, the tags in use (keys), and what two of the coders highlighted."""

    coders: list[str]
    tags: list[str]
    articles: list[CodedArticle]


class Selection(NamedTuple):
    """What is compared: coders, tags and articles by their keys, and the unit; `faults` are sentences."""

    coders: tuple[str, ...]
    tags: tuple[str, ...]
    articles: tuple[int, ...]
    unit: str
    faults: tuple[str, ...]


class ListFilter(NamedTuple):
    """Which disagreements to list; whatever is empty selects all."""

    kind: str
    tag: str
    pair: tuple[str, ...]


def list_coders(codings: Sequence[Coding]) -> list[str]:
    """Return everybody with a highlight, by name."""
    return sorted({coding.coder for coding in codings}, key=lambda name: (name.casefold(), name))


def count_coders(codings: Sequence[Coding], coders: Sequence[str]) -> Counter[int]:
    """Return how many of these coders have a highlight on each article, whether it counts or not."""
    pairs = {(coding.article, coding.coder) for coding in codings if coding.coder in coders}
    return Counter(article for article, _coder in pairs)


def list_used_tags(codings: Sequence[Coding], coders: Sequence[str], codebook: Codebook) -> list[str]:
    """Return the tags that these coders use, in the order of the codebook."""
    used = {tag for coding in codings if coding.coder in coders for tag in coding.tags}
    return [key for key in codebook if key in used]


def read_selection(
    query: QueryDict,
    codings: Sequence[Coding],
    articles: dict[int, CodedArticle],
    members: set[str],
    codebook: Codebook,
) -> tuple[Selection, Choices]:
    """Return what is compared, and what there is to choose from; what there is not is left out with a sentence."""
    faults: list[str] = []
    coders = read_coders(query, list_coders(codings), members, faults)
    numbers = count_coders(codings, coders)
    shared = [article for key, article in articles.items() if numbers[key] > 1]
    used = list_used_tags(codings, coders, codebook)
    tags = read_tags(query, used, codebook, faults)
    chosen = read_articles(query, articles, shared, faults)
    unit = query.get("unit", "")
    if unit and unit not in UNITS:
        faults.append(
            _("Ignored: “%(unit)s” is not a unit. Units are tokens or sentences.") % {"unit": clean_words(unit)[:40]}
        )
    selection = Selection(tuple(coders), tuple(tags), tuple(chosen), unit if unit in UNITS else UNITS[0], tuple(faults))
    return selection, Choices(
        list_coders(codings), [key for key in codebook if key in {*used, *tags}], shared[:MAX_ARTICLES]
    )


def read_coders(query: QueryDict, known: list[str], members: set[str], faults: list[str]) -> list[str]:
    """Return the coders that are asked for, else all members with a highlight, in one order."""
    asked = read_values(query, "coder")
    message = _("Ignored: nobody called “%(name)s” has a highlight in this project.")
    faults += [message % {"name": name} for name in asked if name not in known]
    if chosen := [name for name in known if name in asked]:
        return chosen
    more = _("Only the first %(limit)s of %(number)s coders are compared. Choose others below.")
    return limit([name for name in known if name in members], MAX_CODERS, more, faults)


def read_tags(query: QueryDict, used: list[str], codebook: Codebook, faults: list[str]) -> list[str]:
    """Return the tags that are asked for, else all that the coders use, in the order of the codebook."""
    asked = {name: tag_keys(codebook, name) for name in read_values(query, "tag")}
    message = _("Ignored: the codebook has no tag “%(name)s”.")
    faults += [message % {"name": name} for name, keys in asked.items() if not keys]
    keys = {key for keys in asked.values() for key in keys}
    more = _("Only the first %(limit)s of %(number)s tags are compared. Choose others below.")
    return limit([key for key in codebook if key in keys] or used, MAX_TAGS, more, faults)


def read_articles(
    query: QueryDict, articles: dict[int, CodedArticle], shared: list[CodedArticle], faults: list[str]
) -> list[int]:
    """Return the articles that are asked for, else those that two of the coders highlighted, the latest first."""
    asked, slugs = read_values(query, "article"), {article.slug: key for key, article in articles.items()}
    message = _("Ignored: nobody highlighted an article “%(name)s” in this project.")
    faults += [message % {"name": name} for name in asked if name not in slugs]
    chosen = [key for slug, key in slugs.items() if slug in asked] or [article.key for article in shared]
    more = _("Only the latest %(limit)s of %(number)s articles are compared. Choose others below.")
    return limit(chosen, MAX_ARTICLES, more, faults)


def limit(values: list, most: int, message: str, faults: list[str]) -> list:
    """Return the first values, and append a sentence where there are more."""
    if len(values) > most:
        faults.append(message % {"limit": most, "number": format_number(len(values))})
    return values[:most]


def read_list_filter(query: QueryDict, selection: Selection, codebook: Codebook) -> ListFilter:
    """Return which disagreements to list."""
    kind, about = query.get("kind", ""), tag_keys(codebook, clean_words(query.get("about", "")))
    pair = tuple(name for name in selection.coders if name in read_values(query, "between"))
    return ListFilter(kind if kind in KINDS else "", about[0] if about else "", pair if len(pair) == 2 else ())

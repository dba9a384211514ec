"""What the query string of the agreement page asks for: coders, tags, articles and unit, and which disagreements to list."""

from collections.abc import Mapping
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.agreement.disagreements import KINDS
from annotations.agreement.queries import CodedArticle
from annotations.models.assignment import MAX_ROUND, Round
from annotations.models.codebook import Codebook, tag_keys
from newsreader.text.translation import format_number
from newsreader.views.filters import clean_words, read_values

UNITS = ("tokens", "sentences")
MAX_CODERS, MAX_TAGS, MAX_ARTICLES = 12, 40, 1_000
MAX_ARTICLES_AT_ONCE = 50  # more are compared in the background
MAX_ASKED_ARTICLES = 100  # in a query string
AGREEMENT_LIMITS = {"coder": MAX_CODERS, "tag": MAX_TAGS, "article": MAX_ASKED_ARTICLES, "between": 2}
AGREEMENT_LIMITS |= dict.fromkeys(("unit", "round", "kind", "about", "page", "format"), 1)
LIST_PARAMETERS = ("kind", "about", "between", "page", "format")  # which choose among the disagreements


class Choices(NamedTuple):
    """What there is to choose from: everybody with a highlight, and the articles that two of the coders highlighted."""

    coders: list[str]
    articles: list[CodedArticle]
    rounds: tuple[tuple[str, bool], ...] = ()  # names, and whether it is the one that is chosen


class Extent(NamedTuple):
    """Who and which articles are compared, and what there is to choose from; `faults` are sentences."""

    coders: list[str]
    known: list[str]
    chosen: list[int]
    shared: list[int]
    faults: list[str]
    rounds: tuple[tuple[str, bool], ...] = ()


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


def read_round(query: QueryDict, rounds: list[Round], faults: list[str]) -> Round | None:
    """Return the round of coding that is asked for; None for all."""
    name = clean_words(query.get("round", ""))
    found = next((one for one in rounds if one.name == name), None)
    if name and not found:
        faults.append(_("Ignored: no round is called “%(name)s”.") % {"name": name[:MAX_ROUND]})
    return found


def read_coders(query: QueryDict, known: list[str], members: set[str], faults: list[str]) -> list[str]:
    """Return the coders that are asked for, else all of these members with a highlight, in one order."""
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


def read_articles(query: QueryDict, known: Mapping[str, int], shared: list[int], faults: list[str]) -> list[int]:
    """Return the articles that are asked for, else those that two of the coders highlighted, the latest first."""
    asked = read_values(query, "article")
    message = _("Ignored: nobody highlighted an article “%(name)s” in this project.")
    faults += [message % {"name": name} for name in asked if name not in known]
    more = _("Only the latest %(limit)s of %(number)s articles are compared. Choose others below.")
    return limit([known[name] for name in asked if name in known] or shared, MAX_ARTICLES, more, faults)


def read_unit(query: QueryDict, faults: list[str]) -> str:
    """Return the unit that is asked for, else tokens."""
    unit = query.get("unit", "")
    if unit and unit not in UNITS:
        message = _("Ignored: “%(unit)s” is not a unit. Units are tokens or sentences.")
        faults.append(message % {"unit": clean_words(unit)[:40]})
    return unit if unit in UNITS else UNITS[0]


def limit(values: list, most: int, message: str, faults: list[str]) -> list:
    """Return the first values, and append a sentence where there are more."""
    if len(values) > most:
        faults.append(message % {"limit": format_number(most), "number": format_number(len(values))})
    return values[:most]


def read_list_filter(query: QueryDict, selection: Selection, codebook: Codebook) -> ListFilter:
    """Return which disagreements to list."""
    kind, about = query.get("kind", ""), tag_keys(codebook, clean_words(query.get("about", "")))
    pair = tuple(name for name in selection.coders if name in read_values(query, "between"))
    return ListFilter(kind if kind in KINDS else "", about[0] if about else "", pair if len(pair) == 2 else ())

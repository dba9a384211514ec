"""What the agreement page shows: rows of figures, coders in pairs, and a page of disagreements."""

from collections import Counter
from collections.abc import Mapping
from math import isnan
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.agreement.calculation import Agreement, LeftOut
from annotations.agreement.decided import load_decisions
from annotations.agreement.disagreement_list import make_list_context
from annotations.agreement.measures import Figures, Measures, PairFigures
from annotations.agreement.queries import CodedArticle
from annotations.agreement.selection import LIST_PARAMETERS, MAX_TAGS
from annotations.agreement.wording import (
    STATE_LABELS,
    describe_pairs,
    describe_tags,
    describe_total,
    explain_missing,
    format_coefficient,
    format_interval,
    format_percent,
    join_names,
    join_some,
    judge,
)
from annotations.models import Decision, Project
from annotations.models.codebook import Codebook, CodebookTag
from newsreader.text.translation import format_number
from newsreader.views.filters import build_query_string

AXIS_START, AXIS_LENGTH = 20, 160  # of a drawn alpha, from 0 to 1, in units of the picture
AXIS_END = 200


class Spread(NamedTuple):
    """Where alpha and its interval stand in the picture; None where there is none."""

    low: float | None
    high: float | None
    value: float


class FiguresRow(NamedTuple):
    """One row of the table, every figure as it is written; "" where there is none."""

    tag: CodebookTag | None  # None of all tags together
    passages: str
    percent: str
    alpha: str
    interval: str
    spread: Spread | None
    alpha_u: str
    cohen: str
    fleiss: str
    reason: str  # why there is no value
    verdict: str
    disagreements: int
    link: str


class PairCell(NamedTuple):
    """A cell of the table of pairs; the two are one where a coder meets themself."""

    first: str
    second: str
    passages: int
    alpha: str
    width: float
    cohen: str
    disagreements: int
    link: str
    reason: str = ""  # why there is no value


class ArticleToAdjudicate(NamedTuple):
    """An article with the number of its disagreements (None where some tags are left out), and of those decided."""

    article: CodedArticle
    number: int | None
    decided: int
    coders: str  # the query that chooses them


def make_context(project: Project, agreement: Agreement, query: QueryDict, codebook: Codebook) -> dict[str, Any]:
    """Return everything that the page shows of an agreement."""
    selection, choices = agreement.selection, agreement.choices
    bare = drop_list_parameters(query)
    context: dict[str, Any] = {
        "selection": selection,
        "coders": [(name, name in selection.coders) for name in choices.coders],
        "tags": [(tag, key in selection.tags) for key, tag in codebook.items() if not tag.heading_only],
        "articles": [(article, article.key in selection.articles) for article in choices.articles],
        "rounds": choices.rounds,
        "is_chosen": bool(query.getlist("tag") or query.getlist("article")),
        "faults": [*describe_blindness(project), *selection.faults],
        "problem": describe_problem(agreement),
        "left_out": describe_left_out(agreement.left_out),
        "csv": build_query_string(bare, format="csv"),
        "unit": selection.unit,
        "article_count": len(selection.articles),
    }
    if agreement.measures:
        context |= make_figures_context(agreement, agreement.measures, bare, codebook)
        decisions = load_decisions(project, list(agreement.articles))
        context |= make_list_context(agreement, query, bare, codebook, decisions)
        if project.allows("adjudicate"):
            context["to_adjudicate"] = list_articles_to_adjudicate(agreement, decisions, query)
    return context


def drop_list_parameters(query: QueryDict) -> QueryDict:
    """Return the query without what chooses among the disagreements."""
    copy = query.copy()
    for name in LIST_PARAMETERS:
        copy.pop(name, None)
    return copy


def describe_problem(agreement: Agreement) -> str:
    """Return why nothing is compared, and what to do; "" where something is."""
    selection = agreement.selection
    if agreement.measures:
        return ""
    if len(selection.coders) < 2:
        return _(
            "Agreement needs at least two coders. Choose another, or let another member highlight the same articles."
        )
    if not agreement.articles:
        return _("No article was highlighted by two of these coders. Choose other coders or articles.")
    return _("None of these highlights has a tag, so there is nothing to compare.")


def describe_left_out(left_out: LeftOut) -> list[str]:
    """Return what does not count and why, in sentences."""
    sentences = []
    for state, number in sorted(left_out.states.items()):
        text = ngettext(
            "Not counted: %(n)s highlight %(where)s, because the article was corrected.",
            "Not counted: %(n)s highlights %(where)s, because the article was corrected.",
            number,
        )
        sentences.append(text % {"n": format_number(number), "where": STATE_LABELS.get(state, state)})
    if left_out.untagged:
        text = ngettext(
            "Not counted: %(n)s highlight without a tag.",
            "Not counted: %(n)s highlights without a tag.",
            left_out.untagged,
        )
        sentences.append(text % {"n": format_number(left_out.untagged)})
    if left_out.articles:
        titles = join_some([_("“%(name)s”") % {"name": article.title} for article in left_out.articles])
        text = _("Not compared: %(titles)s, because fewer than two of these coders have highlights there that count.")
        sentences.append(text % {"titles": titles})
    return sentences


def describe_blindness(project: Project) -> list[str]:
    """Return a sentence about what is not compared since the project’s reader reads it blind; none where nothing is."""
    sight = project.sight
    if sight.everything:
        return [_("This project is read blind. Its agreement is shown once a curator reveals it.")]
    if not sight:
        return []
    text = ngettext(
        "%(number)s article is read blind and not compared until you are done with it or a curator reveals it.",
        "%(number)s articles are read blind and not compared until you are done with them or a curator reveals them.",
        len(sight.articles),
    )
    return [text % {"number": len(sight.articles)}]


def make_figures_context(
    agreement: Agreement, measures: Measures, query: QueryDict, codebook: Codebook
) -> dict[str, Any]:
    """Return the tables, and the finding in words."""
    selection, differences = agreement.selection, agreement.differences
    numbers = Counter(tag for difference in differences for tag in difference.tags)
    order = sorted(selection.tags, key=lambda tag: rank(measures.tags[tag]))
    named = [(codebook[tag].name, measures.tags[tag]) for tag in order]
    total = make_row(None, measures.total, len(differences), query, selection.unit)
    rows = [make_row(codebook[tag], measures.tags[tag], numbers[tag], query, selection.unit) for tag in order]
    joined = [(name, number) for name, number in zip(selection.coders, measures.joined, strict=True) if number]
    return {
        "finding": " ".join(describe_total(measures.total, selection.unit) + describe_tags(named)),
        "units": measures.units,
        "passages": sum(measures.total.passages),
        "coder_names": join_names(selection.coders),
        "coder_list": ", ".join(selection.coders),
        "rows": [total, *rows],
        "joined": sum(measures.joined),
        "joined_by": join_names([f"{name} {number}" for name, number in joined]),
        "matrix": make_matrix(agreement, measures, query),
        "pair_finding": describe_pairs(measures.pairs),
        "two": len(selection.coders) == 2,
        "is_one_article": len(agreement.articles) == 1,
        "compared": len(agreement.articles),
    }


def rank(figures: Figures) -> tuple[bool, float]:
    """Return what sorts the most reliable first, and those without a value last."""
    return isnan(figures.alpha), 0 if isnan(figures.alpha) else -figures.alpha


def make_row(tag: CodebookTag | None, figures: Figures, number: int, query: QueryDict, unit: str) -> FiguresRow:
    """Return a row of the table."""
    is_used = bool(sum(figures.passages))
    link = build_query_string(query, about=tag.address) if tag else build_query_string(query)
    return FiguresRow(
        tag,
        ", ".join(map(format_number, figures.passages)),
        format_percent(figures.percent) if is_used and not isnan(figures.percent) else "",
        write(figures.alpha),
        format_interval(figures.interval) if not isnan(figures.alpha) else "",
        make_spread(figures),
        write(figures.alpha_u),
        write(figures.cohen_kappa),
        write(figures.fleiss_kappa),
        explain_missing(figures, unit),
        judge(figures, number),
        number,
        f"{link}#disagreements",
    )


def write(value: float) -> str:
    """Return a coefficient as it is written, "" where it is not defined."""
    return "" if isnan(value) else format_coefficient(value)


def make_spread(figures: Figures) -> Spread | None:
    """Return where alpha stands in the picture."""
    if isnan(figures.alpha):
        return None
    low, high = figures.interval or (None, None)
    return Spread(None if low is None else place(low), None if high is None else place(high), place(figures.alpha))


def place(value: float) -> float:
    """Return where a value stands in the picture, which ends a little below 0."""
    return round(min(AXIS_END, max(0.0, AXIS_START + AXIS_LENGTH * value)), 1)


def make_matrix(agreement: Agreement, measures: Measures, query: QueryDict) -> list[tuple[str, list[PairCell]]]:
    """Return a row for each coder, with a cell for each coder."""
    coders, numbers = agreement.selection.coders, agreement.divided
    passages = dict(zip(coders, measures.total.passages, strict=True))

    def make_cell(first: str, second: str) -> PairCell:
        pair = (first, second) if (first, second) in measures.pairs else (second, first)
        if first == second:
            return PairCell(first, second, passages[first], "", 0, "", 0, "")
        return make_pair_cell(first, second, measures.pairs[pair], numbers[pair], link_pair(query, pair))

    return [(first, [make_cell(first, second) for second in coders]) for first in coders]


def make_pair_cell(first: str, second: str, figures: PairFigures, number: int, link: str) -> PairCell:
    """Return the cell of two coders; the line is drawn on one of 112 units."""
    width = 0 if isnan(figures.alpha) else round(112 * min(1.0, max(0.0, figures.alpha)), 1)
    reason = _("every unit has the same answer") if figures.texts else _("no article that both coded")
    return PairCell(first, second, 0, write(figures.alpha), width, write(figures.cohen_kappa), number, link, reason)


def link_pair(query: QueryDict, pair: tuple[str, str]) -> str:
    """Return the address of the disagreements that divide two coders."""
    copy = query.copy()
    copy.setlist("between", list(pair))
    return f"{build_query_string(copy)}#disagreements"


def list_articles_to_adjudicate(
    agreement: Agreement, decisions: Mapping[str, Decision], query: QueryDict
) -> list[ArticleToAdjudicate]:
    """Return the articles that are compared, with the numbers of their disagreements where these are about all tags."""
    numbers = Counter(difference.text for difference in agreement.differences)
    pairs = zip(agreement.differences, agreement.keys, strict=True)
    decided = Counter(difference.text for difference, key in pairs if key in decisions)
    is_about_all = not query.getlist("tag") and len(agreement.selection.tags) < MAX_TAGS
    coders = urlencode([("coder", name) for name in agreement.selection.coders])
    return [
        ArticleToAdjudicate(article, numbers[key] if is_about_all else None, decided[key], coders)
        for key, article in agreement.articles.items()
    ]

"""The calculation as a table: every article, unit and passage with what each coder decided, and what does not count."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from annotations.agreement.calculation import Comparison
from annotations.agreement.decided import load_coder_names
from annotations.agreement.disagreements import CodedPassage, group_passages
from annotations.agreement.patterns import CodedText
from annotations.agreement.signing import make_key
from annotations.agreement.wording import STATE_LABELS
from annotations.models import Decision
from annotations.models.codebook import Codebook

COLUMNS = ("position", "article", "start", "end", "words", "tag")  # then a column for each coder
LAST_COLUMNS = ("disagreement", "kind", "counted", "reason", "decided by")
AGREED = ("", "")
CODED = {True: 1, False: 0}
MAX_WORDS = 2_000  # code points of a passage in a cell
Numbers = Mapping[tuple[int, CodedPassage], tuple[int | str, str]]


def list_columns(comparison: Comparison) -> list[str]:
    """Return the names of the columns."""
    return [*COLUMNS, *(f"coder {name}" for name in comparison.agreement.selection.coders), *LAST_COLUMNS]


def list_rows(comparison: Comparison, codebook: Codebook, decisions: Iterable[Decision]) -> Iterator[list[Any]]:
    """Yield a row for each position, and one for each decision about a disagreement on the articles."""
    for row in list_positions(comparison, codebook):
        yield [*row, ""]
    for decision in decisions:
        yield make_decision_row(comparison, codebook, decision)


def make_decision_row(comparison: Comparison, codebook: Codebook, decision: Decision) -> list[Any]:
    """Return the row of a decision: where it is on the text on which it was made, what was taken from whom, and why."""
    agreement = comparison.agreement
    tags = dict.fromkeys(tag for *_place, tags in decision.passages for tag in tags)
    names = "; ".join(codebook[tag].name for tag in tags if tag in codebook)
    taken = set(load_coder_names([decision]).values())
    owner = [1 if coder in taken else "" for coder in agreement.selection.coders]
    key = make_key(decision.versions)
    number = agreement.keys.index(key) + 1 if key in agreement.keys else ""
    words = decision.revision.text[decision.start : decision.end][:MAX_WORDS]
    slug, place = decision.adjudication.article.slug, (decision.start, decision.end)
    by = decision.decided_by.get_username()
    return ["decision", slug, *place, words, names, *owner, number, decision.kind, "no", decision.reason, by]


def list_positions(comparison: Comparison, codebook: Codebook) -> Iterator[list[Any]]:
    """Yield a row for each position; of the coders 1 stands for the tag, 0 for not the tag, nothing for not coded.

    `article` rows give the length of a text, those of the unit every decision that alpha on units counts, `passage` rows what
    alpha_U and the list of disagreements count, and `left out` rows the highlights that do not count. Passages of one
    disagreement have its number, in the order of the page.
    """
    selection = comparison.agreement.selection
    names = {key: tag.name for key, tag in codebook.items()}
    numbers = number_passages(comparison)
    for text in comparison.coded:
        yield from list_text_rows(comparison, text, names, numbers)
    for article in comparison.agreement.left_out.articles:
        reason = _("fewer than two of the coders have highlights here that count")
        yield ["article", article.slug, "", "", article.title, "", *[""] * len(selection.coders), *AGREED, "no", reason]
    yield from list_left_out_rows(comparison, names)


def number_passages(comparison: Comparison) -> Numbers:
    """Return of each passage that differs the number of its disagreement, and its kind."""
    return {
        (difference.text, passage): (number, difference.kind)
        for number, difference in enumerate(comparison.agreement.differences, 1)
        for passage in difference.passages
    }


def list_text_rows(
    comparison: Comparison, text: CodedText, names: Mapping[str, str], numbers: Numbers
) -> Iterator[list[Any]]:
    """Yield the rows of an article that is compared."""
    selection, article = comparison.agreement.selection, comparison.articles[text.key]
    words = comparison.texts[text.key].text
    present = [1 if coder in text.coders else "" for coder in selection.coders]
    yield ["article", article.slug, 0, text.length, article.title, "", *present, *AGREED, "yes", ""]
    places = [text.coders.index(coder) if coder in text.coders else None for coder in selection.coders]
    unit = selection.unit.removesuffix("s")
    for tag in selection.tags:
        for run in text.iterate_runs([tag]):
            decisions = ["" if place is None else CODED[bool(run.pattern[place])] for place in places]
            for start, end in text.units[run.first : run.last]:
                yield [unit, article.slug, start, end, words[start:end], names[tag], *decisions, *AGREED, "yes", ""]
        for passage in chain.from_iterable(group.passages for group in group_passages(text, tag)):
            owner = [1 if coder == passage.coder else "" for coder in selection.coders]
            quote = words[passage.start : passage.end][:MAX_WORDS]
            number = numbers.get((text.key, passage), AGREED)
            yield ["passage", article.slug, *passage[:2], quote, names[tag], *owner, *number, "yes", ""]


def list_left_out_rows(comparison: Comparison, names: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield the highlights on the chosen articles that do not count, one row for each of their chosen tags."""
    agreement = comparison.agreement
    for coding in comparison.codings:
        article = comparison.articles[coding.article]
        tags = [tag for tag in coding.tags if tag in agreement.selection.tags]
        if coding.left_out:
            reason = str(STATE_LABELS.get(coding.left_out, coding.left_out))
        elif not coding.tags:
            reason = _("no tag")
        elif coding.article not in agreement.articles:
            reason = _("fewer than two of the coders have highlights here that count")
        else:
            continue
        owner = [1 if coder == coding.coder else "" for coder in agreement.selection.coders]
        words = "" if coding.left_out else comparison.texts[coding.article].text[coding.start : coding.end][:MAX_WORDS]
        for name in [names[tag] for tag in tags] or [""]:
            yield ["left out", article.slug, coding.start, coding.end, words, name, *owner, *AGREED, "no", reason]

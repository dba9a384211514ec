"""What the page of an adjudication shows: progress, one disagreement to decide, and the text around it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.adjudication.cases import Case, Cases
from annotations.adjudication.choices import Choice, list_choices
from annotations.adjudication.marked_text import Mark, render_text
from annotations.agreement.decided import describe_decision
from annotations.agreement.page import describe_left_out
from annotations.agreement.versions import ShownDifference, show_difference
from annotations.agreement.wording import join_names
from annotations.models import Adjudication, Decision
from annotations.models.codebook import Codebook
from annotations.models.project import Project
from annotations.reading.tag_picker import build_picker
from newsreader.models import Article
from newsreader.text.html.plaintext import make_excerpt
from newsreader.text.translation import format_number

MAX_QUOTE = 160  # code points of a passage that a choice quotes
MAX_ENDS = 40  # code points of the first and last words that a form suggests


class ShownCase(NamedTuple):
    """The disagreement to decide: its versions in their sentences, and what can be taken."""

    case: Case
    shown: ShownDifference
    choices: list[tuple[Choice, str, list[tuple[Any, str]]]]  # with the coders' names, and passages with their words
    decided: str
    former: list[str]
    first: str
    last: str
    picker: dict[str, Any]  # of the tags of another passage, one of which is set


def make_context(
    project: Project, adjudication: Adjudication, article: Article, found: Cases, number: int, codebook: Codebook
) -> dict[str, Any]:
    """Return everything that the page shows of an adjudication."""
    case = next((case for case in found.cases if case.number == number), None)
    case = case or (found.cases[0] if found.cases else None)
    names = dict(adjudication.coders.values_list("pk", "username"))
    return {
        "adjudication": adjudication,
        "found": found,
        "decided": found.decided,
        "total": len(found.cases),
        "coder_names": join_names(found.coders),
        "missing": join_names(found.missing),
        "notes": [*describe_agreed(found), *describe_left_out(found.left_out)],
        "open": show_case(case, article, found, codebook, names) if case else None,
        "before": case.number - 1 if case and case.number > 1 else 0,
        "after": case.number + 1 if case and case.number < len(found.cases) else 0,
        "apart": [(one, describe_decision(one, codebook, names), quote(found, one)) for one in found.apart],
        "text": render_text(found.text, list_marks(found, case, codebook)),
        "is_done": bool(found.coders) and found.decided == len(found.cases) and not (found.new or found.gone),
    }


def describe_agreed(found: Cases) -> list[str]:
    """Return how many passages are alike, and which of them are not in the consensus yet."""
    number = len(found.agreed)
    text = ngettext("%(n)s passage is the same in all layers.", "%(n)s passages are the same in all layers.", number)
    said = [text % {"n": format_number(number)} if number else _("No passage is the same in all layers.")]
    if found.new:
        text = ngettext(
            "%(n)s agreed passage is not in the consensus yet.",
            "%(n)s agreed passages are not in the consensus yet.",
            len(found.new),
        )
        said.append(text % {"n": format_number(len(found.new))})
    if found.gone:
        text = ngettext(
            "Changed since: %(n)s passage in the consensus is no longer agreed.",
            "Changed since: %(n)s passages in the consensus are no longer agreed.",
            len(found.gone),
        )
        said.append(text % {"n": format_number(len(found.gone))})
    return said


def show_case(case: Case, article: Article, found: Cases, codebook: Codebook, names: dict[int, str]) -> ShownCase:
    """Return a disagreement as it is decided."""
    difference, text = case.difference, found.text.text
    coded: Any = {article.pk: article}
    shown = show_difference(difference, coded, {article.pk: found.text}, codebook)
    choices = [
        (choice, join_names(choice.coders), quote_passages(choice, text)) for choice in list_choices(case, codebook)
    ]
    words = text[difference.start : difference.end].split()
    chosen = [codebook[passage.tag].name for passage in difference.passages[:1]]
    return ShownCase(
        case,
        shown,
        choices,
        describe_decision(case.decision, codebook, names) if case.decision else "",
        [describe_decision(decision, codebook, names) for decision in case.former],
        " ".join(words[:3])[:MAX_ENDS],
        " ".join(words[-3:])[-MAX_ENDS:],
        build_picker(codebook, names=chosen, may_create=False),
    )


def quote_passages(choice: Choice, text: str) -> list[tuple[Any, str]]:
    """Return the passages of a choice, each with its words."""
    return [(passage, make_excerpt(text[passage.start : passage.end], MAX_QUOTE)) for passage in choice.shown]


def quote(found: Cases, decision: Decision) -> str:
    """Return the words that a decision was about, as they were then."""
    return make_excerpt(decision.revision.text[decision.start : decision.end], MAX_QUOTE)


def list_marks(found: Cases, current: Case | None, codebook: Codebook) -> Iterable[Mark]:
    """Yield what is marked in the text."""
    for passage in found.agreed:
        tags = [codebook[tag] for tag in passage.tags]
        names = ", ".join(tag.name for tag in tags)
        label = _("Agreed: %(tags)s") % {"tags": names} if names else _("Agreed")
        yield Mark(passage.start, passage.end, tuple(tag.colour for tag in tags), "", label)
    for case in found.cases:
        state = "current" if current and case.number == current.number else "decided" if case.decision else "open"
        label = _("Disagreement %(n)s") % {"n": case.number}
        yield Mark(case.difference.start, case.difference.end, (), f"dispute {state}", label, case.number)

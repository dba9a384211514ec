"""What the agreement page says in words, and how it writes figures."""

from collections.abc import Mapping, Sequence
from math import isnan

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.agreement.disagreements import BOUNDARIES, MISSING, OTHER_TAG, Difference
from annotations.agreement.measures import Figures, PairFigures
from annotations.agreement.resampling import Interval
from newsreader.text.percentages import to_percentage
from newsreader.text.translation import format_number

RELIABLE, TENTATIVE = 0.8, 2 / 3  # from which alpha on; Krippendorff 2004, Content Analysis, p. 241
FEW, VERY_FEW = 15, 5  # passages
WIDE = 0.2  # an interval
KIND_LABELS = {
    MISSING: gettext_lazy("Missing"),
    OTHER_TAG: gettext_lazy("Other tag"),
    BOUNDARIES: gettext_lazy("Other boundaries"),
}
STATE_LABELS = {
    "edited": gettext_lazy("on words that were edited"),
    "ambiguous": gettext_lazy("on words with several matches"),
    "gone": gettext_lazy("on words that are gone"),
    "unplaced": gettext_lazy("on an earlier text only"),
}
MINUS = "\u2212"


def format_coefficient(value: float) -> str:
    """Return a coefficient with two decimals, such as .71 or −.02; 1.00 only where nothing differs."""
    rounded = round(value, 2)
    if rounded >= 1 and value < 1 - 1e-9:
        rounded = 0.99
    text = number_format(abs(rounded), 2)
    text = text[1:] if text.startswith("0.") else text
    return f"{MINUS}{text}" if rounded < 0 else text


def format_percent(share: float) -> str:
    """Return a share, from 0 to 1, in whole percent; 100 only where it is all."""
    return f"{to_percentage(share)}%"


def format_interval(interval: Interval | None) -> str:
    """Return between which values an interval lies, "" where there is none."""
    if not interval:
        return ""
    low, high = map(format_coefficient, interval)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def join_names(names: Sequence[str]) -> str:
    """Return names as a list in words."""
    return get_text_list(list(names), _("and"))


def explain_missing(figures: Figures, unit: str) -> str:
    """Return why a coefficient has no value, "" where it has one."""
    if not sum(figures.passages):
        return _("nobody used it")
    if not isnan(figures.alpha):
        return ""
    if unit == "sentences":
        return _("all gave every sentence the same")
    return _("all gave every token the same")


def judge(figures: Figures, disagreements: int) -> str:
    """Return what alpha means, in words."""
    number = sum(figures.passages)
    if not number:
        return _("Nobody used it in these articles")
    if number < VERY_FEW:
        return _("Too few passages to say")
    if isnan(figures.alpha):
        return _("Not measured: every unit has the same answer")
    if figures.alpha < TENTATIVE:
        return _("Not reliable: read the %(n)s below") % {"n": format_number(disagreements)}
    if number < FEW:
        grade = _("Reliable") if figures.alpha >= RELIABLE else _("Tentative")
        return _("%(grade)s: %(n)s passages are few") % {"grade": grade, "n": number}
    if figures.alpha >= RELIABLE:
        return _("Reliable")
    interval = figures.interval
    return _("Tentative: the interval is wide") if interval and interval[1] - interval[0] > WIDE else _("Tentative")


def grade(figures: Figures) -> str:
    """Return "reliable", "tentative" or "unreliable"; "" where there is too little to say."""
    if isnan(figures.alpha) or sum(figures.passages) < VERY_FEW:
        return ""
    return "reliable" if figures.alpha >= RELIABLE else "tentative" if figures.alpha >= TENTATIVE else "unreliable"


def describe_total(total: Figures, unit: str) -> list[str]:
    """Return the finding about all tags in sentences."""
    share = format_percent(total.percent)
    if unit == "sentences":
        first = _("Two coders agree on %(share)s of the sentences.") % {"share": share}
    else:
        first = _("Two coders agree on %(share)s of the tokens.") % {"share": share}
    if isnan(total.alpha):
        return [first]
    meanings = {
        "reliable": _("enough to rely on"),
        "tentative": _("enough for tentative conclusions"),
        "unreliable": _("too little to draw conclusions from"),
        "": _("of very few passages"),
    }
    values = {"alpha": format_coefficient(total.alpha), "meaning": meanings[grade(total)]}
    return [first, _("Part of that is chance: beyond it, agreement is %(alpha)s, %(meaning)s.") % values]


def describe_tags(tags: Sequence[tuple[str, Figures]]) -> list[str]:
    """Return which tags (name, figures) are reliable and which are not, in sentences; three names at most of each."""
    sentences: list[str] = []
    for wanted, one, several in (
        ("reliable", _("%(tags)s is reliable."), _("%(tags)s are reliable.")),
        ("unreliable", _("%(tags)s is not."), _("%(tags)s are not.")),
    ):
        names = [_("“%(name)s”") % {"name": name} for name, figures in tags if grade(figures) == wanted]
        if wanted == "unreliable":
            names.reverse()
            one, several = (
                (one, several) if sentences else (_("%(tags)s is not reliable."), _("%(tags)s are not reliable."))
            )
        if names:
            sentences.append((one if len(names) == 1 else several) % {"tags": join_some(names)})
    return sentences


def describe_pairs(pairs: Mapping[tuple[str, str], PairFigures]) -> str:
    """Return which two coders agree most and which least; "" where there are no two pairs to compare."""
    ranked = sorted((pair for pair in pairs if not isnan(pairs[pair].alpha)), key=lambda pair: -pairs[pair].alpha)
    if len(ranked) < 2:
        return ""
    most, least = join_names(ranked[0]), join_names(ranked[-1])
    return _("%(most)s agree most, %(least)s least.") % {"most": most, "least": least}


def join_some(names: Sequence[str], most: int = 3) -> str:
    """Return the first names as a list in words, and how many more there are."""
    rest = len(names) - most
    if rest <= 0:
        return join_names(names)
    return join_names([*names[:most], ngettext("%(n)s more", "%(n)s more", rest) % {"n": rest}])


def describe_difference(difference: Difference) -> str:
    """Return who marked what in a disagreement, in a sentence."""
    names = difference.coders
    if difference.kind == MISSING:
        having = [name for name in names if difference.list_of(name)]
        lacking = [name for name in names if not difference.list_of(name)]
        if len(having) == 1:
            return _("Marked by %(name)s only.") % {"name": having[0]}
        return _("Marked by %(names)s, not by %(others)s.") % {
            "names": join_names(having),
            "others": join_names(lacking),
        }
    if difference.kind == OTHER_TAG:
        return _("Tagged differently in the same place.")
    starts, ends = ({passage[place] for passage in difference.passages} for place in (0, 1))
    if len(difference.passages) > len(names):
        return _("One passage for some, several for others.")
    if len(starts) == 1:
        return _("They begin at the same place and end at different ones.")
    if len(ends) == 1:
        return _("They end at the same place and begin at different ones.")
    return _("They begin and end at different places.")

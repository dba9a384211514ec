"""Numbers and lists of changes in words."""

from newsreader.text.translation import format_number, gettext_noop, ngettext
from newsreader.text.translation import gettext as _

NUMBER_WORDS = [
    gettext_noop("no"),
    gettext_noop("one"),
    gettext_noop("two"),
    gettext_noop("three"),
    gettext_noop("four"),
    gettext_noop("five"),
    gettext_noop("six"),
    gettext_noop("seven"),
    gettext_noop("eight"),
    gettext_noop("nine"),
]


def spell_number(number: int) -> str:
    """Return a number below ten as a word, others as digits."""
    return _(NUMBER_WORDS[number]) if number < len(NUMBER_WORDS) else format_number(number)


def join_list(parts: list[str]) -> str:
    """Return the parts joined by commas, with "and" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(others)s and %(last)s") % {"others": _(", ").join(parts[:-1]), "last": parts[-1]}


def join_choices(parts: list[str]) -> str:
    """Return the parts joined by commas, with "or" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(others)s or %(last)s") % {"others": _(", ").join(parts[:-1]), "last": parts[-1]}


def summarise_word_counts(gained: int, lost: int) -> str:
    """Return how many words were added and removed, in words; empty if none."""
    counts = {"gained": format_number(gained), "lost": format_number(lost)}
    parts = []
    if gained:
        parts.append(ngettext("%(gained)s word added", "%(gained)s words added", gained))
    if lost and gained:
        parts.append(ngettext("%(lost)s removed", "%(lost)s removed", lost))
    elif lost:
        parts.append(ngettext("%(lost)s word removed", "%(lost)s words removed", lost))
    return _(", ").join(parts) % counts


def capitalize_first(sentence: str) -> str:
    """Return a sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]

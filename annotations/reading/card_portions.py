"""The cards of a page come in portions: the first with the page, the others as one scrolls, all of them where one asks for that.

The address of a portion names the place behind which it begins, so that it stays right while others highlight.
"""

import re

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.reading.layer_query import HighlightRow
from newsreader.text.translation import format_number

FIRST_CARDS = 40  # that come with the page
NEXT_CARDS = 200  # of a portion
ALL_CARDS = 1_000_000
PLACE = re.compile(r"(\d{1,9})-(\d{1,9})-([0-9a-f-]{1,36})")

CardPlace = tuple[int, int, str]  # start, end counted backwards, key: in the order of reading


def get_card_place(row: HighlightRow) -> CardPlace:
    """Return where the card of a highlight stands among the others."""
    return row.start, -row.end, row.id


def parse_card_place(words: str) -> CardPlace | None:
    """Return the place that an address names; None where it names none."""
    match = PLACE.fullmatch(words)
    return (int(match[1]), -int(match[2]), match[3]) if match else None


def render_more_cards(path: str, query: QueryDict, last: CardPlace, count: int) -> SafeString:
    """Return what stands behind the cards that are there: scripts load the next, without them a link leads to all `count`."""
    start, end, key = last
    place = f"{start}-{-end}-{key}"
    return format_html(
        '<li class="more-cards" id="more-cards" hx-get="{}" hx-trigger="next-cards" hx-swap="outerHTML" data-rest="{}">'
        '<a class="button" href="{}">{}</a></li>',
        build_cards_url(path, query, after=place),
        build_cards_url(path, query, after=place, cards="all"),
        build_cards_url(path, query, cards="all"),
        _("Show all %(number)s cards") % {"number": format_number(count)},
    )


def build_cards_url(path: str, query: QueryDict, **parameters: str) -> str:
    """Return the address of the same page with these parameters for its cards."""
    changed = query.copy()
    for name in ("after", "cards"):
        changed.pop(name, None)
    changed.update(parameters)
    return f"{path}?{changed.urlencode()}"

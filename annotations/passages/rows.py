"""One passage of a list: rendered once for as long as all that it says stays the same."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from annotations.passages.passage import Passage
from newsreader.fragments import Fillers, Fragment, fill, nest, render_kept, slot
from newsreader.users import AnyUser

TEMPLATE = "annotations/passages/_passage.html"
OWN_LINK_TEMPLATE = "annotations/passages/_own_link.html"


def keep_row(passage: Passage, slug: str, may_pin: bool) -> Fragment:
    """Return the passage as a row of the list of the project of that slug, with a slot for the link of its author."""
    return render_kept(TEMPLATE, build_row_context, passage, slug, may_pin)


def build_row_context(passage: Passage, slug: str, may_pin: bool) -> dict[str, Any]:
    """Return what a row is rendered with."""
    return {
        "passage": passage,
        "project": {"slug": slug},
        "base": reverse("passages", args=[slug]),
        "may_pin": may_pin,
        "own_link": slot("own", f"{passage.id} {passage.reader}") if may_pin else "",
    }


def nest_row(passage: Passage, slug: str, may_pin: bool) -> SafeString:
    """Return the row to stand in a page that is filled with `list_row_fillers`."""
    return nest(keep_row(passage, slug, may_pin))


def list_row_fillers(user: AnyUser) -> Fillers:
    """Return what fills the slots of rows for this reader."""
    name = user.get_username()
    return {"own": lambda argument: render_own_link(argument, name)}


def render_own_link(argument: str, name: str) -> str:
    """Return the link to the form of tags and note; nothing for who is not the author."""
    key, _, author = argument.partition(" ")
    return fill(render_kept(OWN_LINK_TEMPLATE, build_link_context, key), {}) if author == name else ""


def build_link_context(key: str) -> dict[str, Any]:
    """Return what the link is rendered with."""
    return {"key": key}

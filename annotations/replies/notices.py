"""What concerns a reader, as “For you” and the daily mail show it."""

from typing import NamedTuple, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Highlight, Notification, Placement, Reply
from newsreader.opaque_numbers import hide_number
from newsreader.text.html.plaintext import make_excerpt, text_of

MAX_QUOTE = 160  # characters
CHANGES = {
    "edited": gettext_lazy("Your passage was edited"),
    "ambiguous": gettext_lazy("Your passage occurs more than once in the new text"),
    "gone": gettext_lazy("Your passage is gone from the new text"),
}
RELATED = ("project", "article", "reply__author", "reply__thread__highlight", "placement__highlight")


class Notice(NamedTuple):
    """One thing that concerns a reader: who did what, on which words, and where it is."""

    notification: Notification
    text: str
    words: str  # what was written; empty for a changed passage
    quote: str  # of the highlight; empty where it is about an article as a whole
    url: str

    @property
    def name(self) -> str:
        """What forms call the notification."""
        return hide_number(self.notification.pk)


def load_notices(user: User, notifications: QuerySet[Notification]) -> list[Notice]:
    """Return what these notifications of a user say."""
    return [build_notice(user, row) for row in notifications.select_related(*RELATED)]


def build_notice(user: User, row: Notification) -> Notice:
    """Return what a notification says."""
    if row.reply:
        highlight = row.reply.thread.highlight
        quote = make_excerpt(highlight.exact, MAX_QUOTE) if highlight else ""
        words = make_excerpt(text_of(row.reply.html), MAX_QUOTE)
        return Notice(row, describe_reply(user, row, row.reply), words, quote, reverse("reply", args=[row.reply.pk]))
    return build_change_notice(row, cast(Placement, row.placement))


def build_change_notice(row: Notification, placement: Placement) -> Notice:
    """Return what a notification of a changed passage says."""
    quote = make_excerpt(placement.highlight.exact, MAX_QUOTE)
    url = f"{reverse('changed', args=[row.project.slug])}?article={row.article.slug}#changed-{placement.highlight_id}"
    return Notice(row, str(CHANGES.get(placement.state, CHANGES["edited"])), "", quote, url)


def describe_reply(user: User, row: Notification, reply: Reply) -> str:
    """Return why a reply concerns a user: it names them, or answers their highlight or what they wrote."""
    highlight: Highlight | None = reply.thread.highlight
    name = {"name": reply.author.get_username()}
    if row.is_mention:
        return _("%(name)s mentioned you") % name
    if highlight and highlight.author_id == user.pk:
        return _("%(name)s replied to your highlight") % name
    if highlight:
        return _("%(name)s replied in a thread you wrote in") % name
    return _("%(name)s wrote about an article you wrote about") % name

"""The head of every page: where one is, the project, the search field, the settings and the account."""

from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from newsreader.fragments import fill, list_request_fillers, render_kept, slot
from newsreader.models import Preferences


class HeadReader(NamedTuple):
    """Who reads, as the head of a page shows them."""

    is_authenticated: bool
    username: str
    is_staff: bool


class HeadProject(NamedTuple):
    """The current project, as the head of a page shows it."""

    name: str
    slug: str
    role: str
    waiting: int

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("project", args=[self.slug])


def render_page_head(request: Any, section: str, query: str) -> SafeString:
    """Return the head of a page in this section, with these words in its search field."""
    values = (section, describe_reader(request), describe_project(request))
    fragment = render_kept("_header.html", build_head_context, *values)
    fillers = {"query": lambda _: escape(query), "unread": lambda _: render_unread(count_unread(request))}
    return fill(fragment, {**list_request_fillers(request), **fillers})


def count_unread(request: Any) -> int:
    """Return how many things are new for the reader; it was read with who they are."""
    return getattr(getattr(request, "user", None), "unread", 0)


def render_unread(number: int) -> str:
    """Return the number of what is new for the reader, beside their name and the link to it; nothing where nothing is."""
    return f' <b>{number}</b><span class="aside"> {escape(_("unread"))}</span>' if number else ""


def describe_reader(request: Any) -> HeadReader:
    """Return who asks; a visitor where the request was refused before anybody was looked up."""
    user = getattr(request, "user", None) or AnonymousUser()
    return HeadReader(user.is_authenticated, user.get_username(), user.is_staff)


def describe_project(request: Any) -> HeadProject | None:
    """Return the current project, if there is one."""
    project = getattr(request, "project", None) or None
    return HeadProject(project.name, project.slug, project.role, project.waiting) if project else None


def get_preferences(request: Any) -> Preferences:
    """Return how the reader likes to read; as the site does where the request was refused before that was looked up."""
    return getattr(request, "preferences", None) or Preferences()


def build_head_context(section: str, reader: HeadReader, project: HeadProject | None) -> dict[str, Any]:
    """Return what the template of the head is rendered with."""
    return {
        "section": section,
        "user": reader,
        "project": project,
        "next": slot("next"),
        "here": slot("here"),
        "query": slot("query"),
        "unread": slot("unread"),
    }

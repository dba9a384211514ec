"""The parts of a page that depend on its reader. Where a page is rendered to be kept, they are slots."""

from django import template
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from newsreader.fragments import fill, render_kept
from newsreader.fragments import slot as make_slot
from newsreader.models import Preferences
from newsreader.page_head import get_preferences, render_page_head

register = template.Library()


@register.simple_tag
def slot(name: str, argument: str = "") -> SafeString:
    """Return the place of what differs from reader to reader."""
    return make_slot(name, argument)


@register.simple_tag(takes_context=True)
def reading_attributes(context: Context) -> SafeString:
    """Return the attributes of the page that say how its reader likes to read."""
    request = context.get("request")
    return render_reading_attributes(get_preferences(request)) if request else make_slot("attributes")


def render_reading_attributes(preferences: Preferences) -> SafeString:
    """Return a `data-` attribute for each choice that is not the site's own."""
    chosen = [(name, getattr(preferences, name)) for name in Preferences.CHOICE_FIELDS]
    keys = [] if preferences.keys else [("keys", "off")]
    return format_html_join("", ' data-{}="{}"', [*((name, value) for name, value in chosen if value), *keys])


@register.simple_tag(takes_context=True)
def page_head(context: Context, query: str = "") -> SafeString:
    """Return the head of the page, with these words in its search field."""
    request = context.get("request")
    return render_page_head(request, context.get("section") or "", query) if request else make_slot("head", query)


@register.simple_tag(takes_context=True)
def toasts(context: Context) -> SafeString:
    """Return where messages stand, with those that wait for the reader."""
    request = context.get("request")
    return render_toasts(request) if request else make_slot("toasts")


def render_toasts(request: HttpRequest) -> SafeString:
    """Return where messages stand, with those that wait for the reader."""
    messages = get_messages(request)
    if len(messages):
        return render_to_string("_toasts.html", {"messages": messages}, request)
    return fill(render_kept("_toasts.html", dict), {})


@register.simple_tag(takes_context=True)
def reader_name(context: Context, name: str) -> SafeString:
    """Return the name of somebody who highlighted, which says so where it is the reader's own."""
    request = context.get("request")
    return render_reader_name(name, request.user.get_username()) if request else make_slot("reader", name)


def render_reader_name(name: str, own_name: str) -> SafeString:
    """Return the name; the reader's own says so."""
    return escape(_("%(name)s (you)") % {"name": name} if name == own_name else name)

"""Why a feed brought nothing, as sentences for people. Pure."""

from datetime import timedelta

from newsreader.importing.fetching.client import name_status
from newsreader.text.translation import gettext as _
from newsreader.text.translation import ngettext


def explain_status(status: int) -> str:
    """Return what an answer without a feed means."""
    if status == 410:
        return _("The server says that the feed is gone for good (410).")
    if status == 304:
        return ""
    return _("The server answered %(status)s.") % {"status": name_status(status)}


def explain_pause(status: int, pause: timedelta) -> str:
    """Return that a server wants no other request for so long."""
    message = _("The server answered %(status)s and asked for a pause of %(pause)s.")
    return message % {"status": name_status(status), "pause": describe_pause(pause)}


def describe_pause(pause: timedelta) -> str:
    """Return a length of time in its largest whole unit: minutes, hours or days."""
    minutes = max(1, round(pause.total_seconds() / 60))
    if minutes < 120:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    days = round(hours / 24)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}

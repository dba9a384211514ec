"""The names that Django makes of our models and columns, of those that people meet in the admin, for the catalogue.

`newsreader.labels` translates them where they are shown.
"""

from django.utils.translation import gettext_noop

LABELS = [
    gettext_noop("project"),
    gettext_noop("projects"),
    gettext_noop("membership"),
    gettext_noop("memberships"),
    gettext_noop("tag"),
    gettext_noop("tags"),
    gettext_noop("highlight"),
    gettext_noop("highlights"),
    gettext_noop("event"),
    gettext_noop("events"),
    gettext_noop("user"),
    gettext_noop("role"),
    gettext_noop("public"),
    gettext_noop("personal"),
    gettext_noop("created at"),
    gettext_noop("updated at"),
    gettext_noop("deleted at"),
    gettext_noop("parent"),
    gettext_noop("definition"),
    gettext_noop("author"),
    gettext_noop("actor"),
    gettext_noop("subject"),
    gettext_noop("data"),
    gettext_noop("at"),
]

"""Loads our templates without the white space that they have for who reads them."""

import re

from django.template import Origin
from django.template.loaders import filesystem

TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
LINE_BREAK = re.compile(r"\s*\n\s*(>?)")
BLANK = re.compile(r"\n[ \t]*(?=\n)|(?<=\n)[ \t]+")


class Loader(filesystem.Loader):
    """Loads templates of the project's own folder; what they show stays the same."""

    def get_contents(self, origin: Origin) -> str:
        """Return the source of a template, that of a page without its indentation."""
        source = super().get_contents(origin)
        return drop_source_indentation(source) if origin.name.endswith(".html") else source


def drop_source_indentation(source: str) -> str:
    """Return the source with every start tag on one line and no indentation; lines stay."""
    return BLANK.sub("", TAG.sub(lambda tag: LINE_BREAK.sub(lambda found: found[1] or " ", tag[0]), source))

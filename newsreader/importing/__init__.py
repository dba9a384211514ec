"""Imports articles: from a web address, a saved page or a pasted text to a clean article.

`extract(page, url)` is loaded on first use: its libraries take most of a second to import, and only the process that reads a
page needs them.
"""

from importlib import import_module
from typing import Any

__all__ = ["extract"]


def __getattr__(name: str) -> Any:
    if name == "extract":
        return import_module("newsreader.importing.extraction.article").extract
    raise AttributeError(name)

"""From bytes outside to a clean article.

`extract(page, url)` is loaded when it is first asked for: its libraries take most of a second, and a server needs them only in the
process that reads a page.
"""

from importlib import import_module
from typing import Any

__all__ = ["extract"]


def __getattr__(name: str) -> Any:
    if name == "extract":
        return import_module("newsreader.importing.extraction.article").extract
    raise AttributeError(name)

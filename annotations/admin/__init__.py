"""Where curators look after projects, codebooks and highlights, and see what articles carry."""

from . import articles, highlights, projects

__all__ = ["articles", "highlights", "projects"]

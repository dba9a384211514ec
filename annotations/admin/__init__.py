"""Where curators look after projects, codebooks and highlights, and see what articles carry."""

from annotations.admin import articles, highlights, people, projects, tags

__all__ = ["articles", "highlights", "people", "projects", "tags"]

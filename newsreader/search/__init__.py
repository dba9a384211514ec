"""Search: one language of queries, one name for both engines, the same results."""

from newsreader.search.compiler import matching

__all__ = ["matching"]

"""Anchoring: where a passage stands in a text, and where it stands in the next revision."""

from annotations.anchoring.quotes import anchor, describe
from annotations.anchoring.revisions import carry

__all__ = ["anchor", "carry", "describe"]

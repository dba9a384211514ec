"""Highlights drawn into canonical HTML, and what stands beside it."""

from annotations.rendering.highlighter import highlight

__all__ = ["highlight"]

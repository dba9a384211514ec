"""Rendering: highlights as marks in canonical HTML, and the cards and outline beside it."""

from annotations.rendering.highlighter import highlight

__all__ = ["highlight"]

"""What one person may keep in the data folder: so many files of a kind, and so many bytes of them."""

from collections.abc import Sequence

from django.conf import settings

BYTES_OF_MB = 1_000_000


def max_bytes() -> int:
    """Return how many bytes one person's files of a kind may have together."""
    return settings.NEWSREADER_KEPT_MB * BYTES_OF_MB


def is_within(sizes: Sequence[int]) -> bool:
    """Return whether one person may keep files of these sizes (in bytes)."""
    return len(sizes) <= settings.NEWSREADER_KEPT_FILES and sum(sizes) <= max_bytes()


def count_superseded(sizes: Sequence[int], wanted: Sequence[int]) -> int | None:
    """Return how many of the files of these `sizes`, the oldest first, have to go so that those `wanted` fit; None where they never do."""
    return next((number for number in range(len(sizes) + 1) if is_within([*sizes[number:], *wanted])), None)

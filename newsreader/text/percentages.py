"""Shares as people read them."""


def to_percentage(share: float) -> int:
    """Return a share, from 0 to 1, in whole percent; 100 only where it is all."""
    rounded = round(100 * share)
    return 99 if rounded >= 100 and share < 1 - 1e-9 else rounded

"""Deep calls that find room: they ask the system for no memory, wherever in them a loop calls a function."""

from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage

import pytest

from newsreader.call_depth import call_with_room


def call_often(depth: int) -> int:
    """Call a function many times at each of many depths, and return how often memory was asked for."""
    if depth:
        for _ in range(1_000):
            int_of("1")
        return call_often(depth - 1)
    return getrusage(RUSAGE_SELF).ru_minflt


def int_of(text: str) -> int:
    """Return the number; what is called here has a frame."""
    return int(text)


def count_faults(call: Callable[..., int]) -> int:
    """Return how many pages of memory a deep call asks for, once everything it needs was loaded."""
    call(call_often, 400)
    before = getrusage(RUSAGE_SELF).ru_minflt
    return call(call_often, 400) - before


def test_a_deep_call_asks_for_memory_a_few_times_only():
    assert count_faults(call_with_room) < 100


def test_it_returns_what_the_function_returns_and_raises_what_it_raises():
    assert call_with_room(divmod, 7, 2) == (3, 1)
    with pytest.raises(ValueError, match="no number"):
        call_with_room(int, "no number")

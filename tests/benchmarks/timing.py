"""Times that are taken in turns, so that whatever else the machine does falls on all of them alike."""

from collections.abc import Callable
from statistics import median, quantiles
from typing import NamedTuple

WARM_UP = 3


class Row(NamedTuple):
    """One line of the table: a ratio (or a figure in `unit`), its limit, the quartiles it varied between, and what was timed.

    Where there is no limit the figure is only told. `at_least` turns the limit round.
    """

    name: str
    value: float
    limit: float | None
    spread: tuple[float, float] | None = None
    detail: str = ""
    unit: str = ""
    group: str = ""
    at_least: bool = False

    @property
    def reached(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def interleaved(acts: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """The seconds that each act says it took, round by round; the first rounds only warm up."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(-min(WARM_UP, rounds), rounds):
        for name, act in acts.items():
            seconds = act()
            if number >= 0:
                times[name].append(seconds)
    return times


def compared(name: str, times: list[float], floor: list[float], limit: float | None) -> Row:
    """The row of two series taken in the same rounds: the ratio of their medians, and the quartiles of the rounds' ratios."""
    ratios = [mine / bare for mine, bare in zip(times, floor, strict=True)]
    low, _, high = quantiles(ratios, n=4)
    detail = f"{1000 * median(times):.1f} : {1000 * median(floor):.1f} ms"
    return Row(name, median(times) / median(floor), limit, (low, high), detail)

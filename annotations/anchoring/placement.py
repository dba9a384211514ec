"""The result of anchoring: where a passage stands, and how sure that is."""

from typing import Literal, NamedTuple

State = Literal["same", "moved", "edited", "ambiguous", "gone"]
CERTAIN_STATES: tuple[State, ...] = ("same", "moved", "edited")  # the passage stands where it is said to
MAX_PROPOSALS = 10


class Change(NamedTuple):
    """Words of a passage that replaced others: `after` stands at start to end (code points) of the new text.

    Where words were only deleted, start and end are one place and `after` is empty.
    """

    start: int
    end: int
    before: str
    after: str


class Placement(NamedTuple):
    """Where a passage stands (code points), and how sure that is; start and end are 0 where it is `ambiguous` or `gone`.

    The proposals are (start, end) places, the likeliest first: at most ten, and only of what is `ambiguous` or `gone`.
    The changes are what makes a passage `edited`, in the order of the new text; `material` says that they touch a
    figure, a name or a negation.
    """

    state: State
    start: int = 0
    end: int = 0
    material: bool = False
    proposals: tuple[tuple[int, int], ...] = ()
    changes: tuple[Change, ...] = ()

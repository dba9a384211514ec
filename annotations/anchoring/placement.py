"""What is known of where a passage stands."""

from typing import Literal, NamedTuple

State = Literal["same", "moved", "edited", "ambiguous", "gone"]
PROPOSALS_MOST = 10


class Change(NamedTuple):
    """Words of a passage that were put in the place of others: `after` stands at start to end of the new text.

    Where words were only taken out, start and end are one place and `after` is empty.
    """

    start: int
    end: int
    before: str
    after: str


class Placement(NamedTuple):
    """Where a passage stands, and how sure that is; start and end are both 0 where it is `ambiguous` or `gone`.

    The proposals are places (start, end), the likeliest first: at most ten, and only of what is `ambiguous` or `gone`.
    The changes tell what makes a passage `edited`, in the order of the new text; `material` says that they touch a
    figure, a name or a negation.
    """

    state: State
    start: int = 0
    end: int = 0
    material: bool = False
    proposals: tuple[tuple[int, int], ...] = ()
    changes: tuple[Change, ...] = ()

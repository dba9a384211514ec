"""Maps places in a text to those in another that has the same words and other white space."""

import re
from array import array
from bisect import bisect_left

NOT_SPACE = re.compile(r"\S")


class TextMap:
    """Maps places in a text of a file to the same text as the library keeps it; offsets are code points.

    `is_exact` says whether both have the same characters, white space apart: only then can a place be mapped.
    """

    def __init__(self, origin: str, target: str) -> None:
        self.is_same, self.is_exact = origin == target, "".join(origin.split()) == "".join(target.split())
        has_places = self.is_exact and not self.is_same
        self.origin = locate_characters(origin) if has_places else array("L")
        self.target = locate_characters(target) if has_places else array("L")

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return where a passage, which has more than white space, stands in the target; for exact maps only."""
        if self.is_same:
            return start, end
        first, last = bisect_left(self.origin, start), bisect_left(self.origin, end) - 1
        return self.target[first], self.target[last] + 1


def locate_characters(text: str) -> array:
    """Return where each character stands that is not white space."""
    return array("L", (match.start() for match in NOT_SPACE.finditer(text)))

"""Which of the twelve lines a tag is drawn with: a hue, solid or dashed."""

from collections import Counter
from collections.abc import Iterable, Sequence

LINES = range(1, 13)


def choose_line(codebook_lines: Iterable[int], lines_beside: Iterable[int] = ()) -> int:
    """Return the line of a new tag: of those least used beside it the one that the codebook uses least, the first of several.

    Both are the lines of tags, each as often as tags have it; `lines_beside` of those that are used with the new one.
    """
    beside, used = Counter(lines_beside), Counter(codebook_lines)
    return min(LINES, key=lambda line: (beside[line], used[line]))


def separate_lines(lines: Sequence[int]) -> list[int]:
    """Return a line for each tag of one view, so that no two share one while another is free.

    A tag keeps its own unless one before it has it; where none is free, it takes one that fewest of them have.
    """
    firsts = {line: index for index, line in reversed(list(enumerate(lines)))}
    given, separate = Counter(firsts.keys()), []
    for index, own in enumerate(lines):
        line = own if firsts[own] == index else find_rarest_line(given, own)
        given[line] += firsts[own] != index
        separate.append(line)
    return separate


def find_rarest_line(given: Counter[int], own: int) -> int:
    """Return the line that is given least; of several the tag's own, else the first."""
    return min(LINES, key=lambda line: (given[line], line != own))

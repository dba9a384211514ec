"""Where the two texts alone cannot tell what became of a passage: `ambiguous` is then the right answer.

Two readings are equally good where the same change of the text can be read in two ways:

- Words were only put in, or only taken out, and the same words stand at either end of them: of "A. A. B" either A may be the
  new one. A passage that lies wholly among those words stands in one place by the one reading and in another, or nowhere, by
  the other.
- Words were put in beside what the passage stands in, and among them is the passage once more, with the same eight words
  before it or after it.

Passages that only begin or end among such words are not in doubt: one reading leaves them as they were.
"""

from collections.abc import Iterator
from functools import lru_cache

from benchmarks.anchors.canon import alike, changed, slack
from benchmarks.anchors.script import Run, Script

AROUND = 8  # words of context that tell one place from another


def is_undecided(script: Script, first: int, last: int) -> bool:
    if any(start <= first and last <= end for start, end in zones(script)):
        return True
    indexes = script.indexes(first, last)
    if len(indexes) != 1 or not holds(script.runs[indexes[0]], first, last):
        return False
    gaps = script.gap_before(indexes[0]), script.gap_after(indexes[0])
    return any(is_beside(script, script.runs[indexes[0]], first, last, *gap) for gap in gaps)


def holds(run: Run, first: int, last: int) -> bool:
    return run.old <= first and last <= run.old_end


@lru_cache(maxsize=4)
def zones(script: Script) -> list[tuple[int, int]]:
    """The letters of the old text that are one stretch by one reading of a change and another, or none, by another."""
    found = []
    for before, after in neighbours(script):
        text, start, end = changed(before, after, script.old, script.new)
        if text:
            right, left = slack(text.letters, start, end, before.length, after.length)
            found += [(place - left, place) for place in (before.old_end, after.old) if left]
            found += [(place, place + right) for place in (before.old_end, after.old) if right]
    return found


def neighbours(script: Script) -> Iterator[tuple[Run, Run]]:
    """The runs in pairs that follow one another in both texts; the ends of the texts count as runs."""
    runs = script.runs
    yield from ((runs[index], runs[index + 1]) for index in range(len(runs)) if script.follows(index))
    if runs and script.rank[0] == 0:
        yield Run(0, 0, 0), runs[0]
    if runs and script.rank[-1] == len(runs) - 1:
        yield runs[-1], Run(len(script.old.letters), len(script.new.letters), 0)


def is_beside(script: Script, run: Run, first: int, last: int, start: int, end: int) -> bool:
    """Whether the passage stands once more in these letters of the new text, with as much around it as tells a place."""
    old, new = script.old, script.new
    words, place = old.letters[first:last], start - 1
    while (place := new.letters.find(words, place + 1, end)) >= 0:
        behind = alike(old.letters[run.old : first][::-1], new.letters[max(place - first + run.old, 0) : place][::-1])
        after = place + len(words)
        ahead = alike(old.letters[last : run.old_end], new.letters[after : after + run.old_end - last])
        if old.count(first - behind, first) >= AROUND or old.count(last, last + ahead) >= AROUND:
            return True
    return False

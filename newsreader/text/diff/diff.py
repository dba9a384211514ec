"""Compares two texts word by word: which words stayed, in order or elsewhere, and which were added and removed."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsreader.collection import paused_collection
from newsreader.text.diff.alignment import Run, count_equal_after, count_equal_before, find_gaps, find_runs
from newsreader.text.diff.shift import shift_changes
from newsreader.text.diff.significance import WordWeights, keep_significant_runs
from newsreader.text.diff.tokens import TokenSequence, normalise_word, slice_parts, tokenise_texts

SPACE = re.compile(r"\s+")
MAX_MOVES = 1_000
MAX_MOVE_CANDIDATES = 5_000


class Segment(NamedTuple):
    """A stretch of the old text (start, end) and the stretch of the new that corresponds to it, in code points.

    Those with `is_same` have the same words and differ at most in white space, quotation marks and dashes.
    """

    is_same: bool
    start: int
    end: int
    new_start: int
    new_end: int


class Alignment(NamedTuple):
    """Two texts as sequences of words: the `runs` in order and the `moved` ones elsewhere, whose words occur just once."""

    old: TokenSequence
    new: TokenSequence
    runs: list[Run]
    moved: list[Run]
    weights: WordWeights

    def swap_sides(self) -> "Alignment":
        """Return the alignment of the new text to the old."""
        runs, moved = list(map(swap_run, self.runs)), sorted(map(swap_run, self.moved))
        return Alignment(self.new, self.old, runs, moved, self.weights.swap_sides())


def align_texts(old: str, new: str) -> Alignment:
    """Return the alignment of two texts; that of the new to the old is its mirror image."""
    if (len(old), old) > (len(new), new):
        return _align_ordered(new, old).swap_sides()
    return _align_ordered(old, new)


@lru_cache(maxsize=4)
@paused_collection()
def _align_ordered(old: str, new: str) -> Alignment:
    olds, news = tokenise_texts(old, new)
    weights = WordWeights(olds, news)
    runs = keep_significant_runs(find_runs(olds.codes, news.codes), olds.codes, news.codes, weights)
    runs = shift_changes(runs, olds, news)
    return Alignment(olds, news, runs, find_moved_runs(olds.codes, news.codes, runs, weights), weights)


def swap_run(run: Run) -> Run:
    """Return the run with old and new exchanged."""
    return Run(run.new, run.old, run.length)


def find_moved_runs(old: str, new: str, runs: list[Run], weights: WordWeights) -> list[Run]:
    """Return the runs that are in no run of `runs` but elsewhere in the other text, in the old order; each occurs just once."""
    gaps = find_gaps(runs, len(old), len(new))
    olds, news = [gap[:2] for gap in gaps if gap.old < gap.old_end], [gap[2:] for gap in gaps if gap.new < gap.new_end]
    unique = weights.unique_codes
    new_positions = {new[index]: index for start, end in news for index in range(start, end) if new[index] in unique}
    candidates: list[Run] = []
    for start, end in olds:
        for position in [index for index in range(start, end) if old[index] in new_positions]:
            is_covered = candidates and candidates[-1].old <= position < candidates[-1].old_end
            if not is_covered and len(candidates) < MAX_MOVE_CANDIDATES:
                run = Run(position, new_positions[old[position]], 1)
                candidates.append(grow_run(old, new, run, (start, end), news))
    distinctive = [run for run in candidates if weights.is_distinctive(old[run.old : run.old_end])]
    return sorted(sorted(distinctive, key=lambda run: -run.length)[:MAX_MOVES])


def grow_run(old: str, new: str, run: Run, stretch: tuple[int, int], news: list[tuple[int, int]]) -> Run:
    """Return the run with all equal words before and after it, within the stretch of the old and the stretches of the new words."""
    start, end = news[bisect_right(news, (run.new, len(new))) - 1]
    before = count_equal_before(old, run.old, stretch[0], new, run.new, start)
    after = count_equal_after(old, run.old, stretch[1], new, run.new, end)
    return Run(run.old - before, run.new - before, before + after)


def diff_texts(old: str, new: str) -> list[Segment]:
    """Return the two texts as segments, in order, alternately the same and changed; together they cover both."""
    segments: list[Segment] = []
    alignment = align_texts(old, new)
    for segment in [make_segment(alignment, run) for run in alignment.runs]:
        segments += [*make_changed_segment(segments, segment, old, new), segment]
    segments += make_changed_segment(segments, Segment(True, len(old), len(old), len(new), len(new)), old, new)
    return list(fill_spaces(segments, old, new))


def find_moves(old: str, new: str) -> list[Segment]:
    """Return the stretches that stand elsewhere in the new text, word for word, in the old order."""
    alignment = align_texts(old, new)
    return [make_segment(alignment, run) for run in alignment.moved]


def make_segment(alignment: Alignment, run: Run) -> Segment:
    """Return the segment of code points that a run of words covers."""
    olds, news = alignment.old.spans, alignment.new.spans
    return Segment(True, olds[run.old][0], olds[run.old_end - 1][1], news[run.new][0], news[run.new_end - 1][1])


def make_changed_segment(before: list[Segment], segment: Segment, old: str, new: str) -> list[Segment]:
    """Return the segment between the last one and this, trimmed to what counts; none if nothing is left."""
    last = before[-1] if before else Segment(True, 0, 0, 0, 0)
    gap, new_gap = (last.end, segment.start), (last.new_end, segment.new_start)
    place, new_place = trim_stretch(old, *gap), trim_stretch(new, *new_gap)
    is_removed, is_added = place[0] < place[1], new_place[0] < new_place[1]
    if is_removed and not is_added:
        place, new_place = take_space(old, gap, place, new, new_gap, new_place)
    elif is_added and not is_removed:
        new_place, place = take_space(new, new_gap, new_place, old, gap, place)
    return [Segment(False, *place, *new_place)] if is_removed or is_added else []


def take_space(
    text: str,
    gap: tuple[int, int],
    place: tuple[int, int],
    other: str,
    other_gap: tuple[int, int],
    empty: tuple[int, int],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the place of words that only one text has with the space that goes with them, and their empty place in the other.

    That is the space after them, or before them where a line ends after them. `gap` and `other_gap` lie between the words
    that both texts have.
    """
    before, after = text[gap[0] : place[0]], text[place[1] : gap[1]]
    surplus = count_spaces(before) + count_spaces(after) - count_spaces(other[slice(*other_gap)])
    start, end = place
    kept_before, kept_after = before.rstrip(), after.lstrip()
    if surplus > 0 and is_within_line(after[: len(after) - len(kept_after)]):
        end, surplus = gap[1] - len(kept_after), surplus - 1
        empty = (max(other_gap[1] - len(kept_after), other_gap[0]),) * 2
    if surplus > 0 and is_within_line(before[len(kept_before) :]):
        start = gap[0] + len(kept_before)
        empty = (min(other_gap[0] + len(kept_before), other_gap[1]),) * 2
    return (start, end), empty


def count_spaces(text: str) -> int:
    """Return how many runs of white space the text has."""
    return len(SPACE.findall(text))


def is_within_line(space: str) -> bool:
    """Return whether there is a space, and no line ends in it."""
    return bool(space) and "\n" not in space


def trim_stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch from its first word to its last, with the signs attached to them; empty if it has no word."""
    words = [part for part in slice_parts(text, start, end) if not text[part].isspace()]
    counted = [index for index, part in enumerate(words) if normalise_word(text[part])]
    if not counted:
        return (end, end) if text[start:end][-1:].isspace() or start == end else (start, start)
    first, last = counted[0], counted[-1]
    while first and words[first - 1].stop == words[first].start:
        first -= 1
    while last + 1 < len(words) and words[last].stop == words[last + 1].start:
        last += 1
    return words[first].start, words[last].stop


def fill_spaces(segments: list[Segment], old: str, new: str) -> Iterator[Segment]:
    """Yield the segments with the space between them added to those that are the same."""
    start = new_start = 0
    for index, segment in enumerate(segments):
        if not segment.is_same:
            if index == 0 and (segment.start or segment.new_start):
                yield Segment(True, 0, segment.start, 0, segment.new_start)
            yield segment
            start, new_start = segment.end, segment.new_end
            continue
        following = segments[index + 1] if index + 1 < len(segments) else None
        end, new_end = (following.start, following.new_start) if following else (len(old), len(new))
        yield Segment(True, start, end, new_start, new_end)
        start, new_start = end, new_end
    if (start, new_start) != (len(old), len(new)):
        yield Segment(True, start, len(old), new_start, len(new))

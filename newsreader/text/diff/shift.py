"""Shifts an insertion or deletion that could begin at several words to the likeliest of them.

Of "A said. A denied." either A may be the new one. A change that begins where a line or a sentence begins is likelier.
"""

from newsreader.text.diff.alignment import Gap, Run, find_gaps
from newsreader.text.diff.tokens import TokenSequence

MAX_SHIFT_WORDS = 200
SENTENCE_ENDS = set(".!?。！？…:;")


def shift_changes(runs: list[Run], old: TokenSequence, new: TokenSequence) -> list[Run]:
    """Return the runs with plain insertions and deletions between them shifted to their likeliest place."""
    runs = [Run(0, 0, 0), *runs, Run(len(old.codes), len(new.codes), 0)]
    for index, gap in enumerate(find_gaps(runs, len(old.codes), len(new.codes))[1:-1]):
        is_removed, is_added = gap.old < gap.old_end, gap.new < gap.new_end
        if is_removed != is_added:
            sequence, start, end = (old, gap.old, gap.old_end) if is_removed else (new, gap.new, gap.new_end)
            before, after = runs[index], runs[index + 1]
            step = find_best_shift(sequence, start, end, before.length, after.length)
            runs[index] = before._replace(length=before.length + step)
            runs[index + 1] = Run(after.old + step, after.new + step, after.length - step)
    return [run for run in runs if run.length]


def can_shift(old: str, new: str, gap: Gap, step: int) -> bool:
    """Return whether a plain insertion or deletion reads the same `step` words later, or earlier if negative."""
    if (gap.old < gap.old_end) == (gap.new < gap.new_end):
        return False
    sequence, start, end = (old, gap.old, gap.old_end) if gap.old < gap.old_end else (new, gap.new, gap.new_end)
    if step < 0:
        return start + step >= 0 and sequence[start + step : start] == sequence[end + step : end]
    return sequence[start : start + step] == sequence[end : end + step]


def find_best_shift(sequence: TokenSequence, start: int, end: int, back: int, ahead: int) -> int:
    """Return how many words to shift the change, negative for backwards, so that it begins at the best place."""
    steps = [0]
    codes = sequence.codes
    while len(steps) <= min(back, MAX_SHIFT_WORDS) and codes[start + steps[-1] - 1] == codes[end + steps[-1] - 1]:
        steps.append(steps[-1] - 1)
    step = 0
    while step < min(ahead, MAX_SHIFT_WORDS) and codes[start + step] == codes[end + step]:
        step += 1
        steps.append(step)
    return max(steps, key=lambda step: (rank_start(sequence, start + step), -abs(step))) if len(steps) > 1 else 0


def rank_start(sequence: TokenSequence, position: int) -> int:
    """Return 2 at the beginning of a line, 1 where a sentence may begin, 0 within one."""
    if position in (0, len(sequence.spans)):
        return 2
    stop = sequence.spans[position - 1][1]
    if "\n" in sequence.text[stop : sequence.spans[position][0]]:
        return 2
    return int(sequence.text[sequence.spans[position - 1][0]] in SENTENCE_ENDS)

"""Where words were put in or taken out, and the same words stand at either end of them: which did a writer mean?

Of "A said. A denied." the first or the second A may be the new one. A change that begins where a line or a sentence begins
is the likelier.
"""

from newsreader.text.diff.alignment import Gap, Run, gaps_of
from newsreader.text.diff.tokens import Row

STEPS = 200  # words that a change may slide
STOPS = set(".!?。！？…:;")


def settled(runs: list[Run], old: Row, new: Row) -> list[Run]:
    """The runs, with what was only put in or only taken out between them where it most likely begins."""
    runs = [Run(0, 0, 0), *runs, Run(len(old.code), len(new.code), 0)]
    for index, gap in enumerate(gaps_of(runs, len(old.code), len(new.code))[1:-1]):
        is_out, is_in = gap.old < gap.old_end, gap.new < gap.new_end
        if is_out != is_in:
            row, start, end = (old, gap.old, gap.old_end) if is_out else (new, gap.new, gap.new_end)
            before, after = runs[index], runs[index + 1]
            step = best_step(row, start, end, before.length, after.length)
            runs[index] = before._replace(length=before.length + step)
            runs[index + 1] = Run(after.old + step, after.new + step, after.length - step)
    return [run for run in runs if run.length]


def slides(old: str, new: str, gap: Gap, step: int) -> bool:
    """Whether words that were only put in, or only taken out, read the same so many words further on, or back if less than 0."""
    if (gap.old < gap.old_end) == (gap.new < gap.new_end):
        return False
    row, start, end = (old, gap.old, gap.old_end) if gap.old < gap.old_end else (new, gap.new, gap.new_end)
    if step < 0:
        return start + step >= 0 and row[start + step : start] == row[end + step : end]
    return row[start : start + step] == row[end : end + step]


def best_step(row: Row, start: int, end: int, back: int, ahead: int) -> int:
    """How far the change slides, backwards if less than 0, so that it begins well."""
    steps = [0]
    while len(steps) <= min(back, STEPS) and row.code[start + steps[-1] - 1] == row.code[end + steps[-1] - 1]:
        steps.append(steps[-1] - 1)
    step = 0
    while step < min(ahead, STEPS) and row.code[start + step] == row.code[end + step]:
        step += 1
        steps.append(step)
    return max(steps, key=lambda step: (rank(row, start + step), -abs(step))) if len(steps) > 1 else 0


def rank(row: Row, place: int) -> int:
    """2 where a line begins, 1 where a sentence may, 0 within one."""
    if place in (0, len(row.spans)):
        return 2
    stop = row.spans[place - 1][1]
    if "\n" in row.text[stop : row.spans[place][0]]:
        return 2
    return int(row.text[row.spans[place - 1][0]] in STOPS)

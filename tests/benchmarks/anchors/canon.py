"""From an edited document to its script, in the one form that could be told from the two texts.

What a replacement leaves as it was, at its beginning and at its end, counts as kept. A cut within words that could as well
have been made between words counts as made there.
"""

from benchmarks.anchors.document import Document, Impossible, Kept
from benchmarks.anchors.script import Run, Script
from benchmarks.anchors.wording import Wording, letters_of


def script_of(document: Document, old: Wording) -> Script:
    """The script of an edited document. Impossible where what was copied did not stay as it was, or nothing changed."""
    if document.text == document.old or not all(stands(document, source) for source in document.sources):
        raise Impossible
    new = Wording(document.text)
    runs = trimmed(joined(kept(document, old)), old, new)
    runs = between_words(runs, old, new)
    return Script(old, new, runs, [old.range_of(*place) for place in document.material])


def stands(document: Document, source: Kept) -> bool:
    """Whether it stands as it did; if not, a copy of it would be the likelier original."""
    kept = [segment for segment in document.segments if isinstance(segment, Kept)]
    return any(segment.start <= source.start and source.end <= segment.end for segment in kept)


def kept(document: Document, old: Wording) -> list[Run]:
    """What the document kept, as runs of letters."""
    runs, place = [], 0
    for segment in document.segments:
        if isinstance(segment, Kept):
            first, last = old.range_of(*segment)
            runs.append(Run(first, place, last - first))
            place += last - first
        else:
            place += len(letters_of(segment.text))
    return [run for run in runs if run.length]


def joined(runs: list[Run]) -> list[Run]:
    """The runs in the order of the old text, those that touch in both made one."""
    whole: list[Run] = []
    for run in sorted(runs):
        if whole and (whole[-1].old_end, whole[-1].new_end) == (run.old, run.new):
            whole[-1] = whole[-1]._replace(length=whole[-1].length + run.length)
        elif run.length:
            whole.append(run)
    return whole


def trimmed(runs: list[Run], old: Wording, new: Wording) -> list[Run]:
    """The runs, longer by the words with which both begin or end, what was taken out and what was put in its place."""
    whole = [Run(0, 0, 0), *runs, Run(len(old.letters), len(new.letters), 0)]
    script, more = Script(old, new, whole), []
    for index in filter(script.follows, range(len(whole))):
        before, after = whole[index], whole[index + 1]
        more += left_as_they_were(before.old_end, after.old, before.new_end, after.new, old, new)
    return joined([*runs, *more])


def left_as_they_were(start: int, end: int, new_start: int, new_end: int, old: Wording, new: Wording) -> list[Run]:
    """The words with which both begin, and those with which both end."""
    taken, put = old.letters[start:end], new.letters[new_start:new_end]
    ahead = alike(taken, put)
    while ahead and not (old.begins[start + ahead] and new.begins[new_start + ahead]):
        ahead -= 1
    behind = min(alike(taken[::-1], put[::-1]), len(taken) - ahead, len(put) - ahead)
    while behind and not (old.begins[end - behind] and new.begins[new_end - behind]):
        behind -= 1
    return [Run(start, new_start, ahead), Run(end - behind, new_end - behind, behind)]


def alike(one: str, other: str) -> int:
    """How many letters the two begin with alike."""
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    return next(place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)


def between_words(runs: list[Run], old: Wording, new: Wording) -> list[Run]:
    """The runs, what was only put in or only taken out between them moved to where words begin, if that reads the same."""
    runs, follows = list(runs), Script(old, new, runs).follows
    for index in filter(follows, range(len(runs))):
        before, after = runs[index], runs[index + 1]
        text, start, end = changed(before, after, old, new)
        if text and not (text.begins[start] and text.begins[end]):
            step = shift(text, start, end, before.length, after.length)
            runs[index] = before._replace(length=before.length + step)
            runs[index + 1] = Run(after.old + step, after.new + step, after.length - step)
    return joined(runs)


def changed(before: Run, after: Run, old: Wording, new: Wording) -> tuple[Wording | None, int, int]:
    """The letters between two runs, if those were only put in or only taken out, and the text that has them."""
    if before.new_end == after.new and before.old_end < after.old:
        return old, before.old_end, after.old
    if before.old_end == after.old and before.new_end < after.new:
        return new, before.new_end, after.new
    return None, 0, 0


def shift(text: Wording, start: int, end: int, back: int, ahead: int) -> int:
    """The fewest letters by which the change can slide to between words; 0 if it cannot."""
    right, left = slack(text.letters, start, end, back, ahead)
    steps = [step for step in range(-left, right + 1) if text.begins[start + step] and text.begins[end + step]]
    return min(steps, key=abs, default=0)


def slack(letters: str, start: int, end: int, back: int, ahead: int) -> tuple[int, int]:
    """How many letters a change may slide to the right and to the left and read the same, `ahead` and `back` at most."""
    right = alike(letters[start : start + ahead], letters[end : end + ahead])
    left = alike(letters[max(start - back, 0) : start][::-1], letters[max(end - back, 0) : end][::-1])
    return right, left

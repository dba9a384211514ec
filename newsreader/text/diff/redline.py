"""Draws into a block what was taken out or put in: flat `del` and `ins` around its words, cut wherever a tag stands.

The first of a stretch carries a label, the last an end, for those who hear the page: a style sheet says them, and the text
stays what it was.
"""

from collections.abc import Iterator

from newsreader.text.diff.changes import Stretch
from newsreader.text.html.markup import coded, decoded, is_layout, parts_of

CLASSES = {"del": "lost", "ins": "gained"}
LABELS = {
    ("del", False): "taken out",
    ("del", True): "moved away",
    ("ins", False): "put in",
    ("ins", True): "moved here",
}
Run = tuple[str, Stretch | None]  # a tag or some text, and the stretch it is to be drawn in


def redlined(html: str, offset: int, stretches: list[Stretch], tag: str) -> str:
    """The html of a block whose text begins at `offset` with these stretches of the whole text drawn; the tag is del or ins."""
    runs = list(runs_of(parts_of(coded(html)), offset, stretches))
    lasts = {stretch: index for index, (_, stretch) in enumerate(runs)}
    firsts = {stretch: index for index, (_, stretch) in reversed([*enumerate(runs)])}
    return decoded("".join(drawn(run, tag, firsts[run[1]] == n, lasts[run[1]] == n) for n, run in enumerate(runs)))


def runs_of(parts: list[str], offset: int, stretches: list[Stretch]) -> Iterator[Run]:
    waiting, place = stretches[::-1], offset
    for index, part in enumerate(parts):
        if index % 2:
            yield part, None
            continue
        if is_layout(parts, index):
            yield part, None
        else:
            yield from cut(part, place, waiting)
        place += len(part)


def cut(text: str, start: int, waiting: list[Stretch]) -> Iterator[Run]:
    """A text in runs; the stretches wait in a stack, and those that end before it are taken off."""
    place, end = start, start + len(text)
    while place < end:
        while waiting and waiting[-1].end <= place:
            waiting.pop()
        stretch = waiting[-1] if waiting else Stretch(end, end)
        begin, stop = min(max(stretch.start, place), end), min(stretch.end, end)
        if begin > place:
            yield text[place - start : begin - start], None
        if stop > begin:
            yield text[begin - start : stop - start], stretch
        place = max(begin, stop)


def drawn(run: Run, tag: str, is_first: bool, is_last: bool) -> str:
    written, stretch = run
    if stretch is None:
        return written
    kind = f"{CLASSES[tag]} moved" if stretch.moved else CLASSES[tag]
    label = f' data-label="{LABELS[tag, stretch.moved]}"' if is_first else ""
    end = ' data-end=""' if is_last else ""
    return f'<{tag} class="{kind}"{label}{end}>{written}</{tag}>'

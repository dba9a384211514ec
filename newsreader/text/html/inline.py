"""Inline content: runs of text, each under the inline elements around it, made into lines and paragraphs."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

SPACE = re.compile(r"[ \t\n\f\r]+")
INVISIBLE = " \n\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@dataclass(eq=False)
class Inline:
    """One inline element; two with the same tag and attributes stay two."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)


class Run(NamedTuple):
    """Text under the same inline elements, outermost first; text None is a line break."""

    path: tuple[Inline, ...]
    text: str | None


def paragraphs_of(runs: list[Run]) -> list[list[Run]]:
    """The runs as paragraphs, parted where a line is empty, their white space collapsed."""
    paragraphs, ended = [], True
    for line_break, line in _lines(runs):
        line = collapsed(line)
        if is_blank(line):
            ended = True
        elif ended:
            paragraphs.append(line)
            ended = False
        else:
            paragraphs[-1] += [line_break, *line]
    return paragraphs


def one_paragraph_of(runs: list[Run]) -> list[Run]:
    """The runs as one paragraph, empty lines dropped, their white space collapsed."""
    lines = [(line_break, collapsed(line)) for line_break, line in _lines(runs)]
    full = [(line_break, line) for line_break, line in lines if not is_blank(line)]
    return [run for number, (line_break, line) in enumerate(full) for run in ([line_break] * bool(number) + line)]


def preserved(runs: list[Run]) -> list[Run]:
    """The runs of preformatted text: breaks as line feeds, no empty lines at its beginning and no space at its end."""
    runs = [Run(path, "\n" if text is None else text) for path, text in runs]
    whole = "".join(text for _, text in runs)
    first = len(whole) - len(re.sub(r"\A(?:[ \t]*\n)+", "", whole))
    return _cut(runs, first, len(whole.rstrip()))


def _cut(runs, start, end):
    kept, place = [], 0
    for path, text in runs:
        part = text[max(start - place, 0) : max(end - place, 0)]
        place += len(text)
        if part:
            kept.append(Run(path, part))
    return kept


def collapsed(line: list[Run]) -> list[Run]:
    """The line with every run of white space one space, and none of any kind at its edges."""
    kept = []
    for path, text in line:
        text = SPACE.sub(" ", text)
        if not kept:
            text = text.lstrip()
        elif kept[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if text:
            kept.append(Run(path, text))
    return _without_end(kept)


def _without_end(line):
    while line and not line[-1].text.rstrip():
        line.pop()
    if line:
        line[-1] = Run(line[-1].path, line[-1].text.rstrip())
    return line


def is_blank(runs: list[Run]) -> bool:
    """Whether nobody would see anything of the runs."""
    return not any(text and text.strip().strip(INVISIBLE) for _, text in runs)


def _lines(runs):
    """Pairs of the break before a line (None before the first) and the line's runs."""
    lines = [(None, [])]
    for run in runs:
        if run.text is None:
            lines.append((run, []))
        else:
            lines[-1][1].append(run)
    return lines

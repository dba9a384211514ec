"""Inline content: runs of text, each with the inline elements around it, split into lines and paragraphs."""

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

WHITESPACE = re.compile(r"[ \t\n\f\r]+")
INVISIBLE = " \n\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@dataclass(eq=False)
class InlineElement:
    """One inline element; two with the same tag and attributes stay two."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)


class InlineRun(NamedTuple):
    """Text inside the same inline elements, outermost first; text None is a line break."""

    path: tuple[InlineElement, ...]
    text: str | None


def split_paragraphs(runs: list[InlineRun]) -> list[list[InlineRun]]:
    """Return the runs as paragraphs, split at empty lines, their white space collapsed."""
    paragraphs: list[list[InlineRun]] = []
    is_ended = True
    for line_break, line in _split_lines(runs):
        line = collapse_whitespace(line)
        if is_blank(line):
            is_ended = True
        elif is_ended or line_break is None:
            paragraphs.append(line)
            is_ended = False
        else:
            paragraphs[-1] += [line_break, *line]
    return paragraphs


def join_lines(runs: list[InlineRun]) -> list[InlineRun]:
    """Return the runs as one paragraph without empty lines, their white space collapsed."""
    joined: list[InlineRun] = []
    for line_break, line in _split_lines(runs):
        line = collapse_whitespace(line)
        if not is_blank(line):
            joined += [line_break, *line] if line_break and joined else line
    return joined


def preserve_whitespace(runs: list[InlineRun]) -> list[InlineRun]:
    """Return the runs of preformatted text: breaks as line feeds, no empty lines at the beginning, no space at the end."""
    pieces = [(path, "\n" if text is None else text) for path, text in runs]
    whole = "".join(text for _, text in pieces)
    start = len(whole) - len(re.sub(r"\A(?:[ \t]*\n)+", "", whole))
    return _slice_runs(pieces, start, len(whole.rstrip()))


def _slice_runs(pieces: list[tuple[tuple[InlineElement, ...], str]], start: int, end: int) -> list[InlineRun]:
    runs, offset = [], 0
    for path, text in pieces:
        part = text[max(start - offset, 0) : max(end - offset, 0)]
        offset += len(text)
        if part:
            runs.append(InlineRun(path, part))
    return runs


def collapse_whitespace(line: list[InlineRun]) -> list[InlineRun]:
    """Return the line's runs with each stretch of white space as one space, and none at either end."""
    collapsed: list[InlineRun] = []
    for path, text in line:
        text = WHITESPACE.sub(" ", text or "")
        if not collapsed:
            text = text.lstrip()
        elif (collapsed[-1].text or "").endswith(" "):
            text = text.removeprefix(" ")
        if text:
            collapsed.append(InlineRun(path, text))
    return _strip_end(collapsed)


def _strip_end(line: list[InlineRun]) -> list[InlineRun]:
    while line:
        path, text = line.pop()
        if stripped := (text or "").rstrip():
            return [*line, InlineRun(path, stripped)]
    return line


def is_blank(runs: list[InlineRun]) -> bool:
    """Return whether nothing of the runs would be visible."""
    return not any(text and text.strip().strip(INVISIBLE) for _, text in runs)


def is_within_sentence(runs: list[InlineRun], place: int) -> bool:
    """Return whether words stand on the same line before and after the first `place` runs."""
    before, after = (takewhile(lambda run: run.text is not None, side) for side in (runs[:place][::-1], runs[place:]))
    return not is_blank(list(before)) and not is_blank(list(after))


def _split_lines(runs: list[InlineRun]) -> list[tuple[InlineRun | None, list[InlineRun]]]:
    """Return each line's runs with the break before it, None before the first."""
    lines: list[tuple[InlineRun | None, list[InlineRun]]] = [(None, [])]
    for run in runs:
        if run.text is None:
            lines.append((run, []))
        else:
            lines[-1][1].append(run)
    return lines

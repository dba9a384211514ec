"""Puts the lines of a PDF together: drops what every page repeats, joins words divided at line ends, and makes paragraphs of lines."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

EDGE_LINES = 2  # at the top and at the bottom of a page, among which headers and footers are looked for
MIN_REPEATING_PAGES = 3
REPEATING_SHARE = 0.4  # of the pages: some have one header on the left and another one on the right
SAME_SIZE, HEADING_SIZE = 0.06, 1.12  # how far sizes of type may differ; how much larger a heading is than the text
LARGE_GAP, LARGEST_GAP = 1.3, 3.0  # as multiples of the usual distance of two lines, and of the size of the type
INDENT = 0.6  # as a multiple of the size of the type
SHORT_LINE = 0.75  # of the length of a full line
MAX_HEADING_LENGTH = 200  # characters
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
DIVIDED = re.compile(r"([^\W\d_]+)[-\u2010]$")
BULLET = re.compile(r"[•‣▪–*]\s|\(?\d{1,2}[.)]\s")


class Line(NamedTuple):
    """A line of a page: where it begins, from the left and from below, and the size of its type, in points."""

    text: str
    x: float
    y: float
    size: float


class Paragraph(NamedTuple):
    """A paragraph or a heading."""

    text: str
    is_heading: bool
    size: float


Page = list[Line]


def build_paragraphs(pages: list[Page]) -> list[Paragraph]:
    """Return the paragraphs of the pages, in the order in which the file has their lines."""
    lines = [line for page in drop_repeated_lines(pages) for line in page]
    if not lines:
        return []
    body_size = find_body_size(lines)
    known = set(re.findall(r"[^\W\d_]+-[^\W\d_]+", " ".join(line.text for line in lines)))
    groups = group_lines(lines, build_break_test(lines, body_size))
    return [build_paragraph(group, body_size, known) for group in groups]


def drop_repeated_lines(pages: list[Page]) -> list[Page]:
    """Return the pages without the lines that stand at the edge of many of them and differ by numbers alone."""
    counts = Counter(key for page in pages for key in {make_key(line) for line in list_edge_lines(page)})
    wanted = max(MIN_REPEATING_PAGES, REPEATING_SHARE * len(pages)) if len(pages) > 2 else 2
    repeated = {key for key, count in counts.items() if count >= wanted and (len(pages) > 2 or "#" in key)}
    return [[line for line in page if not is_repeated(line, page, repeated)] for page in pages]


def list_edge_lines(page: Page) -> list[Line]:
    """Return the lines at the top and at the bottom of a page."""
    ordered = sorted(page, key=lambda line: line.y)
    return ordered[:EDGE_LINES] + ordered[-EDGE_LINES:]


def make_key(line: Line) -> str:
    """Return the words of a line with a sign for each number."""
    return re.sub(r"\d+", "#", " ".join(line.text.split()))


def is_repeated(line: Line, page: Page, repeated: set[str]) -> bool:
    """Return whether a line is one of those that the pages repeat, and stands where they do."""
    return make_key(line) in repeated and line in list_edge_lines(page)


def find_body_size(lines: list[Line]) -> float:
    """Return the size of type in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def build_break_test(lines: list[Line], body_size: float) -> Callable[[Line, Line], bool]:
    """Return a function that tells whether a paragraph ends between two lines."""
    body = [line for line in lines if is_same_size(line.size, body_size)]
    gaps = [gap for first, second in pairwise(body) if 0 < (gap := first.y - second.y) < LARGEST_GAP * body_size]
    usual_gap = median(gaps) if gaps else body_size
    lengths = sorted(len(line.text) for line in body)
    full_length = lengths[int(len(lengths) * 0.8)] if lengths else 0

    def is_break(first: Line, second: Line) -> bool:
        ends = bool(SENTENCE_END.search(first.text))
        if not is_same_size(first.size, second.size) or BULLET.match(second.text):
            return True
        gap, indent = first.y - second.y, second.x - first.x
        if gap <= 0 or gap > LARGEST_GAP**2 * body_size:  # on the next column or page
            return ends
        if first.size >= HEADING_SIZE * body_size:
            return gap > LARGE_GAP * first.size * 1.2
        if gap > LARGE_GAP * usual_gap:
            return True
        return ends and (len(first.text) < SHORT_LINE * full_length or INDENT * body_size < indent < 6 * body_size)

    return is_break


def is_same_size(one: float, other: float) -> bool:
    """Return whether two sizes of type are the same for the eye."""
    return abs(one - other) <= SAME_SIZE * max(one, other)


def group_lines(lines: Iterable[Line], is_break: Callable[[Line, Line], bool]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph."""
    group: list[Line] = []
    for line in lines:
        if group and is_break(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def build_paragraph(lines: list[Line], body_size: float, known: set[str]) -> Paragraph:
    """Return the paragraph of these lines; it is a heading if its type is larger than that of the text."""
    text = lines[0].text
    for line in lines[1:]:
        text = join_words(text, line.text, known)
    size = lines[0].size
    return Paragraph(text, size >= HEADING_SIZE * body_size and len(text) <= MAX_HEADING_LENGTH, size)


def join_words(text: str, line: str, known: set[str]) -> str:
    """Return a text with a further line: a divided word is one again, unless the document has it with its hyphen elsewhere."""
    if text.endswith("\u00ad"):
        return text[:-1] + line
    divided = DIVIDED.search(text)
    if not divided or not line[:1].islower():
        return f"{text} {line}"
    following = re.match(r"[^\W\d_]+", line)
    is_compound = following is not None and f"{divided[1]}-{following[0]}" in known
    return text + line if is_compound else text[:-1] + line

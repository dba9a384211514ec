"""Words that were edited, drawn inside the marks they stand in: the new ones in `ins`, the old ones as an attribute.

What was there before is never text: a style sheet shows it, and the text stays the revision's to the character.
"""

from typing import NamedTuple

from annotations.rendering.block_writer import Block, BlockWriter, escape_attribute
from annotations.rendering.spans import Span

MAX_OLD_WORDS_LENGTH = 400  # code points of old words that are shown


class Edit(NamedTuple):
    """Code points start to end of the new text stand for other words, of these highlights; none where words were taken out."""

    start: int
    end: int
    was: str
    ids: frozenset[str]

    def opening(self) -> str:
        if self.start == self.end:
            return f'<span class="was" data-was="{escape_attribute(self.was)}"></span>'
        return f'<ins class="edit" data-was="{escape_attribute(self.was)}">' if self.was else '<ins class="edit">'


def render_block(block: Block, spans: list[Span]) -> str:
    """Return the html of the block with the spans that touch it; they come sorted by start, the longer first."""
    if not spans:
        return block.html
    return EditWriter(block, spans).draw() if any(span.changes for span in spans) else BlockWriter(block, spans).draw()


def collect_edits(spans: list[Span]) -> list[Edit]:
    """The edits of these spans in order, none over another; what several highlights stand on is one edit."""
    found: dict[tuple[int, int], Edit] = {}
    for span in spans:
        for start, end, was in span.changes:
            key = min(max(start, span.start), span.end), max(min(end, span.end), span.start)
            known = found.get(key, Edit(*key, shorten_words(was), frozenset()))
            found[key] = known._replace(ids=known.ids | {span.id})
    apart: list[Edit] = []
    for edit in sorted(found.values(), key=lambda edit: (edit.start, -edit.end)):
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    return apart


def shorten_words(words: str) -> str:
    """Old words as one line, without their middle where they are very long."""
    line = " ".join(words.split())
    return (
        line
        if len(line) <= MAX_OLD_WORDS_LENGTH
        else f"{line[: MAX_OLD_WORDS_LENGTH // 2]} … {line[-MAX_OLD_WORDS_LENGTH // 2 :]}"
    )


class EditWriter(BlockWriter):
    """A pen that also draws what was edited."""

    def __init__(self, block: Block, spans: list[Span]):
        super().__init__(block, spans)
        begun = block.offset - 1  # what began before the line feed before the block has said there what was
        edits = [edit if edit.start >= begun else edit._replace(was="") for edit in collect_edits(spans)]
        self.edits = edits[::-1]
        self.at = block.offset

    def write(self, piece: str, start: int) -> None:
        self.at = start
        super().write(piece, start)

    def segment(self, text: str) -> None:
        super().segment(text)
        start, self.at = self.at, self.at + len(text)
        if self.lanes.ids:
            self.written[self.mark + 1] = "".join(self.corrected(text, start))

    def corrected(self, text: str, start: int):
        """The text of one mark with what was edited in it."""
        place, end = start, start + len(text)
        while self.edits and self.edits[-1].start <= end:
            edit = self.edits[-1]
            if not self.is_here(edit, place, end):
                if edit.start == end or edit.end > end:
                    break
                self.edits.pop()
                continue
            begin, stop = max(edit.start, place), min(edit.end, end)
            yield text[place - start : begin - start] + edit.opening()
            if begin < stop:
                yield text[begin - start : stop - start] + "</ins>"
            place = stop
            self.edits.pop()
            if edit.end > end:
                self.edits.append(edit._replace(start=end, was=""))
                break
        yield text[place - start :]

    def is_here(self, edit: Edit, place: int, end: int) -> bool:
        within = edit.start < end and edit.end > place if edit.start < edit.end else place <= edit.start <= end
        return within and not edit.ids.isdisjoint(self.lanes.ids)

"""Writes edited words inside their marks: the new ones in `ins`, the old ones as an attribute.

The old words are never text: a style sheet shows them, and the text stays the revision's to the character.
"""

from collections.abc import Iterator
from typing import NamedTuple

from annotations.rendering.block_writer import Block, BlockWriter, escape_attribute
from annotations.rendering.spans import Span
from newsreader.text.html.plaintext import elide_middle

MAX_OLD_WORDS_LENGTH = 400  # code points of old words that are shown


class Edit(NamedTuple):
    """Code points start to end of the new text replace other words, in these highlights; an empty place where words went."""

    start: int
    end: int
    old_words: str
    ids: frozenset[str]

    def render_start(self) -> str:
        """Return the start tag of the edit; a whole empty element where words were only deleted."""
        if self.start == self.end:
            return f'<span class="was" data-was="{escape_attribute(self.old_words)}"></span>'
        old_words = f' data-was="{escape_attribute(self.old_words)}"' if self.old_words else ""
        return f'<ins class="edit"{old_words}>'


def render_block(block: Block, spans: list[Span], is_compact: bool = False) -> str:
    """Return the html of the block with the spans that touch it; they come sorted by start, the longer first."""
    if not spans:
        return block.html
    writer = EditWriter if any(span.changes for span in spans) else BlockWriter
    return writer(block, spans, is_compact).write_block()


def collect_edits(spans: list[Span]) -> list[Edit]:
    """Return the edits of these spans in order, none over another; what several highlights stand on is one edit."""
    edits: dict[tuple[int, int], Edit] = {}
    for span in spans:
        for start, end, old_words in span.changes:
            place = min(max(start, span.start), span.end), max(min(end, span.end), span.start)
            edit = edits.get(place, Edit(*place, shorten_words(old_words), frozenset()))
            edits[place] = edit._replace(ids=edit.ids | {span.id})
    separate: list[Edit] = []
    for edit in sorted(edits.values(), key=lambda edit: (edit.start, -edit.end)):
        if not separate or edit.start >= separate[-1].end:
            separate.append(edit)
    return separate


def shorten_words(words: str) -> str:
    """Return old words as one line, without their middle where they are very long."""
    return elide_middle(" ".join(words.split()), MAX_OLD_WORDS_LENGTH // 2)


class EditWriter(BlockWriter):
    """A block writer that also writes edits."""

    def __init__(self, block: Block, spans: list[Span], is_compact: bool = False) -> None:
        super().__init__(block, spans, is_compact)
        first = block.offset - 1  # an edit that began before this has shown its old words in an earlier block
        edits = [edit if edit.start >= first else edit._replace(old_words="") for edit in collect_edits(spans)]
        self.edits = edits[::-1]
        self.position = block.offset

    def write_text(self, text: str, start: int) -> None:
        """Write a text node that begins at `start`."""
        self.position = start
        super().write_text(text, start)

    def write_segment(self, text: str) -> None:
        """Write a segment, and its edits where it is highlighted."""
        super().write_segment(text)
        start, self.position = self.position, self.position + len(text)
        if self.lanes.hues:
            self.output[self.mark_index + 1] = "".join(self.render_edits(text, start))

    def render_edits(self, text: str, start: int) -> Iterator[str]:
        """Yield the text of one mark with its edits; what goes on in the next mark is kept for it."""
        position, end = start, start + len(text)
        while self.edits and self.edits[-1].start <= end:
            edit = self.edits[-1]
            if not self.is_within(edit, position, end):
                if edit.start == end or edit.end > end:
                    break
                self.edits.pop()
                continue
            edit_start, edit_end = max(edit.start, position), min(edit.end, end)
            yield text[position - start : edit_start - start] + edit.render_start()
            if edit_start < edit_end:
                yield text[edit_start - start : edit_end - start] + "</ins>"
            position = edit_end
            self.edits.pop()
            if edit.end > end:
                self.edits.append(edit._replace(start=end, old_words=""))
                break
        yield text[position - start :]

    def is_within(self, edit: Edit, start: int, end: int) -> bool:
        """Return whether the edit touches this segment and belongs to a highlight that is drawn here."""
        if edit.start < edit.end:
            is_touching = edit.start < end and edit.end > start
        else:
            is_touching = start <= edit.start <= end
        return is_touching and not edit.ids.isdisjoint(self.lanes.lane_by_id)

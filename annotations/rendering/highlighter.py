"""Marks highlights in canonical article HTML, in one pass over the text; marks are flat, never nested."""

import re
from collections.abc import Iterator
from html import escape

from annotations.rendering.block_writer import Block
from annotations.rendering.edits import render_block
from annotations.rendering.spans import Span
from newsreader.text.html.markup import decode_entities, encode_entities, split_tags

UNSAFE_IN_ATTRIBUTE = re.compile("[&<>\"']")
BLOCK_SEPARATOR = re.compile(r'\n(?=<[a-z][a-z0-9]* id="p[0-9])')


def highlight(html: str, spans: list[Span]) -> str:
    """Return the canonical html with a mark around every passage; the text stays what it was.

    Ids are unique. What is out of range is clamped; a span without a character to draw leaves an empty anchor.
    """
    return "\n".join(highlight_blocks(html, spans)) if spans else html


def highlight_blocks(html: str, spans: list[Span], is_compact: bool = False) -> list[str]:
    """Return the top-level blocks of the canonical html as `highlight` marks them, or with the short lists of block_writer.py."""
    blocks = _split_blocks(encode_entities(html))
    ordered = _sort_spans(spans, blocks[-1].offset + blocks[-1].length)
    return [
        decode_entities(render_block(block, touching, is_compact)) for block, touching in _assign_spans(blocks, ordered)
    ]


def highlight_block(html: str, offset: int, spans: list[Span], is_compact: bool = False) -> str:
    """Return one top-level block as `highlight_blocks` marks it; its text begins at code point `offset` of the article.

    The spans are those of the whole article, or at least all that touch the block; others are ignored.
    """
    block = _make_block(encode_entities(html), offset)
    stop = offset + block.length + 1
    touching = [span for span in spans if span.start < stop and (span.end > offset or span.start >= offset)]
    ordered = _sort_spans(touching, max([stop, *(span.end for span in touching)]))
    return decode_entities(render_block(block, ordered, is_compact))


def _split_blocks(html: str) -> list[Block]:
    blocks, offset = [], 0
    for part in BLOCK_SEPARATOR.split(html):
        blocks.append(_make_block(part, offset))
        offset += blocks[-1].length + 1
    return blocks


def _make_block(html: str, offset: int) -> Block:
    parts = split_tags(html)
    return Block(html, parts, offset, len("".join(parts[::2])))


def _sort_spans(spans: list[Span], length: int) -> list[Span]:
    """Return the spans clamped to the text and safe in attributes, in the order they get lanes: the longer first."""
    if UNSAFE_IN_ATTRIBUTE.search("".join([span.id for span in spans])):
        spans = [span._replace(id=escape(span.id)) for span in spans]
    inside = [span if 0 <= span.start <= span.end <= length else _clamp_span(span, length) for span in spans]
    return sorted(inside, key=lambda span: (span.start, -span.end, span.id))


def _clamp_span(span: Span, length: int) -> Span:
    start = min(max(span.start, 0), length)
    return span._replace(start=start, end=min(max(span.end, start), length))


def _assign_spans(blocks: list[Block], spans: list[Span]) -> Iterator[tuple[Block, list[Span]]]:
    """Yield each block with the spans that touch it; the line feed after a block counts as its own."""
    upcoming, touching = 0, list[Span]()
    for block in blocks:
        stop = block.offset + block.length + 1
        while upcoming < len(spans) and spans[upcoming].start < stop:
            touching.append(spans[upcoming])
            upcoming += 1
        yield block, touching
        touching = [span for span in touching if span.end > stop]

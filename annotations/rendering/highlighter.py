"""Draws highlights into canonical article HTML as flat marks, in one pass over the text."""

import re
from collections.abc import Iterator
from html import escape

from annotations.rendering.block_writer import Block
from annotations.rendering.edits import draw
from annotations.rendering.spans import Span
from newsreader.text.html.markup import decode_entities, encode_entities, split_tags

UNSAFE = re.compile("[&<>\"']")
BETWEEN_BLOCKS = re.compile(r'\n(?=<[a-z][a-z0-9]* id="p[0-9])')


def highlight(html: str, spans: list[Span]) -> str:
    """Return the canonical html with a mark around every passage; the text stays what it was.

    Ids are unique. What is out of range is clamped; a span without a character to draw leaves an empty anchor.
    """
    if not spans:
        return html
    blocks = _blocks(encode_entities(html))
    ordered = _ordered(spans, blocks[-1].offset + blocks[-1].length)
    return decode_entities("\n".join(draw(block, touching) for block, touching in _dealt(blocks, ordered)))


def highlight_block(html: str, offset: int, spans: list[Span]) -> str:
    """Return one top-level block drawn as `highlight` draws it; its text begins at code point `offset` of the article.

    The spans are those of the whole article, or at least all that touch the block; others are passed over.
    """
    block = _block(encode_entities(html), offset)
    stop = offset + block.length + 1
    touching = [span for span in spans if span.start < stop and (span.end > offset or span.start >= offset)]
    return decode_entities(draw(block, _ordered(touching, max([stop, *(span.end for span in touching)]))))


def _blocks(html: str) -> list[Block]:
    blocks, offset = [], 0
    for part in BETWEEN_BLOCKS.split(html):
        blocks.append(_block(part, offset))
        offset += blocks[-1].length + 1
    return blocks


def _block(html: str, offset: int) -> Block:
    pieces = split_tags(html)
    return Block(html, pieces, offset, len("".join(pieces[::2])))


def _ordered(spans: list[Span], length: int) -> list[Span]:
    """Return the spans within the text and fit for attributes, in the order they get their lanes: the longer first."""
    if UNSAFE.search("".join([span.id for span in spans])):
        spans = [span._replace(id=escape(span.id)) for span in spans]
    inside = [span if 0 <= span.start <= span.end <= length else _clamped(span, length) for span in spans]
    return sorted(inside, key=lambda span: (span.start, -span.end, span.id))


def _clamped(span: Span, length: int) -> Span:
    start = min(max(span.start, 0), length)
    return span._replace(start=start, end=min(max(span.end, start), length))


def _dealt(blocks: list[Block], spans: list[Span]) -> Iterator[tuple[Block, list[Span]]]:
    """Yield each block with the spans that touch it; the line feed after a block counts as its own."""
    upcoming, touching = 0, []
    for block in blocks:
        stop = block.offset + block.length + 1
        while upcoming < len(spans) and spans[upcoming].start < stop:
            touching.append(spans[upcoming])
            upcoming += 1
        yield block, touching
        touching = [span for span in touching if span.end > stop]

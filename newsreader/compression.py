"""Compressed pages that are put together from parts: what many readers see alike is compressed once.

Each part is a run of deflate blocks (RFC 1951) that ends at a byte, and knows nothing of other parts but for what was kept
right before it; so their bytes, one after the other, are one gzip stream (RFC 1952) of the whole page.
"""

import zlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from secrets import randbelow

LEVEL = 6
WINDOW = 32_768  # bytes before a place that deflate looks back to
MAX_PADDING = 100  # bytes of random length in the header, so that the length of an answer tells nothing (BREACH)
HEADER = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"  # gzip, deflate, with a file name, no time, unknown system
LAST_BLOCK = b"\x03\x00"  # of a deflate stream: an empty one


class KeptHtml(str):
    """HTML of many pages, which is compressed once.

    `before` is what stands right before it in each page that has both, if that is kept, too.
    """

    __slots__ = ("__dict__",)
    before = ""

    @classmethod
    def after(cls, before: str, html: str) -> "KeptHtml":
        """Return HTML that always follows what is given."""
        kept = cls(html)
        kept.before = before[-WINDOW:]
        return kept

    @cached_property
    def compressed(self) -> bytes:
        """The deflate blocks that give it behind what stands before it."""
        return deflate(self, self.before)


def deflate(html: str, before: str = "") -> bytes:
    """Return deflate blocks of the HTML, up to a byte; they may refer to the HTML before it."""
    dictionary = before.encode()[-WINDOW:]
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zdict=dictionary)
    return compressor.compress(html.encode()) + compressor.flush(zlib.Z_SYNC_FLUSH)


def compress_page(parts: Iterable[str], content: bytes) -> bytes:
    """Return the gzip stream of a page, of its parts and its content, which are the same HTML."""
    end = zlib.crc32(content).to_bytes(4, "little") + (len(content) % 2**32).to_bytes(4, "little")
    return b"".join([HEADER, b"a" * randbelow(MAX_PADDING), b"\0", *compress_parts(parts), LAST_BLOCK, end])


def compress_parts(parts: Iterable[str]) -> Iterator[bytes]:
    """Yield the deflate blocks of the parts; those that are not kept are compressed together where they stand together."""
    before = ""
    for is_kept, group in groupby(parts, lambda part: isinstance(part, KeptHtml)):
        for part in group if is_kept else ["".join(group)]:
            if isinstance(part, KeptHtml) and before.endswith(part.before):
                yield part.compressed
            else:
                yield deflate(part, before)
            before = (before + part)[-WINDOW:]

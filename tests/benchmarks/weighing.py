"""How many bytes pages have: as they are made, and as a browser gets them."""

from benchmarks.browsing import Reader
from benchmarks.listing import pages
from benchmarks.reading import WORDS, address
from benchmarks.shelf import Shelf
from benchmarks.timing import Row

KILOBYTE = 1024
AS_BROWSERS_ASK = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def rows(reader: Reader, shelf: Shelf) -> list[Row]:
    """Nothing varies here, but for the token and the padding of compressed pages."""
    full, none = (address(shelf.revisions[WORDS, count]) for count in (1_000, 0))
    return [
        weight("page with 1,000 highlights, uncompressed", reader.get(full).body, 300),
        weight("page with 1,000 highlights, as sent", reader.get(full, **AS_BROWSERS_ASK).body, 60),
        weight("page without highlights, uncompressed", reader.get(none).body, 45),
        weight("50 passages, uncompressed", reader.get(pages(shelf)["50 passages"]).body, 60),
    ]


def weight(name: str, body: bytes, limit: float) -> Row:
    return Row(name, len(body) / KILOBYTE, limit, unit="KB", detail=f"{len(body):,} bytes")

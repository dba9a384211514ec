"""Archives: what is in them is imported, their names are nothing but names, and a bomb is refused."""

import struct
import time
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from books import chapters
from bulk import make_zip
from cases import each
from newsreader.importing.archives import MAX_FILES, ArchivedFile, LeftOut
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.sandbox.archive_runner import unpack_safely

PAGE = b"<p>Forty people were on board.</p>"
MANY_SECONDS = 10


@pytest.fixture
def unpack(tmp_path):
    """Unpack the bytes of an archive."""

    def unpack(data: bytes) -> list[ArchivedFile | LeftOut]:
        (tmp_path / "a.zip").write_bytes(data)
        return list(unpack_safely(tmp_path / "a.zip"))

    return unpack


def make_entry(name: str, mode: int = 0o100644, data: bytes = PAGE) -> bytes:
    """Return an archive of one entry of this mode."""
    target, entry = BytesIO(), ZipInfo(name)
    entry.external_attr, entry.compress_type = mode << 16, ZIP_DEFLATED
    with ZipFile(target, "w") as archive:
        archive.writestr(entry, data)
    return target.getvalue()


def set_flag(data: bytes, flag: int) -> bytes:
    """Return an archive of one entry with this flag."""
    place = data.index(b"PK\x01\x02") + 8
    return data[:place] + struct.pack("<H", flag) + data[place + 2 :]


def test_files_that_may_be_articles_come_out_and_clutter_stays_in(unpack):
    files = {"b/a.html": PAGE, "c.md": b"# C", "d.epub": chapters(one="x" * 300), "e.png": b"", "f/": b""}
    clutter = {"__MACOSX/a.html": b"", "g/._a.html": b"", "a_files/frame.html": b"", "a_files/x.js": b""}
    *found, others = unpack(make_zip(files | clutter))
    assert [(file.name, file.data, file.error) for file in found] == [
        (name, data, "") for name, data in files.items() if name not in ("e.png", "f/")
    ]
    assert others == LeftOut(1, ["e.png"])


def test_names_are_shown_and_never_used_as_paths(unpack, tmp_path):
    names = ["../../escaped.html", "/escaped.html", "C:\\escaped.html", "a/../../escaped.html", "\u202eescaped.html"]
    *found, _ = unpack(make_zip(dict.fromkeys(names, PAGE)))
    assert [file.data for file in found] == [PAGE] * 5
    assert list(tmp_path.parent.rglob("*escaped*")) == []


@each(
    ("archive", "sentence"),
    [
        (make_zip({"inner.zip": make_zip({"a.html": PAGE})}), "Archives within an archive are not opened"),
        (make_zip({"a.tar.gz": PAGE}), "Archives within an archive are not opened"),
        (make_entry("a.html", 0o120777, b"/etc/passwd"), "This is a link to another file"),
        (set_flag(make_entry("a.html"), 1), "protected by a password"),
        (make_zip({"a.html": b" " * 9_000_000}), "more than 200 times as large"),
        (make_zip({"a.html": b" " * 10_000_001}), "larger than 10 MB"),
        (make_entry("a.html", data=bytes(range(256))).replace(b"\x00\x01\x02\x03", b"\x04\x04\x04\x04", 1), "damaged"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence_and_the_others_are_not(archive, sentence, unpack):
    found, _ = unpack(archive)
    assert isinstance(found, ArchivedFile) and sentence in found.error


def make_bomb(number: int) -> bytes:
    """Return an archive in which so many entries share the same 9 MB, of which each unpacks to as much."""
    one = make_entry("a.html", data=Random(1).randbytes(20_000) * 460)
    start = one.index(b"PK\x01\x02")
    body, entry, end = one[:start], one[start : one.index(b"PK\x05\x06")], one[one.index(b"PK\x05\x06") :]
    counts = struct.pack("<HHLL", number, number, len(entry) * number, len(body))
    return body + entry * number + end[:8] + counts + end[20:]


@each(
    ("archive", "sentence"),
    [
        (make_zip({f"{number}.html": b"" for number in range(MAX_FILES + 1)}), "more than 10,000 files"),
        (make_bomb(60), "larger than 500 MB"),
        (make_bomb(60_000), "more than 10,000 files"),
        (make_zip({"a.png": b""}), "has no file that can be read here"),
        (b"PK\x03\x04" + b"nonsense" * 100, "damaged or not a ZIP file"),
        (b"", "damaged or not a ZIP file"),
        (make_zip({"a.html": PAGE})[:60], "damaged or not a ZIP file"),
    ],
)
def test_a_bomb_is_refused_in_seconds(archive, sentence, unpack):
    began = time.monotonic()
    with pytest.raises(ArticleImportError, match=sentence):
        unpack(archive)
    assert time.monotonic() - began < MANY_SECONDS

"""Many pages read by one process: as each would be read alone, and none can do anything to the next."""

import os
import signal
from pathlib import Path

import pytest

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.importer import extract_from_file
from newsreader.importing.sandbox import reader as reading
from newsreader.importing.sandbox.reader import PageReader
from newsreader.importing.sandbox.runner import extract_safely
from papers import LINES, make_pdf

PAGES = sorted((Path(__file__).parent.parent / "pages").glob("*.html"))


@pytest.fixture(scope="module")
def reader():
    with PageReader() as reader:
        yield reader


def test_each_page_is_read_as_it_is_alone(reader):
    for page in PAGES[:2]:
        assert extract_safely(page.read_bytes(), ask=reader.ask) == extract_safely(page.read_bytes())


def test_one_process_reads_page_after_page(reader):
    process = reader.start()
    for number in range(3):
        page = f"<h1>Night ferry {number}</h1><p>Forty people were on board when she left the pier on Sunday night.</p>"
        assert extract_safely(page.encode(), ask=reader.ask).title == f"Night ferry {number}"
    assert reader.process is process and process.poll() is None


def test_what_is_wrong_with_a_page_is_said_and_the_next_is_read(reader):
    for page, sentence in [(b"<p>Hello</p>", "No article"), (b"%PDF-1.7 ...", "damaged")]:
        with pytest.raises(ArticleImportError, match=sentence):
            extract_from_file("x", page, reader.ask)
    assert extract_from_file("x.pdf", make_pdf(LINES), reader.ask).html


def test_a_page_that_takes_too_long_is_ended_and_the_next_is_read(reader, monkeypatch):
    monkeypatch.setattr(reading, "get_max_seconds", lambda kind: 0)
    with pytest.raises(ArticleImportError, match="too long"):
        extract_safely(PAGES[0].read_bytes(), ask=reader.ask)
    monkeypatch.undo()
    assert extract_safely(PAGES[0].read_bytes(), ask=reader.ask).title


def test_a_process_that_was_killed_is_begun_again(reader):
    killed = reader.start()
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert extract_safely(PAGES[0].read_bytes(), ask=reader.ask).title


def test_the_process_ends_with_its_owner():
    with PageReader() as reader:
        process = reader.start()
    assert process.poll() is not None

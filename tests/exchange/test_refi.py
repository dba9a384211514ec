"""REFI-QDA projects: what is written is what the format asks, and is read back whole."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from annotations.exchange.bundle import TextSource
from annotations.exchange.record import HighlightRecord, TagRecord, UnreadableFileError
from annotations.exchange.refi_read import read_qdpx
from annotations.exchange.refi_write import RefiProject, write_qdpx
from cases import each

KEYS = [f"0198f3a0-1111-7222-8333-44445555666{n}" for n in range(8)]
WHEN = datetime(2026, 11, 18, 9, 30, 0, 12, tzinfo=UTC)
WORDS = "Naïve 🚢 figures,\n12 million & <more>."
TAGS = [
    TagRecord(KEYS[0], "cost", "", "What it costs", "sums", "guesses", 3),
    TagRecord(KEYS[1], "loss & <gain>", KEYS[0], "", "", "", 12, True),
]
TEXT = TextSource(KEYS[2], "Harbour “reopens”", WORDS, "https://example.org/a?b=1&c=2", "The Quay")
RECORD = HighlightRecord(
    id=KEYS[3],
    source=TEXT.address,
    article=TEXT.guid,
    title=TEXT.title,
    start=6,
    end=15,
    exact=WORDS[6:15],
    prefix=WORDS[:6],
    suffix=WORDS[15:],
    tags=("cost", "loss & <gain>"),
    note="Which *two*?\n\n<b>&",
    creator="alice",
    created=WHEN,
    modified=WHEN,
)
UNCLEAN = "\ufeff\ufffe\uffff" + "".join(map(chr, range(0xFDD0, 0xFDF0)))
CLEAN = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=UNCLEAN), max_size=30)


def make_project(records, text: TextSource = TEXT, tags=TAGS) -> RefiProject:
    return RefiProject(KEYS[4], "A study", ["alice"], tags, lambda: [(text, records)])


def packed(*given) -> bytes:
    file = io.BytesIO()
    write_qdpx(file, make_project(*given))
    return file.getvalue()


def tree(data: bytes):
    return etree.fromstring(ZipFile(io.BytesIO(data)).read("project.qde"))


def test_a_study_is_read_back_as_it_was_written():
    bundle = read_qdpx(packed([RECORD]))
    assert (bundle.records, bundle.tags, bundle.texts) == ([RECORD], TAGS, {TEXT.guid: TEXT})
    assert not bundle.problems


@given(CLEAN.filter(str.strip), CLEAN, CLEAN)
def test_any_words_come_back(words, note, title):
    text = TEXT._replace(text=words, title=title)
    place = {"start": 0, "end": len(words), "exact": words, "prefix": "", "suffix": ""}
    [record] = read_qdpx(packed([RECORD._replace(note=note, **place)], text)).records
    assert (record.exact, record.note, record.title) == (words.strip(), note, title)


def test_the_same_study_is_the_same_file_always():
    assert packed([RECORD]) == packed([RECORD])


def test_offsets_are_code_points_and_every_reference_leads_somewhere():
    data = packed([RECORD])
    root = tree(data)
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(set(guids)) == len([UUID(guid) for guid in guids])
    named = {
        value for element in root.iter() for key, value in element.items() if key in ("targetGUID", "creatingUser")
    }
    assert named <= set(guids)
    [source] = root.iter("{*}TextSource")
    text = ZipFile(io.BytesIO(data)).read(source.get("plainTextPath").replace("internal://", "sources/")).decode()
    [place] = root.iter("{*}PlainTextSelection")
    assert text[int(place.get("startPosition")) : int(place.get("endPosition"))] == RECORD.exact
    assert "\r" not in text


@pytest.mark.suites
@each("records", [[RECORD], [RECORD._replace(tags=(), note="", creator="", created=None)], []])
@each("tags", [TAGS, []])
def test_the_project_is_valid(records, tags):
    schema = etree.XMLSchema(etree.parse(Path(os.environ["NEWSREADER_SUITES"], "refi-qda/Project.xsd")))
    schema.assertValid(tree(packed(records, TEXT, tags)))


@each("place", [("-1", "3"), ("3", "3"), ("0", "9" * 30), ("x", "2"), ("٣", "4"), ("0", "999")])
def test_a_place_outside_the_text_is_a_problem(place):
    start, end = place
    qde = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Sources><TextSource guid="{KEYS[0]}" name="T">
    <PlainTextContent>words</PlainTextContent><PlainTextSelection guid="{KEYS[1]}" name="w" startPosition="{start}" endPosition="{end}"/>
    </TextSource><PDFSource guid="{KEYS[2]}" name="P"/></Sources></Project>"""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("project.qde", qde)
    bundle = read_qdpx(file.getvalue())
    assert bundle.records == []
    assert [problem.quote for problem in bundle.problems] == ["w", "P"]


def test_a_code_that_cannot_be_given_is_a_heading_unless_passages_have_it():
    folder = TagRecord(KEYS[0], "Folder", colour=1, heading_only=True)
    empty = TagRecord(KEYS[6], "Empty folder", colour=4, heading_only=True)
    leaf, retired = TagRecord(KEYS[1], "leaf", KEYS[0], colour=2), TagRecord(KEYS[5], "old", colour=3, retired=True)
    given = RECORD._replace(tags=("leaf",))
    assert read_qdpx(packed([given], TEXT, [folder, leaf, retired, empty])).tags == [folder, leaf, retired, empty]
    given = RECORD._replace(tags=("Folder",))
    assert read_qdpx(packed([given], TEXT, [folder, leaf])).tags[0] == folder._replace(heading_only=False)


def test_a_tag_in_use_goes_out_as_codable_and_a_heading_does_not():
    tags = [TagRecord(KEYS[0], "old", colour=1, retired=True), TagRecord(KEYS[1], "Folder", heading_only=True)]
    codes = tree(packed([RECORD._replace(tags=("old",))], TEXT, tags)).iter("{*}Code")
    assert {code.get("name"): code.get("isCodable") for code in codes} == {"old": "true", "Folder": "false"}


def test_a_file_that_is_no_archive_is_refused():
    with pytest.raises(UnreadableFileError):
        read_qdpx(b"PK\x03\x04 and nothing")

"""Files that would become far more than they are: what is read out of them is limited while it is read."""

import gzip
import io
import json
import tracemalloc
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from annotations.exchange.bundle import MAX_READ_TAGS
from annotations.exchange.detect import read_bundle
from annotations.exchange.record import UnreadableFileError
from cases import each

XML_NAMESPACE = "urn:QDA-XML:project:1.0"
MEGABYTE = 1_000_000
LAUGH = "&a{};"  # an entity by its number
LONG_NAME = "n" * 90_000
WORDS = " ".join(map(str, range(280_000)))  # 1.9 MB


def pack(entries: dict, compression: int = ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", compression) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


def qdpx(selections: str = "", parts: str = "", text: str | bytes = "Hello world", title: str = "t") -> bytes:
    """A project with one text, these selections on it, and whatever else its XML has."""
    source = f'<TextSource guid="t" name="{title}" plainTextPath="internal://t.txt">{selections}</TextSource>'
    qde = f'<Project xmlns="{XML_NAMESPACE}">{parts}<Sources>{source}</Sources></Project>'
    return pack({"project.qde": qde, "sources/t.txt": text})


def selection(start: int = 0, end: int = 5, inner: str = "") -> str:
    return f'<PlainTextSelection guid="s" startPosition="{start}" endPosition="{end}">{inner}</PlainTextSelection>'


def notes(number: int, words: str) -> str:
    each_note = (f'<Note guid="n{n}"><PlainTextContent>{words}</PlainTextContent></Note>' for n in range(number))
    return f"<Notes>{''.join(each_note)}</Notes>"


def note_refs(*numbers: int) -> str:
    return "".join(f'<NoteRef targetGUID="n{number}"/>' for number in numbers)


def codes(inner: str) -> str:
    return f"<CodeBook><Codes>{inner}</Codes></CodeBook>"


def nested_codes(depth: int) -> str:
    return codes("".join(f'<Code guid="c{n}" name="c{n}">' for n in range(depth)) + "</Code>" * depth)


def codebook(tags: list[dict]) -> bytes:
    """A collection of no annotations, with a codebook."""
    return json.dumps({"newsreader:codebook": tags, "items": []}).encode()


def chain(length: int) -> list[dict]:
    """Tags that each stand under the one before."""
    return [
        {"id": f"urn:uuid:{n}", "newsreader:name": f"c{n}", "newsreader:parent": f"urn:uuid:{n - 1}" if n else ""}
        for n in range(length)
    ]


def entities() -> bytes:
    """A billion laughs."""
    laughs = ['<!ENTITY a0 "lol">', *(f'<!ENTITY a{n + 1} "{LAUGH.format(n) * 10}">' for n in range(9))]
    doctype = f"<!DOCTYPE x [{''.join(laughs)}]>"
    return pack({"project.qde": f'{doctype}<Project xmlns="{XML_NAMESPACE}" name="&a9;">&a9;</Project>'})


def refusal(data: bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableFileError) as refused:
        read_bundle(data)
    assert str(refused.value).endswith(".")
    return str(refused.value)


EMPTY_TEXT = '<TextSource guid="{}"><PlainTextContent/></TextSource>'
CODE_REF = '<Coding><CodeRef targetGUID="c"/></Coding>'
TOO_LARGE, TOO_DEEP, TOO_MANY_TAGS = (
    "comes to more than 50 MB",
    "nested more than 32 levels deep",
    "more than 5,000 tags",
)
REFUSED = {
    "one note on many": (lambda: qdpx(selection(inner=note_refs(0)) * 1000, notes(1, LONG_NAME)), TOO_LARGE),
    "overlapping selections": (
        lambda: qdpx("".join(selection(n, n + 99_000) for n in range(1000)), text=WORDS[:101_000]),
        TOO_LARGE,
    ),
    "one title on many": (lambda: qdpx(selection() * 1000, title=LONG_NAME), TOO_LARGE),
    "one title in many problems": (lambda: qdpx(selection(-1) * 1000, title=LONG_NAME), TOO_LARGE),
    "one code on many": (
        lambda: qdpx(selection(inner=CODE_REF) * 1000, codes(f'<Code guid="c" name="{LONG_NAME}"/>')),
        TOO_LARGE,
    ),
    "many places outside": (lambda: qdpx(selection(-1) * 50_001), "more than 50,000 entries"),
    "many texts": (
        lambda: qdpx(f"</TextSource>{''.join(map(EMPTY_TEXT.format, range(5000)))}<TextSource>"),
        "more than 5,000 texts",
    ),
    "many codes": (lambda: qdpx(parts=codes('<Code guid="c" name="c"/>' * 5001)), TOO_MANY_TAGS),
    "many elements": (lambda: qdpx(parts="<a/>" * 2_000_001), "more than 2,000,000 elements"),
    "nested codes": (lambda: qdpx(parts=nested_codes(100)), TOO_DEEP),
    "nested tags": (lambda: codebook(chain(100)), TOO_DEEP),
    "many tags": (lambda: codebook(chain(1) * 5001), TOO_MANY_TAGS),
    "entities": (entities, "contains a document type declaration"),
}


@each("name", REFUSED)
def test_what_would_become_too_much_is_refused_in_a_sentence(name):
    make_file, sentence = REFUSED[name]
    assert sentence in refusal(make_file())


LEFT_OUT = {
    "one note named by one selection": (
        lambda: qdpx(selection(inner=note_refs(*[0] * 400)), notes(1, WORDS)),
        "Its note has more than 100,000 characters.",
    ),
    "many notes on one selection": (
        lambda: qdpx(selection(inner=note_refs(*range(20))), notes(20, LONG_NAME)),
        "Its note has more than 100,000 characters.",
    ),
    "selections of a whole text": (
        lambda: qdpx("".join(selection(n, len(WORDS)) for n in range(400)), text=WORDS),
        "Its quote has more than 100,000 characters.",
    ),
    "an archive in place of a text": (
        lambda: qdpx(selection(), text=gzip.compress(WORDS.encode())),
        "Its text is not encoded in UTF-8.",
    ),
    "a long note in JSON": (
        lambda: json.dumps([{"uri": "https://a.example", "text": WORDS, "target": [QUOTE]}]).encode(),
        "Its note has more than 100,000 characters.",
    ),
}
QUOTE = {"selector": [{"type": "TextQuoteSelector", "exact": "words"}]}


@each("name", LEFT_OUT)
def test_an_entry_that_is_too_long_is_left_out_without_being_put_together(name):
    make_file, reason = LEFT_OUT[name]
    data = make_file()
    tracemalloc.start()
    bundle = read_bundle(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(bundle.records), {problem.reason for problem in bundle.problems}) == (0, {reason})
    assert peak < 20 * MEGABYTE


def test_a_note_that_is_named_twice_comes_in_once():
    [record] = read_bundle(qdpx(selection(inner=note_refs(0, 1, 0)), notes(2, "Soon?"))).records
    assert record.note == "Soon?\n\nSoon?"


def test_no_entry_has_more_tags_than_are_read():
    table = "id,document,tag,content\n" + "".join(f"1,d,t{n},words\n" for n in range(1000))
    [record] = read_bundle(table.encode()).records
    assert record.tags == tuple(f"t{n}" for n in range(MAX_READ_TAGS))


def test_codes_may_be_nested_as_deep_as_people_nest_them():
    assert len(read_bundle(qdpx(parts=nested_codes(32))).tags) == 32
    assert len(read_bundle(codebook(chain(32))).tags) == 32


BAD_XML = '<!DOCTYPE x [<!ENTITY a "b">]><Project xmlns="urn:QDA-XML:project:1.0" name="&a;"/>'
DEEP_XML = '<Project xmlns="urn:QDA-XML:project:1.0">' + "<Code>" * 5000 + "</Code>" * 5000 + "</Project>"
DAMAGED = {
    "bomb": pack({"project.qde": b"0" * 30_000_000}, ZIP_DEFLATED),
    "traversal": pack({"../project.qde": "x"}),
    "absolute": pack({"/etc/project.qde": "x"}),
    "entries": pack({f"sources/{n}": "" for n in range(10_001)}),
    "entities": pack({"project.qde": BAD_XML}),
    "entities in UTF-16": pack({"project.qde": BAD_XML.encode("utf-16")}),
    "deep XML": pack({"project.qde": DEEP_XML}),
    "no project": pack({"a": "b"}),
    "cut off": pack({"project.qde": DEEP_XML})[:60],
    "cut off at its beginning": b"PK\x03\x04" + pack({"project.qde": DEEP_XML})[200:],
    "deep JSON": b"[" * 100_000,
    "closed deep JSON": b"[" * 100_000 + b"]" * 100_000,
    "NaN": b'[{"target": NaN}]',
    "huge number": b"[" + b"9" * 10_000 + b"]",
    "UTF-16": "[1]".encode("utf-16"),
    "Latin 1": b'[{"target": "\xe9"}]',
    "NUL": b'[{"target": "\x00"}]',
    "columns": b"document,content," + b"," * 100_000,
    "field": b"document,content\na," + b"b" * 5_000_000,
    "quote": b'document,content\na,"' + b"b" * 200,
    "nothing": b" ",
    "picture": b"\x89PNG\r\n\x1a\n\0\0",
}


REASONS = {
    "bomb": "unpacks to much more",
    "traversal": "points outside the archive",
    "absolute": "points outside the archive",
    "entries": "more than 10,000 entries",
    "entities": "contains a document type declaration",
    "entities in UTF-16": "contains a document type declaration",
    "deep XML": "not well-formed XML",
    "no project": "no project.qde",
    "cut off": "damaged or password-protected",
    "cut off at its beginning": "damaged or password-protected",
    "deep JSON": "nested too deep",
    "closed deep JSON": "nested too deep",
    "NaN": "damaged or nested",
    "huge number": "damaged or nested",
    "Latin 1": "not encoded in UTF-8",
    "field": "a cell of it is too large",
    "quote": "table is damaged",
    "picture": "it is an image",
}  # what is said of the others: that their format is not supported


@each("name", DAMAGED)
def test_a_damaged_file_is_refused_for_what_is_wrong_with_it(name):
    assert REASONS.get(name, "This file format is not supported") in refusal(DAMAGED[name])

"""REFI-QDA projects of other programs: what they say is read as they mean it, and what cannot be held is said."""

import codecs

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.refi_read import read_qdpx
from cases import each
from exchange.qdpx_files import code, coding, pack, selection

ROWS = "Row one is here.\r\nRow two is here.\r\nRow three is here.\r\n"
CODES = code("c1", "cost") + code("c2", "loss")


def read(*texts, **parts) -> ImportBundle:
    return read_qdpx(pack(*texts, **parts))


def quotes(bundle: ImportBundle) -> list[str]:
    return [record.exact for record in bundle.records]


def said(bundle: ImportBundle) -> str:
    return "\n".join(f"{problem.quote} {problem.reason}" for problem in [*bundle.problems, *bundle.notices])


THREE_ONCE, THREE_TWICE = ROWS.replace("\r", "").index("three"), ROWS.index("three")
LINE_ENDS = {  # text, start of "three", name, origin
    "once, by the name": (ROWS, THREE_ONCE, "three", "P"),
    "once, by a shortened name": (ROWS, THREE_ONCE, "thr…", "P"),
    "once, by the ends of words": (ROWS, THREE_ONCE, "", "P"),
    "once, by the program": (ROWS, THREE_ONCE, "", "ATLAS.ti 23"),
    "twice, by the rule": (ROWS, THREE_TWICE, "", "P"),
    "twice, by the name, whatever the program": (ROWS, THREE_TWICE, "three", "ATLAS.ti 23"),
    "twice, though the file has LF": (ROWS.replace("\r", ""), THREE_TWICE, "three", "P"),
    "mixed ends, by the rule": (ROWS.replace("\r", "", 1), THREE_TWICE - 1, "", "P"),
    "CR alone": (ROWS.replace("\n", ""), THREE_ONCE, "", "P"),
    "UTF-16 units": ("🚢🚢 " + ROWS.replace("\r", ""), THREE_ONCE + 5, "three", "P"),
    "units, and twice": ("🚢🚢 " + ROWS, THREE_TWICE + 5, "three", "P"),
    "a counted mark": ("\ufeff" + ROWS.replace("\r", ""), THREE_ONCE + 1, "three", "P"),
    "a mark that is not counted": ("\ufeff" + ROWS.replace("\r", ""), THREE_ONCE, "three", "P"),
    "control characters": ("\x02\x03 " + ROWS.replace("\r", ""), THREE_ONCE + 3, "", "P"),
}


@each("name", LINE_ENDS)
def test_offsets_mean_what_their_program_counts(name):
    text, start, label, origin = LINE_ENDS[name]
    bundle = read(("Rows", text.encode(), selection(start, start + 5, name=label)), origin=origin)
    assert quotes(bundle) == ["three"]
    [record] = bundle.records
    assert bundle.texts[record.article].text[record.start : record.end] == "three"


def test_arbitrary_places_follow_the_rule():
    bundle = read(("Rows", ROWS, selection(20, 24) + selection(25, 31)))
    assert quotes(bundle) == [ROWS[20:24].strip(), ROWS[25:31].strip()]


ENCODINGS = {
    "UTF-16 with a mark": "Café, 5 €".encode("utf-16"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE + "Café, 5 €".encode("utf-16-be"),
    "UTF-16 without a mark": "Café, 5 €".encode("utf-16-le"),
    "UTF-32": "Café, 5 €".encode("utf-32"),
    "UTF-8 with a mark": "Café, 5 €".encode("utf-8-sig"),
    "Windows-1252": "Café, 5 €".encode("cp1252"),
}


@each("name", ENCODINGS)
def test_texts_are_read_in_the_encodings_that_programs_write(name):
    bundle = read(("Menu", ENCODINGS[name], selection(0, 4)))
    assert (quotes(bundle), bundle.texts["t0"].text) == (["Café"], "Café, 5 €")
    assert ("is a guess" in said(bundle)) == (name == "Windows-1252")


def test_one_bad_byte_does_not_make_another_encoding():
    bundle = read(("Menu", "Café, thé, pâté ".encode() + b"\xff", selection(0, 4)))
    assert bundle.texts["t0"].text == "Café, thé, pâté \ufffd"


def test_bytes_of_no_text_are_refused_with_their_codings():
    bundle = read(("Photo", b"\x89PNG\r\n\x1a\n\0\0", selection(0, 4, coding("c1", "c2"))), codes=CODES)
    assert [(problem.quote, problem.number) for problem in bundle.problems] == [("Photo", 2)]


SAME_WORDS = {  # what is in the source: the tags and readers of each highlight
    "several codes": (selection(0, 5, coding("c1", "c2")), [(("cost", "loss"), "una")]),
    "one selection for each code": (
        selection(0, 5, coding("c1")) + selection(0, 5, coding("c2")),
        [(("cost", "loss"), "una")],
    ),
    "white space beside it": (
        selection(0, 5, coding("c1")) + selection(0, 6, coding("c2")),
        [(("cost", "loss"), "una")],
    ),
    "the same code twice": (selection(0, 5, coding("c1")) + selection(0, 5, coding("c1")), [(("cost",), "una")]),
    "two readers": (
        selection(0, 5, coding("c1")) + selection(0, 5, coding("c2"), by="v"),
        [(("cost",), "una"), (("loss",), "vera")],
    ),
    "two readers of one selection": (
        selection(0, 5, coding("c1") + coding("c2", by="v")),
        [(("cost",), "una"), (("loss",), "vera")],
    ),
    "other words": (
        selection(0, 5, coding("c1")) + selection(0, 9, coding("c2")),
        [(("cost",), "una"), (("loss",), "una")],
    ),
}


@each("name", SAME_WORDS)
def test_the_same_words_by_the_same_reader_are_one_highlight(name):
    inner, expected = SAME_WORDS[name]
    bundle = read(("Words", "Three more words", inner), codes=CODES)
    assert [(record.tags, record.creator) for record in bundle.records] == expected


def test_notes_of_selections_that_become_one_are_kept_and_long_ones_keep_them_apart():
    def noted(words: str, guid: str) -> str:
        return selection(0, 5, f"<Description>{words}</Description>{coding(guid)}")

    assert read(("W", "Three", noted("a", "c1") + noted("b", "c2")), codes=CODES).records[0].note == "a\n\nb"
    long = noted("a" * 6000, "c1") + noted("b" * 6000, "c2")
    assert [len(record.note) for record in read(("W", "Three", long), codes=CODES).records] == [6000, 6000]


BRANCHES = {
    "in two branches": (code("a", "A", code("1", "x", code("2", "child"))) + code("b", "B", code("3", "x")), "B > x"),
    "in capitals": (code("a", "A", code("1", "x")) + code("b", "B", code("3", "X")), "B > X"),
    "beside each other": (code("1", "x") + code("3", "x"), "x 2"),
    "below itself": (code("1", "x", code("3", "x")), "x > x"),
    "with white space": (code("a", "A", code("1", "x y")) + code("b", "B", code("3", " x  y ")), "B > x y"),
}


@each("name", BRANCHES)
def test_codes_of_one_name_stay_apart(name):
    codes, second = BRANCHES[name]
    text = ("T", "Three words", selection(0, 5, coding("3")))
    bundle = read(text, codes=codes)
    names = {tag.id: tag.name for tag in bundle.tags}
    assert (names["3"], bundle.records[0].tags) == (second, (second,))
    assert len(set(names.values())) == len(names)
    assert f"imported as “{second}”" in said(bundle)
    assert {tag.id: tag.parent for tag in bundle.tags}.get("2", "1") == "1"


def test_a_code_without_an_id_and_two_texts_of_one_id_are_kept_apart():
    more = '<TextSource guid="T0" name="Twin"><PlainTextContent>Other words</PlainTextContent></TextSource>'
    bundle = read(("T", "Three", ""), codes=code("", "a", code("", "b")), more=more)
    assert [(tag.name, bool(tag.parent)) for tag in bundle.tags] == [("a", False), ("b", True)]
    assert [text.text for text in bundle.texts.values()] == ["Three", "Other words"]


SET = '<Sets><Set guid="s" name="Group"><MemberCode targetGUID="c1"/>{}</Set></Sets>'


def test_folders_and_sets_are_headings():
    codes = code("f", "Folder", code("c1", "leaf"), "false") + code("e", "Empty", "", "0")
    bundle = read(codes=codes)
    assert [(tag.name, tag.heading_only, tag.retired) for tag in bundle.tags] == [
        ("Folder", True, False),
        ("leaf", False, False),
        ("Empty", True, False),
    ]
    bundle = read(codes=CODES, rest=SET.format(""))
    assert [(tag.name, tag.parent, tag.heading_only) for tag in bundle.tags] == [
        ("Group", "", True),
        ("cost", "s", False),
        ("loss", "", False),
    ]
    assert not said(bundle)
    assert "Members of the set “Group” that are left out of it" in said(
        read(codes=CODES, rest=SET.format('<MemberSource targetGUID="x"/>'))
    )
    used = read(("T", "Three", selection(0, 5, coding("f"))), codes=codes)
    assert not used.tags[0].heading_only


NOTE = '<Notes><Note guid="n" name="Memo"><PlainTextContent>It says so.</PlainTextContent></Note></Notes>'
REF, LINK = '<NoteRef targetGUID="n"/>', '<Links><Link guid="l" originGUID="{}" targetGUID="{}"/></Links>'
TEXT = ("Words", "Three more words", selection(0, 5, coding("c1")))


def test_memos_of_codes_are_definitions_and_memos_of_passages_notes():
    in_code = code("c1", "cost", f"<Description>Sums.</Description>{REF}")
    assert read(codes=in_code, rest=NOTE).tags[0].definition == "Sums.\n\nIt says so."
    assert read(codes=CODES, rest=NOTE + LINK.format("c1", "n")).tags[0].definition == "It says so."
    for inner, links in ((REF, ""), ("", LINK.format("s-0-5", "n")), ("", LINK.format("n", "s-0-5"))):
        bundle = read(("W", "Three", selection(0, 5, coding("c1") + inner)), codes=CODES, rest=NOTE + links)
        assert (bundle.records[0].note, said(bundle)) == ("It says so.", "")
    in_coding = f'<Coding guid="k"><CodeRef targetGUID="c1"/>{REF}</Coding>'
    assert read(("W", "Three", selection(0, 5, in_coding)), codes=CODES, rest=NOTE).records[0].note == "It says so."


PICTURE = (
    f'<PictureSource guid="p" name="Photo"><PictureSelection guid="q">{coding("c1")}</PictureSelection></PictureSource>'
)
LOST = {  # parts of a project, and the sentence that says what is left out
    "a coding of a whole text": ({"texts": [("W", "Three", coding("c1"))]}, "“W” as a whole has the tag “cost”"),
    "a memo of a text": ({"texts": [("W", "Three", REF)], "rest": NOTE}, "memo “Memo” of the text “W”"),
    "a linked memo of a text": ({"texts": [("W", "Three", "")], "rest": NOTE + LINK.format("T0", "n")}, "text “W”"),
    "a memo of the project": ({"rest": NOTE + REF}, "It says so. The memo “Memo” of the project"),
    "a memo of nothing": ({"rest": NOTE}, "belongs to no highlight"),
    "a memo that cannot be read": ({"rest": NOTE.replace("PlainTextContent", "X")}, "Memo Its text is not in the file"),
    "links of passages": ({"rest": LINK.format("a", "b")}, "Links between passages, texts or tags are left out: 1."),
    "variables": ({"rest": '<Variables><Variable guid="x" name="age"/></Variables>'}, "Variables are left out: 1."),
    "cases": ({"rest": "<Cases><Case guid='x'/><Case guid='y'/></Cases>"}, "Cases are left out: 2."),
    "graphs": ({"rest": "<Graphs><Graph guid='x'/></Graphs>"}, "Graphs are left out: 1."),
    "pictures": ({"more": PICTURE}, "Photo It is not plain text"),
    "a description of a text": (
        {"texts": [("W", "Three", "<Description>Heard in May.</Description>")]},
        "Heard in May. The description of “W”",
    ),
    "a description of the project": (
        {"rest": "<Description>Ours.</Description>"},
        "Ours. The description of the project",
    ),
    "a code that is missing": (
        {"texts": [("W", "Three", selection(0, 5, coding("zz")))]},
        "does not define are left out: 1.",
    ),
    "a point with a note": (
        {"texts": [("W", "Three", selection(2, 2, "<Description>Here?</Description>"))]},
        "Here? It is a point in “W”",
    ),
    "a formatted text": (
        {"more": '<TextSource guid="r" name="Rich" richTextPath="internal://r.docx"/>'},
        "Rich It is only in the file as a formatted document",
    ),
}


@each("name", LOST)
def test_what_cannot_be_held_is_said(name):
    parts, sentence = LOST[name]
    parts = {"codes": CODES} | parts
    assert sentence in said(read(*parts.pop("texts", ()), **parts))


def test_a_refused_source_says_how_many_codings_it_had():
    [problem] = read(
        codes=CODES, more=PICTURE.replace("</PictureSource>", coding("c1", "c2") + "</PictureSource>")
    ).problems
    assert (problem.quote, problem.number) == ("Photo", 3)


def test_an_address_within_a_description_is_no_address_of_the_text():
    for words in ("See https://example.org/a", "https://example.org/a for more", "https://example.org/a\nHeard in May"):
        bundle = read(("W", "Three", f"<Description>{words}</Description>"))
        assert bundle.texts["t0"].address == ""

"""Passages as Markdown, as JSON, as documents and as a page."""

import io
import json
import re
import zipfile
from html.parser import HTMLParser

from docx import Document
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotations.exchange import docx, jsonfile, markdown
from annotations.exchange.docx import write_docx
from annotations.exchange.files import make_safe_name
from annotations.exchange.formats import FORMATS
from annotations.exchange.print_html import write_print_html
from cases import each
from exchange.samples import DETAILS, list_passages, make_desk, make_passage

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
SIGNS = st.text("*_`#<>[]()!\\-+=1.|~&;:/ \nab", max_size=30)
CELLS = {
    ("red line", "The Quay"): [make_passage(1)],
    ("red line", "The Pier"): [],
    ("cost", "The Quay"): [make_passage(2, exact="Nine crowns")],
}


def words_of(html: str) -> str:
    """The text of a page, white space folded."""
    parts = []
    parser = HTMLParser()
    parser.handle_data = parts.append
    parser.feed(html)
    return " ".join("".join(parts).split())


def seen(markdown: str) -> str:
    return words_of(MarkdownIt("commonmark").render(markdown))


@given(TEXT | SIGNS)
@example("1. First")
@example("0)")
@example("- no list")
def test_markdown_reads_words_as_words(words):
    assert seen(markdown.escape_markdown(words)) == " ".join(words.split())


@given(TEXT | SIGNS)
def test_a_quotation_stays_a_quotation_in_markdown(words):
    html = MarkdownIt("commonmark").render(markdown.render_passage(make_passage(exact=f"a {words}", note=""), DETAILS))
    assert html.startswith("<blockquote>")
    assert words_of(html).startswith(" ".join(f"a {words}".split()))
    assert "<script" not in html and "<img" not in html


def test_markdown_tells_source_tags_reader_and_note():
    page = "".join(markdown.write_markdown(list_passages(make_passage()), DETAILS))
    assert (
        "[Harbour reopens](https://reader.example/highlights/00000000-0000-0000-0000-000000000001/), The Quay, Ines Molnar, 18 Nov 2026"
        in page
    )
    assert "#red-line (alice)" in page and "\nWho *says* so?\n" in page


@each("write", [markdown.write_markdown, write_print_html])
def test_a_desk_has_its_headings_once_and_says_where_nothing_is(write):
    page = "".join(write(make_desk(CELLS), DETAILS))
    shown = words_of(page) if "<html" in page else seen(page)
    order = ["red line", "The Quay", "reopened on Monday", "The Pier", "No passages.", "cost", "Nine crowns"]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
    assert len(re.findall(r"(?m)^## |<h2>", page)) == 2


def test_a_folder_has_a_note_for_each_article_and_each_tag():
    sections = list_passages(
        make_passage(1), make_passage(2, exact="Nobody"), make_passage(3, slug="b", article="../b: <c>?", tags=[])
    )
    archive = zipfile.ZipFile(io.BytesIO(b"".join(markdown.write_folder(sections, DETAILS))))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        "about.md",
        "articles/Harbour reopens.md",
        "articles/b c.md",
        "tags/positions.md",
        "tags/red-line.md",
    ]
    note = archive.read("articles/Harbour reopens.md").decode()
    matter = dict(part.split(": ", 1) for part in note.split("---")[1].strip().splitlines())
    assert json.loads(matter["title"]) == "Harbour reopens" and json.loads(matter["tags"]) == ["red-line"]
    assert note.count("> reopened on Monday") == 1 and "[[red-line]]" in note and "> Nobody" in note


@given(st.text(max_size=40))
def test_a_file_name_is_safe_and_taken_once(words):
    taken: set[str] = set()
    names = [make_safe_name(words, taken, ".md") for _ in range(3)]
    assert len({name.casefold() for name in names}) == 3
    for name in names:
        assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', name)
        assert name.removesuffix(".md").strip(". ") and len(name) < 100


@each("words", ["..", "../../etc/passwd", "con", "NUL.txt", "a/b\\c", " . ", "", "x" * 500])
def test_no_name_leads_elsewhere(words):
    name = make_safe_name(words, set(), ".md")
    assert "/" not in name and "\\" not in name and not name.startswith(".") and not re.match(r"(?i)(con|nul)\.", name)


@each("words", ["😀" * 90, "漢" * 90, "𠀀" * 90, "👩‍👩‍👧" * 40, "e\u0301" * 90])
def test_a_file_name_has_no_more_bytes_than_file_systems_take(words):
    taken: set[str] = set()
    names = [make_safe_name(words, taken, ".md") for _ in range(3)]
    assert max(len(name.encode()) for name in names) <= 255
    assert all(not name.removesuffix(".md").endswith("\u200d") for name in names)


@each(("one", "other"), [("Café", "Cafe\u0301"), ("가", "\u1100\u1161"), ("Straße", "STRASSE")])
def test_names_that_a_file_system_takes_for_one_are_told_apart(one, other):
    taken: set[str] = set()
    assert [make_safe_name(words, taken) for words in (one, other)][1].endswith(" 2")


@each("words", ["com¹", "LPT³.txt", "\u200b", "\u2060.\u200b"])
def test_names_that_are_none_get_one(words):
    assert make_safe_name(words, set()).startswith(("file ", "untitled"))


@given(TEXT, TEXT)
def test_json_tells_everything(quote, note):
    made = make_passage(exact=quote, note=note)
    told = json.loads("".join(jsonfile.write_json(list_passages(made, make_passage(2)), DETAILS)))
    assert [passage["id"] for passage in told["passages"]] == [str(made.id), str(make_passage(2).id)]
    first = told["passages"][0]
    assert (first["quote"], first["note"], first["tags"]) == (quote, note, ["red line"])
    assert first["article"]["published"] == "2026-11-18T09:30:00+00:00"
    assert told["codebook"][1]["parent"] == "Positions"


@each("sections", [list_passages(), [], make_desk({("a", "b"): []})])
def test_json_of_nothing_is_json(sections):
    assert json.loads("".join(jsonfile.write_json(sections, DETAILS)))["passages"] == []


def paragraphs(sections) -> list[str]:
    document = Document(io.BytesIO(b"".join(write_docx(sections, DETAILS))))
    return [paragraph.text for paragraph in document.paragraphs]


def test_a_document_has_headings_quotations_and_links():
    content = b"".join(write_docx(make_desk(CELLS), DETAILS))
    document = Document(io.BytesIO(content))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert ("Heading 1", "red line") in styles and ("Heading 2", "The Pier") in styles
    assert ("Quote", "reopened on Monday") in styles
    targets = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert targets == {DETAILS.make_permalink(make_passage(1)), DETAILS.make_permalink(make_passage(2))}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_document_takes_any_words(words):
    assert any(
        "q" in text
        for text in paragraphs(list_passages(make_passage(exact=f"q{words}", article=words, note=words, tags=[words])))
    )


def test_a_document_says_where_it_ends(monkeypatch):
    monkeypatch.setattr(docx, "MAX_PASSAGES", 2)
    passages = [make_passage(number) for number in (1, 2, 3)]
    assert paragraphs(list_passages(*passages))[-1] == "These are the first 2 passages; a document holds no more."
    assert "holds no more" not in paragraphs(list_passages(*passages[:2]))[-1]


@given(TEXT | st.sampled_from(["<script>x</script>", '"><img src=x>', "</style><b>"]))
def test_a_page_to_print_runs_nothing(words):
    fields = {"exact": words, "article": words, "source": words, "byline": words, "tags": [words], "reader": words}
    sections = list_passages(make_passage(**fields, language=words))
    page = "".join(write_print_html(sections, DETAILS._replace(project=words, selection=words)))
    assert not re.search(r"<(script|img|b>)", page)


def test_an_article_of_no_known_origin_still_has_its_link():
    page = "".join(
        markdown.write_markdown(list_passages(make_passage(source="", byline="", published_at=None)), DETAILS)
    )
    assert f"[Harbour reopens]({DETAILS.make_permalink(make_passage())})" in page


ARABIC = {"exact": "أعيد فتح الميناء", "article": "الميناء", "language": "ar", "direction": "rtl", "note": "من قال؟"}
PERSIAN = {"exact": "بندر باز شد", "article": "بندر", "language": "fa-IR", "direction": "rtl", "tags": ["خط قرمز"]}
HEBREW = {"exact": "2026 – הנמל נפתח", "article": "Port: הנמל", "language": "he", "direction": "rtl"}


def list_right_to_left(document) -> list[str]:
    """Return the words of the paragraphs that are set from right to left."""
    return [paragraph.text for paragraph in document.paragraphs if paragraph._p.xpath("w:pPr/w:bidi")]


@each("fields", [ARABIC, PERSIAN, HEBREW])
def test_a_document_sets_words_from_right_to_left(fields):
    sections = make_desk({("כותרת", "Column"): [make_passage(1, **fields), make_passage(2)]})
    document = Document(io.BytesIO(b"".join(write_docx(sections, DETAILS._replace(project="פרויקט")))))
    passage = make_passage(1, **fields)
    shown = list_right_to_left(document)
    assert {"פרויקט", "כותרת", passage.exact} < set(shown)
    assert not {"Column", "reopened on Monday", "Who *says* so?"} & (set(shown) - {passage.note})
    quotation = next(paragraph for paragraph in document.paragraphs if paragraph.text == passage.exact)
    (run,) = quotation.runs
    assert run.font.rtl and run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == passage.language
    order = [child.tag for child in run._r.rPr]
    assert order == sorted(order, key=[qn("w:rtl"), qn("w:lang")].index)


@each("fields", [ARABIC, PERSIAN, HEBREW])
def test_a_page_to_print_sets_words_from_right_to_left(fields):
    sections = make_desk({("כותרת", "Column"): [make_passage(1, **fields), make_passage(2)]})
    page = "".join(write_print_html(sections, DETAILS))
    assert '<h2 dir="rtl"><bdi>כותרת' in page and "<h3><bdi>Column" in page
    assert f'dir="rtl">{fields["exact"]}</blockquote>\n<p class="from" dir="rtl">' in page
    assert '<html lang="ar" dir="rtl">' in "".join(write_print_html(sections, DETAILS._replace(language="ar")))


def test_every_format_has_a_file_name_that_no_other_has():
    assert len({kind.suffix for kind in FORMATS.values()}) == len(FORMATS)

"""What a preview counts is what is made, or nothing is."""

import json
from typing import NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.errors import PlanMismatchError, StaleError
from annotations.exchange.codebook_formats import CODEBOOK_FORMATS
from annotations.exchange.detect import read_bundle
from annotations.exports.records import load_tag_records
from annotations.imports import apply, new_texts, views
from annotations.imports.apply import apply_import
from annotations.imports.batches import Import
from annotations.imports.plan import ImportPlan
from annotations.imports.planning import plan_import
from annotations.models import Highlight, HighlightTag, Project, Tag
from cases import each
from conftest import signed_in
from exchange.qdpx_files import code, coding, pack, selection
from newsreader.models import Article
from newsreader.text.html.plaintext import text_of
from texts import PAGE, extracted
from working import run_queued_tasks

CODES = code("c1", "cost") + code("c2", "loss")
SPACES = "Speaker 1:   Hello  there.\n\n\n  \nSpeaker 2:\tAnd\u00a0 hello\u3000 to you. \n  Bye."


class Made(NamedTuple):
    """Rows of a project, and articles of the library."""

    highlights: int
    tags: int
    pairs: int
    articles: int


def plan_of(project: Project, who, data: bytes) -> ImportPlan:
    return plan_import(project.with_role_of(who), who, read_bundle(data))


def promised(plan: ImportPlan) -> Made:
    planned = [*plan.highlights, *plan.on_new_texts]
    pairs = sum(len(set(highlight.tags)) for highlight in planned)
    return Made(plan.highlight_count, len(plan.new_tags), pairs, len(plan.new_articles))


def count_rows() -> Made:
    rows = (Highlight.objects.standing(), Tag.objects.without_tree_fields(), HighlightTag.objects, Article.objects)
    return Made(*(found.count() for found in rows))


def imported(project: Project, who, data: bytes) -> tuple[ImportPlan, Made]:
    """What was promised, and how many rows were made."""
    plan, before = plan_of(project, who, data), count_rows()
    assert before == count_rows()
    apply_import(Import(project, who, "file"), read_bundle(data), plan.fingerprint)
    return plan, Made(*(after - earlier for after, earlier in zip(count_rows(), before, strict=True)))


def test_one_id_for_two_passages_loses_neither(project, alice, revision):
    key = "urn:uuid:0198f3a0-1111-7222-8333-444455556666"
    Article.objects.filter(pk=revision.article_id).update(url="https://quay.example/harbour")
    rows = [quoted(words, id=key) for words in ("reopened on Monday", "Two cranes fell", "Two cranes fell")]
    plan, made = imported(project, alice, annotations(*rows))
    assert (made.highlights, len(plan.already_present), plan.problems) == (2, 1, [])


def test_a_name_that_only_its_bytes_change_is_no_news(project, alice):
    plan = plan_of(project, alice, 'name,description\nCafe\u0301,x\nz\u200bz,y\n"a, b",z\n'.encode())
    assert [notice.values["new"] for notice in plan.notices] == ["a b"]


def every_place(text: str, step: int = 3) -> str:
    return "".join(selection(n, n + 4, coding("c1")) for n in range(0, len(text) - 4, step))


def annotations(*rows: dict) -> bytes:
    return json.dumps(list(rows)).encode()


def quoted(words: str, **fields) -> dict:
    selector = {"type": "TextQuoteSelector", "exact": words}
    return {"uri": "https://quay.example/harbour", "target": [{"selector": [selector]}], "tags": ["x"], **fields}


KEY = "0198f3a0-1111-7222-8333-44445555666"
FILES = {
    "runs of spaces, empty lines": lambda: pack(("T", SPACES, every_place(SPACES)), codes=CODES),
    "line ends": lambda: pack(
        ("T", "a  b\r\n\r\nc\rd  e f\n g", every_place("a  b\r\n\r\nc\rd  e f\n g", 1)), codes=CODES
    ),
    "marks and controls": lambda: pack(
        ("T", "\ufeffa\x00b\x1f c \x7f d\u200be", every_place("a b  c   d e", 1)), codes=CODES
    ),
    "markup": lambda: pack(
        ("T", "<p>a &amp; b</p> &eacute; <script>x</script> &#65;", every_place("x" * 45)), codes=CODES
    ),
    "characters of several code points": lambda: pack(
        ("T", "e\u0301🏽‍🚀 नि 👩‍🚀 क्ष", every_place("x" * 14, 1)), codes=CODES
    ),
    "merged": lambda: pack(
        ("T", "Three words", selection(0, 5, coding("c1")) + selection(0, 6, coding("c2"))), codes=CODES
    ),
    "twins in one file": lambda: pack(
        ("T", "Three  words", selection(0, 5, coding("c1"))),
        ("U", "Three\nwords", selection(6, 11, coding("c2"))),
        codes=CODES,
    ),
    "two texts of one address": lambda: pack(
        ("T", "First text", f"<Description>https://a.example/x</Description>{selection(0, 5, coding('c1'))}"),
        ("U", "Second text", f"<Description>https://a.example/x</Description>{selection(0, 6, coding('c2'))}"),
        codes=CODES,
    ),
    "empty texts": lambda: pack(("T", "\n", selection(0, 1)), ("U", "", ""), ("V", " \t", ""), codes=CODES),
    "codes of one name": lambda: pack(
        ("T", "Three words", selection(0, 5, coding("1", "2", "3"))),
        codes=code("a", "A", code("1", "x")) + code("b", "B", code("2", "X")) + code("3", "x,"),
    ),
    "codes of one key": lambda: pack(codes=code(f"{KEY}7", "x") + code(f"a{KEY}7", "y")),
    "long names": lambda: pack(
        ("T", "Three words", selection(0, 5, coding("1", "2"))),
        codes=code("1", "n" * 95 + "1") + code("2", "n" * 95 + "2"),
    ),
    "names of nothing": lambda: pack(
        ("T", "Three", selection(0, 5, coding("1"))), codes=code("1", "") + code("2", ",")
    ),
    "long notes": lambda: pack(
        ("T", "Three", selection(0, 5, "<Description>" + "&lt;" * 9_000 + "</Description>")),
        ("U", "Four", selection(0, 4, "<Description>" + "a" * 10_001 + "</Description>")),
    ),
    "long descriptions": lambda: pack(codes=code("1", "x", "<Description>" + "d" * 5_000 + "</Description>")),
    "too many lines": lambda: pack(("T", "a\n" * 50_001, selection(0, 1, coding("c1"))), codes=CODES),
    "a problem, then the same key": lambda: annotations(
        quoted("nowhere here", id=f"urn:uuid:{KEY}1"), quoted("reopened on Monday", id=f"urn:uuid:{KEY}1")
    ),
    "the same entry twice": lambda: annotations(*[quoted("reopened on Monday", id=f"urn:uuid:{KEY}2")] * 2),
    "tags in other letters": lambda: annotations(quoted("reopened on Monday", tags=["X", "x", " x ", "y,"])),
    "a table": lambda: (
        b"id,document,tag,content\n1,Harbour reopens,a,Two cranes fell\n1,Harbour reopens,A,Two cranes fell\n"
    ),
    "an entry without words, then the same key": lambda: annotations(
        quoted("", id=f"urn:uuid:{KEY}4"), quoted("reopened on Monday", id=f"urn:uuid:{KEY}4")
    ),
    "tags of one id": lambda: json.dumps(
        {
            "items": [quoted("reopened on Monday", tags=["red line", "cost"])],
            "newsreader:codebook": [
                {"id": f"urn:uuid:{KEY}3", "newsreader:name": name} for name in ("red line", "red line", "cost")
            ],
        }
    ).encode(),
    "a codebook": lambda: b"name,description,parent\nA,,\nx,one,A\nB,,\nx,two,B\nlost,,nowhere\n",
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_promised_is_made(name, curator):
    Article.objects.store(extracted(PAGE, title="Harbour reopens", url="https://quay.example/harbour"))
    project, data = Project.objects.create_owned("Study", owner=curator), FILES[name]()
    plan, made = imported(project, curator, data)
    assert made == promised(plan)
    read = read_bundle(data)
    assert len(read.records) + sum(problem.number for problem in read.problems) == (
        plan.highlight_count + len(plan.already_present) + plan.left_out_count
    )
    again = plan_of(project, curator, data)
    assert (again.highlight_count, again.new_tags, again.new_articles) == (0, [], [])


def test_another_note_on_a_highlight_that_is_here_is_said(curator):
    Article.objects.store(extracted(PAGE, title="Harbour reopens", url="https://quay.example/harbour"))
    project = Project.objects.create_owned("Study", owner=curator)
    imported(project, curator, annotations(quoted("reopened on Monday", text="First")))
    assert plan_of(project, curator, annotations(quoted("reopened on Monday", text=" First "))).notices == []
    plan = plan_of(project, curator, annotations(quoted("reopened on Monday", text="Second")))
    assert (plan.highlight_count, len(plan.already_present)) == (0, 1)
    assert [(notice.quote, "“Second”" in notice.reason) for notice in plan.notices] == [("reopened on Monday", True)]


def test_highlights_stand_on_the_words_that_the_file_means(curator):
    places = [(0, 18), (13, 25), (SPACES.index("And"), len(SPACES)), (SPACES.index("Bye"), len(SPACES))]
    data = pack(("Talk", SPACES, "".join(selection(*place) for place in places)))
    imported(Project.objects.create_owned("Study", owner=curator), curator, data)
    words = [SPACES[start:end].split() for start, end in places]
    assert [highlight.exact.split() for highlight in Highlight.objects.order_by("start", "-end")] == words


def test_words_that_occur_often_stand_where_the_file_says(curator):
    text = "yes  no " * 60
    data = pack(("Yes", text, "".join(selection(n, n + 3, guid=str(n)) for n in range(0, 480, 8))))
    project = Project.objects.create_owned("Study", owner=curator)
    assert imported(project, curator, data)[1].highlights == 60
    other = Project.objects.create_owned("The text is here already", owner=curator)
    plan, made = imported(other, curator, data)
    assert (made, plan.new_articles, plan.problems) == (Made(60, 0, 0, 0), [], [])
    assert len(set(Highlight.objects.filter(project=other).values_list("start", flat=True))) == 60


def test_nothing_lands_in_another_document_of_the_same_title(curator, alice):
    def interview(words: str) -> bytes:
        text = f"{words} Yes, I agree with that."
        return pack(("Interview 8", text, selection(text.index("Yes"), len(text), coding("c1"))), codes=CODES)

    imported(Project.objects.create_owned("First", owner=curator), curator, interview("Anna asks."))
    other = Project.objects.create_owned("Second", owner=alice)
    plan, made = imported(other, alice, interview("Cara answers."))
    assert (made.highlights, made.articles) == (0, 0)
    assert [(problem.number, "only curators" in problem.reason) for problem in plan.problems] == [(1, True)]
    plan, made = imported(Project.objects.create_owned("Third", owner=curator), curator, interview("Cara answers."))
    assert (made.highlights, made.articles) == (1, 1)


def test_equal_names_come_in_as_two_tags_with_their_children(curator):
    child = code("c", "child")
    codes = code("a", "A", code("1", "x", child)) + code("b", "B", code("2", "x", child.replace('"c"', '"d"')))
    project = Project.objects.create_owned("Study", owner=curator)
    plan, _ = imported(project, curator, pack(codes=codes))
    parents = {tag.name: tag.parent and tag.parent.name for tag in project.tags.without_tree_fields()}
    assert parents == {"A": None, "x": "A", "child": "x", "B": None, "B > x": "B", "B > x > child": "B > x"}
    assert ["B > x" in notice.reason for notice in plan.notices] == [True, True]


@each("what", ["text", "rows", "refused"])
def test_where_something_else_would_be_made_nothing_is(what, curator, monkeypatch):
    data = pack(("T", "Three  words", selection(0, 5, coding("c1"))), codes=CODES)
    project = Project.objects.create_owned("Study", owner=curator)
    plan, before = plan_of(project, curator, data), count_rows()

    def refuse(html: str) -> str:
        raise ValueError

    with monkeypatch.context() as changed:
        if what == "rows":
            changed.setattr(apply, "count_made", lambda batches: 0)
        else:
            changed.setattr(new_texts, "clean", refuse if what == "refused" else lambda html: '<p id="p1">Other</p>')
        with pytest.raises(PlanMismatchError):
            apply_import(Import(project, curator, "file"), read_bundle(data), plan.fingerprint)
    assert count_rows() == before


def test_a_promise_that_cannot_be_kept_is_said_on_the_page(curator_client, curator, monkeypatch):
    project = Project.objects.create_owned("Study", owner=curator)
    address = f"/projects/{project.slug}/import/"
    table = "name,description\nA,\n"
    answer = curator_client.post(address, {"pasted": table})
    monkeypatch.setattr(apply, "count_made", lambda batches: 7)
    answer = curator_client.post(address, {"ticket": answer.context["ticket"]})
    assert (answer.status_code, Tag.objects.filter(project=project).count()) == (409, 0)
    assert "Nothing was imported." in answer.content.decode()


def test_a_worker_takes_back_what_was_not_promised(curator_client, curator, monkeypatch):
    monkeypatch.setattr(views, "MAX_DIRECT_LENGTH", 1)
    project = Project.objects.create_owned("Study", owner=curator)
    address = f"/projects/{project.slug}/import/"
    data = pack(("T", "Three  words", selection(0, 5, coding("c1"))), codes=CODES)
    answer = curator_client.post(address, {"file": SimpleUploadedFile("x", data)})
    answer = curator_client.post(address, {"ticket": answer.context["ticket"]})
    monkeypatch.setattr(new_texts, "clean", lambda html: '<p id="p1">Other</p>')
    run_queued_tasks()
    assert (
        "have differed from the preview. Nothing was imported."
        in curator_client.get(answer["Location"]).content.decode()
    )
    assert count_rows() == Made(0, 0, 0, 0)


def test_a_text_that_somebody_has_stored_meanwhile_makes_the_plan_stale(curator, monkeypatch):
    data = pack(("T", "Three  words", selection(0, 5, coding("c1"))), codes=CODES)
    project = Project.objects.create_owned("Study", owner=curator)
    plan, confirm = plan_of(project, curator, data), apply.confirm_plan

    def confirm_and_store(*args):
        found = confirm(*args)
        Article.objects.store(new_texts.convert_text(next(iter(found.new_texts.values()))))
        return found

    monkeypatch.setattr(apply, "confirm_plan", confirm_and_store)
    with pytest.raises(StaleError):
        apply_import(Import(project, curator, "file"), read_bundle(data), plan.fingerprint)
    assert not Highlight.objects.exists()


def test_a_preview_says_whose_the_highlights_on_new_texts_will_be(curator):
    project = Project.objects.create_owned("Study", owner=curator)
    data = pack(("T", "Three words here", selection(0, 5, coding("c1"), by="v")), codes=CODES)
    assert plan_of(project, curator, data).creators == [("vera", str(curator))]


def test_a_preview_lists_what_is_left_out(curator_client, curator):
    project = Project.objects.create_owned("Study", owner=curator)
    picture = f'<PictureSource guid="p" name="Photo">{coding("c1", "c2")}</PictureSource>'
    data = pack(("W", "Three", coding("c1")), codes=CODES, more=picture)
    page = curator_client.post(f"/projects/{project.slug}/import/", {"file": SimpleUploadedFile("x", data)})
    shown = " ".join(page.content.decode().split())
    assert "Left out or changed" in shown and "“W” as a whole has the tag “cost”" in shown
    assert "2 could not be matched" in shown and "Left out with it: 2 highlights or codings." in shown


@each("name", CODEBOOK_FORMATS)
def test_a_codebook_goes_out_and_comes_back_the_same(name, curator):
    project = Project.objects.create_owned(f"Study {name}", owner=curator)
    above = Tag.objects.add_tag(project, "Means", by=curator, heading_only=True, colour=3)
    Tag.objects.add_tag(project, "=loss & <gain>", by=curator, parent=above, definition="What?", not_for="x", colour=5)
    Tag.objects.add_tag(project, "old", by=curator, use_for="sums\nand more", status="retired", colour=7)
    answer = signed_in(curator).get(f"/projects/{project.slug}/tags/export/{name}/")
    assert f"codebook-study-{name}.{name}" in answer["Content-Disposition"]
    other = Project.objects.create_owned(f"Other {name}", owner=curator)
    plan, made = imported(other, curator, b"".join(answer.streaming_content))
    assert (made.tags, plan.notices) == (3, [])
    assert name_tags(other) == name_tags(project)


def name_tags(project: Project) -> list:
    records = load_tag_records(project)
    names = {record.id: record.name for record in records}
    return [record._replace(id="", parent=names.get(record.parent, "")) for record in records]


def test_every_line_of_a_text_keeps_its_characters():
    """What the plan relies on: a text as an article differs from its file in white space only."""
    for number, words in enumerate(
        ["<b>&amp;&lt;</b>", "&eacute &#x41; &nbsp;", "a\u2028b\u0301", "\u200e‮x", "]]>", "<!-- a -->"]
    ):
        text = new_texts.TextSource("", str(number), f"  {words}\n\n {words} ")
        assert "".join(text_of(new_texts.convert_text(text).html).split()) == "".join(text.text.split())


def test_a_text_that_no_article_can_hold_is_known_before_it_is_cleaned():
    for words in ("é" * 1_000_000, "a\n" * 50_001, "&" * 100_001, "a\n" * 50_000 + "b" * 1_200_000):
        text = new_texts.TextSource("", "T", words)
        assert not new_texts.fits_article(text)
    assert new_texts.fits_article(new_texts.TextSource("", "T", "a & b\n" * 1_000))

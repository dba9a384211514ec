"""Importing files: what would be done is shown, then it is done, or nothing is."""

import io
import json
import os
import sys
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse

from annotations.exchange import reading
from annotations.exchange.bundle import TOO_LONG
from annotations.exchange.detect import UNKNOWN_FORMAT
from annotations.exchange.refi_read import read_qdpx
from annotations.exchange.refi_write import write_qdpx
from annotations.exchange.webannotation import write_collection
from annotations.exports.records import build_refi_project, load_tag_records, read_records
from annotations.models import Event, Highlight, HighlightTag, Placement, Project, Role, Tag
from cases import each
from conftest import person, signed_in
from newsreader.models import Article
from pseudo import pseudo_language, translate
from texts import PAGE, extracted

SITE = "https://reader.example"
QUOTE = "reopened on Monday"


@pytest.fixture
def addressed(article) -> Article:
    article.url = "https://quay.example/harbour"
    article.save()
    return article


def url(project) -> str:
    return f"/projects/{project.slug}/import/"


def send(client, project, data, name: str = "file.json"):
    data = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    return client.post(url(project), {"file": SimpleUploadedFile(name, data)})


def agree(client, project, answer):
    return client.post(url(project), {"ticket": answer.context["ticket"]})


def theirs(**fields) -> dict:
    """An annotation as Hypothesis exports it."""
    quote = {"type": "TextQuoteSelector", "exact": QUOTE, "prefix": "harbour of Brevik ", "suffix": " after"}
    row = {"id": "abc", "uri": "http://www.quay.example/harbour/?utm_source=x#top", "user": "acct:dora@hypothes.is"}
    row |= {"tags": ["harbour"], "text": "<b>So</b> *soon*?", "created": "2025-01-02T03:04:05+00:00"}
    return row | {"target": [{"source": row["uri"], "selector": [quote]}]} | fields


def quoted(words: str, **fields) -> dict:
    return theirs(target=[{"selector": [{"type": "TextQuoteSelector", "exact": words, **fields}]}])


def waiting() -> list[Path]:
    """The files that wait to be imported."""
    folder = settings.DATA_DIR / "imports"
    return list(folder.iterdir()) if folder.exists() else []


def document(project) -> str:
    rows = list(read_records(Highlight.objects.standing().filter(project=project), SITE))
    return "".join(
        write_collection(
            f"{SITE}{project.get_absolute_url()}", project.name, load_tag_records(project), rows, len(rows)
        )
    )


def packed(project) -> bytes:
    file = io.BytesIO()
    write_qdpx(file, build_refi_project(project, Highlight.objects.standing().filter(project=project)))
    return file.getvalue()


def qde(data: bytes) -> str:
    return ZipFile(io.BytesIO(data)).read("project.qde").decode()


def test_a_file_is_shown_first_and_then_imported(alice_client, project, addressed):
    answer = send(alice_client, project, {"rows": [theirs()]})
    assert Highlight.objects.count() == 0
    assert "1 highlight would be imported" in answer.content.decode()
    assert waiting() != []
    assert agree(alice_client, project, answer).status_code == 302
    assert waiting() == []
    made = Highlight.objects.get()
    assert (made.exact, made.author.username, made.created_at.year) == (QUOTE, "alice", 2025)
    assert [tag.name for tag in made.ordered_tags()] == ["harbour"]
    assert "<b>" not in made.note_html and "<em>soon</em>" in made.note_html
    assert Event.objects.get(verb="highlight imported").data["creator"] == "dora"
    assert Event.objects.get(verb="file imported").data["highlights"] == 1


def test_a_heading_of_the_codebook_is_no_tag_of_a_file(alice_client, alice, project, addressed):
    Tag.objects.add_tag(project, "Harbour", by=alice, heading_only=True)
    answer = send(alice_client, project, [theirs()])
    assert [fault.reason for fault in answer.context["plan"].problems] == [
        "“Harbour” is a heading of the codebook, not a tag."
    ]
    assert "heading of the codebook" in answer.content.decode()


@each(("write", "name"), [(document, "study.json"), (packed, "study.qdpx")])
def test_headings_come_back_as_headings(project, alice, highlight, tag, write, name):
    heading = Tag.objects.get_or_create_named(project, ["Means"], by=alice)[0]
    project.tags.filter(pk=heading.pk).update(heading_only=True)
    project.tags.filter(pk=tag.pk).update(parent=heading)
    client, other = signed_in(alice), Project.objects.create_owned(f"From {name}", owner=alice)
    agree(client, other, send(client, other, write(project), name))
    assert {tag.name: tag.heading_only for tag in other.tags.all()} == {"Means": True, "military option": False}


@each("created", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "0000-00-00"])
def test_a_date_that_no_calendar_here_has_counts_as_none(created, alice_client, project, addressed):
    Highlight.objects.all().delete()
    agree(alice_client, project, send(alice_client, project, [theirs(created=created, updated=created)]))
    made = Highlight.objects.get()
    assert min(made.created_at, made.updated_at) > project.created_at


def test_what_was_imported_is_found_and_not_made_twice(alice_client, project, addressed):
    agree(alice_client, project, send(alice_client, project, [theirs()]))
    answer = send(alice_client, project, [theirs()])
    assert (answer.context["plan"].highlight_count, len(answer.context["plan"].already_present)) == (0, 1)
    assert QUOTE in alice_client.get(f"/projects/{project.slug}/passages/?q=reopened").content.decode()


def test_words_that_stand_twice_or_nowhere_are_not_guessed(alice_client, project, addressed):
    answer = send(alice_client, project, [quoted("crane"), quoted("reopened last Monday"), quoted("")])
    reasons = [fault.reason for fault in answer.context["plan"].problems]
    assert answer.context["plan"].highlight_count == 0
    assert "has no quote" in reasons[0]
    assert "occur more than once" in reasons[1]
    assert "are not in" in reasons[2]


def test_a_taguette_table_is_placed_by_title_and_quote(alice_client, project, article):
    table = "id,document,tag,content\r\n1,Harbour reopens,loss,Two cranes fell\r\n1,Harbour reopens,machine,Two cranes fell\r\n"
    agree(alice_client, project, send(alice_client, project, table, "highlights.csv"))
    made = Highlight.objects.get()
    assert (made.exact, sorted(tag.name for tag in made.tags.all())) == ("Two cranes fell", ["loss", "machine"])


LONG_TITLE = "The letter that missed the boat: how Cárre lost its stroke 🚒"


@each(
    ("titles", "name", "number"),
    [
        ([LONG_TITLE], LONG_TITLE[:50], 1),
        ([LONG_TITLE, LONG_TITLE[:50]], LONG_TITLE[:50], 1),
        ([LONG_TITLE, LONG_TITLE + " again"], LONG_TITLE[:50], 0),
        ([LONG_TITLE], LONG_TITLE[:49], 0),
        ([LONG_TITLE], LONG_TITLE[:50].upper(), 0),
    ],
)
def test_a_name_that_taguette_cut_means_the_one_article_that_begins_so(alice_client, project, titles, name, number):
    Article.objects.all().delete()
    for title in titles:
        Article.objects.store(extracted(f"<p>Two cranes fell in {escape(title)}.</p>", title=title))
    answer = send(alice_client, project, f"id,document,tag,content\r\n1,{name},loss,Two cranes fell\r\n", "h.csv")
    assert answer.context["plan"].highlight_count == number


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_our_own_tables_come_in_again_once(alice_client, alice, project, highlight, form):
    tags = Tag.objects.get_or_create_named(project, ["a; b", "C++"], by=alice)
    highlight.edit(highlight.version, by=alice, tags=tags, note="=1")
    table = b"".join(alice_client.get(f"/projects/{project.slug}/export/?format={form}"))
    other = Project.objects.create_owned("Other", owner=alice)
    for expected in (1, 0):
        answer = send(alice_client, other, table, f"passages.{form}")
        assert answer.context["plan"].highlight_count == expected
        if expected:
            agree(alice_client, other, answer)
    made = Highlight.objects.get(project=other)
    assert (made.exact, made.start) == (highlight.exact, highlight.start)
    assert {tag.name for tag in made.tags.all()} == {"a; b", "C++"} and made.note == "=1"


def test_a_project_of_another_program_is_known_by_its_name(alice_client, project):
    page = send(alice_client, project, b"\x00\x01\x02 something", "Study.mx24").content.decode()
    assert "Export it there as REFI-QDA" in page


def test_an_older_text_keeps_what_was_read_and_the_new_one_gets_its_placement(
    alice_client, project, addressed, curator
):
    addressed.revise(PAGE.replace("on Monday", "on Tuesday"), created_by=curator)
    agree(alice_client, project, send(alice_client, project, [theirs()]))
    made = Highlight.objects.get()
    assert (made.revision.number, Placement.objects.get().state) == (1, "edited")


def test_only_an_owner_brings_in_other_peoples_highlights(alice_client, bob_client, project, addressed, tag):
    row = theirs(user="acct:bob@hypothes.is", tags=["military option"])
    assert send(alice_client, project, [row]).context["plan"].highlights[0].author.username == "bob"
    row = theirs(user="acct:alice@hypothes.is", tags=["military option"])
    assert send(bob_client, project, [row]).context["plan"].highlights[0].author.username == "bob"


def test_a_coder_cannot_widen_the_codebook_by_a_file(bob_client, project, addressed):
    plan = send(bob_client, project, [theirs()]).context["plan"]
    assert (plan.highlight_count, plan.new_tags) == (0, [])
    assert "not in the codebook" in plan.problems[0].reason


def test_when_the_library_changed_meanwhile_nothing_is_imported(alice_client, project, addressed):
    answer = send(alice_client, project, [theirs()])
    Article.objects.update(status="withdrawn")
    again = agree(alice_client, project, answer)
    assert (again.status_code, Highlight.objects.count()) == (409, 0)
    assert "Nothing was imported" in again.content.decode()


def test_where_the_database_gives_out_in_the_middle_nothing_is_half_done(alice_client, project, addressed):
    def give_out(execute, sql, *rest):
        if 'INTO "annotations_highlighttag"' in sql:
            raise OperationalError
        return execute(sql, *rest)

    answer = send(alice_client, project, [theirs()])
    with connection.execute_wrapper(give_out), pytest.raises(OperationalError):
        agree(alice_client, project, answer)
    assert (Highlight.objects.count(), Tag.objects.count(), Event.objects.filter(project=project).count()) == (0, 0, 0)
    agree(alice_client, project, answer)
    assert Highlight.objects.get().exact == QUOTE


def test_the_ticket_of_another_reader_is_not_taken_though_both_sent_the_same_file(
    alice_client, bob_client, project, addressed, tag
):
    rows = [theirs(user="acct:bob@hypothes.is", tags=["military option"])]
    answer, own = send(alice_client, project, rows), send(bob_client, project, rows)
    assert answer.context["plan"].fingerprint == own.context["plan"].fingerprint
    assert agree(bob_client, project, answer).status_code == 422
    assert not Highlight.objects.exists()
    assert agree(bob_client, project, own).status_code == 302


def test_the_ticket_for_another_project_is_not_taken(alice_client, alice, project, addressed):
    other = Project.objects.create_owned("Other", owner=alice)
    answer, own = send(alice_client, project, [theirs(tags=[])]), send(alice_client, other, [theirs(tags=[])])
    assert answer.context["plan"].fingerprint == own.context["plan"].fingerprint
    assert agree(alice_client, other, answer).status_code == 422
    assert not Highlight.objects.exists()
    assert agree(alice_client, other, own).status_code == 302


def test_a_ticket_that_was_made_up_is_not_taken(alice_client, project, addressed):
    assert alice_client.post(url(project), {"ticket": "made up"}).status_code == 422


def test_strangers_and_viewers_do_not_get_in(charlie_client, visitor, project):
    assert charlie_client.get(url(project)).status_code == 404
    Project.objects.update(public=True)
    assert visitor.get(url(project)).status_code == 302
    vera = person("vera")
    project.memberships.create(user=vera, role=Role.VIEWER)
    assert signed_in(vera).get(url(project)).status_code == 403


def test_an_annotation_goes_out_and_comes_back_the_same(alice_client, project, highlight, alice):
    Tag.objects.add_tag(project, "below", by=alice, definition="What?", not_for="That", parent=highlight.tags.get())
    first, other = document(project), Project.objects.create_owned("Empty", owner=alice)
    agree(alice_client, other, send(alice_client, other, first))
    assert neutral(document(other)) == neutral(first)


def neutral(text: str) -> dict:
    """Without what names the project, the tags and the highlights: their keys are taken in the same library."""
    data = json.loads(text)
    names = {term["id"]: term["newsreader:name"] for term in data["newsreader:codebook"]}
    for term in data["newsreader:codebook"]:
        term["newsreader:parent"] = names.get(term.pop("newsreader:parent", ""), "")
        del term["id"]
    for item in data["first"]["items"]:
        del item["id"]
    return {"codebook": data["newsreader:codebook"], "items": data["first"]["items"], "total": data["total"]}


def test_a_qdpx_goes_to_another_library_and_comes_back_the_same(curator, project, highlight):
    first, key = packed(project), str(project.pk)
    forget(project)
    client, other = signed_in(curator), Project.objects.create_owned("Harbour study", owner=curator)
    other.memberships.create(user=highlight.author)
    agree(client, other, send(client, other, first, "study.qdpx"))
    made = Highlight.objects.get()
    assert (made.pk, made.exact, made.author.username) == (highlight.pk, QUOTE, "alice")
    assert qde(packed(other)).replace(str(other.pk), key) == qde(first)


def forget(project) -> None:
    """The library as if neither the project nor its article had ever been there."""
    HighlightTag.objects.all().delete()
    Highlight.objects.all().delete()
    project.delete()
    Article.objects.all().delete()


def test_texts_that_are_not_in_the_library_are_for_the_staff(alice_client, alice, project, highlight):
    data = packed(project)
    forget(project)
    other = Project.objects.create_owned("Other", owner=alice)
    plan = send(alice_client, other, data).context["plan"]
    assert (plan.highlight_count, plan.new_articles) == (0, [])
    assert "only curators can add articles" in plan.problems[0].reason


def zipped(entries: dict) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


@each(
    ("data", "reason"),
    [
        (zipped({"project.qde": "<x/>"}), "not a REFI-QDA project"),
        (b"[" * 100_000, "nested too deep"),
        (b"document,content\na," + b"b" * 200_000, "a cell of it is too large"),
        (b"words", "This file format is not supported"),
    ],
)
def test_what_a_file_is_refused_for_is_said_on_the_page(data, reason, alice_client, project):
    answer = send(alice_client, project, data)
    assert (answer.status_code, reason in answer.content.decode()) == (422, True)
    assert waiting() == []


def test_what_was_wrong_with_a_file_is_said_in_the_language_of_the_page(alice_client, project):
    with pseudo_language():
        refused = send(alice_client, project, b"words").content.decode()
        preview = send(alice_client, project, [theirs(id="x" * 100_001)]).content.decode()
    assert translate(UNKNOWN_FORMAT) in refused
    assert translate(TOO_LONG) % {"field": "id", "number": "100,000"} in preview


def test_a_file_is_read_in_the_process_with_limits(alice_client, project, monkeypatch):
    code = "from annotations.exchange import bundle_json; print(bundle_json.dump_error('Read elsewhere.').decode())"
    monkeypatch.setattr(reading, "WORKER_COMMAND", [sys.executable, "-c", code])
    assert "Read elsewhere." in send(alice_client, project, [theirs()]).content.decode()


@pytest.mark.parametrize(
    "row",
    [
        theirs(tags=["x" * 5000, "\ud800", "\0", 7, None], text="\ud800\0", user=[], created="9999-99-99"),
        theirs(target=[{"selector": [{"type": "TextPositionSelector", "start": -5, "end": 10**30}]}]),
        theirs(target=[{"selector": {"type": {}, "exact": []}}]),
        theirs(uri="http://[::1", document={"title": [{}]}),
        theirs(uri={"a": 1}, id={}),
        {"uri": 1},
        {"target": {"selector": {"type": "TextQuoteSelector", "exact": "\ud800"}}},
        7,
        None,
    ],
)
def test_a_hostile_entry_is_a_fault_or_comes_in_clean(row, alice_client, project, addressed):
    answer = send(alice_client, project, [row])
    assert answer.status_code in (200, 422)
    if "ticket" in answer.context and answer.context["plan"].highlight_count:
        assert agree(alice_client, project, answer).status_code == 302


def test_the_queries_do_not_grow_with_the_entries(alice_client, project, addressed, django_assert_max_num_queries):
    rows = [theirs(id=str(n), text=str(n)) for n in range(300)]
    with django_assert_max_num_queries(40):
        answer = send(alice_client, project, rows)
    with django_assert_max_num_queries(90):
        agree(alice_client, project, answer)


def test_both_files_are_had_from_the_project_and_not_by_strangers(bob_client, charlie_client, project, highlight):
    base = f"/projects/{project.slug}/exchange/"
    whole = json.loads(b"".join(bob_client.get(f"{base}jsonld/").streaming_content))
    assert [item["id"][-37:-1] for item in whole["first"]["items"]] == [str(highlight.pk)]
    assert str(highlight.pk) in qde(b"".join(bob_client.get(f"{base}qdpx/?tag=military-option").streaming_content))
    assert str(highlight.pk) not in qde(b"".join(bob_client.get(f"{base}qdpx/?tag=nothing").streaming_content))
    assert charlie_client.get(f"{base}qdpx/").status_code == 404
    assert bob_client.get(f"{base}exe/").status_code == 404


SAMPLES = Path(os.environ.get("NEWSREADER_SUITES", "."), "annotation-model-samples")


@pytest.mark.suites
def test_samples_of_others_never_break_the_page(alice_client, project):
    for file in sorted(SAMPLES.rglob("*.json")):
        assert send(alice_client, project, file.read_bytes()).status_code in (200, 422), file


def test_the_demo_project_goes_through_qdpx_into_an_empty_project(curator):
    call_command("loaddata", "articles", "demo", verbosity=0)
    demo = Project.objects.get(public=True)
    other = Project.objects.create_owned("Empty", owner=curator)
    for member in demo.memberships.exclude(user=curator):
        other.memberships.create(user=member.user, role=Role.CODER)
    client = signed_in(curator)
    agree(client, other, send(client, other, packed(demo)))
    assert told(packed(other)) == told(packed(demo))


def told(data: bytes) -> list:
    """All that a .qdpx tells, without the keys that are taken in the same library."""
    bundle = read_qdpx(data)
    names = {term.id: term.name for term in bundle.tags}
    terms = [term._replace(id="", parent=names.get(term.parent, "")) for term in bundle.tags]
    records = [record._replace(id="", tags=tuple(sorted(record.tags))) for record in bundle.records]
    return [terms, sorted(records), bundle.texts, bundle.problems]


def test_a_codebook_is_counted_in_tags_and_leads_to_the_codebook(alice_client, project):
    table = "name;parent;status\nHarbour;;heading\nquay;Harbour;active\nmole;Harbour;retired\n"
    answer = send(alice_client, project, table, "tags.csv")
    page = answer.content.decode()
    assert "Codebook table: 3 tags would be imported, 0 are already here." in " ".join(page.split())
    assert "New tags (3)" in page and "highlights would be imported" not in page
    done = agree(alice_client, project, answer)
    assert done.url == reverse("tags", args=[project.slug])
    assert [str(message) for message in get_messages(done.wsgi_request)] == ["Imported 3 tags from “tags.csv”."]
    again = send(alice_client, project, table, "tags.csv").content.decode()
    assert "0 tags would be imported, 3 are already here." in " ".join(again.split())


def test_an_entry_without_its_article_names_that(alice_client, project):
    table = "id,document,content,tag\n1,Ferry timetable,the last boat,quay\n"
    answer = send(alice_client, project, table, "highlights.csv")
    assert "URL, text or title: “Ferry timetable”." in answer.content.decode()

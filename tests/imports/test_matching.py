"""Where what comes in a file is placed, and where it is not; and that nothing is lost on the way out and back."""

import io
import json
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.exchange.webannotation import write_collection
from annotations.exports.records import load_tag_records, read_records
from annotations.models import Event, Highlight, Placement, Project, Role, Tag
from newsreader.models import Article
from texts import PAGE, extracted

SITE = "http://testserver"
GUID = "0198f3a0-1111-4222-8333-44445555666"


@pytest.fixture
def article(db) -> Article:
    """A published article with an address of its own."""
    url = "https://quay.example/harbour"
    return Article.objects.store(extracted(PAGE, title="Harbour reopens", site="The Quay", url=url)).article


def looked(client, project, data, name: str = "file.json"):
    """The plan for a file."""
    data = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    return client.post(f"/projects/{project.slug}/import/", {"file": SimpleUploadedFile(name, data)})


def brought(client, project, data, name: str = "file.json"):
    answer = looked(client, project, data, name)
    return client.post(f"/projects/{project.slug}/import/", {"ticket": answer.context["ticket"]})


def annotation(source: str, exact: str, **more) -> dict:
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": "", "suffix": ""}
    return {"type": "Annotation", "target": {"source": source, "selector": quote}} | more


def exported(project) -> bytes:
    rows = list(read_records(Highlight.objects.standing().filter(project=project), SITE))
    return "".join(
        write_collection(
            f"{SITE}{project.get_absolute_url()}", project.name, load_tag_records(project), rows, len(rows)
        )
    ).encode()


@pytest.fixture
def rich(project, article, highlight, alice, bob) -> Project:
    """Highlights of two readers on two texts, with a codebook in which tags stand under others."""
    Tag.objects.add_tag(project, "deed", by=alice, parent=project.tags.get(), definition="What was done", colour=7)
    Tag.objects.add_tag(project, "unused", by=alice, status="retired", not_for="anything")
    corrected = article.revise(PAGE.replace("Ferries run", "Some ferries run").strip(), created_by=alice)
    for author, quote in ((bob, "Two cranes fell"), (alice, "12 million"), (bob, "reopened on Monday")):
        start = corrected.text.index(quote)
        tags = Tag.objects.get_or_create_named(project, ["deed", "military option"], by=alice)
        span = {"start": start, "end": start + len(quote), "tags": tags, "note": "Naïve *it* 🚢"}
        Highlight.objects.make(project=project, revision=corrected, author=author, **span)
    return project


def test_a_project_that_was_lost_comes_back_byte_for_byte(alice_client, rich, alice, bob):
    before, placed = exported(rich), list(placements(rich))
    Highlight.objects.filter(project=rich).delete()
    Event.objects.filter(project=rich).delete()
    Tag.objects.filter(project=rich).update(parent=None)
    rich.delete()
    other = Project.objects.create_owned(rich.name, owner=alice)
    other.memberships.create(user=bob, role=Role.CODER)
    assert brought(alice_client, other, before).status_code == 302
    assert (exported(other), list(placements(other))) == (before, placed)


def test_a_tag_of_a_file_does_not_take_a_line_that_is_taken_here(alice_client, rich, alice):
    before = exported(rich)
    other = Project.objects.create_owned("Other study", owner=alice)
    Tag.objects.add_tag(other, "mine", by=alice, colour=7)  # as "deed" has it in the file
    brought(alice_client, other, before)
    colours = list(other.tags.values_list("colour", flat=True))
    assert len(set(colours)) == len(colours) == 4
    assert other.tags.get(name="military option").colour == 1


def placements(project):
    return Placement.objects.filter(project=project).values_list("highlight", "state", "revision__number")


@pytest.mark.parametrize(
    "source",
    [
        "https://quay.example/harbour",
        "http://www.QUAY.example/harbour/?utm_source=letter#top",
        f"{SITE}/articles/harbour-reopens/",
        f"{SITE}/articles/harbour-reopens/revisions/1/?project=x#p3",
    ],
)
def test_an_article_is_found_by_its_address_or_by_ours(alice_client, project, article, source):
    plan = looked(alice_client, project, annotation(source, "Two cranes fell")).context["plan"]
    assert [planned.article.pk for planned in plan.highlights] == [article.pk]


@pytest.mark.parametrize("source", ["https://another.example/articles/harbour-reopens/", f"{SITE}/articles/nothing/"])
def test_the_slug_of_another_site_is_no_address_of_ours(alice_client, project, article, source):
    plan = looked(alice_client, project, annotation(source, "Two cranes fell")).context["plan"]
    assert (plan.highlight_count, len(plan.problems)) == (0, 1)


def test_an_address_that_is_not_here_is_not_replaced_by_a_title(alice_client, project, article):
    row = {"uri": "https://elsewhere.example/x", "document": {"title": ["Harbour reopens"]},
           "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "Two cranes fell"}]}]}  # fmt: skip
    plan = looked(alice_client, project, [row]).context["plan"]
    assert (plan.highlight_count, len(plan.problems)) == (0, 1)


def test_white_space_at_the_ends_of_a_quote_is_no_part_of_the_passage(alice_client, project, article):
    brought(alice_client, project, annotation(article.url, " Two cranes fell\n"))
    assert Highlight.objects.get().exact == "Two cranes fell"


def test_a_quote_that_cuts_a_character_has_no_place(alice_client, project, article, alice):
    article.revise("<p>The flag 🇳🇴 flew.</p>", created_by=alice)
    plan = looked(alice_client, project, annotation(article.url, "The flag 🇳")).context["plan"]
    assert (plan.highlight_count, len(plan.problems)) == (0, 1)


def test_the_key_of_something_else_is_not_taken_for_ours(alice_client, project, article):
    brought(alice_client, project, annotation(article.url, "Two cranes fell", id=f"urn:uuid:{GUID}6"))
    assert Highlight.objects.get().pk.version == 7


def test_half_a_collection_is_refused(alice_client, project, article):
    page = {
        "type": "AnnotationPage",
        "items": [annotation(article.url, "Two cranes fell")],
        "next": "https://a.example/2",
    }
    for data in (page, {"type": "AnnotationCollection", "first": page}):
        answer = looked(alice_client, project, data)
        assert (answer.status_code, "first page" in answer.context["error"]) == (422, True)


def test_a_viewers_highlights_become_the_importers(alice_client, project, article, alice, bob):
    project.memberships.filter(user=bob).update(role=Role.VIEWER)
    brought(alice_client, project, annotation(article.url, "Two cranes fell", creator="bob"))
    assert Highlight.objects.get().author == alice


def packed(text: str, selection: str, rest: str = "") -> bytes:
    """A project as another program writes it."""
    qde = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Sources><TextSource guid="{GUID}0" name="Harbour reopens"
    plainTextPath="internal://t.txt">{selection}</TextSource></Sources>{rest}</Project>"""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("project.qde", qde)
        archive.writestr("Sources/t.txt", text.encode("utf-8-sig"))
    return file.getvalue()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_offsets_of_another_program_count_every_code_point_of_its_text(alice_client, project, article, line_end):
    text = article.current().text.replace("\n", line_end)
    start = text.index("Two cranes fell")
    place = f'<PlainTextSelection guid="{GUID}1" startPosition="{start}" endPosition="{start + 15}"/>'
    plan = looked(alice_client, project, packed(text, place), "study.qdpx").context["plan"]
    assert [planned.record.exact for planned in plan.highlights] == ["Two cranes fell"]


def test_a_note_of_another_program_comes_with_its_selection(alice_client, project, article):
    text = article.current().text
    start = text.index("Two cranes fell")
    place = f"""<PlainTextSelection guid="{GUID}1" startPosition="{start}" endPosition="{start + 15}">
    <Description>Which?</Description><NoteRef targetGUID="{GUID}2"/><NoteRef targetGUID="{GUID}9"/></PlainTextSelection>"""
    note = (
        f'<Notes><Note guid="{GUID}2" name="Memo"><PlainTextContent>Both, it seems.</PlainTextContent></Note></Notes>'
    )
    brought(alice_client, project, packed(text, place, note), "study.qdpx")
    assert Highlight.objects.get().note == "Which?\n\nBoth, it seems."


def test_a_file_that_asks_for_too_much_looking_is_placed_in_part_and_says_so(
    alice_client, project, article, monkeypatch
):
    monkeypatch.setattr("annotations.imports.matching.MAX_SEARCH_COST", 300_000)
    text = article.current().text
    rows = [annotation(article.url, text[n : n + 40].strip()) for n in range(40)]
    plan = looked(alice_client, project, rows).context["plan"]
    assert 0 < len(plan.highlights) < 40
    assert "in parts" in plan.problems[-1].reason


def test_a_file_that_is_named_many_times_is_unpacked_once(alice_client, project, article):
    text = article.current().text
    notes = "".join(f'<Note guid="{GUID}{n}" plainTextPath="internal://t.txt"/>' for n in range(9))
    plan = looked(alice_client, project, packed(text, "", f"<Notes>{notes}</Notes>"), "study.qdpx").context["plan"]
    assert [fault.reason for fault in plan.problems] == [
        "A file that the project refers to is missing, or occurs twice."
    ]

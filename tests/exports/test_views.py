"""What can be taken away, in which formats, and by whom."""

import csv
import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.exchange.formats import FORMATS
from annotations.models import Project, Tag
from cases import each
from newsreader.models import Article
from storm import marked, report
from texts import extracted


@pytest.fixture
def passages(project, alice, bob) -> None:
    storm = report(byline="Ines Molnar")
    other = Article.objects.store(extracted("<p>Never, said the minister.</p>", title="No", site="The Mole")).article
    rows = [
        (storm, alice, "12 people", ["loss", "figure"]),
        (storm, bob, "Two cranes", ["loss"]),
        (other, bob, "Never", ["refusal"]),
    ]
    for article, reader, words, names in rows:
        marked(
            article,
            project,
            reader,
            words,
            tags=Tag.objects.get_or_create_named(project, names, by=alice),
            note="Note of it",
        )


def export(client, project, **query):
    return client.get(f"/projects/{project.slug}/export/", query)


def taken(client, project, kind: str, **query) -> bytes:
    answer = export(client, project, format=kind, **query)
    assert answer.status_code == 200 and answer.streaming
    return b"".join(answer.streaming_content)


def rows(client, project, **query) -> list[dict]:
    return list(csv.DictReader(io.StringIO(taken(client, project, "csv", **query).decode("utf-8-sig"), newline="")))


def test_the_page_says_what_is_taken_and_what_each_format_lacks(alice_client, project, passages):
    page = export(alice_client, project, tag="loss").content.decode()
    assert "2 passages" in page and "Tag: loss" in page
    for kind in FORMATS.values():
        assert kind.name in page and kind.purpose in page
    assert "3,000 passages at most" in page


@each("kind", FORMATS)
def test_every_format_is_sent_as_a_file(alice_client, project, passages, kind):
    answer = export(alice_client, project, format=kind, tag="loss")
    content = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == FORMATS[kind].media_type
    assert answer["Content-Disposition"] == f'attachment; filename="passages-harbour-study.{FORMATS[kind].suffix}"'
    if zipfile.is_zipfile(io.BytesIO(content)):
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Two cranes" in content and b"12 people" in content and b"Never" not in content


@each("kind", FORMATS)
def test_every_format_bears_nothing(alice_client, project, kind):
    assert taken(alice_client, project, kind) or kind in ("bib", "ris")  # no entry is an empty file


def test_groups_are_told(alice_client, project, passages):
    found = [(row["group"], row["quote"]) for row in rows(alice_client, project, group="tag")]
    assert found == [("loss", "Two cranes"), ("loss", "12 people"), ("figure", "12 people"), ("refusal", "Never")]


def test_a_desk_is_told_cell_by_cell(alice_client, project, passages):
    found = rows(alice_client, project, row=["loss", "refusal"], columns="source")
    assert [(row["row"], row["column"], row["quote"]) for row in found] == [
        ("loss", "The Quay", "Two cranes"),
        ("loss", "The Quay", "12 people"),
        ("refusal", "The Mole", "Never"),
    ]
    page = taken(alice_client, project, "md", row=["loss"], columns="source").decode()
    assert page.index("## loss") < page.index("### The Mole") < page.index("No passages.") < page.index("Two cranes")


def test_weeks_are_told_by_their_mondays(alice_client, project, passages):
    assert {row["group"] for row in rows(alice_client, project, group="week")} == {"Week of 16 Nov 2026"}


def test_json_leads_back_to_each_passage(alice_client, project, passages):
    told = json.loads(taken(alice_client, project, "json", tag="refusal"))
    (passage,) = told["passages"]
    assert alice_client.get(passage["permalink"]).status_code == 302
    assert told["about"]["asked"] == "Tag: refusal."


@each("query", [{}, {"tag": "loss"}, {"group": "tag"}, {"row": ["loss", "refusal"]}])
def test_the_page_counts_what_is_taken(alice_client, project, passages, query):
    assert export(alice_client, project, **query).context["number"] == len(rows(alice_client, project, **query))


def test_nothing_to_export_leads_back(alice_client, project, passages):
    page = export(alice_client, project, tag="herring").content.decode()
    assert "Nothing to export: no passages match." in page and "download" not in page.split("<main")[1]


def test_a_stranger_takes_nothing(charlie_client, visitor, project, passages):
    for client in (charlie_client, visitor):
        for kind in ("", *FORMATS):
            assert export(client, project, format=kind).status_code == 404


def test_a_guest_takes_what_is_public(visitor, project, passages):
    Project.objects.filter(pk=project.pk).update(public=True)
    assert len(rows(visitor, project)) == 3


def test_what_is_withdrawn_stays(bob_client, project, passages):
    Article.objects.filter(slug="no").update(status="withdrawn")
    assert {row["quote"] for row in rows(bob_client, project)} == {"Two cranes", "12 people"}


def test_the_name_of_a_project_leads_no_file_astray(alice_client, alice):
    project = Project.objects.create_owned('../"; x="', owner=alice)
    assert "/" not in export(alice_client, project, format="csv")["Content-Disposition"]


def test_a_desk_is_exported_with_few_queries(alice_client, project, passages):
    with CaptureQueriesContext(connection) as queries:
        rows(alice_client, project, row=["loss", "refusal"], columns="source")
    assert len(queries) <= 30


def test_annotations_and_a_study_are_had_of_what_was_chosen(alice_client, project, passages):
    page = export(alice_client, project, tag="refusal")
    for kind, link in page.context["whole"]:
        content = b"".join(alice_client.get(link).streaming_content)
        if zipfile.is_zipfile(io.BytesIO(content)):
            content = zipfile.ZipFile(io.BytesIO(content)).read("project.qde")
        assert kind.name in page.content.decode()
        assert (b"Never" in content, b"Two cranes" in content) == (True, False)


def test_the_cells_of_a_desk_are_no_annotations(alice_client, project, passages):
    assert export(alice_client, project, row="loss").context["whole"] == []


@pytest.mark.parametrize("kind", ["bib", "ris", "csl"])
def test_a_citation_says_the_same_in_an_export_as_on_its_own_page(alice_client, project, passages, alice, kind):
    highlight = project.highlights.get(exact="Never")
    Article.objects.filter(slug="no").update(url="https://mole.example/1")
    project.highlights.update(created_at="2020-01-01T00:00Z")  # long before the text was taken from its address
    own = alice_client.get(f"/highlights/{highlight.pk}/cite/", {"format": kind}).content
    assert taken(alice_client, project, kind, tag="refusal") == own

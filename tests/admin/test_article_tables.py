"""Articles as CSV and JSON: exported, tried and imported."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import each
from conftest import signed_in
from curating import act, said
from newsreader.models import Article
from texts import PAGE, extracted

IMPORT = reverse("admin:newsreader_article_import")
ROWS = [
    {"title": "=Tides", "source": "The Pier", "html": '<p onclick="x()">High <script>1</script>water at nine.</p>'},
    {
        "title": "Plain",
        "source": "The Pier",
        "text": "One line.\n\nAnother.",
        "published_at": "2026-11-02",
        "status": "published",
    },
    {"title": "Bad date", "text": "Words.", "published_at": "yesterday"},
]


@pytest.fixture
def keeper(curator_client, alice):
    """A client of somebody with no more than the tick for curators."""
    act(curator_client, "make_curators", alice)
    return signed_in(alice)


def upload(client, content: bytes):
    return client.post(IMPORT, {"file": SimpleUploadedFile("articles.csv", content)})


def confirm(client, page):
    return client.post(IMPORT, {"content": page.context["content"]}, follow=True)


def as_csv(rows) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, ["title", "source", "html", "text", "published_at", "status"])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


@each("write", [as_csv, lambda rows: json.dumps(rows).encode()])
def test_a_table_is_tried_and_only_then_imported(keeper, article, write):
    Article.objects.filter(source__name="The Pier").delete()
    page = upload(keeper, write(ROWS))
    assert (page.context["new"], page.context["known"], len(page.context["faults"])) == (2, 0, 1)
    assert "The date of publication must be written as 2026-11-30" in page.content.decode()
    assert Article.objects.count() == 1
    assert said(confirm(keeper, page)) == "2 articles imported."
    tides, plain = Article.objects.filter(source__name="The Pier").order_by("pk")
    assert (tides.title, tides.status, tides.current().html) == (
        "=Tides",
        "draft",
        '<p id="p1">High water at nine.</p>',
    )
    assert (plain.status, plain.published_at.day, plain.current().text) == ("published", 2, "One line.\nAnother.")
    assert upload(keeper, write(ROWS)).context["known"] == 2


@each("kind", ["csv", "json"])
def test_what_is_exported_comes_in_elsewhere_as_it_was(keeper, kind):
    Article.objects.all().delete()
    made = [extracted(PAGE, title="Harbour", byline="Ana"), extracted("<p>Water.</p>", title="=1+1", site="Sums")]
    made.append(extracted("<p>No longer.</p>", title="Old", site="Sums"))
    statuses = ("published", "draft", "withdrawn")
    stored = [Article.objects.store(one, status=status).article for one, status in zip(made, statuses, strict=True)]
    file = act(keeper, f"export_{kind}", *stored).content
    before = [*describe_all()]
    Article.objects.all().delete()
    confirm(keeper, upload(keeper, file))
    assert [*describe_all()] == before
    assert kind == "json" or b"'=1+1" in file


def describe_all():
    """What there is of all articles."""
    for one in Article.objects.select_related("source").order_by("title"):
        yield one.title, one.byline, one.source.name, one.published_at, one.status, one.current().html


def test_both_pages_say_how_many_rows_go_out_and_come_in(keeper):
    assert "takes 200 of them at a time" in keeper.get(reverse("admin:newsreader_article_changelist")).text
    assert "Up to 200 rows" in keeper.get(IMPORT).text


def test_private_articles_are_not_exported(keeper, article, project):
    ours = Article.objects.store(extracted("<p>Ours.</p>", title="Ours", site="Ours"), scope=project.pk).article
    assert [row["title"] for row in json.loads(act(keeper, "export_json", article, ours).content)] == [
        "Harbour reopens"
    ]


@each(
    ("content", "sentence"),
    [
        (b"\x89PNG", "This is neither CSV"),
        (b"[" * 100_000, "This is neither CSV"),
        (b'{"a": 1}', "This is neither CSV"),
        (b"title\nx\n", "has no column"),
        (b"text\n" + b"x\n" * 201, "more than 200 rows"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (b'[{"text": "x", "status": "private"}]', "must be “draft”, “published” or “withdrawn”"),
        (b'[{"text": "x", "url": "javascript:x()"}]', "must begin with https"),
        (b'[{"html": "<script>1</script>"}]', "This row has no text"),
    ],
)
def test_what_is_no_table_of_articles_is_refused_with_a_sentence(keeper, content, sentence):
    assert sentence in upload(keeper, content).content.decode()
    assert Article.objects.count() == 0


@each("moment", ["9999-12-31", "0001-01-01T00:00:00+14:00"])
def test_a_day_that_not_every_time_zone_has_is_a_fault(keeper, moment):
    row = {"title": "Late", "source": "The Pier", "html": "<p>Water.</p>", "published_at": moment}
    page = upload(keeper, json.dumps([row]).encode())
    assert page.context["faults"] == [(1, "Late", "Enter a year between 1000 and 9998.")]


def test_what_was_not_tried_here_is_not_imported(keeper):
    page = keeper.post(IMPORT, {"content": "[]:1:x"}, follow=True)
    assert said(page) == "Choose the file again."


def test_nobody_else_imports(alice_client):
    assert upload(alice_client, as_csv(ROWS)).status_code == 302
    assert Article.objects.count() == 0


TABLE = "Title;SOURCE;Author;date;Link;Body;rating\nTides;The Pier;Ana;2026-11-02;https://p.example/1;Water.;5\n"


@each(
    "content",
    [
        TABLE.encode(),
        TABLE.replace(";", "\t").encode(),
        TABLE.replace(";", ",").encode(),
        json.dumps([{"headline": "Tides", "site": "The Pier", "authors": ["Ana"], "Date": "2026-11-02"}])
        .replace("}", ', "URL": "https://p.example/1", "content": "Water.", "rating": 5}')
        .encode(),
    ],
)
def test_other_names_of_columns_are_understood_and_the_rest_is_named(keeper, content):
    page = upload(keeper, content)
    text = " ".join(page.content.decode().split())
    assert "<b>byline</b> from “" in text and "<bdi>“Ana”</bdi>" in text
    assert "Ignored columns:</b> <bdi>“rating”</bdi>" in text
    confirm(keeper, page)
    made = Article.objects.get()
    assert (made.title, made.source.name, made.byline, made.published_at.day) == ("Tides", "The Pier", "Ana", 2)
    assert (made.url, made.current().text) == ("https://p.example/1", "Water.")


def test_a_column_by_its_own_name_goes_before_another_name_for_it(keeper):
    page = upload(keeper, b"author,byline,text\nAna,Bo,Water.\n")
    confirm(keeper, page)
    assert (Article.objects.get().byline, page.context["ignored"]) == ("Bo", ["author"])

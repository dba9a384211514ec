"""The desk: rows of tags, columns of outlets and others, and the passages themselves in the cells."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlencode

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.desk.layout import MAX_CELL_PASSAGES, MAX_COLUMNS
from annotations.models import Project, Tag
from annotations.passages import pivot_queries
from cases import each
from leading import find_wrong_links
from newsreader.models import Article
from storm import marked
from texts import extracted

pytestmark = pytest.mark.usefixtures("nothing_rendered_before")

SAID = {
    "The Quay": (datetime(2026, 11, 4, 9, tzinfo=UTC), "Ines Molnar", "Never, said the minister. It costs nine crowns. We wait."),
    "The Pier": (datetime(2026, 11, 9, 9, tzinfo=UTC), "Tomas Reed", "Perhaps, said the guard. It costs ten crowns. We go."),
    "The Mole": (datetime(2026, 11, 18, 9, tzinfo=UTC), "", "Nothing was said. We stay."),
}  # fmt: skip
MARKED = [
    ("The Quay", "Never", "alice", "red line"),
    ("The Quay", "said the minister", "bob", "red line,voice"),
    ("The Quay", "nine crowns", "alice", "cost"),
    ("The Pier", "Perhaps", "bob", "red line"),
    ("The Pier", "ten crowns", "bob", "cost"),
    ("The Mole", "We stay", "alice", "voice"),
]


@pytest.fixture
def outlets(project, alice, bob) -> dict[str, Article]:
    """Three articles of three outlets in three weeks, and six passages on them."""
    people, articles = {"alice": alice, "bob": bob}, {}
    for site, (published, byline, text) in SAID.items():
        fields = {"site": site, "title": f"In {site}", "published": published, "byline": byline}
        articles[site] = Article.objects.store(extracted(f"<p>{text}</p>", **fields)).article
    for site, words, reader, names in MARKED:
        marked(
            articles[site],
            project,
            people[reader],
            words,
            tags=Tag.objects.get_or_create_named(project, names.split(","), by=alice),
        )
    return articles


def get_desk(client, project, **query):
    answer = client.get(f"/projects/{project.slug}/desk/?{urlencode(query, doseq=True)}")
    assert answer.status_code == 200
    return answer


def read_cells(answer) -> dict[str, dict[str, set[str]]]:
    """The words in each cell, by row and column."""
    return {
        line.row.label: {cell.column.value: {passage.exact for passage in cell.passages} for cell in line.cells}
        for line in answer.context["layout"].laid
    }


def test_a_row_is_a_tag_and_a_column_an_outlet(alice_client, project, outlets):
    assert read_cells(get_desk(alice_client, project)) == {
        "red line": {"the-quay": {"Never", "said the minister"}, "the-pier": {"Perhaps"}, "the-mole": set()},
        "voice": {"the-quay": {"said the minister"}, "the-pier": set(), "the-mole": {"We stay"}},
        "cost": {"the-quay": {"nine crowns"}, "the-pier": {"ten crowns"}, "the-mole": set()},
    }


@each(
    ("axis", "row"),
    [
        ("author", {"Ines Molnar": {"Never", "said the minister"}, "Tomas Reed": {"Perhaps"}}),
        ("reader", {"alice": {"Never"}, "bob": {"said the minister", "Perhaps"}}),
        ("week", {"2026-11-02": {"Never", "said the minister"}, "2026-11-09": {"Perhaps"}, "2026-11-16": set()}),
        ("article", {"in-the-quay": {"Never", "said the minister"}, "in-the-pier": {"Perhaps"}, "in-the-mole": set()}),
        ("nonsense", {"the-quay": {"Never", "said the minister"}, "the-pier": {"Perhaps"}, "the-mole": set()}),
    ],
)
def test_columns_are_what_was_asked_for(alice_client, project, outlets, axis, row):
    assert read_cells(get_desk(alice_client, project, columns=axis))["red line"] == row


def test_rows_are_tags_or_expressions_in_the_order_they_were_written(alice_client, project, outlets):
    rows = read_cells(get_desk(alice_client, project, row=["cost", "red line and voice", "red line not voice"]))
    assert list(rows) == ["cost", "red line and voice", "red line not voice"]
    assert rows["red line and voice"]["the-quay"] == {"said the minister"}
    assert rows["red line not voice"]["the-quay"] == {"Never"}


def test_columns_are_chosen_by_name(alice_client, project, outlets):
    rows = read_cells(get_desk(alice_client, project, column=["the-pier", "the-quay"], row="cost"))
    assert rows == {"cost": {"the-pier": {"ten crowns"}, "the-quay": {"nine crowns"}}}


def test_days_leave_out_what_was_published_before_and_after(alice_client, project, outlets):
    assert read_cells(get_desk(alice_client, project, row="cost", to="2026-11-08")) == {
        "cost": {"the-quay": {"nine crowns"}}
    }
    assert read_cells(get_desk(alice_client, project, row="cost", to="2026-11-03")) == {"cost": {}}
    later = read_cells(get_desk(alice_client, project, row="cost", **{"from": "2026-11-05"}))
    assert later == {"cost": {"the-pier": {"ten crowns"}, "the-mole": set()}}


def test_filters_apply_to_every_cell(alice_client, project, outlets):
    rows = read_cells(get_desk(alice_client, project, reader="bob"))
    assert rows["red line"] == {"the-quay": {"said the minister"}, "the-pier": {"Perhaps"}}


def test_counts_are_told_with_their_share_of_the_column(alice_client, project, outlets):
    answer = get_desk(alice_client, project)
    line = next(line for line in answer.context["layout"].laid if line.row.label == "red line")
    assert [(cell.column.value, cell.number, cell.share) for cell in line.cells] == [
        ("the-mole", 0, 0),
        ("the-pier", 1, 50),
        ("the-quay", 2, 67),
    ]
    assert (line.here, line.in_all) == (3, 3)
    assert "Not in its one passage" in answer.content.decode()


def test_what_is_in_columns_that_are_not_shown_is_counted_in_all(alice_client, project, outlets):
    (line,) = get_desk(alice_client, project, row="red line", column="the-pier").context["layout"].laid
    assert (line.here, line.in_all) == (1, 3)


@each(
    "query",
    [
        {},
        {"columns": "week"},
        {"columns": "author"},
        {"columns": "reader"},
        {"columns": "article"},
        {"row": "red line not voice", "reader": "bob", "tags": "not cost"},
    ],
)
def test_every_number_leads_to_as_many_passages(alice_client, project, outlets, query):
    lines = get_desk(alice_client, project, **query).context["layout"].laid
    links = [(line.link, line.in_all) for line in lines]
    links += [(cell.link, cell.number) for line in lines for cell in line.cells]
    passages = f"/projects/{project.slug}/passages/"
    assert find_wrong_links(alice_client, [(passages + link, number) for link, number in links]) == []


def test_a_cell_shows_its_first_passages_and_the_others_when_asked(alice_client, project, outlets, alice):
    cost = Tag.objects.get_or_create_named(project, ["cost"], by=alice)
    for words in ("minister", "It costs", "nine", "crowns", "We wait", "Never, said"):
        marked(outlets["The Quay"], project, alice, words, tags=cost)
    answer = get_desk(alice_client, project, row="cost")
    (line,) = answer.context["layout"].laid
    cell = next(cell for cell in line.cells if cell.column.value == "the-quay")
    assert (len(cell.passages), cell.number, cell.beyond) == (MAX_CELL_PASSAGES, 7, 7 - MAX_CELL_PASSAGES)
    more = alice_client.get(f"/projects/{project.slug}/desk/cell/", {"row": "cost", "in": "cost", "of": "the-quay"})
    rest = {passage.exact for passage in more.context["passages"]}
    assert len(rest) == 7 - MAX_CELL_PASSAGES
    assert rest.isdisjoint(passage.exact for passage in cell.passages)


@each("query", [{}, {"in": "cost"}, {"in": "(", "of": "the-quay"}, {"in": "cost", "of": "x", "columns": "week"}])
def test_a_cell_that_is_none_holds_nothing(alice_client, project, outlets, query):
    answer = alice_client.get(f"/projects/{project.slug}/desk/cell/", query)
    assert (answer.status_code, answer.context["passages"]) == (200, [])


def test_a_row_that_cannot_be_read_is_explained_and_left_out(alice_client, project, outlets):
    answer = get_desk(alice_client, project, row=["cost", "red line and"])
    assert list(read_cells(answer)) == ["cost"]
    assert "Ignored: “red line and”. A tag is missing" in answer.content.decode()


def test_too_many_rows_and_columns_are_reported(alice_client, project, outlets):
    answer = get_desk(alice_client, project, row=[f"a{n}" for n in range(20)], column=[f"b{n}" for n in range(20)])
    assert len(answer.context["layout"].rows) == 12
    assert len(answer.context["layout"].columns) == MAX_COLUMNS
    assert "A desk has 12 rows at most" in answer.content.decode()
    assert "A desk has 12 columns at most" in answer.content.decode()


def test_a_tag_that_is_not_there_has_an_empty_row(alice_client, project, outlets):
    rows = read_cells(get_desk(alice_client, project, row="herring"))
    assert set(map(len, rows["herring"].values())) == {0}


def test_a_week_is_told_by_its_monday(alice_client, project, outlets):
    columns = get_desk(alice_client, project, columns="week").context["layout"].columns
    assert [column.kind for column in columns] == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert parse_qs(columns[0].link.lstrip("?"))["to"] == ["2026-11-08"]


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_a_day_that_was_stored_before_such_were_refused_breaks_no_page(alice_client, project, outlets, moment):
    Article.objects.filter(pk=outlets["The Mole"].pk).update(dated_at=moment.replace(tzinfo=UTC))
    assert len(get_desk(alice_client, project, columns="week").context["layout"].columns) == 3
    for step in ("day", "week", "month"):
        assert alice_client.get(f"/projects/{project.slug}/charts/?by={step}").status_code == 200


def test_a_desk_without_passages_says_what_to_do(alice_client, project):
    assert "Nothing to compare yet" in get_desk(alice_client, project).content.decode()
    assert "Nothing to compare." in get_desk(alice_client, project, source="the-quay").content.decode()


def test_a_desk_of_hidden_and_withdrawn_passages_shows_none(alice_client, project, outlets):
    outlets["The Pier"].status = "withdrawn"
    outlets["The Pier"].save()
    project.highlights.get(exact="Never").hide(project.highlights.get(exact="Never").author)
    rows = read_cells(get_desk(alice_client, project))
    assert rows["red line"] == {"the-quay": {"said the minister"}, "the-mole": set()}


def test_queries_do_not_grow_with_the_passages(alice_client, project, outlets, alice):
    def number() -> int:
        Project.objects.filter(pk=project.pk).update(version=project.highlights.count() + 1000)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get_desk(alice_client, project)
        return len(queries)

    get_desk(alice_client, project)
    few = number()
    for words in ("minister", "It costs", "nine", "crowns", "We wait"):
        marked(
            outlets["The Quay"],
            project,
            alice,
            words,
            tags=Tag.objects.get_or_create_named(project, ["cost"], by=alice),
        )
    assert number() == few


def test_three_rows_of_tags_take_as_many_queries_as_one(alice_client, project, outlets):
    def number(*rows: str) -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            get_desk(alice_client, project, row=rows)
        return len(queries)

    assert number("cost") == number("cost", "red line", "voice")


@each("axis", pivot_queries.COLUMN_AXES)
@each("asked", [{}, {"tag": "voice"}, {"source": "the-quay"}, {"q": "said"}, {"tags": "NOT cost"}])
def test_rows_counted_together_are_those_counted_alone(alice_client, project, outlets, axis, asked):
    rows = ["cost", "red line", "voice", "cost OR voice"]
    layout = get_desk(alice_client, project, row=rows, columns=axis, **asked).context["layout"]
    selections = [layout.select_row(row) for row in layout.rows]
    alone = [dict(pivot_queries.read_counts(pivot_queries.group_by_kind(one, axis))) for one in selections]
    assert layout.count_rows(selections) == alone
    assert asked or sum(alone[1].values()) == 3


def test_a_stranger_finds_no_desk(charlie_client, visitor, project, outlets):
    for client in (charlie_client, visitor):
        assert client.get(f"/projects/{project.slug}/desk/").status_code == 404
        assert client.get(f"/projects/{project.slug}/desk/cell/").status_code == 404


def test_everyone_sees_the_desk_of_a_public_project(visitor, project, outlets):
    Project.objects.filter(pk=project.pk).update(public=True)
    answer = get_desk(visitor, project)
    assert "Save this desk" not in answer.content.decode()
    assert read_cells(answer)["cost"]["the-quay"] == {"nine crowns"}


def test_htmx_gets_the_desk_below_its_bar(alice_client, project, outlets):
    page = alice_client.get(f"/projects/{project.slug}/desk/", headers={"hx-request": "true"}).content.decode()
    assert page.startswith('<div id="desk"')
    assert 'id="desk-bar"' not in page


def test_the_counts_are_those_of_the_project_as_it_is_now(alice_client, project, outlets, alice):
    def count() -> tuple[int, int]:
        layout = get_desk(alice_client, project, row="cost").context["layout"]
        quay = next(column for column in layout.columns if column.kind == "the-quay")
        return layout.laid[0].in_all, quay.number

    assert count() == (2, 3)
    cost = Tag.objects.get_or_create_named(project, ["cost"], by=alice)
    made = marked(outlets["The Quay"], project, alice, "It costs", tags=cost)
    assert count() == (3, 4)
    made.edit(1, by=alice, note="", tags=[])
    assert count() == (2, 4)
    made.hide(alice)
    assert count() == (2, 3)


def test_the_counts_of_very_many_passages_are_kept_for_a_while(alice_client, project, outlets, alice, monkeypatch):
    (line,) = get_desk(alice_client, project, row="cost").context["layout"].laid
    monkeypatch.setattr(pivot_queries, "LARGE_COUNT", 1)
    marked(
        outlets["The Quay"],
        project,
        alice,
        "It costs",
        tags=Tag.objects.get_or_create_named(project, ["cost"], by=alice),
    )
    (kept,) = get_desk(alice_client, project, row="cost").context["layout"].laid
    assert (line.in_all, kept.in_all) == (2, 2)
    monkeypatch.setattr(pivot_queries, "LARGE_CACHE_SECONDS", 0)
    (fresh,) = get_desk(alice_client, project, row="cost").context["layout"].laid
    assert fresh.in_all == 3

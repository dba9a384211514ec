import csv
import io
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote as percent_encode
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.identifiers import uuid7
from annotations.models import Highlight, HighlightTag, Project, Tag
from annotations.passages.queries import MAX_COUNT, PAGE_SIZE
from cases import each
from markup import markup
from newsreader.models import Article
from storm import CRANES, SEVENTEEN, edited, marked, placement, report
from texts import extracted

LINES = "The cat sat. The dog ran off. A bird flew over the house. Fish swam on."


@pytest.fixture
def other(db) -> Article:
    """Another source's article, a month later."""
    fields = {"title": "Cats and dogs", "site": "The Levant", "published": datetime(2026, 12, 18, tzinfo=UTC)}
    return Article.objects.store(extracted(f"<p>{LINES}</p>", **fields)).article


def make_passage(project, article, author, quote: str, *tags: str, note: str = "") -> Highlight:
    revision = article.current()
    start = revision.text.index(quote)
    named = Tag.objects.get_or_create_named(project, list(tags), by=author)
    span = {"start": start, "end": start + len(quote)}
    return Highlight.objects.make(
        project=project, revision=revision, author=author, tags=named, note=note, **span
    ).highlight


@pytest.fixture
def passages(project, article, other, alice, bob) -> dict[str, Highlight]:
    """Four passages, by what they say."""
    return {
        "cranes": make_passage(project, article, alice, "Two cranes fell", "loss", "machine", note="Which *two*?"),
        "ferries": make_passage(project, article, bob, "Ferries run again", "machine"),
        "cat": make_passage(project, other, alice, "cat sat", "animal", "loss"),
        "bird": make_passage(project, other, bob, "A bird flew over the house.", note="100% true_ish"),
    }


def build_url(project, **query) -> str:
    return f"/projects/{project.slug}/passages/?{urlencode(query, doseq=True)}"


def build_export_url(project, **query) -> str:
    return build_url(project, format="csv", **query).replace("/passages/", "/export/")


def list_keys(client, project, **query) -> list[str]:
    """The keys of the passages on a page, in their order."""
    return re.findall(
        r'href="/highlights/(?!0{8}-0{4}-0)([\w-]+)/"><bdi', client.get(build_url(project, **query)).content.decode()
    )


def get_page(client, project, **query):
    """What the page was rendered from: as nobody saw it before, for a page that is kept does not tell."""
    caches["fragments"].clear()
    answer = client.get(build_url(project, **query))
    assert answer.status_code == 200
    return answer.context["leaf"]


def read_export(client, project, **query) -> list[dict]:
    answer = client.get(build_export_url(project, **query))
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def make_many(project, article, author, number: int, tag: Tag | None = None) -> list[Highlight]:
    """So many highlights, the earliest first, made without events, as by an import; on a few places and by threes: orders have ties."""
    revision, begun = article.current(), timezone.now()
    rows = [
        Highlight(
            id=uuid7(), project=project, article=article, revision=revision, author=author, exact=revision.text[n % 7 : 9],
            start=n % 7, end=9, note="seen", created_at=begun + timedelta(milliseconds=n // 3),
        )
        for n in range(number)
    ]  # fmt: skip
    Highlight.objects.bulk_create(rows)
    if tag:
        HighlightTag.objects.bulk_create(HighlightTag(project=project, highlight=row, tag=tag) for row in rows)
    Project.objects.filter(pk=project.pk).update(version=F("version") + 1)
    return sorted(rows, key=lambda row: (row.created_at, row.pk))


def test_a_passage_stands_in_its_sentence_with_source_date_note_tags_and_reader(alice_client, project, passages):
    page = markup(alice_client.get(build_url(project, tag="loss", q="cranes")))
    said = [
        'What was lost' not in page,
        '>Two cranes fell</mark>, the mayor said:' in page,
        'data-label="alice: loss, machine"' in page,
        "The Quay</a>" in page,
        "18 Nov 2026</time>" in page,
        "Which <em>two</em>?" in page,
        '?tag=machine">machine</a>' in page,
        '?reader=alice">alice</a>' in page,
        f'<a href="/highlights/{passages["cranes"].pk}/"><bdi lang="en">Harbour reopens</bdi></a>, ¶3' in page,
    ]  # fmt: skip
    assert said == [True] * len(said)


def test_passages_of_all_articles_come_latest_first(alice_client, project, passages):
    assert list_keys(alice_client, project) == [str(row.pk) for row in reversed(passages.values())]


WRONG_CLOCKS = {"Ferries": UUID("ffffffff-ffff-7000-8000-000000000000"), "cranes fell": UUID(int=7 << 76 | 2 << 62)}


def test_a_browser_with_a_wrong_clock_does_not_stand_first_for_ever(alice_client, project, article, alice):
    text, made = article.current().text, {}
    tag = Tag.objects.get_or_create_named(project, ["loss"], by=alice)[0]
    for quote in ("Ferries", "Nobody was hurt", "cranes fell"):
        start, key = text.index(quote), WRONG_CLOCKS.get(quote, uuid7())
        sent = {"id": key, "project": project.slug, "revision": 1, "start": start, "end": start + len(quote)}
        alice_client.post(f"{article.get_absolute_url()}highlights/", sent | {"exact": quote, "tags": tag.name})
        made[quote] = str(key)
    latest = list(reversed(made.values()))
    lists = [list_keys(alice_client, project, **query) for query in ({}, {"tag": "loss"}, {"q": "o"})]
    lists += [
        [str(row.id) for row in alice_client.get(url).context["latest"]]
        for url in (f"/projects/{project.slug}/", tag.get_absolute_url())
    ]
    groups = alice_client.get(build_url(project, group="source")).context["gathered"]
    cells = alice_client.get(f"/projects/{project.slug}/desk/?row=loss").context["layout"].laid[0].cells
    lists += [[str(row.id) for row in found[0].passages] for found in (groups, cells)]
    lists += [[row["id"] for row in read_export(alice_client, project)]]
    assert lists == [latest, latest, [], *[latest] * 5]
    assert list_keys(alice_client, project, after=made["Nobody was hurt"]) == [made["Ferries"]]
    assert list_keys(alice_client, project, before=made["Nobody was hurt"]) == [made["cranes fell"]]
    assert list_keys(alice_client, project, after=uuid7()) == latest


def test_a_member_reads_them(bob_client, project, passages):
    assert len(list_keys(bob_client, project)) == 4


def test_a_stranger_finds_nothing_there(charlie_client, project, passages):
    assert charlie_client.get(build_url(project)).status_code == 404
    assert charlie_client.get(build_export_url(project)).status_code == 404


def test_a_visitor_reads_those_of_a_public_project(visitor, project, passages):
    assert visitor.get(build_url(project)).status_code == 404
    Project.objects.filter(pk=project.pk).update(public=True)
    assert len(list_keys(visitor, project)) == len(read_export(visitor, project)) == 4


@each("method", ["post", "put", "delete"])
def test_passages_are_only_read(alice_client, project, method):
    assert getattr(alice_client, method)(build_url(project)).status_code == 405


def test_another_projects_passages_stay_there(alice_client, project, article, alice, passages):
    elsewhere = Project.objects.create_owned("Elsewhere", owner=alice)
    row = make_passage(elsewhere, article, alice, "Nobody was hurt", "loss")
    assert list_keys(alice_client, elsewhere) == list_keys(alice_client, elsewhere, tag="loss") == [str(row.pk)]


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_passages_of_what_is_not_published_are_hidden_from_all_but_staff(
    alice_client, curator_client, project, other, passages, status
):
    Project.objects.filter(pk=project.pk).update(public=True)
    Article.objects.filter(pk=other.pk).update(status=status)
    assert list_keys(alice_client, project) == [str(passages[name].pk) for name in ("ferries", "cranes")]
    assert [row["quote"] for row in read_export(alice_client, project, tag="loss")] == ["Two cranes fell"]
    assert len(list_keys(curator_client, project)) == 4


def test_a_deleted_highlight_is_no_passage(alice_client, project, passages, alice):
    passages["cat"].hide(alice)
    assert len(list_keys(alice_client, project)) == 3
    assert len(list_keys(alice_client, project, tag="loss")) == 1


@each(
    ("query", "names"),
    [
        ({"tag": "loss"}, "cat cranes"),
        ({"tag": ["loss", "machine"]}, "cranes"),
        ({"tag": ["machine", "animal"]}, ""),
        ({"any": ["machine", "animal"]}, "cat ferries cranes"),
        ({"any": "animal"}, "cat"),
        ({"tag": "loss", "any": ["machine", "animal"]}, "cat cranes"),
        ({"not": "loss"}, "bird ferries"),
        ({"not": ["loss", "machine"]}, "bird"),
        ({"tag": "machine", "not": "loss"}, "ferries"),
        ({"tag": ["", "loss"], "any": "", "not": ""}, "cat cranes"),
        ({"source": "the-levant"}, "bird cat"),
        ({"reader": "bob"}, "bird ferries"),
        ({"reader": "bob", "source": "the-quay"}, "ferries"),
        ({"article": "harbour-reopens"}, "ferries cranes"),
        ({"q": "CRANES"}, "cranes"),
        ({"q": "which"}, "cranes"),
        ({"q": "fell two"}, "cranes"),
        ({"q": "100%"}, "bird"),
        ({"q": "true_"}, "bird"),
        ({"from": "2026-12-01"}, "bird cat"),
        ({"to": "2026-11-18"}, "ferries cranes"),
        ({"from": "2026-11-18", "to": "2026-11-18"}, "ferries cranes"),
        ({"from": "2026-11-19", "to": "2026-12-17"}, ""),
        ({"tag": "loss", "reader": "alice", "q": "sat", "from": "2026-12-18", "source": "the-levant"}, "cat"),
    ],
)
@each("order", ["latest", "article", "source"])
def test_each_filter_leaves_what_it_says(alice_client, project, passages, query, names, order):
    wanted = [str(passages[name].pk) for name in names.split()]
    found = list_keys(alice_client, project, **query, order=order)
    assert (found if order == "latest" else sorted(found)) == (wanted if order == "latest" else sorted(wanted))
    assert sorted(row["id"] for row in read_export(alice_client, project, **query, order=order)) == sorted(wanted)


@pytest.mark.parametrize(
    ("order", "names"), [("article", "ferries cranes cat bird"), ("source", "cat bird ferries cranes")]
)
def test_other_orders_follow_the_texts(alice_client, project, passages, order, names):
    expected = [str(passages[name].pk) for name in names.split()]
    assert list_keys(alice_client, project, order=order) == [
        row["id"] for row in read_export(alice_client, project, order=order)
    ]
    assert list_keys(alice_client, project, order=order) == expected


def test_tags_with_one_slug_are_found_by_their_names(alice_client, project, passages, alice, article):
    found = {
        name: str(make_passage(project, article, alice, words, name).pk)
        for name, words in {"C++": "Nobody was hurt", "C#": "Nobody was", "👍": "Nobody", "👎": "was hurt"}.items()
    }
    for name, key in found.items():
        assert list_keys(alice_client, project, tag=name) == [key]
        assert list_keys(alice_client, project, q=f"tag:{name}") == [key]
        assert list_keys(alice_client, project, tags=name) == [key]
        page = markup(alice_client.get(build_url(project, tag=name)))
        assert f"Tag: {name}" in page and f'href="?tag={percent_encode(name)}"' in page
        assert f'<option value="{name}" selected>' in page
    assert len(list_keys(alice_client, project, tag="c")) == 2  # as older addresses have it


def test_the_library_lists_tags_with_one_slug_apart(alice_client, project, passages, alice, article, other):
    for name, (text, words) in {"C++": (article, "Nobody"), "C#": (other, "bird")}.items():
        make_passage(project, text, alice, words, name)
    page = alice_client.get(f"/?project={project.slug}&tag={percent_encode('C#')}")
    assert [row.title for row in page.context["page"]] == ["Cats and dogs"]
    assert [tag.name for tag in page.context["tags"] if tag.is_chosen] == ["C#"]
    assert 'value="C#" checked' in markup(page) and 'value="C++">' in markup(page)


@each(
    ("query", "words"),
    [
        ({"tag": "nonsense"}, "The codebook has no tag “nonsense”."),
        ({"tag": ["loss", "nonsense"]}, "The codebook has no tag “nonsense”."),
        ({"any": "nonsense"}, "The codebook has no tag “nonsense”."),
        ({"source": "nowhere"}, "No source “nowhere” has passages here."),
        ({"reader": "nobody"}, "No reader “nobody” has passages here."),
        ({"article": "nothing"}, "There is no article “nothing”."),
        ({"q": "zebra"}, "Remove a filter, or"),
        ({"to": "2026-11-17"}, "<bdi>To 2026-11-17</bdi>"),
        ({"q": "\0"}, ""),
        ({"tag": "<b>"}, "The codebook has no tag “&lt;b&gt;”."),
    ],
)
def test_what_is_not_there_is_said_in_words(alice_client, project, passages, query, words):
    page = markup(alice_client.get(build_url(project, **query)))
    assert words in page
    assert ("No passages match." in page) == bool(words)


@each("day", ["yesterday", "2026-02-30", "18.11.2026", "0001-01-01", "2026-13-01"])
@each("end", ["from", "to"])
def test_a_day_that_is_none_is_ignored_and_explained(alice_client, project, passages, end, day):
    answer = alice_client.get(build_url(project, **{end: day}))
    assert f"Ignored: “{day}” is not a date." in answer.content.decode()
    assert len(answer.context["leaf"].passages) == 4


@each(
    "wrong",
    [
        {"order": "x"},
        {"after": "x"},
        {"before": "%00"},
        {"format": "x"},
        {"page": "9"},
        {"after": str(uuid7()), "order": "article"},
    ],
)
def test_what_means_nothing_is_ignored(alice_client, project, passages, wrong):
    assert len(list_keys(alice_client, project, **wrong)) == 4


def test_an_empty_project_says_how_to_begin(alice_client, project):
    page = markup(alice_client.get(build_url(project)))
    assert "No highlights yet" in page
    assert f'href="/?project={project.slug}"' in page


def test_filters_that_are_on_can_be_taken_off_one_by_one(alice_client, project, passages):
    query = {"tag": ["loss", "machine"], "source": "the-quay", "article": "harbour-reopens", "order": "article"}
    chosen = {one.label: one.without for one in alice_client.get(build_url(project, **query)).context["chosen"]}
    assert list(chosen) == ["Tag: loss", "Tag: machine", "Source: The Quay", "Article: Harbour reopens"]
    assert chosen["Tag: machine"] == "?tag=loss&source=the-quay&article=harbour-reopens&order=article"


def test_the_form_keeps_what_was_chosen_and_offers_one_tag_more(alice_client, project, passages):
    page = markup(alice_client.get(build_url(project, tag=["loss", "machine"])))
    assert page.count('<option value="loss" selected>') == page.count('<option value="machine" selected>') == 1
    assert page.count('name="tag"') == 3


def test_htmx_gets_what_stands_below_the_filters(alice_client, project, passages):
    page = markup(alice_client.get(build_url(project, tag="loss"), headers={"hx-request": "true"}))
    assert page.startswith('<div id="passages">')
    assert 'id="passages-bar"' not in page


def test_the_address_that_htmx_shows_has_no_blanks(alice_client, project, passages):
    url = build_url(project, tag=["loss", ""], source="", q="")
    answer = alice_client.get(url, headers={"hx-request": "true"})
    assert answer["HX-Push-Url"] == f"/projects/{project.slug}/passages/?tag=loss"


def test_empty_lines_of_lists_are_not_shown(alice_client, project, article, alice):
    text = article.current().text
    make_passage(project, article, alice, text[text.index("Two cranes") : text.index("Naïve")].strip())
    assert ">Two cranes fell, the mayor said: “We will rebuild them both.” Nobody was hurt.\nOne crane" in (
        alice_client.get(build_url(project)).content.decode()
    )


def test_the_page_is_about_its_project_in_its_head_too(alice_client, project, alice):
    Project.objects.create_owned("Used last", owner=alice)
    page = markup(alice_client.get(build_url(project)))
    assert "Project: </span><bdi>Harbour study</bdi>" in page


@pytest.mark.parametrize("query", [{}, {"tag": "often"}, {"any": ["often", "never"]}, {"q": "seen"}])
@pytest.mark.parametrize("order", ["latest", "article", "source"])
def test_going_on_and_back_shows_everything_once(alice_client, project, article, other, alice, order, query):
    often = Tag.objects.get_or_create_named(project, ["often", "never"], by=alice)[0]
    total = len(
        make_many(project, article, alice, PAGE_SIZE + 20, often)
        + make_many(project, other, alice, PAGE_SIZE + 17, often)
    )
    forward, page, turns = [], get_page(alice_client, project, order=order, **query), 0
    forward += [page.passages]
    while page.after and turns < 9:
        page, turns = get_page(alice_client, project, order=order, after=page.after, **query), turns + 1
        forward += [page.passages]
    back = [page.passages]
    while page.before and turns < 18:
        page, turns = get_page(alice_client, project, order=order, before=page.before, **query), turns + 1
        back.insert(0, page.passages)
    keys = [passage.id for passages in forward for passage in passages]
    assert back == forward
    assert len(keys) == len(set(keys)) == total
    assert keys == list(list_rows_in_order(order))


def list_rows_in_order(order: str) -> list:
    keys = {
        "latest": lambda row: (-row.created_at.timestamp(), -row.pk.int),
        "article": lambda row: (row.article_id, row.start, row.pk),
        "source": lambda row: (row.article.source.name, row.article_id, row.start, row.pk),
    }
    return [row.pk for row in sorted(Highlight.objects.select_related("article__source"), key=keys[order])]


def test_links_lead_to_the_pages_around_with_the_same_filters(alice_client, project, article, alice, tag):
    rows = make_many(project, article, alice, PAGE_SIZE + 1, tag)
    page = markup(alice_client.get(build_url(project, tag=tag.slug)))
    assert f'href="?tag={tag.slug}&amp;after={rows[1].pk}" rel="next"' in page
    assert 'rel="prev"' not in page


def test_a_page_can_be_left_by_a_passage_that_was_deleted_meanwhile(alice_client, project, article, alice):
    rows = make_many(project, article, alice, PAGE_SIZE + 3)
    after = get_page(alice_client, project, order="article").after
    Highlight.objects.get(pk=after).hide(alice)
    assert len(list_keys(alice_client, project, order="article", after=after)) == 3 == len(rows) - PAGE_SIZE


def test_so_many_that_nobody_counts_them(alice_client, project, article, alice):
    make_many(project, article, alice, MAX_COUNT)
    assert "1000 passages</b> in 1 article from 1 source." in markup(alice_client.get(build_url(project)))
    make_many(project, article, alice, 1)
    assert "More than 1,000 passages</b>." in markup(alice_client.get(build_url(project)))


def test_a_passage_of_great_length_is_cut_on_the_page_and_whole_in_the_table(alice_client, project, alice):
    article = Article.objects.store(extracted(f"<p>{'word ' * 1000}</p>", title="Long")).article
    make_passage(project, article, alice, article.current().text)
    page = markup(alice_client.get(build_url(project)))
    assert "and 3499 more characters" in page
    assert page.count("word ") < 320
    assert len(read_export(alice_client, project)[0]["quote"]) == 4999


def test_a_passage_across_blocks_shows_only_its_own_lines_neighbours(alice_client, project, alice, article):
    make_passage(project, article, alice, "slowly.\nWhat was lost")
    [passage] = get_page(alice_client, project).passages
    assert (passage.lead, passage.trail, passage.block) == ("Ferries run again, ", "", 1)


def test_right_to_left_stays_so(alice_client, project, alice):
    page = extracted("<p>وصلت السفينة إلى الميناء.</p>", title="سفينة", language="ar")
    make_passage(project, Article.objects.store(page).article, alice, "السفينة")
    assert '<blockquote class="quote" lang="ar" dir="rtl">' in markup(alice_client.get(build_url(project)))


def test_the_table_says_everything(alice_client, project, passages):
    row = next(row for row in read_export(alice_client, project) if row["id"] == str(passages["cranes"].pk))
    assert row == {
        "id": str(passages["cranes"].pk),
        "permalink": f"http://testserver/highlights/{passages['cranes'].pk}/",
        "project": "Harbour study",
        "article": "Harbour reopens",
        "source": "The Quay",
        "published": "2026-11-18T09:30:00+00:00",
        "original_address": "",
        "reader": "alice",
        "made_at": passages["cranes"].created_at.isoformat(),
        "start": str(passages["cranes"].start),
        "end": str(passages["cranes"].end),
        "quote": "Two cranes fell",
        "prefix": row["prefix"],
        "suffix": passages["cranes"].suffix,
        "tags": "loss; machine",
        "note": "Which *two*?",
        "byline": "",
        "language": "en",
        "revision": "1",
    }
    assert row["prefix"].removeprefix("'") == passages["cranes"].prefix


def test_no_cell_of_the_table_is_a_formula(alice_client, project, passages, alice, other):
    make_passage(project, other, alice, "dog", "=1+1", "@x", note=" =HYPERLINK('x')")
    row = read_export(alice_client, project)[0]
    assert (row["tags"], row["note"]) == ("'=1+1; @x", "' =HYPERLINK('x')")


def test_the_old_address_of_the_table_leads_to_it(alice_client, project, passages):
    assert alice_client.get(build_url(project, format="csv", tag="loss")).url == build_export_url(project, tag="loss")


def test_the_table_is_sent_as_a_file_with_the_projects_name(alice_client, project, passages):
    answer = alice_client.get(build_export_url(project))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="passages-harbour-study.csv"'
    assert answer.streaming


@pytest.mark.parametrize("number", [1, 1200])
def test_the_table_asks_little_however_long_it_is(alice_client, project, article, alice, tag, number):
    make_many(project, article, alice, number, tag)
    with CaptureQueriesContext(connection) as queries:
        assert len(read_export(alice_client, project)) == number
    assert len(queries) <= 8 + number // 500


@pytest.mark.parametrize(
    "query", [{}, {"tag": "military-option"}, {"order": "source"}, {"any": ["military-option", "x"], "not": "y"}]
)
def test_a_page_of_passages_asks_eight_questions_however_many_there_are(
    alice_client, project, article, alice, tag, query
):
    asked = []
    list_keys(alice_client, project)  # reads the codebook, which is kept
    for number in (3, 120):
        make_many(project, article, alice, number, tag)
        Project.objects.filter(pk=project.pk).update(version=number)  # what the filters offer is read anew
        with CaptureQueriesContext(connection) as queries:
            list_keys(alice_client, project, **query)
        asked.append(
            len(
                [
                    q
                    for q in queries
                    if '"newsreader_session"' not in q["sql"] and 'FROM "auth_user" WHERE' not in q["sql"]
                ]
            )
        )
    assert asked[0] == asked[1] <= 8


def test_later_passages_never_shift_what_follows(alice_client, project, article, alice):
    rows = make_many(project, article, alice, PAGE_SIZE + 5)
    after = get_page(alice_client, project).after
    make_many(project, article, alice, 7)
    assert list_keys(alice_client, project, after=after) == [str(row.pk) for row in reversed(rows[:5])]


def test_what_is_shown_of_the_past_is_a_page_at_a_time(alice_client, project, article, alice):
    make_many(project, article, alice, PAGE_SIZE * 2)
    assert len(list_keys(alice_client, project)) == PAGE_SIZE


FATES = [
    ([SEVENTEEN], "At least 12 people", lambda made, by: None, "Edited since: a figure, a name or a negation changed"),
    ([CRANES], "Nobody was hurt on the northern pier", lambda made, by: None, "Not in the current text"),
    (
        [SEVENTEEN],
        "At least 12 people",
        lambda made, by: made.accept(version=1, by=by),
        "Edited wording accepted",
    ),
    (
        [SEVENTEEN],
        "At least 12 people",
        lambda made, by: made.dismiss(version=1, by=by),
        "Dismissed in the current text",
    ),
    (
        [SEVENTEEN],
        "At least 12",
        lambda made, by: made.reattach(3, 9, version=1, by=by),
        "Moved by hand in the current text",
    ),
]


@pytest.mark.parametrize(("changes", "quote", "decide", "said"), FATES)
def test_a_passage_says_what_became_of_its_words(alice_client, project, alice, changes, quote, decide, said):
    storm = report()
    made = marked(storm, project, alice, quote)
    storm.revise(edited(*changes))
    decide(placement(made), alice)
    page = markup(alice_client.get(f"/projects/{project.slug}/passages/"))
    assert said in page
    assert f"{quote}</mark>" in page


def test_a_passage_nobody_touched_says_nothing_more(alice_client, project, alice):
    storm = report()
    marked(storm, project, alice, "Two cranes fell")
    storm.revise(edited(SEVENTEEN))
    assert 'class="fate"' not in alice_client.get(f"/projects/{project.slug}/passages/").content.decode()


def test_what_became_of_passages_is_one_question_however_many_there_are(alice_client, project, alice):
    storm, asked = report(), []
    marked(storm, project, alice, "At least 12 people")
    storm.revise(edited(SEVENTEEN))
    for number in (0, 30):
        revision = storm.revisions.get(number=1)
        for start in range(number):
            Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=40)
        list_keys(alice_client, project)
        with CaptureQueriesContext(connection) as queries:
            list_keys(alice_client, project)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_head_counts_what_waits_here_too(alice_client, project, alice):
    storm = report()
    marked(storm, project, alice, "12 people")
    storm.revise(edited(SEVENTEEN))
    assert "Changes 1<" in alice_client.get(f"/projects/{project.slug}/passages/").content.decode()

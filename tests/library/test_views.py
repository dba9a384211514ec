import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Highlight, Project, Tag
from cases import each
from markup import markup
from newsreader.models import Article, Reading
from newsreader.views.article import find_neighbours
from texts import PAGE, extracted, make_own_words

DAY = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
TITLE = re.compile(r'<h3>.*?<a href="[^"]*">(.*?)</a>', re.S)


def stored(title: str, page: str = "", **fields) -> Article:
    html = page or PAGE.replace("Brevik", f"Brevik ({title})")
    return Article.objects.store(extracted(html + make_own_words(title), title=title, **fields)).article


def mark(article, project, author, words: str, tags=()) -> Highlight:
    revision = article.current()
    start = revision.text.index(words)
    tags = Tag.objects.get_or_create_named(project, tags, by=author)
    return Highlight.objects.make(
        project=project, revision=revision, author=author, start=start, end=start + len(words), tags=tags
    ).highlight


def library(client, project=None, **query) -> str:
    if project:
        query["project"] = project.slug
    return markup(client.get("/", query))


def titles(client, project=None, **query) -> list[str]:
    return TITLE.findall(library(client, project, **query))


@pytest.fixture
def three(db):
    """Three articles of two sources, on three days, the longest the oldest."""
    return [
        stored("Cranes rise", site="Harbour Ledger", byline="Ida Moe", published=DAY),
        stored("Boats wait", site="Baltic Signal", published=DAY - timedelta(days=1)),
        stored("Pilots strike", PAGE + "<p>More of it.</p>", site="Baltic Signal", published=DAY - timedelta(days=9)),
    ]


def test_a_visitor_sees_what_is_published_newest_first(visitor, three):
    assert titles(visitor) == ["Cranes rise", "Boats wait", "Pilots strike"]


def test_the_head_counts_articles_sources_and_what_is_unread(alice_client, visitor, three):
    assert "3 articles from 2 sources, 3 unread" in re.sub(r"\s+", " ", library(alice_client))
    for page in (library(visitor), library(alice_client, q="cranes")):
        assert "3 articles from 2 sources</p>" in re.sub(r"\s+(?=<)", "", re.sub(r"\s+", " ", page))


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_nobody_sees_in_the_library_what_is_not_published(curator_client, three, status):
    Article.objects.filter(pk=three[0].pk).update(status=status)
    assert titles(curator_client) == ["Boats wait", "Pilots strike"]


def test_an_entry_says_who_wrote_it_when_and_how_long_it_takes(visitor, three):
    page = library(visitor, source="harbour-ledger")
    assert "Ida Moe" in page
    assert "Wednesday, 18 Nov 2026" in page
    assert "09:30" in page
    assert f"{three[0].minutes} min" in page
    assert three[0].excerpt[:40] in page


@pytest.mark.parametrize(("code", "name"), [("de", "German"), ("pt-BR", "Brazilian Portuguese"), ("zh", "Chinese")])
def test_an_entry_names_its_language(visitor, code, name, db):
    stored("Was ist das", language=code)
    assert f"<span>{name}</span>" in library(visitor)


def test_english_goes_without_saying(visitor, three):
    assert "<span>English</span>" not in library(visitor)


def test_writing_from_right_to_left_is_set_so(visitor, db):
    stored("مكتبة", "<p>مكتبة على أربع عجلات تبحث عن قرائها في ساحل الرمانة.</p>", language="ar")
    assert '<div lang="ar" dir="rtl">' in library(visitor)


def test_a_title_is_words_and_never_markup(visitor, db):
    stored("<script>alert(1)</script>")
    assert "<script>alert" not in library(visitor)


def test_an_entry_counts_the_highlights_of_the_current_project(alice_client, alice, project, three):
    mark(three[0], project, alice, "Two cranes", ["red line"])
    mark(three[0], project, alice, "Two cranes fell", ["red line", "condition"])
    page = library(alice_client, project)
    assert "2 highlights" in page
    assert page.count("No highlights yet") == 2
    assert re.findall(r'<span>([\w ]+)</span> ?<span class="num">(\d)</span></li>', page.partition("uses")[2]) == [
        ("red line", "2"),
        ("condition", "1"),
    ]


def test_a_strip_shows_where_the_highlights_stand_in_the_hue_of_their_first_tag(alice_client, alice, project, three):
    mark(three[0], project, alice, "Two cranes", ["red line"])
    hue = Tag.objects.get(name="red line").colour
    page = library(alice_client, project)
    assert f'<rect class="hue-{hue}"' in page and 'aria-label="1 highlight, by position in the text"' in page


def test_a_highlight_without_a_tag_is_drawn_too(alice_client, alice, project, three):
    mark(three[0], project, alice, "Two cranes")
    assert '<rect class="hue-0"' in library(alice_client, project)


def test_a_deleted_highlight_is_not_counted(alice_client, alice, project, three):
    mark(three[0], project, alice, "Two cranes", ["red line"]).hide(alice)
    page = library(alice_client, project)
    assert page.count("No highlights yet") == 3
    assert "red line" not in page


def test_a_stranger_sees_nothing_of_a_project_in_the_library(charlie_client, alice, project, three):
    mark(three[0], project, alice, "Two cranes", ["red line"])
    page = library(charlie_client, project)
    assert "red line" not in page
    assert page.count("No highlights yet") == 3


def test_a_visitor_sees_the_highlights_of_a_public_project(visitor, alice, three):
    public = Project.objects.create_owned("Open study", owner=alice, public=True)
    mark(three[0], public, alice, "Two cranes", ["red line"])
    assert "red line" in library(visitor)


def test_sources_narrow_the_list_and_several_add_up(visitor, three):
    assert titles(visitor, source="baltic-signal") == ["Boats wait", "Pilots strike"]
    assert len(titles(visitor, source=["baltic-signal", "harbour-ledger"])) == 3


def test_a_source_that_is_not_there_leaves_nothing(visitor, three):
    assert "No articles match." in library(visitor, source="nobody")


@each(("words", "found"), [("rise", 1), ("IDA", 1), ("ledger rise", 1), ("ledger boats", 0)])
def test_words_are_looked_for_in_title_byline_and_source(visitor, three, words, found):
    assert len(titles(visitor, q=words)) == found


def test_days_narrow_the_list_both_included(visitor, three):
    assert titles(visitor, **{"from": "2026-11-17", "to": "2026-11-17"}) == ["Boats wait"]


def test_either_end_of_the_days_may_be_left_open(visitor, three):
    assert titles(visitor, to="2026-11-16") == ["Pilots strike"]
    assert titles(visitor, **{"from": "2026-11-18"}) == ["Cranes rise"]


@each("day", ["yesterday", "2026-13-40", "9999-12-31", "0001-01-01", "\0"])
def test_a_day_that_is_none_is_ignored(visitor, three, day):
    assert len(titles(visitor, **{"from": day, "to": day})) == 3


@each("name", ["q", "source", "tag", "show", "sort", "page", "project"])
@each("value", ["\0", "'", "x" * 5000, "-1", "💥"])
def test_nonsense_in_the_address_breaks_nothing(alice_client, three, name, value):
    assert alice_client.get("/", {name: value}).status_code == 200


def test_tags_narrow_the_list(alice_client, alice, project, three):
    mark(three[0], project, alice, "Two cranes", ["red line"])
    mark(three[1], project, alice, "Two cranes", ["condition"])
    assert titles(alice_client, project, tag="red-line") == ["Cranes rise"]
    assert titles(alice_client, project, tag=["red-line", "condition"]) == ["Cranes rise", "Boats wait"]


def test_articles_without_highlights_can_be_asked_for(alice_client, alice, project, three):
    mark(three[0], project, alice, "Two cranes")
    assert titles(alice_client, project, show="without-highlights") == ["Boats wait", "Pilots strike"]


def test_unread_and_saved_articles_can_be_asked_for(alice_client, alice, bob, three):
    Reading.objects.get_for(alice, three[0]).mark(read=True, saved=True)
    Reading.objects.get_for(bob, three[1]).mark(read=True, saved=True)
    assert titles(alice_client, show="unread") == ["Boats wait", "Pilots strike"]
    assert titles(alice_client, show="saved") == ["Cranes rise"]


def test_the_rail_counts_what_each_filter_would_show(alice_client, alice, project, three):
    mark(three[0], project, alice, "Two cranes", ["red line"])
    Reading.objects.get_for(alice, three[0]).mark(read=True)
    rail = library(alice_client, project).partition('class="rail"')[2].partition("</form>")[0]
    counts = dict(re.findall(r'>([\w ]+)(?:</bdi>)?</label> ?<span class="num">(\d+)', rail))
    assert counts == {
        "Unread": "2", "Saved": "0", "Without highlights": "2", "Baltic Signal": "2", "Harbour Ledger": "1", "red line": "1",
    }  # fmt: skip


@each(
    ("sort", "first"),
    [
        ("newest", "Cranes rise"),
        ("oldest", "Pilots strike"),
        ("longest", "Pilots strike"),
        ("most-highlighted", "Boats wait"),
    ],
)
def test_the_list_can_be_put_in_another_order(alice_client, alice, project, three, sort, first):
    mark(three[1], project, alice, "Two cranes")
    assert titles(alice_client, project, sort=sort)[0] == first


def test_each_filter_can_be_taken_off_alone(visitor, three):
    page = library(visitor, source=["baltic-signal", "harbour-ledger"], q="brevik")
    off = re.search(
        r'<a class="quiet" href="([^"]*)"[^>]*><span class="aside">Remove: </span><bdi>Source: Baltic', page
    )
    assert off[1].replace("&amp;", "&") == "?source=harbour-ledger&q=brevik"


def test_filters_that_are_on_are_named_in_words(visitor, three):
    page = library(visitor, q="rise", source="harbour-ledger", to="2026-11-18", **{"from": "nonsense"})
    named = re.findall(r"<bdi>([^<]*)</bdi>\s*<svg", page)
    assert named == ["Words: rise", "Source: Harbour Ledger", "To 18 Nov 2026"]


def test_an_empty_library_tells_a_curator_how_to_begin(curator_client):
    page = library(curator_client)
    assert "No articles yet" in page
    assert page.count('action="/articles/add/"') == 2


def test_an_empty_library_tells_everyone_else_whom_to_ask(alice_client):
    page = library(alice_client)
    assert "Ask one of them" in page
    assert 'action="/articles/add/"' not in page


def test_the_list_goes_on_page_after_page(visitor, db):
    for n in range(27):
        stored(f"Article {n}", published=DAY - timedelta(hours=n))
    assert titles(visitor)[0] == "Article 0"
    assert titles(visitor, page=2) == ["Article 25", "Article 26"]
    assert titles(visitor, page=99) == titles(visitor, page=2)


def test_htmx_gets_the_list_alone(visitor, three):
    part = visitor.get("/", {"q": "cranes"}, HTTP_HX_REQUEST="true")
    assert part.content.decode().strip().startswith('<div id="shelf">')
    assert "HX-Request" in part["Vary"]


def test_htmx_restoring_history_gets_the_whole_page(visitor, three):
    whole = visitor.get("/", HTTP_HX_REQUEST="true", HTTP_HX_HISTORY_RESTORE_REQUEST="true")
    assert b"<html" in whole.content


def test_the_library_is_only_read(visitor, db):
    assert visitor.post("/").status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_rows(alice_client, alice, project, three):
    with CaptureQueriesContext(connection) as few:
        library(alice_client, project, sort="oldest")
    for n in range(20):
        article = stored(f"Article {n}", site=f"Source {n}")
        for words in ("Two cranes", "Nobody was hurt"):
            mark(article, project, alice, words, [f"tag {n}", "shared"])
    with CaptureQueriesContext(connection) as many:
        library(alice_client, project, sort="oldest")
    assert len(many) <= len(few)
    assert len(many) <= 12


def test_neighbours_are_the_next_newer_and_the_next_older_article(three):
    newest, middle, oldest = three
    assert find_neighbours(middle, AnonymousUser()) == (newest, oldest)
    assert find_neighbours(newest, AnonymousUser()) == (None, middle)


def test_articles_of_the_same_moment_have_an_order_too(db):
    first, second = stored("One", published=DAY), stored("Two", published=DAY)
    assert find_neighbours(first, AnonymousUser()) == (second, None)

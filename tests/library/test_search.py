"""The library asked in words: what it shows, counts and explains; and searches that are kept."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Highlight, Project, Tag
from cases import each
from markup import markup
from newsreader.models import Article, Reading, SavedSearch
from newsreader.models.saved_search import MAX_SAVED_SEARCHES
from texts import PAGE, extracted

TITLE = re.compile(r"<h3>.*?<a href=[^>]*>(.*?)</a>", re.S)
COUNT = re.compile(r'>([^<>]+)(?:</bdi>)?(?:</label>|</a>) ?<span class="num">(\d+)')


def stored(title: str, page: str, year: int = 2026, **fields) -> Article:
    when = datetime(year, 11, 18, 9, 30, tzinfo=UTC)
    return Article.objects.store(extracted(page, title=title, published=when, **fields)).article


@pytest.fixture
def four(db):
    return [
        stored("Storm over Brevik", PAGE, site="The Quay", byline="Ida Moe"),
        stored("What the storm cost", "<p>Nobody counts. The storm was long.</p>", 2025, site="The Quay"),
        stored("Sturm", "<p>Der Sturm zog ab. Les ferries.</p>", site="Hafenbote", language="de"),
        stored("Quiet", "<p>The sea is calm &amp; &lt;b&gt;flat&lt;/b&gt;. No storm.</p>", site="Baltic Signal"),
    ]


@pytest.fixture
def marked(four, project, alice, bob):
    """Alice marked the first article with a tag and a note, Bob the second without."""
    for article, author, tags, note in ((four[0], alice, ["red line"], "Look"), (four[1], bob, [], "")):
        tags = Tag.objects.get_or_create_named(project, tags, by=alice)
        what = {"start": 0, "end": 6, "tags": tags, "note": note}
        Highlight.objects.make(project=project, revision=article.current(), author=author, **what)
    return four


def library(client, q: str = "", **query) -> str:
    return markup(client.get("/", {"q": q, **query}))


def titles(client, q: str, **query) -> list[str]:
    return [re.sub("<[^>]*>", "", title) for title in TITLE.findall(library(client, q, **query))]


def counts(page: str) -> dict[str, str]:
    return dict(COUNT.findall(page.partition('id="facets"')[2].partition("</form>")[0]))


def test_words_are_found_in_the_text_and_the_best_match_comes_first(visitor, four):
    found = titles(visitor, "storm")
    assert set(found) == {"Storm over Brevik", "What the storm cost", "Quiet"}
    assert found[-1] == "Quiet"


def test_the_order_can_be_chosen_all_the_same(visitor, four):
    assert titles(visitor, "storm", sort="oldest")[0] == "What the storm cost"


def test_best_match_is_no_order_where_no_words_are(visitor, four):
    assert "Best match first" not in library(visitor)
    assert titles(visitor, "", sort="best")[0] == "Quiet"


def test_a_hit_stands_in_its_context(visitor, four):
    page = library(visitor, "nobody")
    assert '<b class="hit">Nobody</b> counts. The storm was long.' in page
    assert '<b class="hit">Nobody</b> was hurt.' in page


def test_a_hit_in_the_title_is_shown_there(visitor, four):
    assert 'The <b class="hit">storm</b> was long' in library(visitor, "storm")
    assert 'What the <b class="hit">storm</b> cost' in library(visitor, "storm")


def test_a_text_is_words_and_never_markup_in_its_context(visitor, four):
    assert "&amp; &lt;b&gt;flat&lt;/b&gt;" in library(visitor, "calm")


@each(
    ("q", "said"),
    [
        ("sorce:quay storm", "Did you mean “source:”?"),
        ('"storm over', "is not closed"),
        ("before:tuesday", "is not a date"),
    ],
)
def test_a_mistake_is_explained_above_the_results(visitor, four, q, said):
    assert said in library(visitor, q).partition('id="shelf"')[2].partition("<section")[0]


def test_where_nothing_is_found_one_reads_how_to_ask(visitor, four):
    page = library(visitor, "zebra")
    assert "No articles match." in page
    assert "side by side" in page


def test_the_filters_count_what_the_words_found(alice_client, marked, alice, project):
    Reading.objects.get_for(alice, marked[0]).mark(read=True)
    assert counts(library(alice_client, "storm", project=project.slug)) == {
        "Unread": "2", "Saved": "0", "Without highlights": "1", "Baltic Signal": "1", "The Quay": "2", "red line": "1",
        "2026": "2", "2025": "1",
    }  # fmt: skip


def test_languages_are_counted_and_narrow_the_list(visitor, four):
    assert counts(library(visitor))["German"] == "1"
    assert titles(visitor, "ferries", language="de") == ["Sturm"]
    assert "Language: German" in library(visitor, language="de")


def test_a_year_leads_to_the_articles_of_that_year(visitor, four):
    address = re.search(r'href="([^"]*)">2025</a>', library(visitor, "storm"))[1].replace("&amp;", "&")
    assert "What the storm cost" in re.sub("<[^>]*>", "", visitor.get(f"/{address}").content.decode())
    assert "from=2025-01-01&to=2025-12-31" in address


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("tag:red-line", ["Storm over Brevik"]),
        ('tag:"Red line"', ["Storm over Brevik"]),
        ("tag:nothing", []),
        ("by:bob", ["What the storm cost"]),
        ("has:notes", ["Storm over Brevik"]),
        ("has:highlights storm", ["Storm over Brevik", "What the storm cost"]),
        ("storm -has:highlights", ["Quiet"]),
        ("in:harbour-study by:bob", ["What the storm cost"]),
        ("tag:red-line OR calm", ["Quiet", "Storm over Brevik"]),
        ("is:unread storm source:quay", ["What the storm cost"]),
        ("is:saved", ["Storm over Brevik"]),
        ("-is:unread", ["Storm over Brevik"]),
    ],
)
def test_fields_ask_the_project_and_the_reader(alice_client, marked, alice, project, q, found):
    Reading.objects.get_for(alice, marked[0]).mark(read=True, saved=True)
    assert sorted(titles(alice_client, q, project=project.slug)) == found


def test_a_stranger_learns_nothing_of_a_project_by_asking(charlie_client, marked, project):
    for q in ("tag:red-line", "by:alice", "has:highlights", "in:harbour-study"):
        assert titles(charlie_client, q, project=project.slug) == []


def test_a_visitor_asks_a_public_project(visitor, marked):
    Project.objects.update(public=True)
    assert titles(visitor, "tag:red-line") == ["Storm over Brevik"]


def test_a_visitor_without_a_project_finds_no_highlights(visitor, marked):
    assert titles(visitor, "has:highlights OR in:harbour-study OR tag:x OR by:alice") == []


def test_the_same_words_are_one_click_away_among_the_passages(alice_client, marked, project):
    page = library(alice_client, 'storm "the sea" -calm source:quay', project=project.slug)
    assert f'/projects/{project.slug}/passages/?q=storm+%22the+sea%22"' in page


def test_htmx_gets_the_counts_with_the_list(visitor, four):
    part = markup(visitor.get("/", {"q": "storm"}, HTTP_HX_REQUEST="true"))
    assert 'id="facets" hx-swap-oob="true"' in part


def test_drafts_are_not_found(curator_client, four):
    Article.objects.filter(pk=four[0].pk).update(status="draft")
    assert len(titles(curator_client, "storm")) == 2


def test_the_number_of_queries_does_not_grow_with_what_is_found(alice_client, marked, project):
    library(alice_client, "storm", project=project.slug)
    with CaptureQueriesContext(connection) as few:
        library(alice_client, "storm nobody", project=project.slug)
    for number in range(15):
        stored(f"Storm {number}", f"<p>Nobody knows {number} storms.</p>", site=f"Source {number}")
    with CaptureQueriesContext(connection) as many:
        library(alice_client, "storm  nobody", project=project.slug)
    assert len(many) <= len(few) + 1  # the languages may be read again
    assert len(many) <= 18


def keep(client, name="Storms", address="/?q=storm"):
    return client.post("/searches/", {"name": name, "address": address, "next": "/?q=storm"}, follow=True)


def test_a_search_is_kept_under_a_name_and_stands_beside_the_list(alice_client, four):
    page = markup(keep(alice_client))
    assert "“Storms” was saved" in page
    assert '<a href="/?q=storm" aria-current="true"><bdi>Storms</bdi></a>' in page


def test_the_form_carries_the_search_without_its_page(alice_client, four):
    page = library(alice_client, "storm", page=2, **{"from": ""})
    assert 'name="address" value="/?q=storm"' in page


def test_the_same_name_again_keeps_the_new_search(alice_client, four):
    keep(alice_client)
    keep(alice_client, address="/?q=calm")
    assert SavedSearch.objects.get().address == "/?q=calm"


@each(
    "address",
    ["https://example.org/?q=a", "//example.org/?q=a", "/accounts/logout/", "javascript:alert(1)", "/?q=a b", "/", ""],
)
def test_only_a_search_of_the_library_is_kept(alice_client, four, address):
    keep(alice_client, address=address)
    assert not SavedSearch.objects.exists()


def test_a_search_needs_a_name(alice_client, four):
    assert "Enter a name for the search" in keep(alice_client, name=" ").content.decode()


def test_nobody_keeps_more_searches_than_there_is_room_for(alice_client, alice, four):
    SavedSearch.objects.bulk_create(
        SavedSearch(user=alice, name=f"{n}", address="/?q=a") for n in range(MAX_SAVED_SEARCHES)
    )
    assert f"You have {MAX_SAVED_SEARCHES} searches already" in markup(keep(alice_client))
    keep(alice_client, name="7", address="/?q=calm")
    assert SavedSearch.objects.get(name="7").address == "/?q=calm"


def test_deleting_a_search_asks_first(alice_client, bob_client, alice, four):
    keep(alice_client)
    there = f"/searches/{SavedSearch.objects.get().pk}/delete/"
    assert f'href="{there}?next=' in markup(alice_client.get("/"))
    asked = markup(alice_client.get(f"{there}?next=/%3Fq%3Dcalm"))
    assert "Delete the search <bdi>Storms</bdi>?" in asked
    assert '<a class="quiet" href="/?q=calm">Cancel</a>' in asked
    assert '<input type="hidden" name="next" value="/?q=calm">' in asked
    assert SavedSearch.objects.exists()
    assert bob_client.get(there).status_code == 404


def test_a_search_is_deleted(alice_client, alice, four):
    keep(alice_client)
    page = alice_client.post(f"/searches/{SavedSearch.objects.get().pk}/delete/", follow=True).content.decode()
    assert "“Storms” was deleted" in page
    assert not SavedSearch.objects.exists()


def test_somebody_elses_search_is_not_there(alice_client, bob_client, four):
    keep(alice_client)
    assert "Storms" not in library(bob_client)
    assert bob_client.post(f"/searches/{SavedSearch.objects.get().pk}/delete/").status_code == 404


def test_a_visitor_is_led_to_sign_in(visitor, four):
    assert visitor.post("/searches/", {"name": "a", "address": "/?q=a"}).url.startswith("/accounts/login/")
    assert "Save this search" not in library(visitor, "storm")


def test_the_help_has_search_tips(visitor):
    assert "Search tips" in visitor.get("/help/").content.decode()


def test_a_tag_with_a_star_stands_for_all_below_it(alice_client, marked, project, alice):
    parent = Tag.objects.add_tag(project, "lines", by=alice)
    Tag.objects.filter(project=project, name="red line").update(parent=parent)
    project.record("tag moved", alice)
    here = {"project": project.slug}
    assert titles(alice_client, "tag:lines", **here) == []
    assert titles(alice_client, "tag:lines*", **here) == ["Storm over Brevik"]


def test_relations_are_said_to_be_for_passages(visitor, four):
    page = library(visitor, "storm OVERLAPPING sea")
    assert "OVERLAPPING works for passages only; it was searched as a word." in page

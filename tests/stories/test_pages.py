"""What pages show of a story: one row in the library, the copies beneath an article, and two of them side by side."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from annotations.models.private_article import add_private_article
from newsreader.models import Article, Source
from stories.storing import store
from stories.wire import Newsroom, make_page
from texts import extracted

pytestmark = pytest.mark.django_db
nothing_rendered_before = pytest.mark.usefixtures("nothing_rendered_before")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Nothing is kept of other tests, whose articles have the same keys."""
    caches["fragments"].clear()
    caches["pages"].clear()


@pytest.fixture
def copies(wire) -> list[Article]:
    """Transwire's article, which the Ledger edits and the Signal prints the beginning of, and one of the Mole's own."""
    edited = [*wire[:4], wire[4].replace(wire[4].split()[2], "quarrel", 1), *wire[5:18]]
    first = store(wire, "Transwire")
    others = [store(edited, "Ledger", 30), store(wire[:9], "Signal", 60), store(Newsroom(4).article(), "Mole", 90)]
    return [first, *others]


def list_rows(client, address: str = "/") -> list[str]:
    """The titles of the articles that the library lists."""
    return [row.title for row in client.get(address).context["page"].object_list]


@nothing_rendered_before
def test_the_library_has_one_row_for_a_story_and_leads_to_the_others(visitor, copies):
    page = visitor.get("/")
    assert list_rows(visitor) == ["Mole", "Transwire"]
    row = page.content.decode()
    assert "also in 2 sources" in row and "<bdi>Ledger</bdi>: <bdi" in row
    for other in copies[1:3]:
        assert f'href="{other.get_absolute_url()}"' in row
    assert f"{copies[0].get_absolute_url()}copies/" in row and page.context["total"] == 4


def test_sources_whose_copies_are_not_listed_are_counted(visitor, copies, monkeypatch):
    monkeypatch.setattr("newsreader.copies.MAX_COPIES", 1)
    page = visitor.get(f"{copies[0].get_absolute_url()}copies/").text
    assert "1 more copy" in page and "3 sources print it" in page


@nothing_rendered_before
def test_a_day_counts_rows_only_where_one_of_them_is_of_several_copies(visitor, copies):
    Article.objects.filter(pk=copies[3].pk).update(dated_at=timezone.now() - timedelta(days=400))
    heads = html.fromstring(visitor.get("/").content).xpath("//section[@class='day']//small")
    assert [head.text_content().strip() for head in heads] == ["1 row", "1 article"]


@nothing_rendered_before
def test_the_own_source_of_an_article_is_not_among_those_that_print_it_too(visitor, copies, wire):
    store(wire[:-1], "Again", 10, site="Transwire")
    assert "also in 2 sources" in visitor.get("/").content.decode()
    Article.objects.filter(pk__in=[copy.pk for copy in copies[1:3]]).set_status("withdrawn")
    row = visitor.get("/").content.decode()
    assert "1 more copy in this source" in row and "also in" not in row


@nothing_rendered_before
@pytest.mark.parametrize(
    ("query", "rows", "found"),
    [
        ("?source=ledger", ["Ledger"], 1),
        ("?source=ledger&source=signal", ["Ledger"], 2),
        ("?sort=oldest", ["Transwire", "Mole"], 4),
        ("?from=2026-11-18&sort=longest", None, 4),
    ],
)
def test_of_what_filters_leave_there_is_one_row_for_a_story_too(visitor, copies, query, rows, found):
    listed, context = list_rows(visitor, f"/{query}"), visitor.get(f"/{query}").context
    assert listed == rows if rows else set(listed) == {"Transwire", "Mole"}
    assert (context["found"], context["page"].paginator.count) == (found, len(listed))


@nothing_rendered_before
def test_a_search_has_one_row_for_a_story(visitor, copies, wire):
    words = "+".join(re.findall(r"\w+", wire[2])[:3])
    context = visitor.get(f"/?q={words}").context
    assert (context["found"], context["page"].paginator.count) == (3, 1)
    page = " ".join(visitor.get(f"/?q={words}").content.decode().split())
    assert "<b>3 of 4</b> articles in 1 row" in page and "<small> 1 row </small>" in page


def test_the_library_reads_copies_with_one_query_and_only_where_there_are_any(
    visitor, copies, django_assert_num_queries
):
    visitor.get("/")
    with django_assert_num_queries(4):
        visitor.get("/")
    Article.objects.filter(pk__in=[copies[0].pk, copies[1].pk]).set_status("draft")
    visitor.get("/")
    with django_assert_num_queries(3):
        visitor.get("/")


def test_an_article_lists_the_others_and_asks_nothing_more_when_drawn_before(
    visitor, copies, django_assert_num_queries
):
    address = copies[1].get_absolute_url()
    page = " ".join(visitor.get(address).content.decode().split())
    assert "Also printed by" in page and re.search(r"shares \d\d% of its text, and 9\d% of <bdi>Ledger</bdi>’s", page)
    visitor.get(address)
    visitor.get(copies[3].get_absolute_url())
    with CaptureQueriesContext(connection) as alone:
        visitor.get(copies[3].get_absolute_url())
    with django_assert_num_queries(len(alone)):
        visitor.get(address)


def test_what_changed_about_a_copy_is_on_the_next_page(visitor, copies):
    def read() -> str:
        response = visitor.get(copies[0].get_absolute_url())
        return response["ETag"], response.content.decode()

    etag, page = read()
    assert "Ledger" in page and "Signal" in page
    source = Source.objects.get(name="Ledger")
    source.name = "Harbour Ledger"
    source.save()
    later, page = read()
    assert "Harbour Ledger" in page and later != etag
    Article.objects.filter(pk=copies[2].pk).set_status("withdrawn")
    assert "Signal" not in read()[1]
    copies[1].refresh_from_db()
    copies[1].revise(copies[3].current().html)
    assert "Also printed by" not in read()[1]


@nothing_rendered_before
def test_the_copies_are_compared_side_by_side(visitor, copies):
    page = visitor.get(f"{copies[0].get_absolute_url()}copies/")
    assert "3 sources print it" in page.content.decode()
    assert [copy.source for copy in page.context["copies"]] == ["Ledger", "Signal"]
    assert page.context["copies"][1].of_own == 100 and 30 < page.context["copies"][1].of_other < 70
    chosen = visitor.get(f"{copies[0].get_absolute_url()}copies/?with={copies[1].slug}", follow=True)
    assert chosen.redirect_chain == [(f"{copies[0].get_absolute_url()}copies/{copies[1].slug}/", 302)]
    shown = chosen.content.decode()
    assert re.search(r"<ins[^>]*>quarrel</ins>", shown) and 'data-revision="Ledger, ¶2"' in shown
    for other in (copies[3].slug, "none"):
        assert visitor.get(f"{copies[0].get_absolute_url()}copies/{other}/").status_code == 404


@nothing_rendered_before
def test_a_private_article_shows_its_members_the_copies_and_others_nothing_of_itself(
    alice_client, charlie_client, project, alice, copies, wire
):
    before = [charlie_client.get(address).content for address in ("/", copies[0].get_absolute_url() + "copies/")]
    caches["fragments"].clear()
    page = extracted(make_page(wire), title="Secret", site="Secret Gazette")
    own = add_private_article(project, page, source="", by=alice).article
    assert own.story is None
    after = [charlie_client.get(address).content for address in ("/", copies[0].get_absolute_url() + "copies/")]
    strip = re.compile(rb'value="\w{64}"|X-CSRFToken": "\w+"')
    assert [strip.sub(b"", page) for page in after] == [strip.sub(b"", page) for page in before]
    found = alice_client.get(f"{own.get_absolute_url()}copies/")
    assert [copy.source for copy in found.context["copies"]] == ["Transwire", "Ledger", "Signal"]
    assert alice_client.get(f"{own.get_absolute_url()}copies/{copies[0].slug}/").status_code == 200
    assert charlie_client.get(f"{own.get_absolute_url()}copies/").status_code == 404
    assert charlie_client.get(f"{copies[0].get_absolute_url()}copies/{own.slug}/").status_code == 404

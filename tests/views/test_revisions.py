"""The revisions of an article: their list, what changed between two, fetching again, and what is new to a reader."""

import re

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from cases import each
from markup import squeezed
from newsreader.importing import importer as desk
from newsreader.models import Article, Reading
from newsreader.text.html.plaintext import text_of
from texts import extracted

MORE = '\n<p id="p6">The mayor spoke again on Tuesday.</p>'


@pytest.fixture
def corrected(article, revision, curator):
    """The article, with 17 million instead of 12 and one sentence more."""
    article.revise(revision.html.replace("12 million", "17 million") + MORE, created_by=curator)
    return article


@pytest.fixture
def found(site, settings):
    """The article of the test site as it was imported from there."""
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    article = Article.objects.store(desk.extract_from_web(f"{site.url}/ferry")).article
    Article.objects.filter(pk=article.pk).update(url=f"{site.url}/ferry")
    article.refresh_from_db()
    return article


def place(article, part: str = "") -> str:
    return f"{article.get_absolute_url()}revisions/{part}"


def shown(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words(page: str) -> str:
    """What of a page is read, on one line."""
    return " ".join(text_of(page[page.index("<main") :]).split())


# The list


def test_the_list_says_when_how_and_how_much(visitor, corrected):
    page = words(shown(visitor, place(corrected)))
    assert re.search(
        r"Revision 2 current Corrected by curator, \d+ \w+ \d{4}, \d\d:\d\d 7 words added, 1 removed", page
    )
    assert re.search(r"Revision 1 Imported, \d+ \w+ \d{4}", page)


def test_each_revision_leads_to_its_text_and_to_what_changed(visitor, corrected):
    page = shown(visitor, place(corrected))
    leading = {part for part in ("1/", "2/", "1..2/", "0..1/") if f'href="{place(corrected, part)}"' in page}
    assert leading == {"1/", "2/", "1..2/"}


def test_an_article_with_one_text_says_what_the_page_is_for(visitor, article):
    page = shown(visitor, place(article))
    assert "has not changed since it was added" in page
    assert "<select" not in page


def test_any_two_are_compared_by_a_plain_form(visitor, corrected):
    assert visitor.get(place(corrected), {"old": 1, "new": 2}).url == place(corrected, "1..2/")


@each(
    ("asked", "said"),
    [
        ({"old": 2, "new": 2}, "Choose two different revisions"),
        ({"old": 1}, "Choose two revisions"),
        ({"old": "x", "new": "99999999999999999999"}, "Choose two revisions"),
    ],
)
def test_what_cannot_be_compared_is_explained(visitor, corrected, asked, said):
    answer = visitor.get(place(corrected), asked)
    assert (answer.status_code, said in answer.content.decode()) == (200, True)


def test_queries_of_the_list_do_not_grow_with_revisions(visitor, corrected, curator, connection):
    visitor.get(place(corrected))
    with CaptureQueriesContext(connection) as few:
        visitor.get(place(corrected))
    for number in range(6):
        corrected.revise(f'<p id="p1">Text number {number}.</p>', created_by=curator)
    with CaptureQueriesContext(connection) as many:
        visitor.get(place(corrected))
    assert len(many) == len(few) <= 5


def test_the_list_reads_no_texts(visitor, corrected, connection):
    with CaptureQueriesContext(connection) as queries:
        visitor.get(place(corrected))
    assert not [query for query in queries if '"html"' in query["sql"]]


# The difference


def test_the_difference_shows_what_was_removed_and_added(visitor, corrected):
    page = shown(visitor, place(corrected, "1..2/"))
    assert '<del class="lost" data-label="removed" data-end="">12</del>' in page
    assert '<ins class="gained" data-label="added" data-end="">17</ins>' in page
    assert "One passage edited and one added; 7 words added, 1 removed." in page


def test_a_difference_can_be_read_backwards(visitor, corrected):
    page = shown(visitor, place(corrected, "2..1/"))
    assert '<del class="lost" data-label="removed" data-end="">17</del>' in page
    assert "One passage edited and one removed; 1 word added, 7 removed." in page


def test_what_did_not_change_is_folded_and_can_be_unfolded(visitor, corrected):
    page = shown(visitor, place(corrected, "1..2/"))
    (fold,) = re.findall('<details class="diff-fold".*?</details>', page, re.S)
    assert "4 paragraphs unchanged" in squeezed(fold)
    assert "The harbour of Brevik reopened" in fold


def test_everything_can_be_shown(visitor, corrected):
    page = shown(visitor, place(corrected, "1..2/?show=all"))
    assert 'class="diff-fold"' not in page
    assert 'aria-current="true">Everything' in page


def test_the_newer_text_stands_in_the_page_as_it_is(visitor, corrected):
    page = shown(visitor, place(corrected, "1..2/?show=all"))
    blocks = re.findall(r'(<\w+ id="new-\d+".*?)</div>', page, re.S)
    assert "\n".join(map(text_of, blocks)) == corrected.current().text


def test_markup_of_the_article_is_kept(visitor, article, revision):
    article.revise(revision.html.replace("12 million in", "17 million in").replace(">port<", ">harbour<"))
    page = shown(visitor, place(article, "1..2/"))
    assert (
        '<a href="https://example.org/port"><ins class="gained" data-label="added" data-end="">harbour</ins></a>'
        in page
    )


def test_a_text_and_itself_lead_to_the_text(visitor, corrected):
    assert visitor.get(place(corrected, "2..2/")).url == place(corrected, "2/")


@each("part", ["1..3/", "0..1/", "3..3/", "1..x/", "1...2/", "1..99999999999999999999/", f"1..{'9' * 5000}/"])
def test_a_difference_to_what_is_not_there_is_a_404(visitor, corrected, part):
    assert visitor.get(place(corrected, part)).status_code == 404


@pytest.mark.parametrize("part", ["", "1/", "1..2/"])
@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_published_is_for_staff_alone(visitor, alice_client, curator_client, corrected, part, status):
    Article.objects.filter(pk=corrected.pk).update(status=status)
    answers = [client.get(place(corrected, part)).status_code for client in (visitor, alice_client, curator_client)]
    assert answers == [404, 404, 200]


@pytest.mark.parametrize("part", ["", "1/", "1..2/"])
def test_looking_is_a_get(alice_client, corrected, part):
    assert alice_client.post(place(corrected, part)).status_code == 405


def test_an_article_may_print_insertions_of_its_own(visitor, article, revision):
    article.revise(revision.html + '\n<p id="p6">It was <del>twelve</del> <ins>17</ins>, they say.</p>')
    page = shown(visitor, place(article, "1..2/"))
    assert "It was </ins><del><ins" in page


# Fetching again


def again(client, article):
    return client.post(f"{article.get_absolute_url()}revisions/refetch/", follow=True)


def said(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_an_original_that_changed_becomes_a_revision(curator_client, curator, found):
    Article.objects.filter(pk=found.pk).update(url=found.url.replace("ferry", "ferry-corrected"))
    answer = again(curator_client, found)
    new = found.revisions.get(number=2)
    assert (new.reason, new.created_by, new.difference) == ("refetched", curator, "1 word added, 1 removed")
    assert said(answer) == "The text is now revision 2: 1 word added, 1 removed. Revision 1 is kept."
    assert "Fetched again by curator" in answer.content.decode()


def test_an_original_that_is_as_it_was_changes_nothing(curator_client, found):
    assert said(again(curator_client, found)) == "The original has not changed since it was last fetched."
    assert found.revisions.count() == 1


def test_fetching_again_never_takes_back_what_a_curator_corrected(curator_client, curator, found):
    found.revise(found.current().html + MORE, created_by=curator)
    assert said(again(curator_client, found)) == "The original has not changed since it was last fetched."
    found.refresh_from_db()
    assert found.revision == 2


def test_an_article_without_an_address_says_so(curator_client, article):
    answer = again(curator_client, article)
    assert answer.status_code == 422
    assert "has no original URL" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("missing", "answered 404 Not Found"),
        ("large", "larger than 10 MB"),
        ("picture", "a file of type image/gif"),
        ("inwards", "not on the public Internet"),
        ("broken", "could not be reached"),
    ],
)
def test_what_cannot_be_fetched_is_explained(curator_client, found, site, path, sentence):
    Article.objects.filter(pk=found.pk).update(url=f"{site.url}/{path}")
    answer = again(curator_client, found)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert found.revisions.count() == 1


def test_the_network_is_asked_outside_of_any_transaction(curator_client, found, monkeypatch):
    open_then = []
    monkeypatch.setattr(
        desk, "extract_from_web", lambda url: open_then.append(len(database.savepoint_ids)) or extracted(MORE)
    )
    again(curator_client, found)
    assert open_then == [0]


def test_only_staff_may_fetch_again(visitor, alice_client, found, site):
    address = f"{found.get_absolute_url()}revisions/refetch/"
    asked = len(site.asked)
    assert visitor.post(address).url.startswith("/accounts/login/")
    assert alice_client.post(address).status_code == 403
    assert len(site.asked) == asked
    assert "Fetch the original again" not in shown(alice_client, place(found))


# The reading page and the library


def read_at(user, article, number: int) -> None:
    Reading.objects.create(user=user, article=article, revision=number, read_at=article.added_at)


def test_the_dateline_leads_to_the_revisions_once_there_are_two(visitor, article, revision):
    assert place(article) not in shown(visitor, article.get_absolute_url())
    article.revise(revision.html + MORE)
    assert f'<a href="{place(article)}">revision 2 of 2</a>' in shown(visitor, article.get_absolute_url())


def test_an_older_text_leads_to_the_current_one_to_the_list_and_to_what_changed(visitor, corrected):
    for address in (place(corrected, "1/"), f"{corrected.get_absolute_url()}?revision=1"):
        page = shown(visitor, address)
        for there in (corrected.get_absolute_url(), place(corrected), place(corrected, "1..2/")):
            assert f'href="{there}"' in page


def test_who_read_an_older_text_is_told_what_changed(alice_client, alice, corrected):
    read_at(alice, corrected, 1)
    page = squeezed(shown(alice_client, corrected.get_absolute_url()))
    assert "Changed since you read it.</b> 7 words added, 1 removed:" in page
    assert 'removed: </span>12</del> <span aria-hidden="true">→</span> <ins' in page
    assert "The mayor spoke again on Tuesday." in page
    assert f'href="{place(corrected, "1..2/")}"' in page


def test_at_most_three_changes_are_listed(alice_client, alice, article):
    numbers = "".join(f"<p>The crane number {n} fell in the {n}th storm of that winter.</p>" for n in range(9))
    article.revise(extracted(numbers).html)
    read_at(alice, article, 2)
    article.revise(extracted(re.sub(r"(\d)th", r"1\1th", numbers)).html)
    page = shown(alice_client, article.get_absolute_url())
    assert page.count('<ins class="gained">') == 3


def test_a_press_of_a_button_says_that_it_was_seen(alice_client, alice, corrected):
    read_at(alice, corrected, 1)
    page = shown(alice_client, corrected.get_absolute_url())
    form = re.search(r'<div class="changed" id="news">.*?<form method="post" action="([^"]+)">', page, re.S)
    alice_client.post(form[1], fields_of(page, 'id="news"') | {"read": "yes"})
    assert Reading.objects.get().revision == 2
    assert "Changed since you read it" not in shown(alice_client, corrected.get_absolute_url())


def fields_of(page: str, within: str) -> dict:
    """The hidden fields of the form that stands after these words of a page."""
    form = page[page.index(within) :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")]))


@pytest.mark.parametrize("button", ['id="news"', 'class="state"'])
def test_what_was_corrected_while_it_was_read_is_not_taken_as_read(alice_client, alice, corrected, button):
    read_at(alice, corrected, 1)
    fields = fields_of(shown(alice_client, corrected.get_absolute_url()), button)
    corrected.revise('<p id="p1">All is different now.</p>')
    alice_client.post(f"{corrected.get_absolute_url()}state/", {"read": "yes", "revision": fields["revision"]})
    assert Reading.objects.get().revision == 2
    assert "Changed since you read it" in shown(alice_client, corrected.get_absolute_url())


@pytest.mark.parametrize(
    ("said", "kept"), [("1", 1), ("7", 2), ("0", 2), ("-1", 2), ("x", 2), ("9" * 5000, 2), ("", 2)]
)
def test_a_text_that_is_not_there_was_not_read(alice_client, corrected, said, kept):
    alice_client.post(f"{corrected.get_absolute_url()}state/", {"read": "yes", "revision": said})
    assert Reading.objects.get().revision == kept


@pytest.mark.parametrize("number", [0, 2, 7])
def test_nobody_else_is_told(alice_client, alice, corrected, number):
    read_at(alice, corrected, number)
    assert "Changed since you read it" not in shown(alice_client, corrected.get_absolute_url())


def test_an_older_text_has_no_news(alice_client, alice, corrected):
    read_at(alice, corrected, 1)
    corrected.revise('<p id="p1">All is different now.</p>')
    assert "Changed since you read it" not in shown(alice_client, place(corrected, "2/"))


def test_news_cost_nothing_where_there_are_none(alice_client, alice, corrected, connection):
    read_at(alice, corrected, 2)
    alice_client.get(corrected.get_absolute_url())
    with CaptureQueriesContext(connection) as without:
        alice_client.get(corrected.get_absolute_url())
    Reading.objects.update(revision=1)
    with CaptureQueriesContext(connection) as told:
        alice_client.get(corrected.get_absolute_url())
    assert len(told) == len(without) + 1


def test_news_make_a_new_page_of_it(alice_client, alice, corrected):
    read_at(alice, corrected, 2)
    before = alice_client.get(corrected.get_absolute_url())["ETag"]
    Reading.objects.update(revision=1)
    assert alice_client.get(corrected.get_absolute_url())["ETag"] != before


def test_a_very_long_text_only_says_that_it_changed(alice_client, alice, article):
    long = "".join(f"<p>{'Words and more words. ' * 60}</p>" for _ in range(200))
    article.revise(extracted(long).html)
    read_at(alice, article, 2)
    article.revise(extracted(f"{long}<p>More.</p>").html)
    page = shown(alice_client, article.get_absolute_url())
    assert "Changed since you read it.</b>" in page
    assert '<ins class="gained">' not in page


def test_the_library_says_what_changed_since_it_was_read(alice_client, alice, corrected, connection):
    read_at(alice, corrected, 2)
    alice_client.get("/")
    with CaptureQueriesContext(connection) as without:
        assert "Changed since you read it" not in shown(alice_client, "/")
    Reading.objects.update(revision=1)
    with CaptureQueriesContext(connection) as told:
        page = squeezed(shown(alice_client, "/"))
    assert f'<a href="{place(corrected, "1..2/")}">Changed since you read it</a>' in page
    assert len(told) == len(without)


def test_the_admin_leads_to_each_difference(curator_client, corrected):
    page = squeezed(shown(curator_client, f"/admin/newsreader/article/{corrected.pk}/change/"))
    assert f'<a href="{place(corrected, "1..2/")}">7 words added, 1 removed</a>' in page
    assert f'href="{place(corrected)}"' in page

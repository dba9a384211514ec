"""The list of articles, and what is done from it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils.html import escape

from annotations.models import Highlight
from cases import each
from curating import act, address, list_of, said
from newsreader.models import Article
from texts import PAGE, extracted

LIST = reverse("admin:newsreader_article_changelist")


@pytest.fixture
def others(article):
    """Two more articles: a draft in French and a withdrawn one."""
    draft = extracted("<p>Le port rouvre.</p>", title="Le port", site="Le Quai", language="fr", byline="Jean Amar")
    gone = extracted("<p>A page of old.</p>", title="An old page", url="https://quay.example/old")
    return [
        Article.objects.store(draft, status="draft").article,
        Article.objects.store(gone, status="withdrawn").article,
    ]


def titles(response) -> list[str]:
    return [article.title for article in response.context["cl"].result_list]


@each("words", ["Amar", "Le port", "Quai"])
def test_an_article_is_found_by_byline_title_or_source(curator_client, others, words):
    assert titles(curator_client.get(LIST, {"q": words})) == ["Le port"]


def test_an_article_is_found_by_its_address(curator_client, others):
    assert titles(curator_client.get(LIST, {"q": "quay.example/old"})) == ["An old page"]


@each(
    ("query", "found"),
    [
        ({"status__exact": "draft"}, ["Le port"]),
        ({"status__exact": "withdrawn"}, ["An old page"]),
        ({"language": "fr"}, ["Le port"]),
        ({"dated_at__year": 2026, "dated_at__month": 11, "status__exact": "published"}, ["Harbour reopens"]),
        ({"dated_at__year": 2025}, []),
    ],
)
def test_the_list_is_filtered(curator_client, others, query, found):
    assert titles(curator_client.get(LIST, query)) == found


def test_the_list_is_filtered_by_source(curator_client, article, others):
    assert titles(curator_client.get(LIST, {"source__id__exact": others[0].source_id})) == ["Le port"]


def test_the_list_is_filtered_by_whether_highlights_stand(curator_client, others, highlight, alice):
    assert titles(curator_client.get(LIST, {"highlights": "yes"})) == ["Harbour reopens"]
    highlight.hide(alice)
    assert titles(curator_client.get(LIST, {"highlights": "yes"})) == []
    assert len(titles(curator_client.get(LIST, {"highlights": "no"}))) == 3


def test_the_list_counts_words_revisions_and_standing_highlights(curator_client, article, highlight, curator):
    article.revise(article.current().html + '\n<p id="p6">More.</p>', created_by=curator)
    row = curator_client.get(LIST).content.decode()
    for name, number in (("words", article.words), ("revisions", 2), ("highlights", 1)):
        assert f'<td class="field-{name}">{number}</td>' in row


def test_the_list_leads_to_the_page_of_an_article(curator_client, article):
    assert f'href="{escape(article.get_absolute_url())}"' in curator_client.get(LIST).content.decode()


def test_the_list_asks_the_database_as_often_for_fifty_articles_as_for_one(
    curator_client, article, highlight, django_assert_num_queries, django_assert_max_num_queries
):
    curator_client.get(LIST)  # what waits is counted now, and kept
    with django_assert_max_num_queries(20) as few:
        curator_client.get(LIST)
    for number in range(49):
        Article.objects.store(extracted(f"<p>Page {number}.</p>", title=f"Page {number}", site=f"Outlet {number}"))
    with django_assert_num_queries(len(few)):
        assert len(titles(curator_client.get(LIST))) == 50


@pytest.mark.parametrize(
    ("action", "status", "words"),
    [
        ("publish", "published", "2 articles published. 1 already was."),
        ("withdraw", "withdrawn", "2 articles withdrawn. 1 already was."),
        ("make_drafts", "draft", "2 articles made drafts. 1 already was."),
    ],
)
def test_articles_change_their_status_in_bulk(curator_client, article, others, action, status, words):
    page = act(curator_client, action, article, *others)
    assert set(Article.objects.values_list("status", flat=True)) == {status}
    assert said(page) == words


def test_one_article_is_one(curator_client, article):
    assert said(act(curator_client, "withdraw", article)) == "1 article withdrawn."


def test_a_change_in_bulk_makes_other_forms_and_pages_stale(curator_client, article):
    before = article.version
    act(curator_client, "withdraw", article)
    article.refresh_from_db()
    assert article.version == before + 1


def test_a_change_in_bulk_is_in_the_history(curator_client, article):
    act(curator_client, "withdraw", article)
    assert "Withdrawn" in LogEntry.objects.get(object_id=article.pk).get_change_message()


def test_articles_are_not_deleted_in_bulk(curator_client, article):
    assert "delete_selected" not in curator_client.get(LIST).content.decode()


def test_to_add_an_article_leads_to_where_articles_come_in(curator_client):
    assert curator_client.get(reverse("admin:newsreader_article_add")).url == reverse("add")
    assert f'href="{reverse("add")}"' in curator_client.get(LIST).content.decode()


def test_an_article_that_carries_highlights_is_not_deleted_but_can_be_withdrawn(curator_client, article, highlight):
    page = curator_client.post(address(article, "delete"), {"post": "yes"})
    assert "has highlights" in page.content.decode()
    assert highlight.exact not in page.content.decode()
    assert 'value="withdraw"' in page.content.decode()
    assert Article.objects.filter(pk=article.pk).exists()


def test_a_deleted_highlight_that_can_be_restored_still_keeps_the_article(curator_client, article, highlight, alice):
    highlight.hide(alice)
    curator_client.post(address(article, "delete"), {"post": "yes"})
    assert Article.objects.filter(pk=article.pk).exists()


def test_an_article_without_highlights_is_deleted_with_its_revisions_and_its_log(curator_client, article, highlight):
    Highlight.objects.all().delete()
    curator_client.post(address(article, "delete"), {"post": "yes"})
    assert not Article.objects.filter(pk=article.pk).exists()


def test_a_draft_is_looked_at_on_its_real_page(curator_client, others):
    page = curator_client.get(address(others[0])).content.decode()
    assert f'href="{others[0].get_absolute_url()}" class="viewsitelink"' in page
    assert curator_client.get(others[0].get_absolute_url()).status_code == 200


def test_the_list_shows_an_article_in_any_script(curator_client):
    Article.objects.store(extracted(PAGE, title="六人と一匹の船", site="みなと通信", language="ja"))
    assert "六人と一匹の船" in curator_client.get(list_of(Article)).content.decode()

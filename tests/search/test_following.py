"""The index follows every change, by whichever verb it is made, in the transaction of that change."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from annotations.identifiers import uuid7
from annotations.models import Highlight, Project, Reply, Tag, Thread
from annotations.models.search_entry import number_of
from curating import save
from newsreader.models import Article, ArticleEntry, Revision, Source
from newsreader.search import indexes, matching
from newsreader.text.html.sanitizer import clean
from search.keeping import find_stale_entries
from texts import PAGE, extracted


@pytest.fixture(autouse=True)
def _nothing_is_stale_in_the_end(db):
    yield
    assert find_stale_entries() == []


def slugs(query: str) -> list[str]:
    return sorted(matching(Article.objects.all(), query).values_list("slug", flat=True))


def quotes(query: str) -> list[str]:
    return [highlight.exact for highlight in matching(Highlight.objects.standing(), query)]


def test_an_article_that_comes_in_is_found(article):
    assert slugs("harbour insurers") == ["harbour-reopens"]


def test_an_article_is_found_by_its_corrected_text_alone(article, curator):
    article.revise(clean("<p>Every lighthouse is dark.</p>"), created_by=curator)
    assert (slugs("lighthouse"), slugs("insurers")) == (["harbour-reopens"], [])


def test_an_article_is_found_by_its_new_title_alone(article, curator):
    article.title = "Lighthouse opens"
    article.amend(article.current().html, created_by=curator)
    assert (slugs("lighthouse"), slugs('"harbour reopens"')) == (["harbour-reopens"], [])


def test_what_a_curator_edits_in_the_admin_is_found(curator_client, article):
    html = article.current().html.replace("Brevik", "Nordhavn")
    save(curator_client, article, byline="Zoé Lefèvre", html=html)
    assert (slugs("author:lefevre nordhavn"), slugs("brevik")) == (["harbour-reopens"], [])


def test_articles_are_found_by_the_new_name_of_their_source(article):
    source = article.source
    source.name = "Lighthouse Post"
    source.save()
    assert (slugs("source:lighthouse"), slugs("source:quay")) == (["harbour-reopens"], [])


def test_articles_that_get_another_source_are_found_by_it(article):
    Article.objects.filter(pk=article.pk).update(source=Source.objects.find_or_create("Lighthouse Post"))
    Source.objects.filter(name="The Quay").update(name="The Pier")
    assert (slugs("source:lighthouse"), slugs("source:quay")) == (["harbour-reopens"], [])


def test_articles_that_are_changed_all_at_once_are_found(article):
    article.title = "Lighthouse opens"
    Article.objects.bulk_update([article], ["title"])
    assert slugs("lighthouse") == ["harbour-reopens"]


def test_articles_that_come_in_all_at_once_are_found(article):
    rows = [Article(source=article.source, slug=name, title=name, dated_at=article.dated_at) for name in ("one", "two")]
    Article.objects.bulk_create(rows)
    revision = Revision.from_html(clean("<p>Every lighthouse is dark.</p>"), number=1, article=rows[0])
    Revision.objects.bulk_create([revision])
    assert (slugs("lighthouse"), slugs("two")) == (["one"], ["harbour-reopens", "two"])


def test_an_article_that_is_deleted_has_no_entry(article):
    article.delete()
    assert not ArticleEntry.objects.exists()


def test_articles_that_are_deleted_all_at_once_have_no_entries(article):
    Article.objects.all().delete()
    assert not ArticleEntry.objects.exists()


def test_a_change_of_a_status_writes_no_entry(article, django_assert_max_num_queries):
    with django_assert_max_num_queries(11) as queries:
        Article.objects.set_status("draft")
    assert not [query for query in queries if "entry" in query["sql"]]


def test_what_is_loaded_from_fixtures_is_found():
    call_command("loaddata", "articles", "demo", verbosity=0)
    assert len(slugs("guarantee")) > 3
    assert quotes("guarantee")


def test_where_a_change_fails_the_index_stays(article):
    with transaction.atomic():
        article.title = "Lighthouse opens"
        article.save()
        transaction.set_rollback(True)
    assert (slugs("lighthouse"), slugs("harbour")) == ([], ["harbour-reopens"])


def test_a_highlight_is_found_by_its_words_and_its_note(highlight):
    assert quotes("monday") == quotes("first note") == quotes("reopening") == ["reopened on Monday"]


def test_a_highlight_is_found_by_what_was_edited(highlight, alice):
    highlight.edit(1, by=alice, note="Lighthouse", tags=[])
    assert (len(quotes("lighthouse")), quotes("first")) == (1, [])


def test_a_highlight_is_found_by_the_words_it_was_moved_to(highlight, alice, revision):
    start = revision.text.index("Two cranes")
    highlight.move(1, start, start + 10, by=alice)
    assert (quotes("crane"), quotes("monday")) == (["Two cranes"], [])


def test_a_deleted_highlight_is_found_when_it_is_restored(highlight, alice):
    highlight.hide(alice)
    assert quotes("monday") == []
    highlight.restore(alice)
    assert quotes("monday") == ["reopened on Monday"]


def test_a_highlight_that_is_kept_on_new_words_is_found_by_what_was_read(highlight, alice, article):
    article.revise(article.current().html.replace("Monday", "Tuesday"), created_by=alice)
    highlight.placements.get().accept(version=None, by=alice)
    assert (quotes("monday"), quotes("tuesday")) == (["reopened on Monday"], [])


def test_the_stems_of_highlights_follow_the_language_of_their_article(highlight, article):
    article.language = "fr"
    article.save()
    assert quotes("reopening") == []
    Article.objects.update(language="en")
    assert quotes("reopening") == ["reopened on Monday"]


def test_highlights_of_a_project_that_is_deleted_have_no_entries(highlight, project):
    Highlight.objects.all().delete()
    Project.objects.all().delete()
    assert quotes("monday") == []


def test_making_a_highlight_writes_one_entry_and_no_more(project, revision, alice):
    with CaptureQueriesContext(connection) as asked:
        Highlight.objects.make(project=project, revision=revision, author=alice, start=4, end=11)
    table = indexes.INDEXES[Highlight].table
    assert [table in query["sql"] for query in asked].count(True) == 1


def test_a_highlight_whose_keys_are_written_as_words_is_found(highlight, project):
    place = {"start": 4, "end": 11, "exact": "harbour", "article": highlight.article, "revision": highlight.revision}
    Highlight.objects.create(pk=str(uuid7()), project_id=str(project.pk), author=highlight.author, **place)
    assert quotes("harbour") == ["harbour"]


def test_entries_of_highlights_have_different_numbers(highlight):
    keys = [highlight.pk, *Tag.objects.values_list("pk", flat=True)]
    assert len({number_of(key) for key in keys}) == len(keys)
    assert 0 <= number_of(highlight.pk) < 2**63


def test_a_text_of_any_size_is_kept_as_far_as_there_is_room(article):
    words = " ".join(f"w{number}x" for number in range(100_000))
    article.revise(clean(f"<p>Lighthouse {words}</p>"))
    assert (slugs("lighthouse w9x"), slugs("w99999x")) == (["harbour-reopens"], [])


def test_a_text_without_words_is_kept(db):
    Article.objects.store(extracted("<p>🚢 —</p>", title="🚢"))
    assert ArticleEntry.objects.count() == 1


def test_two_articles_of_one_text_are_both_found(article):
    Article.objects.store(extracted(PAGE, title="Elsewhere", site="The Pier"))
    assert slugs("insurers") == ["elsewhere", "harbour-reopens"]


def test_words_in_replies_find_their_highlight_as_long_as_they_stand(highlight, alice, bob):
    reply = Reply.objects.make(Thread.objects.of_highlight(highlight), author=bob, text="Says which *lighthouse*?")
    assert (quotes("lighthouse"), quotes("lighthouse first")) == (["reopened on Monday"], ["reopened on Monday"])
    highlight.edit(highlight.version, by=alice, note="Another note", tags=[])
    assert (quotes("lighthouse another"), quotes("first")) == (["reopened on Monday"], [])
    reply.edit(None, by=bob, text="Says which ferry?")
    assert (quotes("lighthouse"), quotes("ferry")) == ([], ["reopened on Monday"])
    reply.hide(by=bob)
    assert quotes("ferry") == []
    reply.restore(by=bob)
    assert quotes("ferry") == ["reopened on Monday"]


def test_words_in_replies_are_found_among_the_passages_and_on_a_new_index(alice_client, project, highlight, bob):
    Reply.objects.make(Thread.objects.of_highlight(highlight), author=bob, text="Which lighthouse?")
    call_command("reindex", verbosity=0)
    page = alice_client.get(f"/projects/{project.slug}/passages/?q=lighthouse")
    assert page.context["tally"]["number"] == 1

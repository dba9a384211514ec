"""Which articles are one story: edits of real-length articles are found among others, and nothing else is."""

from io import StringIO

import pytest
from django.core.management import call_command

from annotations.management.commands.db_worker import clean_up_jobs
from cases import each
from newsreader.models import Article, Shingle, Story
from newsreader.stories import find_waiting_stories, select_waiting
from stories.storing import store
from stories.wire import Newsroom

pytestmark = pytest.mark.django_db
OTHERS, EDITED = 40, 8


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom(7)


@pytest.fixture
def wire(newsroom) -> list[str]:
    """The sentences of an article that Transwire sent."""
    return newsroom.article()


def list_stories() -> list[str]:
    """The titles of the articles of each story, and those alone."""
    groups: dict[str, list[str]] = {}
    for story, title in Article.objects.order_by("title").values_list("story", "title"):
        groups.setdefault(story or title, []).append(title)
    assert Story.objects.count() == sum(isinstance(key, int) for key in groups)
    return sorted(" + ".join(titles) for titles in groups.values())


def test_edits_are_found_among_others_and_nothing_else_is(newsroom):
    edits = {"quarter": newsroom.print_first_quarter, "swap": newsroom.swap_sentences, "words": newsroom.replace_words}
    for number in range(OTHERS):
        store(newsroom.article(), f"Other {number}")
    texts = [newsroom.article() for _ in range(EDITED)]
    for number, sentences in enumerate(texts):
        store(sentences, f"{number} wire")
        for name, edit in edits.items():
            store(edit(sentences), f"{number} {name}")
        store(newsroom.retell(sentences), f"Own {number}")
    stories = [f"{number} quarter + {number} swap + {number} wire + {number} words" for number in range(EDITED)]
    alone = [f"Other {number}" for number in range(OTHERS)] + [f"Own {number}" for number in range(EDITED)]
    assert list_stories() == sorted(stories + alone)


def test_the_story_does_not_depend_on_which_came_first(newsroom, wire):
    half = len(wire) // 2
    store(wire[:half], "First half")
    store(wire[half:], "Second half")
    assert list_stories() == ["First half", "Second half"]
    store(wire, "Whole")
    assert list_stories() == ["First half + Second half + Whole"]


def test_a_short_text_that_two_quote_does_not_make_them_one_story(newsroom, wire):
    store(wire, "Whole")
    store(newsroom.retell(wire), "Own")
    store(wire[:7], "Part")
    assert list_stories() == ["Own", "Part + Whole"]


def test_the_same_page_under_another_address_is_one_story(newsroom):
    store(newsroom.article(), "Today", url="https://www.quay.example/harbour/?utm_source=feed")
    store(newsroom.article(), "Later", url="https://m.quay.example/harbour")
    store(newsroom.article(), "Other", url="https://m.quay.example/")
    store(newsroom.article(), "Another", url="https://www.quay.example/")
    assert list_stories() == ["Another", "Later + Today", "Other"]
    later = Article.objects.get(title="Later")
    later.url = "https://quay.example/pilots"
    later.save()
    assert list_stories() == ["Another", "Later", "Other", "Today"]


def test_what_a_source_prints_beneath_more_than_twenty_articles_tells_nothing(newsroom):
    beneath = newsroom.article()[:8]
    for number in range(24):
        store([*newsroom.article()[:12], *beneath], f"{number:02}", site="The Quay")
    store([*newsroom.article()[:12], *beneath], "Ledger")
    assert list_stories() == [*(f"{number:02}" for number in range(24)), "Ledger"]


def test_regular_reports_of_one_source_stay_apart_also_where_another_source_prints_one(newsroom):
    stock = newsroom.article()[:10]
    reports = [[*stock, *newsroom.article()[:10]] for _ in range(10)]
    for day, report in enumerate(reports):
        store(report, f"Herring report {day}", day, site="The Quay")
    assert len(list_stories()) == 10
    store([*reports[3], "It rained."], "Ledger", 20)
    store([*reports[9], "It rained."], "Signal", 30)
    together = {3: "Herring report 3 + Ledger", 9: "Herring report 9 + Signal"}
    assert list_stories() == [together.get(day, f"Herring report {day}") for day in range(10)]


@pytest.mark.parametrize(
    ("title", "stays", "is_one"),
    [
        ("Pilots strike at Quay", 14, False),
        ("Pilots strike at Quay", 18, True),
        ("Herring is dear", 18, False),
        ("Herring is dear", 19, True),
        ("Pilots at Quay strike in 2026", 18, False),
    ],
)
def test_one_source_has_a_copy_of_its_own_article_only_with_nearly_the_same_text(newsroom, title, stays, is_one):
    first = [" ".join(newsroom.choose(20)) for _ in range(20)]
    other = [" ".join(newsroom.choose(20)) for _ in range(20 - stays)]
    store(first, "Pilots strike at Quay", site="The Quay")
    store([*first[:stays], *other], title, 30, site="The Quay")
    assert (Story.objects.count() == 1) is is_one


def test_a_story_may_have_more_than_twenty_articles(wire):
    for number in range(24):
        store(wire[: 10 + number % 3], f"{number:02}")
    assert list_stories() == [" + ".join(f"{number:02}" for number in range(24))]


def test_short_texts_are_none_though_they_are_the_same():
    for number in range(2):
        store(["Subscribe to read this article."], str(number))
    assert list_stories() == ["0", "1"]


def test_only_what_is_published_is_part_of_a_story_and_holds_it_together(wire):
    half = len(wire) // 2
    store(wire[:half], "First half")
    store(wire[half:], "Second half", 1)
    whole = store(wire, "Whole", 2, status="draft")
    apart, together = ["First half", "Second half", "Whole"], ["First half + Second half + Whole"]
    assert list_stories() == apart
    for status, expected in (("published", together), ("withdrawn", apart), ("published", together)):
        Article.objects.filter(pk=whole.pk).set_status(status)
        assert list_stories() == expected
    whole.refresh_from_db()
    whole.status = "draft"
    whole.save()
    assert list_stories() == apart
    assert set(Shingle.objects.values_list("article__title", flat=True)) == {"First half", "Second half"}


@each("delete", [lambda article: article.delete(), lambda article: Article.objects.filter(pk=article.pk).delete()])
def test_a_deleted_article_holds_no_story_together_and_is_in_no_index(wire, delete):
    Article.objects.all().delete()
    half = len(wire) // 2
    store(wire[:half], "First half")
    store(wire[half:], "Second half", 1)
    whole = store(wire, "Whole", 2)
    assert list_stories() == ["First half + Second half + Whole"]
    delete(whole)
    assert list_stories() == ["First half", "Second half"]
    call_command("dumpdata", "newsreader", natural_foreign=True, stdout=StringIO())


def test_a_corrected_text_has_another_story(newsroom, wire):
    first, second = store(wire, "First"), store(newsroom.article(), "Second")
    before = second.current().html
    second.revise(first.current().html)
    assert list_stories() == ["First + Second"]
    second.revise(before)
    assert list_stories() == ["First", "Second"]


def test_what_was_there_before_is_put_into_stories_by_the_worker(wire):
    store(wire, "First")
    store(wire[:12], "Second")
    numbers = list(Shingle.objects.order_by("number", "article").values_list("number", "article"))
    Article.objects.order_by().update(story=None, story_revision=None)
    Story.objects.all().delete()
    Shingle.objects.all().delete()
    clean_up_jobs()
    assert list_stories() == ["First", "Second"] and select_waiting().count() == 2
    find_waiting_stories.call()
    assert list_stories() == ["First + Second"]
    assert list(Shingle.objects.order_by("number", "article").values_list("number", "article")) == numbers


def test_the_command_finds_all_anew_and_removes_rows_of_articles_that_are_gone(wire):
    store(wire, "First")
    store(wire[:12], "Second")
    Article.objects.get(title="Second").delete()
    Shingle.objects.add(0, [1, 2])  # as a deleted article left them before
    for _ in range(2):
        call_command("find_stories", all=True, stdout=(said := StringIO()))
    assert "Articles looked at: 1;" in said.getvalue() and list_stories() == ["First"]
    Shingle.objects.add(0, [1, 2])
    call_command("find_stories", stdout=(said := StringIO()))
    assert "rows of deleted articles removed: 2" in said.getvalue()
    assert set(Shingle.objects.values_list("article", flat=True)) == {Article.objects.get().pk}

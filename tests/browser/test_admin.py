"""The admin in a real browser: nothing is stopped by the policy, axe finds nothing, and the work gets done."""

import pytest
from django.urls import reverse

from annotations.models import Event
from curating import address, list_of
from inspection import faults_of, watch
from newsreader.models import Article, Preferences
from texts import extracted


@pytest.fixture
def pages(article, highlight, project, tag, alice) -> list[str]:
    """Kinds of pages, with something to show on each."""
    rows = [article, article.source, project, tag, highlight, Event.objects.first(), alice]
    return [
        reverse("admin:index"),
        *(list_of(type(row)) for row in rows),
        *(address(row) for row in rows),
        *(address(row, "delete") for row in (article, article.source, highlight)),
        address(article, "history"),
        *map(reverse, ["admin:newsreader_source_add", "admin:auth_user_add", "admin:auth_group_add"]),
    ]


@pytest.mark.pages
def test_nothing_is_wrong_with_any_page_of_the_admin(signed_in_page, pages, curator, axe):
    page = signed_in_page(curator)
    watch(page)
    found = {each: faults for each in pages if (faults := faults_of(page, each, axe))}
    assert found == {}


def test_the_papers_differ(signed_in_page, curator, article):
    page, papers = signed_in_page(curator), set()
    for theme in ("light", "sepia", "dark"):
        Preferences.objects.update_or_create(user=curator, defaults={"theme": theme})
        page.goto(list_of(Article))
        papers.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert len(papers) == 3


def test_a_curator_publishes_from_the_list(signed_in_page, curator, article):
    Article.objects.store(extracted("<p>A draft.</p>", title="A draft"), status="draft")
    page = signed_in_page(curator)
    page.goto(list_of(Article))
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("Publish")
    page.get_by_role("button", name="Go").click()
    page.get_by_text("1 article published. 1 already was.").wait_for()
    assert Article.objects.filter(status="published").count() == 2


def test_a_date_is_chosen_with_the_browsers_own_field(signed_in_page, curator, article):
    page = signed_in_page(curator)
    page.goto(address(article))
    page.get_by_label("Published at").fill("2026-11-02T06:15")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/article/")
    article.refresh_from_db()
    assert article.published_at.isoformat() == "2026-11-02T06:15:00+00:00"


def test_a_member_is_added_to_a_project_by_name(signed_in_page, curator, project, charlie):
    page = signed_in_page(curator)
    page.goto(address(project))
    page.get_by_label("User name").nth(2).fill("charlie")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/project/")
    assert project.memberships.filter(user=charlie).exists()


def test_who_is_not_signed_in_signs_in_and_arrives(signed_in_page, curator, article):
    page = signed_in_page(None)
    page.goto(list_of(Article))
    page.get_by_label("name", exact=False).first.fill("curator")
    page.get_by_label("Password").first.fill("correct horse")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{list_of(Article)}")

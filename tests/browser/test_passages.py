"""The list of passages in a browser: what one can do with a passage, and what the filters offer, come when they are needed."""

import pytest
from playwright.sync_api import expect

from annotations.models import Desk, Tag
from newsreader.models import Article
from storm import marked, report
from texts import extracted


@pytest.fixture
def base(transactional_db, project, alice, bob) -> str:
    """The address of the list: a passage of Alice's, and one of Bob's."""
    loss, _, _ = Tag.objects.get_or_create_named(project, ["loss", "refusal", "threat"], by=alice)
    other = Article.objects.store(extracted("<p>Never, said the minister.</p>", title="No", site="The Mole")).article
    marked(report(), project, alice, "12 people", tags=[loss])
    marked(other, project, bob, "Never", tags=[])
    return f"/projects/{project.slug}/passages/"


def test_each_passage_has_its_acts_and_only_ones_own_can_be_edited(signed_in_page, base, alice, axe):
    page = signed_in_page(alice)
    page.goto(base)
    never, people = page.locator(".passage").all()
    expect(never.locator(".passage-acts > *")).to_have_text(
        [
            "Link to this passage",
            "Cite this passage",
            "Pin this passage to a desk",
            "Pin as an example of a tag, this passage",
        ]
    )
    expect(people.locator(".passage-acts > *")).to_have_count(5)
    assert axe(page) == []
    page.select_option("#source", "the-mole")
    expect(page.locator(".passage")).to_have_count(1)
    expect(page.locator(".passage .passage-acts > *")).to_have_count(4)
    page.get_by_role("link", name="Cite").click()
    expect(page.locator("main")).to_contain_text("Never")


def test_a_passage_is_pinned_where_it_stands(signed_in_page, base, alice):
    page = signed_in_page(alice)
    page.goto(base)
    page.locator(".passage", has_text="12 people").get_by_role("button", name="Pin").click()
    expect(page.locator(".passage", has_text="12 people").locator(".pinned")).to_have_text("Pinned to Pinned passages")
    expect(page.locator(".passage", has_text="Never").get_by_role("button", name="Pin")).to_be_visible()
    assert [pin.highlight.exact for pin in Desk.objects.get().pins.all()] == ["12 people"]
    page.locator(".passage", has_text="Never").get_by_role("button", name="Pin").click()
    expect(page.locator(".pinned")).to_have_count(2)


def test_tags_are_edited_where_the_passage_stands_and_its_acts_come_back(signed_in_page, base, alice):
    page = signed_in_page(alice)
    page.goto(base)
    page.get_by_role("link", name="Tags and note").click()
    page.get_by_label("threat", exact=True).check()
    page.get_by_role("button", name="Save").click()
    people = page.locator(".passage", has_text="12 people")
    expect(people.locator(".tag")).to_have_text(["loss", "threat"])
    expect(people.locator(".passage-acts > *")).to_have_count(5)
    people.get_by_role("button", name="Pin").click()
    expect(people.locator(".pinned")).to_be_visible()


def test_the_tags_of_the_filters_come_when_one_turns_to_them(signed_in_page, base, alice):
    page = signed_in_page(alice)
    page.goto(f"{base}?tag=loss")
    first, second = page.locator("#tag-0 option"), page.locator("#tag-1 option")
    expect(first).to_have_text(["any tag", "loss"])
    expect(second).to_have_text(["any"])
    page.locator("#tag-1").focus()
    expect(second).to_have_text(["any", "loss", "refusal", "threat"])
    expect(first).to_have_text(["any tag", "loss", "refusal", "threat"])
    expect(page.locator("#tag-0")).to_have_value("loss")
    page.locator("#tag-1").select_option("refusal")
    expect(page.locator("#passages")).to_contain_text("No passages match.")
    page.locator("#tag-0").select_option("")
    page.locator("#tag-1").select_option("loss")
    expect(page.locator(".passage")).to_have_count(1)
    assert "?tag=loss&order=latest" in page.url


def test_on_the_desk_the_tags_come_too(signed_in_page, project, base, alice):
    page = signed_in_page(alice)
    page.goto(f"/projects/{project.slug}/desk/")
    page.get_by_text("Rows: most used tags").click()
    expect(page.locator("#tag-names option")).to_have_count(3)
    page.get_by_text("More filters").click()
    page.locator("#not-0").select_option("loss")
    expect(page.locator(".desk .bit")).to_have_count(0)


def test_without_scripts_a_link_leads_to_all_of_it(signed_in_page, base, alice, project):
    page = signed_in_page(alice, java_script_enabled=False)
    page.goto(base)
    expect(page.locator("#tag-0 option")).to_have_count(1)
    page.get_by_role("link", name="Show all options").click()
    page.locator("#tag-0").select_option("loss")
    page.locator("#passages-bar .end button").click()
    expect(page.locator(".passage")).to_have_count(1)
    people = page.locator(".passage")
    expect(people.locator(".passage-acts > *")).to_have_count(5)
    people.get_by_role("button", name="Pin").click()
    expect(page.locator(".passage")).to_have_count(1)
    expect(page.locator("#tag-0")).to_have_value("loss")
    assert [pin.highlight.exact for pin in Desk.objects.get().pins.all()] == ["12 people"]
    page.get_by_role("link", name="Tags and note").click()
    expect(page.get_by_label("Note")).to_be_visible()

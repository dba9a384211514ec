"""The desk in a browser: by mouse, by keyboard, on a phone and without a script."""

import pytest
from playwright.sync_api import expect

from annotations.models import Desk, Tag
from newsreader.models import Article
from storm import marked, report
from texts import extracted


@pytest.fixture
def passages(transactional_db, project, alice) -> list:
    storm = report()
    other = Article.objects.store(extracted("<p>Never, said the minister.</p>", title="No", site="The Mole")).article
    loss, no = Tag.objects.get_or_create_named(project, ["loss", "refusal"], by=alice)
    return [
        marked(storm, project, alice, "12 people", tags=[loss]),
        marked(storm, project, alice, "Two cranes", tags=[loss]),
        marked(other, project, alice, "Never", tags=[no]),
    ]


@pytest.fixture
def desk(project, alice, passages) -> Desk:
    desk = Desk.objects.create_desk(project, "Storm", "columns=source", by=alice)
    for highlight in passages:
        desk.pin(highlight, by=alice)
    return desk


def positions(desk) -> list[str]:
    return [pin.highlight.exact for pin in desk.pins.select_related("highlight")]


def expect_pinned(page, words: list[str]) -> None:
    expect(page.locator(".pin blockquote mark")).to_have_text(words)


def test_the_desk_is_laid_out_anew_as_its_bar_is_changed(signed_in_page, project, alice, passages, axe):
    page = signed_in_page(alice)
    page.goto(f"/projects/{project.slug}/desk/")
    expect(page.locator(".desk .bit")).to_have_count(3)
    page.select_option("#columns", "week")
    expect(page.locator(".desk thead th")).to_have_text(["Week of 16 Nov 2026 3 passages"])
    assert "columns=week" in page.url
    page.get_by_text("Rows: most used tags").click()
    page.fill("#row-1", "loss or refusal")
    page.keyboard.press("Enter")
    expect(page.locator(".desk .expression")).to_have_text("loss or refusal")
    assert axe(page) == []


def test_a_desk_is_kept_and_passages_are_pinned_by_keys(signed_in_page, project, alice, passages):
    page = signed_in_page(alice)
    page.goto(f"/projects/{project.slug}/passages/")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(page.locator(".pinned")).to_have_text("Pinned to Pinned passages")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.get_by_role("link", name="Pinned passages").click()
    expect_pinned(page, ["Never"])


def test_pins_are_moved_by_keys_and_by_mouse(signed_in_page, alice, desk):
    page = signed_in_page(alice)
    page.goto(desk.get_absolute_url())
    page.locator(".pin .cite a").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".pin blockquote mark").first).to_have_text("Two cranes")
    expect(page.locator(".pin:focus mark")).to_have_text("12 people")
    assert positions(desk) == ["Two cranes", "12 people", "Never"]
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".pin blockquote mark").nth(1)).to_have_text("Never")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".pin blockquote mark").nth(1)).to_have_text("12 people")
    assert positions(desk) == ["Two cranes", "12 people", "Never"]
    page.goto(desk.get_absolute_url())
    page.locator(".pin blockquote").nth(2).drag_to(page.locator(".pin blockquote").nth(0))
    expect(page.locator(".pin blockquote mark").first).to_have_text("Never")
    assert positions(desk) == ["Never", "Two cranes", "12 people"]


def test_a_comment_half_written_is_not_saved_by_a_move(signed_in_page, alice, desk):
    page = signed_in_page(alice)
    page.goto(desk.get_absolute_url())
    page.locator(".pin").first.get_by_label("Comment").fill("Half")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".pin blockquote mark").first).to_have_text("Two cranes")
    assert positions(desk) == ["Two cranes", "12 people", "Never"]
    assert not desk.pins.exclude(comment="").exists()


def test_a_passage_is_retagged_by_a_key(signed_in_page, project, alice, passages):
    page = signed_in_page(alice)
    page.goto(f"/projects/{project.slug}/passages/")
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.get_by_label("loss", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".passage").first.locator(".tag")).to_have_text(["refusal", "loss"])


def test_all_of_it_works_without_a_script(signed_in_page, project, alice, passages):
    page = signed_in_page(alice, java_script_enabled=False)
    page.goto(f"/projects/{project.slug}/desk/?columns=article")
    page.get_by_label("Name").fill("By article")
    page.get_by_role("button", name="Save").click()
    page.locator(".bit", has_text="Two cranes").get_by_role("button", name="Pin").click()
    page.locator(".bit", has_text="Never").get_by_role("button", name="Pin").click()
    expect_pinned(page, ["Two cranes", "Never"])
    page.locator(".pin", has_text="Never").get_by_role("button", name="Up").click()
    expect_pinned(page, ["Never", "Two cranes"])
    page.locator(".pin", has_text="Never").get_by_label("Comment").fill("Flatly")
    with page.expect_navigation():
        page.locator(".pin", has_text="Never").get_by_role("button", name="Save comment").click()
    page.reload()
    expect(page.locator(".pin", has_text="Never").get_by_label("Comment")).to_have_value("Flatly")


def test_on_a_phone_the_desk_is_a_list(signed_in_page, project, alice, passages, axe):
    page = signed_in_page(alice, viewport={"width": 360, "height": 780})
    page.goto(f"/projects/{project.slug}/desk/")
    boxes = [bit.bounding_box() for bit in page.locator(".desk .bit").all()]
    assert {round(box["x"]) for box in boxes} == {round(boxes[0]["x"])}
    expect(page.locator(".cell-of", has_text="The Mole").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []

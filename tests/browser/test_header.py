"""The header: on every width one sees where one is, and in which project."""

import pytest
from playwright.sync_api import expect

from annotations.models import Project


@pytest.fixture
def other(project, alice) -> Project:
    """Another project of Alice's, with a long name."""
    return Project.objects.create_owned("What the ministries said of the harbour, and when they said it", owner=alice)


def is_in_sight(page, locator) -> bool:
    box = locator.bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]


def test_section_and_project_are_in_sight_and_one_switches_in_place(signed_in_page, alice, project, other):
    page = signed_in_page(alice, viewport={"width": 320, "height": 640})
    page.goto(f"/projects/{other.slug}/tags/")
    entry, name = page.locator(".nav [aria-current=page]"), page.locator(".switch summary")
    expect(entry).to_have_text("Codebook")
    assert is_in_sight(page, entry)
    for width in (320, 390, 768, 1000, 1440):
        page.set_viewport_size({"width": width, "height": 640})
        expect(name).to_contain_text("What the ministries said")
        assert is_in_sight(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    name.click()
    page.get_by_role("button", name="Switch to Harbour study").click()
    page.wait_for_url(f"**/projects/{project.slug}/tags/")
    assert Project.objects.current_for(alice) == project


def test_thirty_projects_with_long_names_stay_in_sight_and_are_reached_by_keyboard(signed_in_page, alice, project):
    for number in range(30):
        name = f"Study {number}: what the ministries said of the harbour, and when they said it{'x' * 30}"
        Project.objects.create_owned(name, owner=alice)
    page = signed_in_page(alice, viewport={"width": 390, "height": 640})
    summary, entries = page.locator(".switch summary"), page.locator("#switches button")
    for width in (390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 640})
        page.goto(f"/projects/{project.slug}/tags/")
        summary.focus()
        page.keyboard.press("Enter")
        expect(entries).to_have_count(12)
        panel, every = page.locator(".switch > div").bounding_box(), page.get_by_role("link", name="All projects")
        assert panel["x"] >= 0 and panel["x"] + panel["width"] <= width
        assert panel["y"] + panel["height"] <= 640
        assert is_in_sight(page, every)
        for _ in range(13):
            page.keyboard.press("Tab")
        expect(entries.last).to_be_focused()
        box = entries.last.bounding_box()
        assert panel["y"] <= box["y"] and box["y"] + box["height"] <= panel["y"] + panel["height"]
        page.keyboard.press("Escape")
        expect(entries.last).to_be_hidden()
        expect(summary).to_be_focused()
    plain = signed_in_page(alice, java_script_enabled=False)
    plain.goto(f"/projects/{project.slug}/tags/")
    plain.locator(".switch summary").click()
    plain.get_by_role("link", name="All projects").click()
    plain.locator(".project-row", has_text="Study 7:").get_by_role("button").click()
    assert str(Project.objects.current_for(alice)).startswith("Study 7:")

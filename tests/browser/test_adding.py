"""An article that a member adds to a project, on a small screen."""

from playwright.sync_api import expect

from inspection import OVERFLOW, faults_of, watch
from saved import SAVED

FERRY = next(path for path in SAVED if path.stem == "ferry")
TEXT = "The ferry sails again.\n\nForty people were on board when she left the pier on Sunday night."


def test_a_pasted_text_is_found_among_the_articles_of_the_project(signed_in_page, bob, article, project):
    page = signed_in_page(bob, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"/projects/{project.slug}/articles/")
    page.get_by_role("link", name="Add an article").click()
    expect(page.get_by_label("Add to", exact=True)).to_have_value(project.slug)
    page.get_by_label("Pasted text").fill(TEXT)
    page.get_by_label("Source", exact=True).fill("The Pier")
    page.get_by_role("button", name="Add article").click()
    page.get_by_text("Private. Only members of Harbour study see this article.").wait_for()
    page.goto(f"/?project={project.slug}")
    expect(page.locator(".entry")).to_have_count(1)
    page.get_by_role("link", name="This project’s articles").click()
    page.locator(".entry").get_by_role("link", name="The ferry sails again.", exact=True).click()
    page.get_by_role("link", name="Highlight by sentence, without a mouse").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Highlight").click()
    page.get_by_text("Highlighted").first.wait_for()
    assert project.highlights.get().exact == "Forty people were on board when she left the pier on Sunday night."


def test_the_pages_are_accessible_and_fit_a_small_screen(signed_in_page, bob, article, project, axe):
    page = signed_in_page(bob, viewport={"width": 390, "height": 844})
    watch(page)
    library = f"/?project={project.slug}&show=in-project"
    for address in (f"/articles/add/?project={project.slug}", library):
        page.goto(address)
        assert faults_of(page, address, axe) == []
    page.goto(f"/articles/add/?project={project.slug}")
    page.get_by_label("From a file").set_input_files(FERRY)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("checkbox", name="Keep block 9").check()
    assert axe(page) == [] and page.evaluate(OVERFLOW) == []
    page.get_by_role("button", name="Add article").click()
    expect(page.locator("#text")).to_contain_text("Boots at half price")
    page.goto(library)  # on a wide screen, where the filters are open
    page.get_by_label("Words").fill("zzz")
    page.get_by_label("Words").press("Enter")
    page.wait_for_url("**show=in-project**q=zzz**")

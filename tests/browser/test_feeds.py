"""A curator adds a feed and looks after it, also with scripts switched off."""

from playwright.sync_api import expect

from conftest import person
from newsreader.feeds.refreshing import refresh_all

OPML = b"<opml><body><outline text='Quay'><outline text='Weather' xmlUrl='https://quay.example/rss'/></outline></body></opml>"


def test_a_curator_adds_a_feed_and_looks_after_it_without_scripts(signed_in_page, db, feed_site):
    page = signed_in_page(person("carol", is_staff=True), java_script_enabled=False)
    page.goto("/feeds/")
    page.get_by_role("link", name="Add a feed").click()
    page.get_by_label("Address").fill(f"{feed_site.url}/site")
    page.get_by_label("Source").fill("The Quay")
    page.get_by_label("Save as drafts").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("group", name="This site names several feeds")).to_be_visible()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("This feed has not been fetched yet.")).to_be_visible()
    refresh_all()
    page.reload()
    expect(page.get_by_role("heading", name="The Quay: World")).to_be_visible()
    expect(page.get_by_role("row", name="2 new articles")).to_be_visible()
    expect(page.get_by_label("Save as drafts")).to_be_checked()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    page.get_by_role("link", name="Remove feed").click()
    page.get_by_role("button", name="Remove feed").click()
    expect(page.get_by_text("Add the address of a site")).to_be_visible()


def test_the_preview_of_a_list_is_for_everybody(signed_in_page, db, axe):
    page = signed_in_page(person("carol", is_staff=True))
    page.goto("/feeds/")
    page.get_by_label("OPML file").set_input_files({"name": "a.opml", "mimeType": "text/xml", "buffer": OPML})
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("1 new feed.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Import 1 feed").click()
    expect(page.get_by_role("link", name="Weather")).to_be_visible()

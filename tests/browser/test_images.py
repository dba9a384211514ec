"""An article with images, as a browser reads it: from this site alone, and none of them a text."""

from playwright.sync_api import expect

from newsreader.images.fetching import fetch_article_images
from newsreader.models import Article
from places import drag_over, opened, wait_until
from texts import extracted

LOADED = "document.querySelector('#text img').complete && document.querySelector('#text img').naturalWidth === 1600"


def test_images_come_from_this_site_and_change_no_offset(signed_in_page, alice, project, tag, page_site, live_server):
    figure = (
        f"<figure><img src='{page_site.url}/i/boat.jpg' alt='A boat'><figcaption>The old boat.</figcaption></figure>"
    )
    content = extracted(f"<p>Before it.</p>{figure}<p><img src='{page_site.url}/i/half.jpg'></p><p>After it.</p>")
    article = Article.objects.store(content).article
    fetch_article_images(article)
    page_site.asked.clear()
    page = signed_in_page(alice, viewport={"width": 390, "height": 800})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, article, project)
    wait_until(page, LOADED)
    assert page.locator("#text").evaluate("text => text.textContent") == article.current().text
    expect(page.get_by_role("img", name="A boat")).to_be_visible()
    box = page.get_by_role("img", name="A boat").bounding_box()
    assert (box["width"] <= 390, round(box["width"] / box["height"])) == (True, 2)
    assert all(address.startswith(live_server.url) for address in asked) and page_site.asked == []
    page.set_viewport_size({"width": 1440, "height": 900})
    drag_over(page, "old boat")
    page.locator("#toolbar").get_by_role("button", name=tag.name).click()
    expect(page.locator("figcaption mark")).to_have_text("old boat")
    wait_until(page, LOADED)

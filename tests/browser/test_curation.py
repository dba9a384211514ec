"""Curating in a real browser: a text corrected in paragraphs, duplicates merged; with scripts and without."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Highlight
from curating import address, list_of
from inspection import faults_of, watch
from newsreader.models import Article, FeedEntry, RuleTrial
from newsreader.models.feed import Feed
from texts import PAGE, extracted

SELECT = """(text, words) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let node;
  while ((node = walker.nextNode()) && !node.data.includes(words));
  const start = node.data.indexOf(words);
  text.focus();
  getSelection().setBaseAndExtent(node, start, node, start + words.length);
}"""
PASTE = """(text, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
FOREIGN = (
    '<h1 style="color:red">Pasted</h1><p class="x" onclick="y()">From <img src="https://a.example/t.gif">elsewhere.</p>'
)


def confirm(page, article) -> None:
    """Save the correction, after its preview was shown."""
    page.get_by_role("button", name="Save", exact=True).click()
    preview = page.get_by_role("region", name="Preview of revision 2")
    assert "Tuesday" in preview.inner_text()
    assert "1 edited" in " ".join(preview.inner_text().split())
    assert article.revisions.count() == 1
    page.get_by_role("button", name="Save revision 2").click()
    page.get_by_text("The text is now revision 2; revision 1 is kept.").wait_for()


def test_a_text_is_corrected_in_paragraphs(signed_in_page, curator, article, highlight, axe):
    Highlight.objects.filter(pk=highlight.pk).update(start=0, end=60)  # the first sentence
    page = signed_in_page(curator)
    watch(page)
    page.goto(address(article))
    text = page.get_by_role("textbox", name="Correct the text")
    text.evaluate(SELECT, "Monday")
    page.keyboard.insert_text("Tuesday")
    text.evaluate(SELECT, "slowly")
    page.get_by_role("button", name="Bold").click()
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("Link URL").fill("quay.example/ferries")
    page.get_by_role("button", name="Set link").click()
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    text.evaluate(SELECT, "Nobody was hurt.")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    text.evaluate(PASTE, FOREIGN)
    text.evaluate(SELECT, "What was lost")
    page.get_by_role("button", name="Quotation").click()
    assert axe(page) == []
    confirm(page, article)
    html = article.revisions.get(number=2).html
    assert '<a href="https://quay.example/ferries"><strong>slowly</strong></a>' in html.replace(
        '<strong><a href="https://quay.example/ferries">slowly</a></strong>',
        '<a href="https://quay.example/ferries"><strong>slowly</strong></a>',
    )
    assert "Pasted" in html
    assert "From elsewhere." in html
    assert "<blockquote" in html
    assert not any(word in html for word in ("style", "onclick", "img", "&nbsp;"))
    assert page.evaluate("window.stopped ?? []") == []


def test_an_unchanged_text_stays_to_the_character(signed_in_page, curator, article):
    page = signed_in_page(curator)
    page.goto(address(article))
    page.get_by_label("Byline").fill("Ana")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/article/")
    assert article.revisions.count() == 1
    assert Article.objects.get().byline == "Ana"


def test_a_text_is_corrected_without_scripts(signed_in_page, curator, article, highlight):
    Highlight.objects.filter(pk=highlight.pk).update(start=0, end=60)  # the first sentence
    page = signed_in_page(curator, java_script_enabled=False)
    page.goto(address(article))
    text = page.get_by_label("Correct the text")
    text.fill(text.input_value().replace("Monday", "Tuesday"))
    confirm(page, article)
    assert "Tuesday" in article.revisions.get(number=2).text


@pytest.mark.parametrize("scripts", [True, False])
def test_duplicates_are_merged_and_the_merge_is_undone(signed_in_page, curator, article, highlight, axe, scripts):
    copy = Article.objects.store(
        extracted(PAGE.replace("Two cranes", "Three cranes"), title="Copy", site="Pier")
    ).article
    page = signed_in_page(curator, java_script_enabled=scripts)
    page.goto(list_of(Article))
    for row in (article, copy):
        page.locator(f"input[name=_selected_action][value='{row.pk}']").check()
    page.get_by_label("Action:").select_option("Merge duplicates…")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Copy", exact=True).check()
    page.get_by_role("button", name="Preview").click()
    assert "1 moved, in the same words" in " ".join(page.get_by_role("main").inner_text().split())
    if scripts:
        assert axe(page) == []
    page.get_by_role("button", name="Merge", exact=True).click()
    page.get_by_text("1 article merged into “Copy”. 1 highlight moved.").wait_for()
    page.goto(address(article))
    page.get_by_role("button", name="Undo the merge").click()
    page.get_by_text("The merge was undone: 1 highlight is back. Status: published.").wait_for()
    assert Highlight.objects.get().article == article


@pytest.mark.pages
def test_nothing_is_wrong_with_the_pages_of_curators(signed_in_page, curator, article, axe):
    feed = Feed.objects.create(url="https://quay.example/rss", title="World", source=article.source)
    FeedEntry.objects.create(
        feed=feed, key="1", state="failed", title="Lost", why="Not found.", url="https://q.example/"
    )
    page = signed_in_page(curator)
    watch(page)
    pages = [f"{list_of(Article)}?queue={name}" for name in ("new", "look", "scheduled")]
    pages += [reverse("admin:newsreader_article_failed"), reverse("admin:newsreader_article_import"), address(article)]
    trial = RuleTrial.objects.start(article.source, [{"part": "no-text", "selector": "table"}], curator)
    html = article.current().html
    found = {"before": {"html": html, "byline": "Ana"}, "after": {"html": html.split("<ul")[0], "byline": "Bo"}}
    article.refetches.create(trial=trial, state="revised", found=found)
    pages.append(reverse("admin:newsreader_source_rules", args=[article.source_id]))
    assert {each: faults for each in pages if (faults := faults_of(page, each, axe))} == {}
    old = page.get_by_text("The rules above were changed since they were tried.")
    assert not old.is_visible()
    page.get_by_label("Selector").first.fill("figure")
    assert old.is_visible()
    page.goto(reverse("admin:newsreader_article_import"))
    table = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"headline,body\nTides,Water."}
    page.get_by_label("CSV or JSON file").set_input_files(table)
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("button", name="Preview").click()
    buttons = [page.get_by_role("button", name=name) for name in ("Import 1 article", "Preview")]
    assert len({button.bounding_box()["x"] for button in buttons}) == 1

"""Citations in a browser: what is copied, and links that find their words on somebody else's page."""

import http.server
import threading

import pytest
from playwright.sync_api import expect

from annotations.exchange.text_fragments import link_to_words
from places import wait_until

FILLER = "<p>Nothing of note.</p>" * 200
FAR = "Ferries run again, slowly, half-empty &amp; late. Nobody was&nbsp;hurt, said the mayor."
BLOCKS = "<h2>What was lost</h2>\n<p>Two cranes fell, and\n  nobody <em>was</em> hurt.</p>"
JAPANESE = "<p lang='ja'>港は月曜日に再開した。フェリーはゆっくりと再び運航している。</p>"


@pytest.fixture
def elsewhere():
    """The address of a long page that is not ours."""
    page = f"<!doctype html><meta charset=utf-8><p>Ferries wait.</p>{FILLER}<p>{FAR}</p>{BLOCKS}{JAPANESE}{FILLER}"

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *said):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def scrolled(page, link: str) -> int:
    """How far down the page the link leads, in pixels."""
    page.goto(link)
    wait_until(page, "new Promise(done => requestAnimationFrame(() => setTimeout(done, 200, true)))")
    return page.evaluate("scrollY")


@pytest.mark.parametrize(
    "words",
    [
        "Ferries run again, slowly, half-empty & late",
        "was\u00a0hurt, said",
        "What was lost\n\nTwo cranes fell, and\n  nobody was hurt.",
        "フェリーはゆっくりと",
    ],
)
def test_a_link_leads_to_its_words_far_down_the_page(page, elsewhere, words):
    assert scrolled(page, link_to_words(elsewhere, words)) > 5_000


def test_a_link_leads_to_the_right_one_of_words_that_stand_twice(page, elsewhere):
    twice = link_to_words(elsewhere, "Ferries", "Nothing of note.\n", " run again, slowly", common=True)
    assert scrolled(page, twice) > 5_000 and scrolled(page, link_to_words(elsewhere, "Ferries")) == 0


def test_a_link_to_part_of_a_word_leads_to_the_word(page, elsewhere):
    assert scrolled(page, link_to_words(elsewhere, "erries run ag", "F", "ain, slow")) > 5_000


def test_a_form_is_copied(signed_in_page, alice, highlight):
    page = signed_in_page(alice, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/highlights/{highlight.pk}/cite/")
    page.get_by_role("button", name="Copy as RIS").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split("\n")[0].strip() == "TY  - NEWS"


def test_the_citation_is_copied_in_the_style_that_was_chosen(signed_in_page, alice, highlight):
    page = signed_in_page(alice, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/highlights/{highlight.pk}/cite/")
    styles = page.get_by_role("navigation", name="Citation style")
    expect(styles.get_by_role("link", name="APA")).to_have_attribute("aria-current", "true")
    styles.get_by_role("link", name="MLA").click()
    expect(styles.get_by_role("link", name="MLA")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert "“Harbour Reopens.” The Quay" in page.evaluate("navigator.clipboard.readText()")


def test_without_a_script_nothing_offers_to_copy_and_the_files_can_be_had(signed_in_page, alice, highlight):
    page = signed_in_page(alice, java_script_enabled=False)
    page.goto(f"/highlights/{highlight.pk}/cite/")
    assert not page.get_by_role("button", name="Copy").count()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as BibTeX").click()
    assert download.value.suggested_filename == "harbour-reopens.bib"

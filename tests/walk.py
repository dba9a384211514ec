"""`make walk-through`: takes the steps of docs/walk-through.md in a browser, and its pictures into docs/walk/."""

import shutil
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import expect

from chromium import launched
from places import drag_over
from serving import HOUSE, adopt, free_port, running, scratch_data

PICTURES = HOUSE / "docs" / "walk"
PROJECT = "/projects/guarantees-for-valdora"
ARTICLE = "/articles/the-small-answer-and-the-large-one/?project=guarantees-for-valdora"
QUOTE = "The Federation will not have allied troops in Valdora at all, and says that their arrival would end the observers’ work."
OUTLETS = ["baltic-signal", "harbour-ledger", "teshkov-courier", "the-meridian", "transwire"]
FOUND = "/?" + urlencode({"q": '"red line" OR brigade', "project": "guarantees-for-valdora"})
TOGETHER = f"{PROJECT}/passages/?" + urlencode({"tags": "red line within 2 sentences of condition"})
DESK = f"{PROJECT}/desk/?" + urlencode(
    [("row", "red line"), ("row", "security guarantee or military option"), ("row", "cost"), ("from", "2026-10-26")]
    + [("column", outlet) for outlet in OUTLETS]
)
CHART = f"{PROJECT}/charts/?" + urlencode({"chart": "timeline", "by": "week", "from": "2026-10-26"})
CROSSED = f"{PROJECT}/charts/?" + urlencode({"chart": "sources", "from": "2026-10-26"})
NAME = "What each outlet would guard, and at what price"


def main() -> None:
    with scratch_data() as environment:
        adopt(environment)
        port, secret = free_port(), "walk through it"
        environment |= {"PORT": str(port), "NEWSREADER_ADMIN_PASSWORD": secret}
        with running(["manage.py", "quickstart"], environment, port), launched() as browser:
            shutil.rmtree(PICTURES, ignore_errors=True)
            PICTURES.mkdir()
            size = {"width": 1200, "height": 800}
            context = browser.new_context(base_url=f"http://127.0.0.1:{port}", viewport=size, reduced_motion="reduce")
            page = context.new_page()
            sign_in(page, "admin", secret)
            walk(page, picture)
    print(f"{len(list(PICTURES.iterdir()))} pictures: {PICTURES}")


def picture(page, name: str) -> None:
    page.evaluate("document.fonts.ready.then(() => true)")
    page.screenshot(path=PICTURES / f"{name}.png")


def sign_in(page, name: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.click("main form button")
    page.wait_for_url("**/")


def walk(page, seen) -> Path:
    """Take all steps in order, call `seen(page, name)` for each picture of the text, and return the exported file."""
    search(page, seen)
    highlight(page, seen)
    together(page, seen)
    compare(page, seen)
    chart(page, seen)
    return export(page, seen)


def search(page, seen) -> None:
    page.goto(FOUND)
    expect(page.locator(".entry").first).to_be_visible()
    seen(page, "1-search")


def highlight(page, seen) -> None:
    page.goto(ARTICLE)
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.type("red line")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Highlighted.")
    seen(page, "2-highlight")


def together(page, seen) -> None:
    page.goto(TOGETHER)
    expect(page.locator(".passage").first).to_be_visible()
    seen(page, "3-together")


def compare(page, seen) -> None:
    page.goto(DESK)
    expect(page.locator(".desk thead th")).to_have_count(len(OUTLETS))
    page.get_by_label("Name").fill(NAME)
    page.get_by_role("button", name="Save").click()
    for words in ("The Federation will not have allied troops", "The fourth term"):
        page.locator(".bit", has_text=words).first.get_by_role("button", name="Pin").click()
    first = page.locator(".pin").first
    first.get_by_label("Comment").fill("Said by the Meridian, in its own voice: nobody is quoted.")
    first.get_by_role("button", name="Save comment").click()
    seen(page, "4-pinned")
    page.locator(".desk-scroll").evaluate("node => node.scrollIntoView()")
    seen(page, "5-desk")


def chart(page, seen) -> None:
    for address, name in ((CHART, "6-timeline"), (CROSSED, "7-sources")):
        page.goto(address)
        page.locator("figure").first.evaluate("node => node.scrollIntoView()")
        seen(page, name)


def export(page, seen) -> Path:
    page.goto(DESK)
    page.get_by_role("link", name="export the desk").click()
    expect(page.locator(".formats")).to_be_visible()
    seen(page, "8-export")
    with page.expect_download() as download:
        page.get_by_role("link", name="Document (DOCX)").click()
    return download.value.path()


if __name__ == "__main__":
    main()

"""Replies in a real browser: by keyboard in the card, by touch in the sheet, and between two readers."""

from playwright.sync_api import expect

from annotations.models import Reply
from inspection import watch

PHONE = {"viewport": {"width": 390, "height": 844}}


def texts() -> list[str]:
    return list(Reply.objects.standing().order_by("created_at").values_list("text", flat=True))


def test_two_readers_discuss_a_passage(signed_in_page, alice, bob, project, article, highlight, axe):
    address = f"{article.get_absolute_url()}?project={project.slug}"
    page = signed_in_page(bob)
    watch(page)
    page.goto(address)
    card = page.locator(f"#card-{highlight.pk}")
    card.locator("a.replies", has_text="Reply").focus()
    page.keyboard.press("Enter")
    card.locator("textarea:focus").wait_for()
    expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(
        0
    )  # the browser may give the focus before htmx has the form
    page.keyboard.type("Is it *Monday*, @alice?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    card.locator("em", has_text="Monday").wait_for()
    card.locator("a.replies", has_text="1 reply").wait_for()
    card.locator("textarea:focus").wait_for()
    card.get_by_role("link", name="Edit your reply").focus()
    page.keyboard.press("Enter")
    card.locator("li textarea:focus").fill("Is it *Tuesday*, @alice?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    card.locator("em", has_text="Tuesday").wait_for()
    card.get_by_text(", edited").wait_for()
    assert axe(page) == []

    phone = signed_in_page(alice, **PHONE)
    watch(phone)
    phone.goto("/for-you/")
    assert axe(phone) == []
    phone.get_by_role("button", name="bob mentioned you", exact=True).click()
    phone.wait_for_url(f"**/highlights/{highlight.pk}/replies/#reply-*")
    expect(phone.locator(".for-you b")).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(phone) == []
    phone.goto(address)
    phone.locator(f"#h-{highlight.pk}").click()
    sheet = phone.locator("#sheet")
    sheet.locator("a.replies", has_text="1 reply").click()
    sheet.locator("textarea:focus").fill("On Monday.")
    sheet.get_by_role("button", name="Reply", exact=True).click()
    sheet.locator("a.replies", has_text="2 replies").wait_for()
    sheet.get_by_role("button", name="Resolve").click()
    sheet.get_by_text("Resolved by alice").wait_for()
    sheet.get_by_role("button", name="Reopen").wait_for()
    assert axe(phone) == []

    page.reload()
    card.locator("a.replies", has_text="Resolved, 2 replies").focus()
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Reopen").wait_for()
    card.locator("textarea:focus").wait_for()  # which takes the focus a moment after it came
    card.get_by_role("button", name="Delete the reply by bob").focus()
    page.keyboard.press("Enter")
    card.locator("a.replies", has_text="Resolved, 1 reply").wait_for()
    assert texts() == ["On Monday."]
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    card.locator("a.replies", has_text="Resolved, 2 replies").wait_for()
    assert texts() == ["Is it *Tuesday*, @alice?", "On Monday."]
    card.locator("a.replies").click()
    card.locator(".thread-part").wait_for(state="detached")


def test_the_note_on_an_article_comes_as_one_reaches_its_end(signed_in_page, bob, project, article, highlight):
    page = signed_in_page(bob)
    watch(page)
    page.goto(f"{article.get_absolute_url()}?project={project.slug}")
    note = page.locator("#article-note")
    page.keyboard.press("End")
    note.get_by_label("Note on the article").fill("Nobody is named.")
    note.get_by_role("button", name="Add note").click()
    note.get_by_text("Nobody is named.").wait_for()
    assert texts() == ["Nobody is named."]

"""The members of a project in a real browser."""

from inspection import watch


def test_removing_a_member_asks_first(signed_in_page, alice, project):
    page = signed_in_page(alice)
    watch(page)
    page.goto(project.get_absolute_url())
    page.get_by_role("link", name="Invite and manage members").click()
    page.get_by_role("link", name="Remove bob").click()
    page.get_by_role("heading", name="Remove bob from Harbour study?").wait_for()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Remove bob").click()
    assert project.memberships.count() == 2
    page.get_by_role("button", name="Remove member").click()
    page.get_by_text("bob was removed.").wait_for()
    assert page.get_by_role("link", name="Remove bob").count() == 0
    assert project.memberships.count() == 1


def test_whoever_gets_a_link_creates_an_account_and_is_a_member(signed_in_page, alice, project):
    page = signed_in_page(alice)
    watch(page)
    page.goto(f"{project.get_absolute_url()}members/")
    page.get_by_label("Label (optional)").fill("Seminar")
    page.get_by_role("button", name="Create link").click()
    page.get_by_text("The link was created.").wait_for()
    address = page.locator(".invite a").get_attribute("href")
    guest = signed_in_page(None)
    guest.goto(address)
    guest.get_by_role("link", name="Create an account and join").click()
    guest.get_by_label("Name").fill("eve")
    for label in ("Password", "Repeat password"):
        guest.get_by_label(label, exact=True).fill("correct horse battery")
    guest.keyboard.press("Enter")
    guest.get_by_text("You joined “Harbour study” as a coder.").wait_for()
    assert project.memberships.filter(user__username="eve", role="coder").exists()
    page.reload()
    page.locator(".invite").filter(has_text="Seminar").get_by_text("eve").wait_for()


def test_a_link_is_copied(signed_in_page, alice, project):
    page = signed_in_page(alice, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{project.get_absolute_url()}members/")
    page.get_by_role("button", name="Create link").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".invite a").evaluate("link => link.href")
    assert copied.startswith("http")

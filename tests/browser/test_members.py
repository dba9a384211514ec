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

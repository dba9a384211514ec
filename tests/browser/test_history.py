"""The history of a project in a real browser."""

from inspection import watch


def test_the_last_change_is_undone_by_key(signed_in_page, alice, project, tag):
    key = tag.pk
    tag.merge_or_delete(by=alice)
    page = signed_in_page(alice)
    watch(page)
    page.goto("/projects/harbour-study/history/")
    page.locator("#who").focus()
    page.keyboard.press("Control+z")
    assert not project.tags.filter(pk=key).exists()
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    page.get_by_text("Undone: deleted the tag").wait_for()
    assert project.tags.filter(pk=key).exists()
    page.get_by_text("Undone by alice.").wait_for()

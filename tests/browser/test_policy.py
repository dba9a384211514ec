"""The Content-Security-Policy has nothing to report while one works: htmx, history and our own scripts keep to it."""

from playwright.sync_api import expect

from places import click_on, drag_over, opened

WATCH = """document.addEventListener("securitypolicyviolation", event =>
  sessionStorage.setItem("stopped", `${sessionStorage.getItem("stopped") ?? ""}\\n${event.violatedDirective} ${event.sourceFile}`));"""


def test_nothing_is_stopped_while_one_marks_edits_filters_and_goes_back(
    signed_in_page, alice, article, project, highlight
):
    page = signed_in_page(alice, viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    opened(page, article, project)
    drag_over(page, "Two cranes fell")
    page.locator("#toolbar").get_by_role("button", name="military option").click()
    expect(page.locator("#p3 mark")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#p3 mark")).to_have_count(0)
    click_on(page, "reopened on Monday")
    page.locator(f"#card-{highlight.pk} a.edit").click()
    page.locator(f"#note-{highlight.pk}").fill("Another note.")
    page.locator("form.edit").get_by_role("button", name="Save").click()
    expect(page.locator(f"#card-{highlight.pk} .note")).to_have_text("Another note.")
    page.locator("#tags-here input[type=checkbox]").first.uncheck()
    expect(page.locator("#text mark")).to_have_count(0)
    page.go_back()
    expect(page.locator("#text mark")).to_have_count(1)
    assert page.evaluate("sessionStorage.getItem('stopped')") is None


def test_a_first_visit_to_an_article_asks_for_nine_files_at_most(signed_in_page, alice, article, project, highlight):
    page = signed_in_page(alice, viewport={"width": 1440, "height": 900})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, article, project)
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 9, "\n".join(asked)

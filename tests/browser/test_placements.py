"""Highlights on a text that its outlet edits: seen, decided and put elsewhere, by mouse, by keyboard, by touch and without a script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Highlight
from newsreader.models import Preferences
from places import FIND, drag_over, opened, wait_until, where
from storm import CRANES, SEVENTEEN, edited, marked, placement, report, words

WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}
RESIGNED = "The mayor resigned"


@pytest.fixture
def storm(db):
    return report()


@pytest.fixture
def marks(storm, project, alice, tag):
    """Alice's highlights on words that were edited, and on words that are gone."""
    made = [
        marked(storm, project, alice, "At least 12 people were killed", tags=[tag]),
        marked(storm, project, alice, "Nobody was hurt on the northern pier", tags=[tag], note="Check"),
    ]
    storm.revise(edited(SEVENTEEN, CRANES))
    return made


@pytest.fixture
def page(signed_in_page, alice, storm, project, marks):
    return opened(signed_in_page(alice, **WIDE), storm, project)


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_correction_in_the_admin_while_somebody_reads(signed_in_page, alice, curator, storm, project, tag):
    reading = opened(signed_in_page(alice, **WIDE), storm, project)
    correcting = signed_in_page(curator)
    correcting.goto(reverse("admin:newsreader_article_change", args=[storm.pk]))
    correcting.get_by_role("button", name="Edit as HTML").click()
    correcting.locator("textarea[name=html]").fill(edited(SEVENTEEN))
    correcting.get_by_role("button", name="Save", exact=True).click()
    correcting.get_by_role("button", name="Save revision 2").click()
    expect(correcting.get_by_text("The text is now revision 2")).to_be_visible()
    drag_over(reading, "12 people were killed")
    reading.locator("#toolbar").get_by_role("button", name="military option").click()
    expect(reading.locator("#text mark")).to_have_text("12 people were killed")
    toast = reading.locator("#toasts .toast")
    expect(toast).to_contain_text("corrected while you read. Your highlight is on words that were edited.")
    toast.get_by_role("link", name="See changes").click()
    expect(reading.locator("#text mark")).to_have_text("17 people were killed")
    made = Highlight.objects.get()
    assert (made.exact, made.revision.number, placement(made).state) == ("12 people were killed", 1, "edited")


def test_an_edited_mark_shows_the_old_words_struck_and_the_new_ones_bold(page, storm):
    edit = page.locator("#text mark ins")
    expect(edit).to_have_text("17")
    old = (
        "node => (({content, textDecorationLine}) => [content, textDecorationLine])(getComputedStyle(node, '::before'))"
    )
    said, line = edit.evaluate(old)
    assert said.startswith('"12"') and line == "line-through"
    assert edit.evaluate("node => getComputedStyle(node).fontWeight") == "600"
    assert page.evaluate("document.getElementById('text').textContent") == storm.current().text


def test_old_words_are_never_selected(page):
    drag_over(page, "least 17 people")
    expect(page.locator("#toolbar")).to_be_visible()
    assert page.locator("#toolbar [name=exact]").input_value() == "least 17 people"


def test_an_edited_passage_is_kept_by_a_click_and_taken_back_by_another(page, marks):
    card = page.locator(f"#card-{marks[0].pk}")
    card.get_by_role("button", name="Accept the new wording").click()
    expect(card).to_contain_text("alice accepted the new wording")
    expect(page.locator("#text mark ins")).to_have_count(0)
    expect(page.locator("#waiting")).to_contain_text("Changes 1")
    expect(card).to_be_focused()
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#text mark ins")).to_have_text("17")
    expect(page.locator("#waiting")).to_contain_text("Changes 2")


def test_what_is_gone_is_dismissed_in_the_panel_and_restored(page, marks):
    panel = page.locator("#astray")
    expect(panel).to_contain_text("1 highlight has no certain place in this text")
    panel.get_by_role("button", name="Dismiss").click()
    expect(panel).to_contain_text("1 highlight was dismissed in this revision.")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(panel).to_contain_text("Nobody was hurt on the northern pier")


@pytest.fixture
def proposed(storm, marks) -> None:
    """A place for the words that are gone."""
    start = storm.current().text.index(RESIGNED)
    marks[1].placements.update(proposals=[[start, start + len(RESIGNED)]])


def test_a_proposal_is_chosen_by_a_click(proposed, page, marks):
    page.get_by_role("button", name="Choose this place").click()
    expect(page.locator(f"#h-{marks[1].pk}")).to_have_text(RESIGNED)
    expect(page.locator(f"#card-{marks[1].pk}")).to_contain_text("alice chose this place")
    expect(page.locator("#astray")).to_be_hidden()


def test_a_new_place_is_selected_with_the_mouse(page, marks):
    page.locator("#astray").get_by_role("link", name="Select a new place").click()
    expect(page.locator(".seeking")).to_contain_text("Choose a new place for “Nobody was hurt on the northern pier”")
    drag_over(page, RESIGNED)
    expect(page.locator("#toolbar")).to_be_visible()
    expect(page.locator("#new-tag")).to_have_count(0)
    page.get_by_role("button", name="Move highlight here").click()
    expect(page.locator(f"#h-{marks[1].pk}")).to_have_text(RESIGNED)
    expect(page.locator("#toasts")).to_contain_text("Moved.")
    assert words(placement(marks[1])) == RESIGNED
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts")).to_contain_text("It needs review again.")


def test_a_new_place_is_selected_with_the_keyboard_alone(page, marks):
    page.locator("#astray").get_by_role("link", name="Select a new place").focus()
    press(page, "Enter")
    expect(page.locator(".seeking")).to_be_visible()
    wait_until(page, "document.querySelector('.cards').matches('[data-aligned]')")
    press(page, "c", "Control+Home", "Alt+ArrowDown", "Shift+Control+ArrowRight", "Shift+Control+ArrowRight")
    expect(page.locator("#say")).to_contain_text("Selected: ")
    chosen = page.evaluate("getSelection().toString().trim()")
    press(page, "t", "n", "Enter")
    expect(page.get_by_role("button", name="Move highlight here")).to_be_focused()
    press(page, "h")
    expect(page.locator(f"#h-{marks[1].pk}")).to_have_text(chosen)


def test_looking_for_a_place_is_given_up_by_escape_and_by_a_link(page, marks):
    page.locator("#astray").get_by_role("link", name="Select a new place").click()
    expect(page.locator(".seeking")).to_be_visible()
    drag_over(page, RESIGNED)
    expect(page.locator("#toolbar")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#toolbar")).to_be_hidden()
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("#astray")).to_be_visible()
    assert placement(marks[1]).open


def test_a_new_place_is_selected_with_a_finger(signed_in_page, alice, storm, project, marks):
    page = opened(signed_in_page(alice, **PHONE), storm, project, f"&reattach={marks[1].pk}")
    page.evaluate(FIND, [RESIGNED, 0])
    page.evaluate("getSelection().removeAllRanges(); getSelection().addRange(found)")
    page.get_by_role("button", name="Move highlight here").tap()
    expect(page.locator(f"#h-{marks[1].pk}")).to_have_text(RESIGNED)


def test_on_a_phone_an_edited_passage_is_kept_in_the_sheet(signed_in_page, alice, storm, project, marks):
    page = opened(signed_in_page(alice, **PHONE), storm, project)
    first, _ = where(page, "people were killed")
    page.touchscreen.tap((first["left"] + first["right"]) / 2, first["middle"])
    page.locator("#sheet").get_by_role("button", name="Accept the new wording").tap()
    expect(page.locator("#toasts")).to_contain_text("New wording accepted.")
    assert placement(marks[0]).decision == "kept"


def test_everything_is_decided_without_a_script(signed_in_page, alice, storm, project, marks):
    page = signed_in_page(alice, java_script_enabled=False)
    page.goto(f"{storm.get_absolute_url()}?project={project.slug}")
    page.locator(f"#card-{marks[0].pk}").get_by_role("button", name="Accept the new wording").click()
    expect(page.locator(f"#card-{marks[0].pk}")).to_contain_text("alice accepted the new wording")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#text mark ins")).to_have_text("17")
    page.locator("#astray").get_by_role("link", name="Select a new place").click()
    page.get_by_role("link", name="its first and last sentence").click()
    page.get_by_role("row").filter(has_text=RESIGNED).get_by_role("radio").first.check()
    page.get_by_role("button", name="Move highlight here").click()
    expect(page.locator(f"#h-{marks[1].pk}")).to_have_text("The mayor resigned.")


def test_the_list_is_worked_through_by_clicks(page, project, marks):
    page.get_by_role("link", name="Changes 2").click()
    row = page.locator(f"#changed-{marks[0].pk}")
    expect(row.locator("del")).to_have_text("12")
    expect(row.locator("ins")).to_have_text("17")
    row.get_by_role("button", name="Accept the new wording").click()
    expect(row).to_contain_text("New wording accepted by alice")
    expect(page.locator("#waiting")).to_contain_text("Changes 1")
    row.get_by_role("button", name="Decide again").click()
    expect(row.get_by_role("button", name="Accept the new wording")).to_be_visible()
    expect(page.locator("#waiting")).to_contain_text("Changes 2")


def test_the_keys_lead_to_what_changed(page, project):
    press(page, "g", "x")
    expect(page.get_by_role("heading", name="Changed passages")).to_be_visible()


@pytest.mark.pages
@pytest.mark.parametrize(("theme", "size"), [("light", WIDE), ("dark", PHONE)])
def test_nothing_is_wrong_with_these_pages(signed_in_page, alice, storm, project, marks, proposed, axe, theme, size):
    Preferences.objects.create(user=alice, theme=theme)
    page, base = signed_in_page(alice, **size), f"{storm.get_absolute_url()}?project={project.slug}"
    addresses = [base, f"{base}&reattach={marks[1].pk}", f"/projects/{project.slug}/changed/"]
    for address in [*addresses, f"/projects/{project.slug}/changed/?state=gone"]:
        page.goto(address)
        page.evaluate("document.fonts.ready")
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

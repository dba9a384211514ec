"""The main job with a mouse: select, tag, look again, take back, with others at the same text."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight, Tag
from places import click_on, drag_over, opened
from saved import SAVED

FERRY = next(path for path in SAVED if path.stem == "ferry")
QUOTE = "We got tired of waiting"


@pytest.fixture
def ferry(imported):
    return imported(FERRY)


@pytest.fixture
def page(signed_in_page, alice, ferry, project, tag):
    Tag.objects.get_or_create_named(project, ["diplomatic position", "red line", "military history"], by=alice)
    return opened(signed_in_page(alice, viewport={"width": 1440, "height": 900}), ferry, project)


def made_by(user, project, article, words: str, tags=(), note: str = "") -> Highlight:
    revision = article.current()
    start = revision.text.index(words)
    wanted = {"start": start, "end": start + len(words), "tags": tags, "note": note}
    return Highlight.objects.make(project=project, revision=revision, author=user, **wanted).highlight


def the_highlight(project) -> Highlight:
    return Highlight.objects.standing().get(project=project)


def tags_of(highlight: Highlight) -> list[str]:
    return [str(tag) for tag in highlight.ordered_tags()]


def test_words_are_selected_with_the_mouse_and_tagged_by_a_click(page, project):
    drag_over(page, QUOTE)
    page.locator("#toolbar").get_by_role("button", name="military option").click()
    expect(page.locator("#p3 mark")).to_have_text(QUOTE)
    expect(page.locator("#card-list .card .tag")).to_have_text("military option")
    expect(page.locator("#toasts")).to_contain_text("Highlighted.")
    expect(page.locator("#toolbar")).to_be_hidden()
    made = the_highlight(project)
    assert (made.exact, tags_of(made)) == (QUOTE, ["military option"])


def test_each_number_key_applies_the_tag_that_bears_its_number(page, project):
    for number, words in [("2", QUOTE), ("1", "The night ferry")]:
        drag_over(page, words)
        button = page.locator(f"#toolbar [aria-keyshortcuts='{number}']")
        expect(button).to_be_visible()
        name = button.locator(".tag").inner_text()
        page.keyboard.press(number)
        expect(page.locator("#toolbar")).to_be_hidden()
        assert tags_of(Highlight.objects.get(project=project, exact=words)) == [name]


def test_h_highlights_without_a_tag_even_when_the_focus_is_on_the_button_of_one(page, project):
    drag_over(page, QUOTE)
    page.locator("#toolbar").get_by_role("button", name="military option").focus()
    page.keyboard.press("h")
    expect(page.locator("#p3 mark")).to_have_text(QUOTE)
    assert tags_of(the_highlight(project)) == []


def test_after_a_number_key_that_failed_h_does_not_apply_its_tag(page, project):
    page.route("**/highlights/", lambda route: route.abort())
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#toasts .bad")).to_contain_text("No answer")
    page.unroute("**/highlights/")
    page.keyboard.press("h")
    expect(page.locator("#p3 mark")).to_have_text(QUOTE)
    assert tags_of(the_highlight(project)) == []


def test_a_number_key_tags_the_words_across_table_and_heading(page, project, ferry):
    text = ferry.current().text
    drag_over(page, text[text.index("Child") : text.index(" that are not settled")])
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#card-list .card")).to_have_count(1)
    made = the_highlight(project)
    assert made.exact == text[made.start : made.end]
    assert (made.exact[:5], made.exact[-12:]) == ("Child", "Three things")
    assert tags_of(made) == ["military option"]
    assert page.evaluate("document.getElementById('text').textContent") == text


def test_tags_are_found_as_one_types_and_new_ones_are_offered(page, project):
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.type("p")
    expect(page.get_by_role("option")).to_have_text(
        ["diplomatic position", "military option", "Add “p” to the codebook"]
    )
    page.keyboard.press("Backspace")
    page.keyboard.type("mil")
    expect(page.get_by_role("option")).to_have_text(
        ["military option", "military history", "Add “mil” to the codebook"]
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("patience of islanders")
    page.keyboard.press("Enter")
    expect(page.locator("#toolbar .chip .tag")).to_have_text(["military history", "patience of islanders"])
    page.keyboard.press("Backspace")
    expect(page.locator("#toolbar .chip")).to_have_count(1)
    page.keyboard.type("Patience")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#card-list .card .tag")).to_have_text(["military history", "Patience"])
    made = the_highlight(project)
    assert (made.exact, tags_of(made)) == (QUOTE, ["military history", "Patience"])


def test_a_note_is_written_while_the_words_stay_marked_as_chosen(page, project):
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("So *they* say.")
    assert page.evaluate("[...CSS.highlights.get('chosen')][0].toString()") == QUOTE
    page.keyboard.press("Control+Enter")
    expect(page.locator("#card-list .card .note em")).to_have_text("they")
    assert the_highlight(project).note == "So *they* say."


def test_a_note_half_written_outlives_a_click_and_another_selection(page, project):
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Half")
    click_on(page, "The night ferry")
    page.wait_for_timeout(400)
    drag_over(page, "leaves the inner harbour")
    expect(page.locator("#toolbar [name=exact]")).to_have_value("leaves the inner harbour")
    page.locator("#toolbar").get_by_role("button", name="Highlight").click()
    expect(page.locator("#card-list .card .note")).to_have_text("Half")
    assert the_highlight(project).exact == "leaves the inner harbour"


def test_the_toolbar_stands_under_the_words_and_closes_with_escape(page):
    drag_over(page, QUOTE)
    bar = page.locator("#toolbar")
    expect(bar).to_be_visible()
    frame, box = page.locator("#frame").bounding_box(), bar.bounding_box()
    assert box["y"] >= page.evaluate("found.getBoundingClientRect().bottom")
    assert frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()


def test_a_highlight_is_made_once_however_often_the_button_is_pressed(page, project):
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.evaluate("for (let n = 0; n < 3; n++) document.querySelector('#toolbar [data-main]').click()")
    expect(page.locator("#toasts")).to_contain_text("Highlighted.")
    page.wait_for_load_state("networkidle")
    assert page.locator("#card-list .card").count() == 1
    assert Highlight.objects.filter(project=project).count() == 1


def test_when_the_answer_is_lost_it_may_be_sent_again_and_is_still_one(page, project):
    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/highlights/", lose)
    drag_over(page, QUOTE)
    page.locator("#toolbar").get_by_role("button", name="Highlight").click()
    expect(page.locator("#toasts .bad")).to_contain_text("No answer")
    page.unroute("**/highlights/")
    page.locator("#toolbar").get_by_role("button", name="Highlight").click()
    expect(page.locator("#p3 mark")).to_have_text(QUOTE)
    assert Highlight.objects.filter(project=project).count() == 1


def test_a_new_highlight_is_undone_from_its_toast(page, project):
    drag_over(page, QUOTE)
    page.locator("#toolbar").get_by_role("button", name="Highlight").click()
    expect(page.locator("#p3 mark")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#p3 mark")).to_have_count(0)
    expect(page.locator("#frame")).to_be_focused()
    expect(page.locator("#card-list .card")).to_have_count(0)
    assert not Highlight.objects.standing().filter(project=project).exists()


def test_where_marks_overlap_a_click_offers_the_choice(page, project, ferry, alice, bob, tag):
    first = made_by(alice, project, ferry, "tired of waiting”, said"[:16], [tag])
    second = made_by(bob, project, ferry, "waiting,” said Berit Aas")
    page.reload()
    click_on(page, "waiting,”"[:7])
    expect(page.locator("#choice button")).to_have_count(2)
    expect(page.locator("#choice")).to_contain_text("military option")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(f"#card-{second.pk}")).to_be_focused()
    page.locator(f"#card-{first.pk}").get_by_role("link", name="to the words").click()
    expect(page.locator(f"#h-{first.pk}")).to_be_focused()
    expect(page.locator(f"#card-{first.pk}.lit")).to_have_count(1)


def test_on_a_page_that_was_changed_since_the_words_are_highlighted_as_they_were_read(page, project, ferry):
    ferry.revise(ferry.current().html.replace("The Margit leaves", "Last week the Margit leaves"))
    drag_over(page, QUOTE)
    page.locator("#toolbar").get_by_role("button", name="Highlight").click()
    expect(page.locator("#toasts")).to_contain_text("on the same words in the new text")
    expect(page.locator("#text mark")).to_have_text(QUOTE)
    made = the_highlight(project)
    assert (made.revision.number, made.exact, made.placements.get().state) == (1, QUOTE, "same")


def test_of_words_that_are_gone_neither_the_highlight_nor_the_note_is_lost(page, project, ferry):
    ferry.revise('<p id="p1">It took too long.</p>')
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Mine.")
    page.keyboard.press("Control+Enter")
    page.locator("#toasts").get_by_role("link", name="See what can be done").click()
    expect(page.locator("#astray")).to_contain_text(QUOTE)
    made = the_highlight(project)
    assert (made.note, made.exact, made.placements.get().state) == ("Mine.", QUOTE, "gone")


def test_what_is_refused_stays_in_the_toolbar_as_it_was_written(page, project):
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Mine.")
    project.memberships.update(role="viewer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts .bad")).to_be_visible()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("Mine.")
    assert not Highlight.objects.filter(project=project).exists()


def test_two_windows_on_one_note_lose_neither_text(page, signed_in_page, project, ferry, alice):
    made = made_by(alice, project, ferry, QUOTE, note="Before.")
    windows = [page, signed_in_page(alice, viewport={"width": 1440, "height": 900})]
    for window, words in zip(windows, ["From the first.", "From the second."], strict=True):
        opened(window, ferry, project)
        window.locator(f"#card-{made.pk}").get_by_role("link", name="Edit").click()
        window.locator("form.edit textarea").fill(words)
    for window in windows:
        window.locator("form.edit").get_by_role("button", name="Save").click()
    expect(windows[0].locator(f"#card-{made.pk} .note")).to_have_text("From the first.")
    expect(windows[1].locator(".theirs")).to_contain_text("From the first.")
    expect(windows[1].locator("form.edit textarea")).to_have_value("From the second.")
    expect(windows[1].locator(".editing [role=alert]")).to_be_focused()


def test_the_ends_are_moved_to_the_words_one_selects(page, project, ferry, alice):
    made = made_by(alice, project, ferry, QUOTE)
    opened(page, ferry, project)
    page.locator(f"#card-{made.pk}").get_by_role("link", name="Edit").click()
    expect(page.locator("form.edit textarea")).to_be_focused()  # the page has scrolled to the form by then
    drag_over(page, "got tired of waiting,” said Berit Aas")
    page.get_by_role("button", name="Move its ends").click()
    expect(page.locator("#toasts")).to_contain_text("ends were moved")
    made.refresh_from_db()
    assert made.exact == "got tired of waiting,” said Berit Aas"
    expect(page.locator("#p3 mark")).to_have_text(made.exact)

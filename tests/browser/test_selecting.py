"""The main job with a mouse: select, tag, look again, take back, with others at the same text."""

import re

import pytest
from django.db import connection
from playwright.sync_api import expect

from annotations.models import Highlight, Tag
from databases import BRIEF_WAIT, busy
from places import click_on, drag_over, opened, wait_until, where
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


def test_words_of_a_page_that_the_browser_translated_are_refused_with_the_way_out(page, project):
    page.evaluate(
        """() => {
            document.documentElement.classList.add("translated-ltr");
            document.querySelector("#p3").innerHTML = "<font><font>Wir wollten nicht mehr warten</font></font>";
        }"""
    )
    drag_over(page, "Wir wollten nicht mehr")
    expect(page.locator("#toolbar .translated")).to_contain_text("Show original")
    page.locator("#toolbar [data-main]").click()
    expect(page.locator("#toolbar .refusal")).to_contain_text("This page is translated")
    assert not Highlight.objects.standing().filter(project=project).exists()


def test_a_selection_may_begin_at_the_first_letter_of_a_highlight(page, project, ferry, alice):
    made = made_by(alice, project, ferry, QUOTE)
    opened(page, ferry, project)
    drag_over(page, QUOTE[:20])
    expect(page.locator("#toolbar")).to_be_visible()
    assert page.evaluate("String(getSelection())") == QUOTE[:20]
    page.keyboard.press("Escape")
    expect(page.locator(f"#h-{made.pk}")).to_have_attribute("tabindex", "0")
    click_on(page, QUOTE)
    expect(page.locator(f"#card-{made.pk}")).to_be_focused()


def test_each_number_key_makes_the_highlight_with_the_tag_that_bears_its_number(page, project):
    for number, words in [("2", QUOTE), ("1", "The night ferry")]:
        drag_over(page, words)
        button = page.locator(f"#toolbar [aria-keyshortcuts='{number}']")
        expect(button).to_be_visible()
        name = button.inner_text()
        page.keyboard.press(number)
        expect(page.locator("#toolbar")).to_be_hidden()
        made = Highlight.objects.get(project=project, exact=words)
        assert tags_of(made) == [name]
        expect(page.locator(f"#card-{made.pk} .tag")).to_have_text(name)
        expect(
            page.locator(f"#text mark[data-highlights='{made.pk}'].hue-{made.ordered_tags()[0].colour}")
        ).to_have_count(1)


def test_several_tags_are_set_before_the_highlight_is_made_and_a_new_one_moves_no_key(page, project):
    keys = "[...document.querySelectorAll('#toolbar .give[aria-keyshortcuts]')].map(tag => tag.textContent.trim())"
    drag_over(page, QUOTE)
    page.get_by_label("Set red line").check()
    before = page.evaluate(keys)
    page.get_by_label("Set military history").check()
    page.keyboard.press("t")
    page.keyboard.type("island pride")
    page.keyboard.press("Enter")
    expect(page.locator("#toolbar .chip .tag")).to_have_text(["red line", "military history", "island pride"])
    page.locator("#toolbar .chip").get_by_label("military history").click()
    expect(page.get_by_label("Set military history")).not_to_be_checked()
    page.locator("#toolbar").get_by_role("button", name="military option").click()
    expect(page.locator("#card-list .card .tag")).to_have_text(["red line", "island pride", "military option"])
    assert tags_of(the_highlight(project)) == ["red line", "island pride", "military option"]
    expect(page.locator("#new-tags .give")).to_have_text("island pride")
    page.locator("#tags-here").get_by_label("red line").uncheck()
    expect(page).to_have_url(re.compile("tags-listed"))
    assert page.evaluate(keys) == before != []


def test_a_tag_that_was_typed_and_not_picked_is_set_or_said_to_be_none(page, signed_in_page, ferry, project, bob):
    coder = opened(signed_in_page(bob, viewport={"width": 1440, "height": 900}), ferry, project)
    for window, offers in [(page, ["Add “red lime” to the codebook"]), (coder, [])]:
        drag_over(window, QUOTE)
        expect(window.locator("#toolbar")).to_be_visible()
        window.keyboard.press("t")
        window.keyboard.type("red lime")
        window.keyboard.press("Control+Enter")
        expect(window.locator("#toolbar .no-tag")).to_contain_text("No tag named “red lime”.")
        expect(window.locator("#toolbar [role=option]")).to_have_text(offers)
        assert not Highlight.objects.filter(project=project).exists()
    coder.keyboard.press("Backspace")
    coder.keyboard.press("Backspace")
    coder.keyboard.type("NE")
    expect(coder.locator("#toolbar .no-tag")).to_be_hidden()
    coder.keyboard.press("Control+Enter")
    expect(coder.locator("#card-list .card .tag")).to_have_text("red line")
    assert tags_of(the_highlight(project)) == ["red line"]


def test_h_highlights_without_a_tag_even_when_the_focus_is_on_the_button_of_one(page, project):
    drag_over(page, QUOTE)
    page.locator("#toolbar").get_by_role("button", name="military option").focus()
    page.keyboard.press("h")
    expect(page.locator("#p3 mark")).to_have_text(QUOTE)
    assert tags_of(the_highlight(project)) == []


def test_enter_on_the_box_of_a_tag_makes_the_highlight_with_the_tags_that_are_set(page, project):
    drag_over(page, QUOTE)
    page.get_by_label("Set military history").check()
    page.keyboard.press("Enter")
    expect(page.locator("#card-list .card .tag")).to_have_text("military history")
    assert tags_of(the_highlight(project)) == ["military history"]


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


# What the toolbar leaves in sight: all of the text beside it, or the selected words and two lines more above it.
LEAVES_THE_TEXT = """() => {
  const bar = document.getElementById("toolbar").getBoundingClientRect(), words = found.getBoundingClientRect();
  const text = document.getElementById("text").getBoundingClientRect();
  const beside = bar.left >= text.right && bar.top >= 0 && (Math.abs(bar.top - words.top) < 12 || bar.bottom > innerHeight - 24);
  const below = words.top >= 0 && bar.top >= words.bottom + 1.9 * parseFloat(getComputedStyle(document.getElementById("text")).lineHeight);
  const save = document.querySelector("#toolbar [data-main]").getBoundingClientRect();
  return (innerWidth > 832 ? beside : below) && save.top > bar.top && save.bottom <= Math.min(bar.bottom, innerHeight);
}"""


def test_the_toolbar_covers_no_text_one_wants_to_read_at_any_width_and_closes_with_escape(
    page, project, ferry, alice, axe
):
    for place in range(50):
        Tag.objects.add_tag(project, f"a tag of some length, {place}", by=alice)
    opened(page, ferry, project)
    bar = page.locator("#toolbar")
    for width, height in [(1440, 900), (1000, 700), (768, 1024), (390, 780)]:
        page.set_viewport_size({"width": width, "height": height})
        for words, block in [(QUOTE, "center"), ("The night ferry", "end")]:
            where(page, words)
            page.evaluate("document.activeElement.blur()")  # as a press in the text does
            page.evaluate(
                f"found.startContainer.parentElement.scrollIntoView({{block: '{block}', behavior: 'instant'}})"
            )
            page.evaluate("getSelection().removeAllRanges(); getSelection().addRange(found)")
            expect(page.locator("#toolbar [name=exact]")).to_have_value(words)
            wait_until(page, LEAVES_THE_TEXT)
        page.get_by_label("Set red line").check()  # whose chip makes the toolbar higher
        wait_until(page, LEAVES_THE_TEXT)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert width not in (1440, 390) or axe(page) == []
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()


def test_a_card_is_edited_with_its_tags_first_and_keeps_their_order(page, project, ferry, alice, axe):
    tags = Tag.objects.get_or_create_named(project, ["red line", "military option"], by=alice)
    made = made_by(alice, project, ferry, QUOTE, tags)
    opened(page, ferry, project)
    card = page.locator(f"#card-{made.pk}")
    card.get_by_role("link", name="Edit").click()
    expect(card.locator("textarea")).to_be_focused()
    chips, find = card.locator(".chip .tag"), card.get_by_role("combobox", name="Find or add a tag")
    expect(chips).to_have_text(["red line", "military option"])
    expect(card.locator(".picker")).to_be_hidden()
    find.fill("diplo")
    find.press("Enter")
    card.get_by_text("All tags, by group").click()
    card.get_by_label("military history").check()
    card.locator(".chip").get_by_label("red line").click()
    expect(chips).to_have_text(["military option", "diplomatic position", "military history"])
    expect(card.locator(".picker").get_by_label("red line")).not_to_be_checked()
    assert axe(page) == []
    card.get_by_role("button", name="Save").click()
    expect(card.locator(".card-head .tag")).to_have_text(["military option", "diplomatic position", "military history"])
    made.refresh_from_db()
    assert tags_of(made) == ["military option", "diplomatic position", "military history"]
    card.get_by_role("link", name="Edit").click()
    card.get_by_text("Adjust start / end").click()
    card.get_by_role("button", name="End a word later").click()
    expect(page.locator(f"#h-{made.pk}")).to_have_text(f"{QUOTE},”")
    card.get_by_role("button", name="Delete").click()
    expect(card).to_have_count(0)


def test_one_message_is_seen_at_a_time_and_none_lies_on_the_text(page, project, ferry, alice):
    made = [made_by(alice, project, ferry, words) for words in (QUOTE, "The night ferry")]
    opened(page, ferry, project)
    for highlight in made:
        page.locator(f"#card-{highlight.pk}").get_by_role("link", name="Edit").click()
        page.get_by_role("button", name="Delete this highlight").click()
        expect(page.locator(f"#card-{highlight.pk}")).to_have_count(0)
    toast = page.locator(".toast:visible")
    expect(toast).to_have_count(1)
    for width, height in [(1440, 900), (1000, 900)]:
        page.set_viewport_size({"width": width, "height": height})
        box, text = toast.bounding_box(), page.locator("#text").bounding_box()
        assert box["x"] + box["width"] <= text["x"] or box["x"] >= text["x"] + text["width"]
        assert box["y"] + box["height"] <= height
    page.set_viewport_size({"width": 390, "height": 780})
    box = toast.bounding_box()
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 780)
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(1)  # the one before, which can still be undone
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#card-{made[0].pk}")).to_have_count(1)


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
    page.locator("#toasts").get_by_role("link", name="See options").click()
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
    expect(page.locator("#toolbar").get_by_role("textbox", name="Note")).to_have_value("Mine.")
    assert not Highlight.objects.filter(project=project).exists()


@pytest.fixture
def impatient_page(signed_in_page, alice, ferry, project, monkeypatch):
    """A window that shares no connection with those of other tests, so that the server waits for its locks for a moment only."""
    for name, value in BRIEF_WAIT[connection.vendor].items():
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], name, value)
    size = {"width": 1440, "height": 900}
    return opened(signed_in_page(alice, viewport=size, locale="en-IE"), ferry, project)


def test_while_the_database_is_busy_the_note_stays_in_the_toolbar(impatient_page, project):
    page = impatient_page
    drag_over(page, QUOTE)
    expect(page.locator("#toolbar")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("Mine.")
    with busy():
        page.keyboard.press("Control+Enter")
        expect(page.locator("#toasts .bad")).to_contain_text("Newsreader is busy")
    expect(page.locator("#toolbar").get_by_role("textbox", name="Note")).to_have_value("Mine.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toolbar")).to_be_hidden()
    assert the_highlight(project).note == "Mine."


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
    page.get_by_text("Adjust start / end").click()
    drag_over(page, "got tired of waiting,” said Berit Aas")
    page.get_by_role("button", name="Use the selected words").click()
    expect(page.locator("#toasts")).to_contain_text("Highlight adjusted.")
    made.refresh_from_db()
    assert made.exact == "got tired of waiting,” said Berit Aas"
    expect(page.locator("#p3 mark")).to_have_text(made.exact)

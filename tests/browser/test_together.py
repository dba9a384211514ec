"""Two people at one article at once, each in a browser of their own: nothing is lost, and each is told of the other."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Highlight, Reply, Role, Tag
from places import drag_over, opened, wait_until
from saved import SAVED

FERRY = next(path for path in SAVED if path.stem == "ferry")
QUOTE = "We got tired of waiting"
WIDE = {"viewport": {"width": 1440, "height": 900}}
# How far the message of one's own act stands below what others changed; less than nothing where one covers the other.
APART = """() => {
  const [updates, toast] = ["#updates .toast", "#toasts .toast:not([hidden])"].map((one) => document.querySelector(one));
  return toast.getBoundingClientRect().top - updates.getBoundingClientRect().bottom;
}"""
PLACE = "[scrollY, document.querySelector('#p3').getBoundingClientRect().top]"


@pytest.fixture
def ferry(imported):
    return imported(FERRY)


@pytest.fixture
def quick(settings) -> None:
    """Open pages ask every second."""
    settings.NEWSREADER_UPDATES_SECONDS = 1


@pytest.fixture
def both(signed_in_page, alice, bob, ferry, project, tag, quick) -> tuple[Page, Page]:
    """The article in Alice's browser, and in that of Bob, who may edit the codebook."""
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    return tuple(opened(signed_in_page(user, **WIDE), ferry, project) for user in (alice, bob))  # type: ignore[return-value]


def highlight(page: Page, words: str, tag: str = "", note: str = "") -> None:
    """Highlights words with the mouse, with a tag and a note."""
    drag_over(page, words)
    toolbar = page.locator("#toolbar")
    expect(toolbar).to_be_visible()
    if note:
        page.keyboard.press("n")
        page.locator("#new-note").fill(note)
    if tag:
        toolbar.locator(".find input").fill(tag)
        page.keyboard.press("Enter")
    toolbar.locator("[data-main]").click()
    expect(toolbar).to_be_hidden()


def told(page: Page, words: str) -> None:
    """Waits until the page says so, and shows it."""
    expect(page.locator("#updates")).to_contain_text(words)
    page.locator("#updates").get_by_role("button", name="Show").click()
    expect(page.locator("#updates")).to_be_empty()


def test_two_people_work_on_one_article_and_see_each_other(both, project, tag, axe):
    alices, bobs = both
    highlight(alices, QUOTE, note="Alice was here")
    highlight(bobs, "ferry", tag="crossing")
    expect(alices.locator("#updates")).to_contain_text("1 new highlight.")
    expect(bobs.locator("#updates")).to_contain_text("1 new highlight.")
    assert "Alice was here" not in bobs.content()
    assert axe(bobs) == []
    for width, height in ((390, 780), (768, 1024), (1440, 900)):
        bobs.set_viewport_size({"width": width, "height": height})
        assert bobs.evaluate(APART) >= 0, width
    told(alices, "1 new highlight.")
    told(bobs, "1 new highlight.")
    for page in both:
        expect(page.locator("#card-list .card")).to_have_count(2)
        expect(page.locator("#card-list")).to_contain_text("Alice was here")
        expect(page.locator("#card-list .tag", has_text="crossing")).to_have_count(1)
    made = Highlight.objects.get(project=project, exact=QUOTE)
    alices.locator(f"#card-{made.pk} a.edit").click()
    alices.locator(f"#note-{made.pk}").fill("Alice was here twice")
    alices.locator(f"#card-{made.pk}").get_by_role("button", name="Save").click()
    told(bobs, "1 highlight changed.")
    expect(bobs.locator(f"#card-{made.pk}")).to_contain_text("Alice was here twice")
    cards = [page.locator(f"#card-{made.pk}") for page in both]
    for card in cards:
        card.locator("a.replies").click()
    for card, text in zip(cards, ("Is it so?", "It is."), strict=True):
        card.locator(".reply-form textarea").fill(text)
        card.get_by_role("button", name="Reply", exact=True).click()
    expect(cards[1]).to_contain_text("Is it so?")  # the second to write sees both
    expect(cards[0]).to_contain_text("Is it so?")
    told(alices, "1 new reply.")
    for card in cards:
        expect(card.locator("a.replies")).to_contain_text("2 replies")
    crossing = Tag.objects.get(project=project, name="crossing")
    bobs.goto(crossing.get_absolute_url())
    bobs.locator("[name=name]").fill("passage")
    bobs.get_by_role("button", name="Save").click()
    told(alices, "Tags were changed.")
    expect(alices.locator("#card-list .tag", has_text="passage")).to_have_count(1)
    assert Highlight.objects.standing().filter(project=project).count() == 2
    assert sorted(Reply.objects.values_list("text", flat=True)) == ["Is it so?", "It is."]
    assert sorted(Tag.objects.filter(project=project).values_list("name", flat=True)) == ["military option", "passage"]


def test_what_others_do_moves_nothing_and_leaves_what_one_types(both, project, ferry, alice, bob, tag):
    page, _ = both
    start = ferry.current().text.index("ferry")
    fields = {"project": project, "revision": ferry.current()}
    mine = Highlight.objects.make(**fields, author=alice, start=start, end=start + 5, tags=[tag]).highlight
    opened(page, ferry, project)
    page.locator(f"#card-{mine.pk} a.edit").click()
    page.locator(f"#note-{mine.pk}").fill("Half a thought")
    drag_over(page, QUOTE)
    where = ferry.current().text.index(QUOTE)
    Highlight.objects.make(**fields, author=bob, start=where + 5, end=where + 15)
    told(page, "1 new highlight.")
    wait_until(page, f"String(getSelection()) == '{QUOTE}'")
    page.keyboard.press("n")
    page.locator("#new-note").fill("A draft")
    page.evaluate("document.querySelector('#p3').scrollIntoView({ block: 'center' })")
    place = page.evaluate(PLACE)
    theirs = Highlight.objects.make(**fields, author=bob, start=where + 3, end=where + 12).highlight
    expect(page.locator("#updates")).to_contain_text("1 new highlight.")
    assert page.evaluate(PLACE) == place
    assert page.locator("#new-note").evaluate("field => field === document.activeElement")
    tag.edit(tag.version, by=bob, name="option")
    told(page, "1 new highlight. Tags were changed.")
    expect(page.locator(f"#h-{theirs.pk}")).to_have_count(1)
    assert page.evaluate(PLACE) == place
    assert page.locator("#new-note").input_value() == "A draft"
    assert page.locator(f"#note-{mine.pk}").input_value() == "Half a thought"
    wait_until(page, f"String([...CSS.highlights.get('chosen')]) == '{QUOTE}'")  # the block is drawn anew first
    page.locator("#toolbar [data-main]").click()
    expect(page.locator("#toolbar")).to_be_hidden()
    assert Highlight.objects.get(note="A draft").exact == QUOTE


CARET = """() => {
  const { focusNode, focusOffset } = getSelection(), range = new Range();
  range.setStart(document.getElementById("text"), 0);
  range.setEnd(focusNode, focusOffset);
  return [String(range).length, document.getElementById("caret").getBoundingClientRect().height];
}"""


def test_the_caret_stays_where_it_stood_when_new_highlights_are_shown(both, project, ferry, bob):
    page, _ = both
    where = ferry.current().text.index(QUOTE)
    page.keyboard.press("c")
    for key in ("Control+Home", *["Control+ArrowRight"] * 4):
        page.keyboard.press(key)
    before, height = page.evaluate(CARET)
    assert before > 10
    text = ferry.current().text
    for start in (0, where):
        Highlight.objects.make(project=project, revision=ferry.current(), author=bob, start=start, end=len(text) - 1)
    told(page, "2 new highlights.")
    wait_until(page, f"({CARET})().join() === '{before},{height}'")  # where it stood, and as tall


def test_who_was_removed_keeps_the_typed_text_and_is_told(both, project, ferry, alice, bob):
    _, page = both
    drag_over(page, QUOTE)
    page.keyboard.press("n")
    page.locator("#new-note").fill("A draft")
    project.memberships.get(user=bob).remove(by=alice)
    expect(page.locator("#updates")).to_contain_text("This page is no longer updated")
    expect(page.locator("#updates").get_by_role("link", name="Reload")).to_be_visible()
    page.locator("#toolbar [data-main]").click()
    expect(page.locator("#toolbar .refusal")).to_contain_text(re.compile("."))
    assert page.locator("#new-note").input_value() == "A draft"
    assert not Highlight.objects.filter(project=project).exists()
    wait_until(page, "document.querySelector('#updates').dataset.ended === 'yes'")


def test_ctrl_z_undoes_ones_last_act_and_says_how_to_redo_it(both, project, ferry, alice, bob):
    page, _ = both
    highlight(page, QUOTE, note="First")
    cards, toasts = page.locator("#card-list .card"), page.locator("#toasts")
    expect(cards).to_have_count(1)
    made = Highlight.objects.get(project=project)
    start = ferry.current().text.index("ferry")
    Highlight.objects.make(project=project, revision=ferry.current(), author=bob, start=start, end=start + 5)
    page.locator(f"#card-{made.pk} a.edit").click()
    note = page.locator(f"#note-{made.pk}")
    note.fill("Second")
    note.press("Control+z")
    expect(cards).to_have_count(1)
    assert Highlight.objects.standing().filter(project=project).count() == 2
    note.fill("Second")
    page.locator(f"#card-{made.pk}").get_by_role("button", name="Save").click()
    expect(cards).to_contain_text("Second")
    page.keyboard.press("Control+z")
    expect(cards).to_contain_text("First")
    expect(toasts).to_contain_text("Undone: edited the note or the tags of a highlight")
    page.keyboard.press("Meta+z")
    expect(cards).to_have_count(0)
    expect(page.locator("#text mark")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(cards).to_contain_text("First")
    expect(toasts).to_contain_text("Redone: made a highlight")
    page.keyboard.press("Control+z")
    expect(cards).to_have_count(0)
    toasts.get_by_role("button", name="Redo").click()
    expect(cards).to_contain_text("First")
    expect(page.locator("#updates")).to_contain_text("1 new highlight.")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_contain_text("Undo your last change")


def test_ctrl_z_in_the_list_of_passages_and_in_the_codebook(signed_in_page, project, ferry, alice, tag):
    start = ferry.current().text.index("ferry")
    fields = {"project": project, "revision": ferry.current(), "author": alice, "tags": [tag]}
    made = Highlight.objects.make(**fields, start=start, end=start + 5).highlight
    page = signed_in_page(alice)
    page.goto(f"/projects/{project.slug}/passages/")
    row = page.locator(".passage")
    made.edit(made.version, by=alice, note="Newer", tags=[tag])
    page.reload()
    expect(row).to_contain_text("Newer")
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("Undone: edited the note")
    expect(row).not_to_contain_text("Newer")
    page.keyboard.press("Control+Shift+z")
    expect(row).to_contain_text("Newer")
    made.refresh_from_db()
    made.hide(alice)
    page.reload()
    expect(row).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(row).to_contain_text("Newer")
    tag.retire(by=alice)
    page.goto(tag.get_absolute_url())
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("Undone: retired the tag")
    page.locator("#toasts").get_by_role("button", name="Redo").click()
    expect(page.locator("#toasts")).to_contain_text("Redone: retired the tag")
    assert page.url.endswith(tag.get_absolute_url())
    tag.refresh_from_db()
    assert tag.status == "retired"

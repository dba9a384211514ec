"""Cards beside their marks: where they stand, how they follow, and what is heard of the marks."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight
from places import drag_over, opened, wait_until, where

WIDE = {"viewport": {"width": 1440, "height": 900}}
# No card over another, none above its words, and none pushed further down than the one above needs.
BESIDE = """() => {
  let floor = -Infinity;
  return [...document.querySelectorAll("#card-list .card")].every(card => {
    const box = card.getBoundingClientRect();
    const mark = document.getElementById(`h-${card.dataset.highlight}`);
    const line = (mark.getClientRects()[0] ?? mark.getBoundingClientRect()).top;
    const good = box.top > line - 4 && box.top > floor && (box.top < line + 1 || box.top < floor + 6);
    floor = box.bottom;
    return good;
  });
}"""


@pytest.fixture
def crowd(project, revision, alice, bob, tag) -> list[Highlight]:
    """Twelve highlights, most of them in the same line."""
    made = []
    for number in range(12):
        start = number * (2 if number < 9 else 20)
        spot = {"start": start, "end": start + 30, "tags": [tag], "note": f"Note {number}." * (number % 3)}
        made.append(Highlight.objects.make(project=project, revision=revision, author=[alice, bob][number % 2], **spot))
    return [one.highlight for one in made]


@pytest.fixture
def page(signed_in_page, alice, article, project, crowd):
    return opened(signed_in_page(alice, **WIDE), article, project)


def test_cards_stand_beside_their_words_and_never_overlap(page, crowd):
    expect(page.locator("#card-list .card")).to_have_count(len(crowd))
    wait_until(page, BESIDE)


def test_cards_stand_aright_again_when_the_window_changes(page):
    page.set_viewport_size({"width": 1100, "height": 900})
    wait_until(page, f"innerWidth === 1100 && ({BESIDE})()")
    page.set_viewport_size({"width": 600, "height": 900})
    wait_until(page, "!document.querySelector('.cards').matches('[data-aligned]')")
    tops = page.locator("#card-list .card").evaluate_all("cards => cards.map(card => card.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    assert tops[0] > page.evaluate("document.getElementById('text').getBoundingClientRect().bottom")


def test_mark_and_card_light_each_other(page, crowd):
    last = crowd[-1]
    first, _ = where(page, page.locator(f'mark[data-highlights="{last.pk}"]').last.text_content())
    page.mouse.move(first["left"] + 3, first["middle"])
    expect(page.locator(f"#card-{last.pk}.lit")).to_have_count(1)
    page.mouse.move(2, 2)
    expect(page.locator(".lit")).to_have_count(0)
    page.locator(f"#card-{last.pk}").get_by_role("link", name="to the words").focus()
    expect(page.locator(f'mark.lit[data-highlights~="{last.pk}"]').first).to_be_attached()
    plain, _ = where(page, "Nobody was hurt")
    page.mouse.move(plain["left"] + 3, plain["middle"])
    page.wait_for_timeout(100)
    expect(page.locator("mark.lit")).to_have_count(page.locator(f'mark[data-highlights~="{last.pk}"]').count())


def test_the_line_of_a_new_highlight_begins_at_its_words(signed_in_page, alice, article, project, highlight):
    page = opened(signed_in_page(alice, viewport={"width": 1280, "height": 900}), article, project)
    drag_over(page, "Nobody was hurt")
    expect(page.locator("#toolbar .give").first).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#card-list .card.lit")).to_have_count(1)
    expect(page.locator("#toolbar")).to_be_hidden()
    wait_until(
        page,
        """(() => {
          const card = document.querySelector(".card.lit"), mark = document.getElementById(`h-${card.dataset.highlight}`);
          const pushed = Math.max(0, card.getBoundingClientRect().top - mark.getClientRects()[0].top + 2);
          return Math.abs(parseFloat(card.style.getPropertyValue("--pushed") || 0) - pushed) < 1;
        })()""",
        seconds=5,
    )


def test_a_link_to_a_highlight_lights_its_card(signed_in_page, alice, article, project, highlight):
    page = opened(signed_in_page(alice, **WIDE), article, project, f"#h-{highlight.pk}")
    expect(page.locator(f"#card-{highlight.pk}.lit")).to_have_count(1)


def test_a_deletion_is_undone_beside_what_others_highlighted_since(
    signed_in_page, alice, bob, article, revision, project, highlight
):
    """The card comes back to its place, though the page does not have the card before it, which is new."""

    def mark(author, start: int, end: int) -> Highlight:
        span = {"start": start, "end": end}
        return Highlight.objects.make(project=project, revision=revision, author=author, **span).highlight

    shorter, first = mark(alice, highlight.start, highlight.end - 1), mark(alice, 0, 5)
    page = opened(signed_in_page(alice, **WIDE), article, project)
    mark(bob, highlight.start - 2, highlight.end)
    cards = [f"card-{one.pk}" for one in (first, highlight, shorter)]
    for card in [cards[1], cards[0]]:
        page.locator(f"#{card} a.edit").click()
        page.get_by_role("button", name="Delete this highlight").click()
        expect(page.locator(f"#{card}")).to_have_count(0)
        page.locator(".toast:visible").get_by_role("button", name="Undo").click()
        expect(page.locator(f"#{card}")).to_be_focused()
        assert page.locator("#card-list .card").evaluate_all("cards => cards.map(card => card.id)") == cards


def test_a_deletion_is_undone_later_or_from_the_deleted_highlights(signed_in_page, alice, article, project, highlight):
    page, card = opened(signed_in_page(alice, **WIDE), article, project), f"#card-{highlight.pk}"
    toast = page.locator(".toast:visible")
    page.locator(f"{card} a.edit").click()
    page.get_by_role("button", name="Delete this highlight").click()
    page.route("**/restore/", lambda route: route.abort())
    toast.get_by_role("button", name="Undo").click()
    expect(toast).to_contain_text("No answer from the server.")
    page.unroute("**/restore/")
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_contain_text("Highlight deleted.")
    toast.get_by_role("link", name="Deleted highlights").click()
    page.set_viewport_size({"width": 320, "height": 780})
    restore = page.get_by_role("button", name="Restore this highlight")
    expect(restore).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    restore.click()
    expect(page.locator("main")).to_contain_text("No deleted highlights.")
    toast.get_by_role("link", name="Show it in the article").click()
    expect(page.locator(f"{card} .tag")).to_have_text("military option")


def test_a_note_outlives_the_adjusting_of_an_end(page, crowd):
    card = page.locator(f"#card-{crowd[0].pk}")
    card.locator("a.edit").click()
    card.get_by_label("Note").fill("Not saved yet")
    card.get_by_text("Adjust start / end").click()
    for _ in range(2):
        version = card.locator("[name=version]").input_value()
        card.get_by_role("button", name="End a word later").click()
        expect(card.locator("[name=version]")).not_to_have_value(version)
        expect(card.get_by_role("button", name="End a word later")).to_be_focused()
    expect(card.get_by_label("Note")).to_have_value("Not saved yet")
    card.get_by_role("button", name="Save").click()
    expect(card.locator(".note")).to_have_text("Not saved yet")


def heard_in(page, role: str) -> list[str]:
    """The words that assistive technology is told in the first node of that role, in order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    return words_of(next(node for node in nodes if node.get("role", {}).get("value") == role), by_id)


def words_of(node: dict, by_id: dict) -> list[str]:
    if node["role"]["value"] == "StaticText":
        return [node["name"]["value"].strip()]
    return [words for child in node.get("childIds", []) for words in words_of(by_id[child], by_id)]


def test_a_screen_reader_hears_where_a_mark_begins_and_ends(signed_in_page, alice, article, project, highlight):
    page = opened(signed_in_page(alice, **WIDE), article, project)
    assert heard_in(page, "mark") == ["[alice: military option]", "reopened on Monday", "[end]"]


def test_switching_a_tag_off_takes_its_marks_and_cards_away_and_leaves_the_rest_aligned(page, crowd):
    page.locator("#readers-here").get_by_label("alice").uncheck()
    expect(page.locator("#card-list .card")).to_have_count(6)
    expect(page.locator("#readers-here").get_by_label("alice")).to_be_focused()
    wait_until(page, f"document.querySelector('.cards').matches('[data-aligned]') && ({BESIDE})()")


WATCH = """moved = []; new PerformanceObserver(list => {
  for (const { sources } of list.getEntries()) moved.push(...sources.map(({ node }) => node?.id ?? node?.nodeName));
}).observe({ type: "layout-shift", buffered: true })"""


def test_nothing_moves_beside_the_text_while_the_page_comes_and_is_read(signed_in_page, alice, article, project, crowd):
    page = signed_in_page(alice, viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    opened(page, article, project)
    page.mouse.wheel(0, 1200)
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == []

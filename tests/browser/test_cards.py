"""Cards beside their marks: where they stand, how they follow, and what is heard of the marks."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight
from places import opened, wait_until, where

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


def test_a_link_to_a_highlight_lights_its_card(signed_in_page, alice, article, project, highlight):
    page = opened(signed_in_page(alice, **WIDE), article, project, f"#h-{highlight.pk}")
    expect(page.locator(f"#card-{highlight.pk}.lit")).to_have_count(1)


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

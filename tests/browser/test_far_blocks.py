"""What is far from the screen is laid out after the page is shown, or before that when one comes near it."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight
from newsreader.models import Article
from places import opened, wait_until
from texts import extracted

WIDE = {"viewport": {"width": 1440, "height": 900}}
COUNT, HIGHLIGHTED = 80, 60
LAID_OUT = "node => node.checkVisibility({ contentVisibilityAuto: true })"
ALL_LAID_OUT = f"[...document.querySelectorAll('#text mark')].every({LAID_OUT})"
NEVER_IDLE = "requestIdleCallback = () => 0"


@pytest.fixture
def article(project, alice, tag) -> Article:
    """A long article with a highlight far down and with bars at its first paragraph."""
    paragraphs = "".join(f"<p>Paragraph {n} says so. {'Nobody knows why. ' * 30}</p>" for n in range(1, COUNT + 1))
    article = Article.objects.store(extracted(paragraphs, title="A long day at the harbour")).article
    revision = article.current()
    starts = [start for _, start in revision.blocks]
    spots = [(starts[0], n) for n in range(5, 10)] + [(starts[HIGHLIGHTED - 1], 9)]
    for start, length in spots:
        spot = {"start": start, "end": start + length, "tags": [tag]}
        Highlight.objects.make(project=project, revision=revision, author=alice, **spot)
    return article


@pytest.fixture
def page(signed_in_page, alice, article, project):
    """The article in a browser that has time for all of it."""
    return opened(signed_in_page(alice, **WIDE), article, project)


@pytest.fixture
def busy_page(signed_in_page, alice, article, project):
    """The same in a browser that is never idle."""
    page = signed_in_page(alice, **WIDE)
    page.add_init_script(NEVER_IDLE)
    return opened(page, article, project)


def test_a_far_block_is_laid_out_when_one_comes_near_and_its_card_stands_beside_its_words(busy_page):
    page = busy_page
    mark = page.locator(f"#p{HIGHLIGHTED} mark")
    assert page.locator("#p1 mark").first.evaluate(LAID_OUT)
    assert not mark.evaluate(LAID_OUT)
    mark.evaluate("mark => mark.scrollIntoView({ block: 'center' })")
    wait_until(page, f"({LAID_OUT})(document.querySelector('#p{HIGHLIGHTED} mark'))")
    wait_until(
        page,
        f"""Math.abs(document.querySelector('#p{HIGHLIGHTED} mark').getBoundingClientRect().top
          - document.querySelector('#card-list > .card:last-child').getBoundingClientRect().top) < 6""",
    )


def test_a_link_into_the_text_shows_its_block(busy_page):
    page = busy_page
    page.evaluate(f"location.hash = 'p{HIGHLIGHTED}'")
    wait_until(page, f"document.querySelector('#p{HIGHLIGHTED}').getBoundingClientRect().top < innerHeight / 2")
    expect(page.locator(f"#p{HIGHLIGHTED}")).to_be_in_viewport()


@pytest.mark.parametrize("offset", [-45, -25], ids=["number of the block", "bars"])
def test_what_hangs_in_the_margin_is_seen(busy_page, offset):
    page = busy_page
    box = page.locator("#p1").bounding_box()
    strip = {"x": box["x"] + offset, "y": box["y"], "width": 20, "height": 60}
    seen = page.screenshot(clip=strip)
    page.locator("#p1").evaluate("block => block.style.overflowClipMargin = '0px'")
    assert page.screenshot(clip=strip) != seen


def test_what_one_came_for_stays_in_its_place_while_the_text_above_is_laid_out(
    signed_in_page, alice, article, project
):
    page = opened(signed_in_page(alice, **WIDE), article, project, f"#p{HIGHLIGHTED}")
    wait_until(page, ALL_LAID_OUT)
    page.wait_for_timeout(300)
    top = page.locator(f"#p{HIGHLIGHTED}").bounding_box()["y"]
    assert top == pytest.approx(0, abs=2)


def test_the_browser_finds_words_that_are_far_away(page):
    wait_until(page, ALL_LAID_OUT)
    assert page.evaluate(f"find('Paragraph {HIGHLIGHTED} says')")
    expect(page.locator(f"#p{HIGHLIGHTED}")).to_be_in_viewport()


def test_the_text_stays_where_it_is_when_all_of_it_is_replaced(page, tag):
    wait_until(page, ALL_LAID_OUT)
    page.locator(f"#p{HIGHLIGHTED}").evaluate("block => block.scrollIntoView({ behavior: 'instant' })")
    before = page.locator(f"#p{HIGHLIGHTED}").bounding_box()
    page.locator("#tag-here-1").evaluate("box => box.click()")
    expect(page.locator("#text mark")).to_have_count(0)
    assert page.locator(f"#p{HIGHLIGHTED}").bounding_box()["y"] == pytest.approx(before["y"], abs=1)

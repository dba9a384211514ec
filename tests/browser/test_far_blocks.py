"""What is far from the screen is not laid out before one comes near it, and is there for everything that looks for it."""

import pytest
from playwright.sync_api import expect

from annotations.models import Highlight
from newsreader.models import Article
from places import opened, wait_until
from texts import extracted

WIDE = {"viewport": {"width": 1440, "height": 900}}
COUNT, HIGHLIGHTED = 80, 60
LAID_OUT = "node => node.checkVisibility({ contentVisibilityAuto: true })"


@pytest.fixture
def page(signed_in_page, project, alice, bob, tag):
    """A long article with a highlight far down and with bars at its first paragraph, its scripts at work."""
    paragraphs = "".join(f"<p>Paragraph {n} says so. {'Nobody knows why. ' * 30}</p>" for n in range(1, COUNT + 1))
    article = Article.objects.store(extracted(paragraphs, title="A long day at the harbour")).article
    revision = article.current()
    starts = [start for _, start in revision.blocks]
    spots = [(starts[0], n) for n in range(5, 10)] + [(starts[HIGHLIGHTED - 1], 9)]
    for start, length in spots:
        spot = {"start": start, "end": start + length, "tags": [tag]}
        Highlight.objects.make(project=project, revision=revision, author=alice, **spot)
    return opened(signed_in_page(alice, **WIDE), article, project)


def test_a_far_block_is_laid_out_when_one_comes_near_and_its_card_stands_beside_its_words(page):
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


def test_a_link_into_the_text_shows_its_block(page):
    page.evaluate(f"location.hash = 'p{HIGHLIGHTED}'")
    wait_until(page, f"document.querySelector('#p{HIGHLIGHTED}').getBoundingClientRect().top < innerHeight / 2")
    expect(page.locator(f"#p{HIGHLIGHTED}")).to_be_in_viewport()


@pytest.mark.parametrize("offset", [-45, -25], ids=["number of the block", "bars"])
def test_what_hangs_in_the_margin_is_seen(page, offset):
    box = page.locator("#p1").bounding_box()
    strip = {"x": box["x"] + offset, "y": box["y"], "width": 20, "height": 60}
    seen = page.screenshot(clip=strip)
    page.locator("#p1").evaluate("block => block.style.overflowClipMargin = '0px'")
    assert page.screenshot(clip=strip) != seen

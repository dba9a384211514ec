"""The law of places: what a browser counts in the page is what Python counts in the text, to the code point."""

import random

import pytest

from annotations.anchoring.graphemes import ceiling, floor
from newsreader.models import Article
from saved import SAVED
from texts import extracted

ODD = """
<p>Ships 🚢🚢🏽 of the fleet 👩‍👩‍👧 and 🇵🇹🇯🇵 flags: e\u0301te\u0301 नमस्ते 한국어 — “so”.</p>
<p dir="rtl">قال المتحدث إن الميناء 12 سيفتح <bdi>Brevik</bdi> غدا.</p>
<ul><li>One</li><li>Two <strong>bold <em>both</em></strong></li></ul>
<table><thead><tr><th>Port</th><th>Ships</th></tr></thead><tbody><tr><td>Brevik</td><td>12</td></tr></tbody></table>
<pre>kept   as
  it stands</pre>
<blockquote><p>A quote,</p><p>in two.</p></blockquote>
<p>東京の<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>は、再開した。<br>また。</p>
"""
PAGES = [path for path in SAVED if path.stem in {"ferry", "page-zh", "right-to-left", "tables", "signs"}]
MODULE = "() => import('/static/js/offsets.js').then(module => { window.places = module; })"
# From offsets to a range and back, for each pair.
ROUND = """pairs => pairs.map(([start, end]) => {
  const root = places.getTextRoot();
  return places.describeRange(root, places.createRange(root, start, end));
})"""
# Ranges between any two places of the tree, elements' own boundaries and half characters among them.
STREWN = """number => {
  let seed = 42;
  const dice = most => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
  const root = places.getTextRoot(), nodes = [root.parentNode, root];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const found = [];
  for (let n = 0; n < number; n++) {
    const [first, last] = [0, 0].map(() => nodes[dice(nodes.length)]);
    const range = new Range();
    range.setStart(first, dice((first.data ?? first.childNodes).length + 1));
    range.setEnd(last, dice((last.data ?? last.childNodes).length + 1));
    found.push(places.describeRange(root, range));
  }
  return found;
}"""


@pytest.fixture
def odd(project):
    return Article.objects.store(extracted(ODD, title="Odd")).article


def opened(signed_in_page, user, article, project):
    page = signed_in_page(user)
    page.goto(f"{article.get_absolute_url()}?project={project.slug}")
    page.evaluate(MODULE)
    return page


def pairs_in(text: str, number: int) -> list[list[int]]:
    dice = random.Random(number)
    return [sorted(dice.sample(range(len(text) + 1), 2)) for _ in range(number)]


def tidied(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without space at its ends, and with whole characters."""
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return (floor(text, start), ceiling(text, end)) if start < end else None


@pytest.mark.parametrize("path", [None, *PAGES], ids=lambda path: path.stem if path else "odd")
def test_offsets_go_to_a_range_and_back_as_python_counts_them(signed_in_page, alice, project, odd, path, imported):
    article = imported(path) if path else odd
    text = article.current().text
    page = opened(signed_in_page, alice, article, project)
    pairs = pairs_in(text, 300)
    for (start, end), seen in zip(pairs, page.evaluate(ROUND, pairs), strict=True):
        wanted = tidied(text, start, end)
        assert (seen and (seen["start"], seen["end"])) == wanted
        if wanted:
            assert seen["exact"] == text[slice(*wanted)]
            assert seen["prefix"] == text[max(0, wanted[0] - 32) : wanted[0]]
            assert seen["suffix"] == text[wanted[1] : wanted[1] + 32]


def test_whatever_lies_between_two_places_of_the_page_is_whole_words_of_the_text(signed_in_page, alice, project, odd):
    text = odd.current().text
    seen = opened(signed_in_page, alice, odd, project).evaluate(STREWN, 500)
    found = [one for one in seen if one]
    assert len(found) > 150
    for one in found:
        assert one["exact"] == text[one["start"] : one["end"]]
        assert tidied(text, one["start"], one["end"]) == (one["start"], one["end"])


def test_a_triple_click_takes_the_block_and_nothing_of_the_next(signed_in_page, alice, project, article):
    page = opened(signed_in_page, alice, article, project)
    page.locator("#p2").click(click_count=3)
    assert (
        page.evaluate("places.describeRange(places.getTextRoot(), getSelection().getRangeAt(0)).exact")
        == "What was lost"
    )


def test_a_selection_of_the_whole_page_is_clamped_to_the_text(signed_in_page, alice, project, article):
    page = opened(signed_in_page, alice, article, project)
    page.keyboard.press("Control+A")
    exact = page.evaluate("places.describeRange(places.getTextRoot(), getSelection().getRangeAt(0)).exact")
    assert exact == article.current().text.strip()

"""The law that every offset rests on: the text we store is the text that a browser makes of the same HTML."""

import random
from pathlib import Path

from annotations.rendering.highlighter import Span, highlight
from cases import each
from newsreader.text.html.plaintext import locate_blocks, text_of
from newsreader.text.html.sanitizer import clean
from soup import soup

SAMPLES = sorted((Path(__file__).parent.parent / "pages").glob("*.html"))
# As the article stands in a page that the server sends, and as a fragment that htmx swaps in.
READ = """pages => pages.map(html => {
  const sent = new DOMParser().parseFromString(
    `<!DOCTYPE html><html><body><main><article id="text">${html}</article></main></body></html>`, "text/html");
  const swapped = document.createElement("article");
  swapped.innerHTML = html;
  const article = sent.querySelector("#text");
  return {
    sent: article.textContent,
    swapped: swapped.textContent,
    written: [article.innerHTML, swapped.innerHTML].map(html => html.replaceAll("\\u00a0", "&nbsp;")),
    blocks: [...article.children].map(block => {
      const before = new Range();
      before.setStart(article, 0);
      before.setEndBefore(block);
      return [...before.toString()].length;
    }),
    loose: [...article.childNodes].filter(node => node.nodeType === 3 && node.data !== "\\n").length,
    next: article.nextSibling === null && sent.body.children.length === 1,
  };
})"""


def assert_read_alike(page, documents):
    """The browser sees our text, our tree and our blocks in each document."""
    for html, seen in zip(documents, page.evaluate(READ, documents), strict=True):
        text = text_of(html)
        assert seen["sent"] == text
        assert seen["swapped"] == text
        assert seen["written"] == [html.replace("\u00a0", "&nbsp;")] * 2
        assert seen["blocks"] == [start for _, start in locate_blocks(html)]
        assert seen["loose"] == 0
        assert seen["next"]


@each("sample", SAMPLES)
def test_a_browser_reads_the_text_of_a_sample_page_to_the_character(page, sample):
    assert_read_alike(page, [clean(sample.read_text(), "https://example.org/news/")])


def test_a_browser_reads_the_text_of_tag_soup_to_the_character(page):
    assert_read_alike(page, [clean(soup(seed), "https://example.org/news/") for seed in range(400)])


@each("sample", SAMPLES)
def test_a_browser_reads_the_same_text_where_edited_words_are_drawn(page, sample):
    html, chance = clean(sample.read_text(), "https://example.org/news/"), random.Random(sample.stem)
    text = text_of(html)
    places = [sorted(chance.randrange(len(text) + 1) for _ in range(2)) for _ in range(200)]
    spans = [
        Span(
            start, end, f"{number:032x}", number % 13, "", ((start, (start + end) // 2, "“12” <b>"), (end, end, "not"))
        )
        for number, (start, end) in enumerate(places)
    ]
    drawn = highlight(html, spans)
    assert 'class="edit" data-was=' in drawn
    read = page.evaluate(READ, [drawn])[0]
    assert (read["sent"], read["swapped"]) == (text, text)

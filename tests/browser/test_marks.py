"""Hundreds of highlights on every imported page, and a thousand on one, as a browser sees them."""

import random

import pytest
from playwright.sync_api import expect

from annotations.identifiers import uuid7
from annotations.models import Highlight, HighlightTag, Tag
from newsreader.importing.extraction.article import extract
from newsreader.models import Article
from saved import SAVED

# Everything the law says of marks and cards, read from the page itself.
SEEN = """() => {
  const text = document.getElementById("text");
  const cards = [...document.querySelectorAll("#card-list > .card")];
  const wrong = cards.filter(card => {
    const id = card.dataset.highlight, mark = document.getElementById(`h-${id}`);
    const named = mark && (mark.getAttribute("aria-details") === `card-${id}` || mark.localName === "span");
    const drawn = text.querySelector(`mark[data-highlights~="${id}"]`);
    const back = card.querySelector(`a[href="#h-${id}"]`);
    return !(named && drawn && back && text.contains(mark));
  });
  const words = {};
  for (const mark of text.querySelectorAll("mark"))
    for (const id of mark.dataset.highlights.split(" ")) words[id] = (words[id] ?? "") + mark.textContent;
  return { text: text.textContent, cards: cards.length, wrong: wrong.map(card => card.id), words };
}"""


def strewn(project, revision, author, tags, number: int, seed: int) -> list[Highlight]:
    """Random highlights of all lengths, many of them overlapping, with one to three tags each."""
    dice = random.Random(seed)
    made = []
    for _ in range(number):
        start = dice.randrange(len(revision.text) - 1)
        end = min(len(revision.text), start + dice.choice([1, 5, 20, 80, 300]))
        if not revision.text[start:end].strip():
            start, end = 0, 5
        words = {"exact": revision.text[start:end], "start": start, "end": end}
        owner = {"project": project, "article_id": revision.article_id, "revision": revision, "author": author}
        made.append(Highlight(pk=uuid7(), **owner, **words))
    Highlight.objects.bulk_create(made)
    chosen = [(one, dice.sample(tags, dice.randint(1, 3))) for one in made]
    HighlightTag.objects.bulk_create(
        HighlightTag(project=project, highlight=one, tag=tag, position=n)
        for one, some in chosen
        for n, tag in enumerate(some)
    )
    return made


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_hundreds_of_highlights_leave_the_text_and_lead_to_their_cards(
    signed_in_page, live_server, project, alice, path
):
    number = 1000 if path.stem == "ferry" else 250
    article = Article.objects.store(extract(path.read_bytes(), f"https://example.org/{path.stem}")).article
    revision = article.current()
    tags = Tag.objects.get_or_create_named(project, [f"tag {number}" for number in range(14)], by=alice)
    made = strewn(project, revision, alice, tags, number, seed=len(revision.text))
    page = signed_in_page(alice)
    page.goto(f"{live_server}{article.get_absolute_url()}?project={project.slug}")
    page.keyboard.press("Control+f")  # which brings the cards that come later
    expect(page.locator("#card-list > .card")).to_have_count(number)
    expect(page.locator('#text mark:not([data-highlights*="-"])')).to_have_count(0)
    seen = page.evaluate(SEEN)
    assert seen["text"] == revision.text
    assert (seen["cards"], seen["wrong"]) == (number, [])
    assert [one for one in made if "".join(seen["words"][str(one.pk)].split()) != "".join(one.exact.split())] == []

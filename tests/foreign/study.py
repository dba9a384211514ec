"""A study that is hard on other programs: passages across blocks and through each other, odd tags, notes and names."""

from datetime import UTC, datetime
from random import Random
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.core.management import call_command

from annotations.models import Highlight, Project, Tag
from newsreader.models import Article
from texts import extracted

TITLE = "Odd signs: “quotes”, <angles> & 100 % of the rest — what fifty letters cannot hold"
PAGE = """
<h2>Prices &amp; signs</h2><p>The price was 12&nbsp;crowns, or 5&lt;6 and 7&gt;6, “as they say”, and 'it' rose by 40 % — twice.</p>
<p>Ferries 🚢 and families 👩‍👩‍👧 sail; e\u0301te\u0301 is été, and so\u00adlar is solar.
We will <em>rebuild</em>, <strong>both</strong>.</p>
<p>C++ and C# are not C; a_b and *c* are no emphasis, nor is `code`. $x_1^2$ costs 5 $ \\ {braces}.</p>
<ul><li>First, the north pier.</li><li>Second, the south pier.<ul><li>With its crane.</li></ul></li></ul>
<table><thead><tr><th>Class</th><th>Price</th></tr></thead><tbody><tr><td>Deck</td><td>12</td></tr></tbody></table>
<p dir="rtl">قال الوزير إن الميناء مفتوح (منذ الاثنين).</p><p>日本語の文章です。二つ目の文。</p>
<blockquote><p>“We did not think it would sail,” said the mate.</p></blockquote>
<p>Line one<br>line two<br>line three.</p><pre>  two  spaces
    kept</pre><p># no heading, 1. no list, - no item, | no | table |, and https://a.example/x?y=1&amp;z=2 is bare.</p>
"""
TAGS = [
    "C",
    "C++",
    "C#",
    "🚢",
    "❤️",
    "red line",
    "a; b",
    'quote "x"',
    "naïve",
    "مرحبا",
    "=1+1",
    "日本語",
    "50 % & more",
    "<b>",
]
NOTES = [
    *[
        "",
        "",
        "Who *says* so?",
        "First line\nsecond line\n\nNew paragraph",
        "# Not a heading of the file",
        "> a quote\n\n---",
    ],
    *[
        "```\nan unclosed fence",
        "| a | b |",
        "https://a.example/x?y=1",
        "“quoted” & <b>bold</b> \\ $x$ {y}",
        "=1+1",
        "ملاحظة 🚢",
    ],
]
PER_ARTICLE = 12  # highlights


class Passage(NamedTuple):
    """A highlight as it is in the library."""

    key: str
    article: str
    words: str
    start: int
    end: int
    tags: tuple[str, ...]
    note: str


class Study(NamedTuple):
    """The project, its owner, and what is in it."""

    project: Project
    owner: object
    passages: list[Passage]
    articles: list[Article]


def make_study() -> Study:
    """Load the fixtures and an odd article, and make highlights on some of them."""
    call_command("loaddata", "articles", verbosity=0)
    owner = get_user_model().objects.create_user("alice", is_staff=True, is_superuser=True)
    project = Project.objects.create_owned("Odd & “even”: a study", owner=owner)
    tags = Tag.objects.get_or_create_named(project, TAGS, by=owner)
    odd = extracted(
        PAGE,
        title=TITLE,
        site="The Quay & Co.",
        byline="Ines Molnar, Bo de la Cruz and Łukasz Żółć",
        url="https://quay.example/odd?a=1&b=2",
        published=datetime(2026, 11, 1, 23, 30, tzinfo=UTC),
    )
    articles = [
        Article.objects.store(odd).article,
        *Article.objects.filter(status="published").exclude(title=TITLE).order_by("pk")[:5],
    ]
    chance = Random(7)
    for number, article in enumerate(articles):
        highlight(project, owner, article, tags, chance, PER_ARTICLE * (4 if number == 0 else 1))
    found = (
        Highlight.objects.standing()
        .filter(project=project)
        .select_related("article")
        .order_by("article", "start", "-end", "pk")
    )
    return Study(project, owner, [describe(one) for one in found], articles)


def highlight(project: Project, owner, article: Article, tags: list[Tag], chance: Random, number: int) -> None:
    """Make so many highlights on an article: a few words, a paragraph, or the end of one with the beginning of the next."""
    revision = article.current()
    blocks = [(start, end) for start, end in find_lines(revision.text) if revision.text[start:end].strip()]
    for _ in range(number):
        first = chance.randrange(len(blocks))
        last = min(first + chance.choice([0, 0, 0, 1, 2]), len(blocks) - 1)
        start, end = blocks[first][0], blocks[last][1]
        start, end = narrow(revision.text, start, end, chance)
        if start < end:
            given = chance.sample(tags, chance.choice([0, 1, 1, 2, 3]))
            Highlight.objects.make(
                project=project,
                revision=revision,
                author=owner,
                start=start,
                end=end,
                tags=given,
                note=chance.choice(NOTES),
            )


def find_lines(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each line of a text."""
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def narrow(text: str, start: int, end: int, chance: Random) -> tuple[int, int]:
    """A part of a span that begins and ends with a word."""
    starts = [at for at in range(start, end) if text[at].strip() and (at == start or not text[at - 1].strip())]
    if not starts:
        return 0, 0
    begun = chance.choice(starts)
    ends = [at for at in range(begun + 1, end + 1) if text[at - 1].strip() and (at == end or not text[at].strip())]
    return begun, chance.choice(ends) if ends else end


def describe(one: Highlight) -> Passage:
    """The highlight with its tags in their order."""
    tags = tuple(tag.name for tag in one.ordered_tags())
    return Passage(str(one.pk), one.article.title, one.exact, one.start, one.end, tags, one.note)

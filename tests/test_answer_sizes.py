"""How long an answer may be: beside its question, since a page repeats a filter only so often, and beside what it shows."""

import pytest

from annotations.identifiers import uuid7
from annotations.models import Tag
from annotations.rendering.highlighter import Span, highlight_block
from cases import each
from storm import marked

FIELDS = ["tag", "any", "not", "source", "language", "show", "row", "column", "q", "article", "unknown"]
PROJECT_PAGES = ["passages/", "passages/?group=tag", "charts/?chart=together&show=all", "desk/", "export/", "changed/"]
MAX_RATIO = 50
IGNORED = "Ignored: all but the first {} of 500 values of “tag”."


@pytest.fixture
def codebook(project, alice, article):
    """A project with a codebook of fifteen tags."""
    Tag.objects.get_or_create_named(project, [f"tag {n}" for n in range(15)], by=alice)
    return project


def ask(client, address: str, fields: list[str]) -> tuple[int, str]:
    """Return the length of a query with 500 values of these fields, and the page that answers it."""
    query = "&".join(f"{field}=tag-{n}" for field in fields for n in range(500 // len(fields)))
    return len(query), client.get(f"{address}{'&' if '?' in address else '?'}{query}").content.decode()


@each(
    ("page", "fields", "sentence"),
    [
        ("/", ["tag"], IGNORED.format(20)),
        ("/", ["source"], "Ignored: all but the first 20 of 500 values of “source”."),
        ("/projects/{}/passages/", ["tag"], IGNORED.format(10)),
        ("/projects/{}/charts/", ["tag"], IGNORED.format(10)),
        ("/projects/{}/desk/", ["tag"], IGNORED.format(10)),
        ("/projects/{}/desk/", ["row"], "Ignored: all but the first 24 of 500 values of “row”."),
        ("/projects/{}/export/", ["tag"], IGNORED.format(10)),
        ("/", FIELDS, ""),
        *((f"/projects/{{}}/{page}", FIELDS, "") for page in PROJECT_PAGES),
    ],
)
def test_a_page_is_not_many_times_its_question_and_says_what_it_ignored(
    alice_client, codebook, highlight, page, fields, sentence
):
    asked, answer = ask(alice_client, page.format(codebook.slug), fields)
    assert len(answer) < MAX_RATIO * asked
    assert sentence in answer


def test_neither_is_a_desk_that_was_saved_with_too_many_values(alice_client, project, alice):
    desk = project.desks.create(name="Old", layout="&".join(f"tag=tag-{n}" for n in range(400)), changed_by=alice)
    page = alice_client.get(desk.get_absolute_url()).content.decode()
    assert "Ignored: all but the first 10 of 400 values of “tag”." in page
    assert len(page) < 100_000


def measure(client, address: str) -> int:
    """Return how many bytes a page has."""
    return len(client.get(address).content)


def test_an_article_has_few_bytes_beside_its_text(alice_client, project, article):
    page = measure(alice_client, f"{article.get_absolute_url()}?project={project.slug}")
    assert page - len(article.current().html.encode()) < 13_000


def test_a_passage_of_a_list_has_few_bytes_beside_its_words(alice_client, project, article, alice):
    address = f"/projects/{project.slug}/passages/"
    sizes = []
    for start in (0, 10):
        marked(article, project, alice, article.current().text[start : start + 8])
        sizes.append(measure(alice_client, address))
    assert sizes[1] - sizes[0] < 650


def test_a_page_has_few_bytes_for_each_of_many_marks():
    ids = [str(uuid7()) for _ in range(200)]
    text = "word " * 400
    spans = [Span(10 * n, 10 * n + 100, key, n % 12 + 1, "ana: red line") for n, key in enumerate(ids[:150])]
    html = highlight_block(f'<p id="p1">{text}</p>', 0, spans, is_compact=True)
    assert (len(html) - len(text)) / html.count("<mark") < 210

"""How long an answer may be beside its question: however often a filter is repeated, a page repeats it only so often."""

import pytest

from annotations.models import Tag
from cases import each

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

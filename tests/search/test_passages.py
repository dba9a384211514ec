"""Search over passages: quotations, notes, and the names of tags."""

import pytest

from annotations.models import Highlight, Project, Tag
from annotations.models.search_entry import project_sign
from annotations.passages.queries import all_passages
from cases import each
from newsreader.models import Article
from newsreader.search import matching
from texts import PAGE, extracted

WORDS = {
    "ferries": "Ferries run again",
    "cranes": "Two cranes fell",
    "mayor": "the mayor said",
    "crane": "One crane stood",
}
NOTES = {"ferries": "Naïve optimism", "mayor": "Who else says so?"}
TAGS = {"ferries": ["red line"], "cranes": ["military option", "red line"]}


def mark(project, revision, author, key: str) -> Highlight:
    start = revision.text.index(WORDS[key])
    tags = Tag.objects.get_or_create_named(project, TAGS.get(key, []), by=author)
    place = {"start": start, "end": start + len(WORDS[key]), "note": NOTES.get(key, "")}
    return Highlight.objects.make(project=project, revision=revision, author=author, tags=tags, **place).highlight


@pytest.fixture
def four(project, revision, alice, bob):
    return {key: mark(project, revision, bob if key == "mayor" else alice, key).pk for key in WORDS}


def found(project, query: str) -> set[str]:
    rows = all_passages().filter(project=project).matching_words(project, query)
    return {next(key for key in WORDS if WORDS[key] == row.exact) for row in rows}


@each(
    ("query", "keys"),
    [
        ("crane", "cranes crane"),
        ('"cranes"', "cranes"),
        ("running", "ferries"),
        ("naive", "ferries"),
        ("again optimism", "ferries"),
        ("crane -one", "cranes"),
        ("red", "ferries cranes"),
        ("lines", "ferries cranes"),
        ('"red line" -ferries', "cranes"),
        ("option fell", "cranes"),
        ("opti*", "ferries cranes"),
        ('"line red"', ""),
        ("tag:red-line", "ferries cranes"),
        ('tag:"Red line" -tag:military-option', "ferries"),
        ("tag:nothing", ""),
        ("by:bob", "mayor"),
        ("-by:bob crane", "cranes crane"),
        ("has:notes", "ferries mayor"),
        ("source:quay mayor", "mayor"),
        ("source:pier", ""),
        ("in:harbour-study fell", "cranes"),
        ("in:elsewhere", ""),
        ("before:2026-11-18", ""),
        ("after:2026-11-18 lang:en fell", "cranes"),
        ("fell OR by:bob", "cranes mayor"),
        ("reopens", ""),
    ],
)
def test_a_query_finds_these_passages(four, project, query, keys):
    assert found(project, query) == set(keys.split())


def test_a_tag_that_is_renamed_is_found_by_its_new_name_at_once(four, project, alice):
    tag = Tag.objects.get(name="military option")
    tag.edit(tag.version, by=alice, name="armed force")
    project.refresh_from_db()
    assert found(project, "armed") == {"cranes"}
    assert found(project, "military") == set()


def test_another_projects_passages_are_not_found(four, project, revision, alice):
    other = Project.objects.create_owned("Other", owner=alice)
    mark(other, revision, alice, "crane")
    assert found(project, "crane") == {"cranes", "crane"}
    assert matching(Highlight.objects.all(), "crane", scope=project_sign(other.pk)).count() == 1


def test_chinese_passages_are_found_by_any_piece(project, alice):
    article = Article.objects.store(extracted("<p>港口在风暴之后重新开放。</p>", title="港口", language="zh")).article
    Highlight.objects.make(project=project, revision=article.current(), author=alice, start=0, end=11)
    assert all_passages().matching_words(project, "风暴之后").count() == 1
    assert all_passages().matching_words(project, "后之").count() == 0


def test_a_mistake_is_explained_above_the_passages(alice_client, four, project):
    page = alice_client.get(f"{project.get_absolute_url()}passages/", {"q": "sorce:quay is:unread"}).content.decode()
    assert "Did you mean “source:”?" in page
    assert "“is:” cannot be used here" in page


@each("query", ["(" * 600, '"', "*", "-", "a OR", "\0", "' OR 1=1 --", "tag:", "x" * 9000, "a* b* c*", "💥"])
def test_nonsense_breaks_nothing(alice_client, four, project, query):
    assert alice_client.get(f"{project.get_absolute_url()}passages/", {"q": query}).status_code == 200


@pytest.fixture(autouse=True)
def _another_text(db):
    Article.objects.store(extracted(PAGE, title="Elsewhere", site="The Pier"))

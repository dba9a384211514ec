"""Pages of passages are rendered once for all readers of a kind: nobody sees an old one, or what is another's."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Highlight, Project, Tag
from cases import each
from newsreader.models import Article, Source
from storm import SEVENTEEN, edited, marked, placement, report
from texts import extracted

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+')
SENTENCE = (
    "The {n}th inspector of the northern harbour said on Monday that the ferries would run again before the winter. "
)


def read(client, project, query="", **headers) -> str:
    response = client.get(f"/projects/{project.slug}/passages/{query}", headers=headers)
    return TOKEN.sub(r"\1", response.content.decode())


@pytest.fixture
def readers(
    alice_client, bob_client, charlie_client, visitor, curator_client, project, revision, highlight, bob, charlie
):
    """Two coders with highlights, a former member with one, a visitor and one of the staff; the project is public."""
    Project.objects.filter(pk=project.pk).update(public=True)
    for number, author in enumerate((bob, charlie)):
        Highlight.objects.make(project=project, revision=revision, author=author, start=number, end=number + 9, tags=[])
    return [alice_client, bob_client, charlie_client, visitor, curator_client]


@each("query", ["", "?group=tag", "?order=article&context=nothing", "?options=1"])
def test_each_reader_gets_the_page_of_a_cold_cache(readers, project, query):
    cold = []
    for client in readers:
        caches["fragments"].clear()
        cold.append(read(client, project, query))
    for client in readers:  # whoever comes first leaves nothing of their own to those who follow
        caches["fragments"].clear()
        read(client, project, query)
        assert [read(each, project, query) for each in readers] == cold
    own = [len(re.findall(r'href="/highlights/(?!0{8}-0{4}-0)[\w-]+/edit/"', page)) for page in cold]
    assert own == ([1, 1, 0, 0, 0] if "options" in query else [0] * 5)
    assert ['form="pin"' in page for page in cold] == [True, True, False, False, False]


def test_htmx_and_the_whole_page_are_kept_apart(alice_client, project, highlight):
    whole, part = read(alice_client, project), read(alice_client, project, **{"hx-request": "true"})
    assert [page.startswith("<!doctype html>") for page in (whole, part)] == [True, False]
    assert read(alice_client, project) == whole
    assert read(alice_client, project, **{"hx-request": "true", "hx-history-restore-request": "true"}) == whole


def test_a_private_project_shows_nothing_to_a_former_member_although_the_page_is_kept(
    alice_client, bob_client, visitor, project, highlight, bob
):
    assert "reopened on Monday" in read(bob_client, project)
    project.memberships.get(user=bob).delete()
    assert "reopened on Monday" in read(alice_client, project)
    assert "reopened on Monday" not in read(bob_client, project)
    assert "reopened on Monday" not in read(visitor, project)


def rename_tag(project, alice, highlight):
    tag = Tag.objects.get(project=project)
    tag.edit(tag.version, by=alice, name="armed option")


def correct_title(project, alice, highlight):
    highlight.article.title = "Harbour reopens at last"
    highlight.article.save()


def rename_source(project, alice, highlight):
    source = Source.objects.get(pk=highlight.article.source_id)
    source.name = "The Old Quay"
    source.save()


def edit_note(project, alice, highlight):
    highlight.edit(highlight.version, by=alice, note="Says who?", tags=[])


def rename_member(project, alice, highlight):
    alice.username = "alice-maria"
    alice.save()


CHANGES = [
    (rename_tag, "military option", "armed option"),
    (correct_title, ">Harbour reopens</bdi>", "Harbour reopens at last"),
    (rename_source, ">The Quay</a>", ">The Old Quay</a>"),
    (edit_note, "A <em>first</em> note", "Says who?"),
    (rename_member, ">alice</a>", ">alice-maria</a>"),
    (lambda project, alice, highlight: highlight.hide(alice), "reopened on Monday</mark>", "No highlights yet"),
    (
        lambda project, alice, highlight: Article.objects.filter(pk=highlight.article_id).set_status("withdrawn"),
        "reopened on Monday</mark>",
        "No highlights yet",
    ),
]


@pytest.mark.parametrize(("change", "before", "after"), CHANGES)
def test_what_changed_is_on_the_next_page(bob_client, alice, project, highlight, change, before, after):
    page = read(bob_client, project)
    assert before in page and after not in page
    change(project, alice, highlight)
    page = read(bob_client, project)
    assert before not in page and after in page


def test_a_decision_about_a_changed_passage_is_on_the_next_page(alice_client, project, alice):
    storm = report()
    made = marked(storm, project, alice, "At least 12 people")
    assert 'class="fate"' not in read(alice_client, project)
    storm.revise(edited(SEVENTEEN))
    assert "Edited since" in read(alice_client, project)
    placement(made).accept(version=1, by=alice)
    assert "Edited wording accepted" in read(alice_client, project)


def test_the_title_of_an_article_without_passages_is_not_kept(alice_client, project, article, highlight):
    other = Article.objects.store(extracted("<p>Nothing here.</p>", title="Quiet day")).article
    query = f"?article={other.slug}"
    assert "Article: Quiet day" in read(alice_client, project, query)
    other.title = "Quiet night"
    other.save()
    assert "Article: Quiet night" in read(alice_client, project, query)
    Article.objects.filter(pk=other.pk).set_status("withdrawn")
    assert "Quiet night" not in read(alice_client, project, query)


@pytest.fixture
def full_page(project, alice, bob) -> Project:
    """Fifty passages, a sentence each around them, and a codebook of fifty tags."""
    tags = Tag.objects.get_or_create_named(project, [f"tag number {n}" for n in range(50)], by=alice)
    text = "".join(f"<p>{SENTENCE.format(n=n)}</p>" for n in range(50))
    revision = Article.objects.store(extracted(text, title="Fifty sentences", site="The Quay")).article.current()
    for number in range(50):
        start = revision.text.index(f"The {number}th") + 20
        span = {"start": start, "end": start + 40, "tags": tags[number : number + 2]}
        Highlight.objects.make(project=project, revision=revision, author=(alice, bob)[number % 2], **span)
    return project


def test_a_page_that_was_rendered_before_asks_for_no_passages(
    alice_client, bob_client, full_page, django_assert_num_queries
):
    read(alice_client, full_page)
    with django_assert_num_queries(2):  # session with user, membership with project
        read(bob_client, full_page)


def test_a_changed_passage_is_rendered_alone(alice_client, full_page, alice):
    read(alice_client, full_page)
    highlight = full_page.highlights.filter(author=alice).first()
    highlight.edit(highlight.version, by=alice, note="Says who?", tags=[])
    answer = alice_client.get(f"/projects/{full_page.slug}/passages/")
    assert [template.name for template in answer.templates].count("annotations/passages/_passage.html") == 1


def test_fifty_passages_are_60_kilobytes_at_most(alice_client, full_page):
    page = alice_client.get(f"/projects/{full_page.slug}/passages/").content
    assert page.count(b'class="passage"') == 50
    assert len(page) <= 60 * 1024


def test_the_tags_of_the_filters_come_when_they_are_asked_for(alice_client, bob_client, charlie_client, full_page):
    options = '<option value="tag-number-7">tag number 7</option>'
    page = read(alice_client, full_page)
    assert options not in page
    assert options in read(alice_client, full_page, "?options=1")
    address = f"/projects/{full_page.slug}/passages/tags/"
    assert f'data-src="{address}"' in page
    assert options in alice_client.get(address).content.decode()
    with CaptureQueriesContext(connection) as queries:
        assert options in bob_client.get(address).content.decode()
    assert len(queries) == 2  # session with user, membership with project
    assert charlie_client.get(address).status_code == 404


def test_a_new_tag_is_offered_at_once(alice_client, project, alice, tag):
    address = f"/projects/{project.slug}/passages/tags/"
    alice_client.get(address)
    Tag.objects.get_or_create_named(project, ["brand new"], by=alice)
    assert "brand new" in alice_client.get(address).content.decode()

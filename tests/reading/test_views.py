import re

import pytest
from django.test.utils import CaptureQueriesContext

from annotations.models import Event, Highlight, Project
from cases import each
from markup import markup
from newsreader.models import Article
from newsreader.text.html.plaintext import text_of


def text_in(response) -> str:
    """The text of #text in a served page."""
    return text_of(re.search(r'<article id="text"[^>]*>(.*?)</article>', response.content.decode(), re.S)[1])


def read(client, article, project=None, **query):
    if project:
        query["project"] = project.slug
    return client.get(article.get_absolute_url(), query)


def test_a_visitor_reads_a_published_article(visitor, article, revision):
    assert text_in(read(visitor, article)) == revision.text


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_only_staff_read_what_is_not_published(visitor, alice_client, curator_client, article, status):
    Article.objects.filter(pk=article.pk).update(status=status)
    answers = [client.get(article.get_absolute_url()).status_code for client in (visitor, alice_client, curator_client)]
    assert answers == [404, 404, 200]


def test_a_mark_and_its_card_lead_to_each_other(alice_client, article, highlight, project):
    page = read(alice_client, article, project).content.decode()
    assert f'id="h-{highlight.pk}"' in page
    assert f'aria-details="card-{highlight.pk}"' in page
    assert f'id="card-{highlight.pk}"' in page
    assert f'href="#h-{highlight.pk}"' in page


def test_the_outline_has_the_headings_with_their_paragraphs_and_highlights(alice_client, article, highlight, project):
    page = markup(read(alice_client, article, project))
    outline = re.search(r'<nav class="contents".*?</nav>', page)[0]
    assert '<span class="num" id="place" data-last="¶5 of 5">¶1–5</span>' in outline
    rows = re.findall(r"<li.*?</li>", outline)
    assert [[words for words in re.split(r"<[^>]+>", row) if words] for row in rows] == [
        ["Beginning", "¶1", "1 highlight"],
        ["What was lost", "¶2–5"],
    ]


def test_marks_leave_the_text_as_it_is(alice_client, article, revision, highlight, project):
    assert text_in(read(alice_client, article, project)) == revision.text


def test_a_member_sees_the_highlights_of_others(bob_client, article, highlight, project):
    assert str(highlight.pk) in read(bob_client, article, project).content.decode()


def test_a_stranger_asking_for_the_project_gets_a_layer_of_his_own(charlie_client, article, highlight, project):
    page = read(charlie_client, article, project).content.decode()
    assert str(highlight.pk) not in page
    assert "Harbour study" not in page


def test_a_visitor_sees_the_highlights_of_a_public_project(visitor, article, highlight, project):
    Project.objects.filter(pk=project.pk).update(public=True)
    assert str(highlight.pk) in read(visitor, article).content.decode()


def test_only_the_author_is_offered_to_edit(alice_client, bob_client, article, highlight, project):
    edit = f"/highlights/{highlight.pk}/edit/"
    assert edit in read(alice_client, article, project).content.decode()
    assert edit not in read(bob_client, article, project).content.decode()


def test_a_tag_that_is_switched_off_takes_its_marks_away(alice_client, article, highlight, project):
    url = f"{article.get_absolute_url()}?project={project.slug}&tags-listed=military+option"
    assert f'id="h-{highlight.pk}"' not in alice_client.get(url).content.decode()
    assert f'id="h-{highlight.pk}"' in alice_client.get(f"{url}&tag=military+option").content.decode()


def test_a_reader_who_is_switched_off_takes_the_marks_away(alice_client, article, highlight, project):
    url = f"{article.get_absolute_url()}?project={project.slug}&readers-listed=alice,bob"
    assert f'id="h-{highlight.pk}"' not in alice_client.get(f"{url}&reader=bob").content.decode()
    assert f'id="h-{highlight.pk}"' in alice_client.get(f"{url}&reader=alice").content.decode()


def test_an_older_revision_can_be_read_but_not_marked(alice_client, article, highlight, project):
    article.revise('<p id="p1">All is different now.</p>')
    page = read(alice_client, article, project, revision=1).content.decode()
    assert f'id="h-{highlight.pk}"' in page
    assert 'id="toolbar"' not in page
    assert "You are viewing an old revision." in page


def test_filters_on_an_older_text_stay_on_it(alice_client, article, highlight, project):
    article.revise('<p id="p1">All is different now.</p>')
    page = markup(alice_client.get(f"{article.get_absolute_url()}revisions/1/?project={project.slug}"))
    assert f'id="tags-here" action="{article.get_absolute_url()}revisions/1/"' in page


@each("number", ["0", "2", "-1", "x", "99999999999999999999"])
def test_a_revision_that_is_not_there_is_a_404(visitor, article, number):
    assert read(visitor, article, revision=number).status_code == 404


def test_each_revision_has_an_address_of_its_own(visitor, article, revision):
    article.revise('<p id="p1">All is different now.</p>')
    texts = [text_in(visitor.get(f"{article.get_absolute_url()}revisions/{number}/")) for number in (1, 2)]
    assert texts == [revision.text, "All is different now."]


@each("number", ["0", "2", "-1", "x", "99999999999999999999", "9" * 5000])
def test_an_address_of_a_revision_that_is_not_there_is_a_404(visitor, article, number):
    assert visitor.get(f"{article.get_absolute_url()}revisions/{number}/").status_code == 404


def test_a_revision_of_a_draft_is_for_staff_alone(visitor, alice_client, curator_client, article):
    Article.objects.filter(pk=article.pk).update(status="draft")
    address = f"{article.get_absolute_url()}revisions/1/"
    assert [client.get(address).status_code for client in (visitor, alice_client, curator_client)] == [404, 404, 200]


def test_reading_is_a_get(alice_client, article):
    assert alice_client.post(article.get_absolute_url()).status_code == 405


def test_an_unchanged_page_is_answered_by_its_etag(alice_client, article, highlight, project):
    first = read(alice_client, article, project)
    again = alice_client.get(
        first.request["PATH_INFO"], {"project": project.slug}, headers={"if-none-match": first["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("change", ["highlight", "note", "delete", "tag", "theme", "text", "read"])
def test_any_change_of_the_page_changes_its_etag(alice_client, alice, article, highlight, project, tag, change):
    before = read(alice_client, article, project)["ETag"]
    revision = article.current()
    {
        "highlight": lambda: Highlight.objects.make(project=project, revision=revision, author=alice, start=0, end=3),
        "note": lambda: highlight.edit(1, by=alice, note="Other", tags=[tag]),
        "delete": lambda: highlight.hide(alice),
        "tag": lambda: tag.record("tag renamed", alice),
        "theme": lambda: alice_client.post("/preferences/", {"theme": "dark"}, headers={"hx-request": "true"}),
        "text": lambda: article.revise('<p id="p1">New words.</p>'),
        "read": lambda: alice_client.post(f"{article.get_absolute_url()}state/", {"read": "yes"}),
    }[change]()
    assert read(alice_client, article, project)["ETag"] != before


def test_one_persons_page_never_answers_another(alice_client, bob_client, article, highlight, project):
    hers, his = (read(client, article, project) for client in (alice_client, bob_client))
    assert hers["ETag"] != his["ETag"]
    assert "private" in hers["Cache-Control"]


def test_queries_do_not_grow_with_highlights(
    alice_client, alice, article, revision, project, tag, highlight, connection
):
    read(alice_client, article, project)
    with CaptureQueriesContext(connection) as few:
        read(alice_client, article, project)
    for start in range(40):
        Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=start + 9, tags=[tag])
    read(alice_client, article, project)  # counts what waits, once for each version of the project
    with CaptureQueriesContext(connection) as many:
        read(alice_client, article, project)
    assert len(many) == len(few) <= 15


def test_reading_writes_nothing(alice_client, alice, article, highlight, project, connection):
    read(alice_client, article, project)
    with CaptureQueriesContext(connection) as queries:
        read(alice_client, article, project)
    assert not [query for query in queries if re.match(r"INSERT|UPDATE|DELETE|BEGIN|SAVEPOINT", query["sql"])]
    assert Event.objects.count() == 2

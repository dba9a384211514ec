"""What is kept of a page after every kind of change: the next page is the one that a server which kept nothing would draw."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Highlight, Project, Role, Tag
from annotations.models.codebook import load_codebook
from annotations.models.reanchoring import reopen
from annotations.review.bulk import accept_all
from newsreader.models import Article
from storm import SEVENTEEN, TALLY, edited, marked, placement, report
from texts import PAGE, extracted

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+')
FEW = [{}, {"revision": "1"}, {"cards": "all"}, {"tags-listed": "loss,blame", "tag": "blame"}]  # queries of the page


class Scene(NamedTuple):
    """A corrected article with highlights of two coders, made before and after the correction."""

    project: Project
    article: Article
    alice: User
    bob: User
    tags: list[Tag]
    killed: Highlight  # edited by the correction
    insurers: Highlight  # edited, too
    pier: Highlight  # Bob's, on the same words as before
    later: Highlight  # made on the corrected text

    def restored(self, highlight: Highlight) -> Highlight:
        """The highlight as the database has it."""
        return Highlight.objects.get(pk=highlight.pk)


@pytest.fixture
def scene(project, alice, bob) -> Scene:
    article = report()
    tags = Tag.objects.get_or_create_named(project, ["loss", "blame", "spare"], by=alice)
    killed = marked(article, project, alice, "At least 12 people were killed", tags=tags[:1], note="Who says so?")
    insurers = marked(article, project, alice, "Insurers came on Tuesday to count what was lost", tags=tags[:2])
    pier = marked(article, project, bob, "hurt on the northern pier", tags=tags[1:2])
    article.revise(edited(SEVENTEEN, TALLY))
    later = marked(article, project, bob, "before the second storm")
    return Scene(project, article, alice, bob, tags, killed, insurers, pier, later)


def list_acts(scene: Scene) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield every kind of write that pages of an article show, one after the other, each with its name."""
    project, article, alice, bob, tags, killed, _, pier, later = scene
    fresh = scene.restored
    yield "make", lambda: marked(article, project, bob, "harbour of Brevik", tags=tags[:1])
    yield "make across blocks", lambda: marked(article, project, alice, "Friday.\nTwo cranes fell into the water")
    yield "edit a note", lambda: fresh(later).edit(fresh(later).version, by=bob, note="And after?", tags=tags[:2])
    yield "edit tags", lambda: fresh(later).edit(fresh(later).version, by=bob, note="And after?", tags=tags[1:])
    yield "move", lambda: fresh(later).move(fresh(later).version, 3, 40, by=bob)
    yield "delete", lambda: fresh(later).hide(bob)
    yield "restore", lambda: fresh(later).restore(bob)
    yield "delete one made earlier", lambda: fresh(pier).hide(bob)
    yield "restore one made earlier", lambda: fresh(pier).restore(bob)
    yield "edit one made earlier", lambda: fresh(pier).edit(fresh(pier).version, by=bob, note="Where?", tags=[])
    yield "accept the new words", lambda: placement(killed).accept(version=None, by=alice)
    yield "take the decision back", lambda: reopen(placement(killed), version=None, by=alice)
    yield "reattach", lambda: placement(killed).reattach(0, 8, version=None, by=alice)
    yield "dismiss", lambda: placement(killed).dismiss(version=None, by=alice)
    yield "accept all", lambda: accept_all(project.placements.waiting(), project=project, by=alice)
    yield "make a tag", lambda: Tag.objects.add_tag(project, "new", by=alice)
    yield "rename a tag", lambda: tags[1].edit(1, by=alice, name="fault")
    yield "give a tag another line", lambda: tags[1].edit(2, by=alice, colour=9)
    yield "move a tag", lambda: tags[0].shift("down", by=alice)
    yield "retire a tag", lambda: tags[2].retire(by=alice)
    yield "merge tags", lambda: tags[1].merge_or_delete(by=alice, into=tags[0])
    yield "delete a tag", lambda: tags[0].merge_or_delete(by=alice)
    yield "rename an author", lambda: rename(bob, "robert")
    yield "rename who decided", lambda: rename(alice, "alicia")
    yield "rename the project", lambda: change_project(project, alice, name="Storm study")
    yield "change a role", lambda: project.memberships.get(user=bob).change_role(Role.VIEWER, by=alice)
    yield "amend the article", lambda: amend(article, alice, title="The storm", language="fr")
    yield "correct the article", lambda: article.revise(edited(SEVENTEEN), created_by=alice)
    yield "rename the outlet", lambda: rename_source(article)
    yield "remove a member", lambda: project.memberships.get(user=bob).remove(by=alice)


def rename(user: User, name: str) -> None:
    user.username = name
    user.save()


def change_project(project: Project, by: User, **fields: Any) -> None:
    row = Project.objects.get(pk=project.pk)
    row.edit(row.fingerprint, by=by, **fields)


def amend(article: Article, by: User, **fields: Any) -> None:
    row = Article.objects.get(pk=article.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.amend(row.current().html, created_by=by)


def rename_source(article: Article) -> None:
    source = Article.objects.get(pk=article.pk).source
    source.name = "The Pier"
    source.save()


def read_all(scene: Scene, clients: list[Client]) -> list[str]:
    """Return the pages that these readers get, without what differs each time."""
    address = scene.article.get_absolute_url()
    answers = [client.get(address, {"project": scene.project.slug, **query}) for query in FEW for client in clients]
    return [TOKEN.sub(r"\1", answer.content.decode()) for answer in answers]


def forget_all() -> None:
    """Forget whatever this process keeps of pages."""
    caches["fragments"].clear()
    load_codebook.cache_clear()


def test_after_every_kind_of_write_pages_are_those_of_a_cold_cache(scene, alice_client, bob_client, subtests):
    clients = [alice_client, bob_client]
    cold = read_all(scene, clients)
    for name, act in list_acts(scene):
        before = cold
        act()
        warm = read_all(scene, clients)
        forget_all()
        cold = read_all(scene, clients)
        with subtests.test(name):
            assert warm == cold
            assert warm != before


def test_after_all_of_them_in_a_row_pages_are_those_of_a_cold_cache(scene, alice_client, bob_client):
    for _, act in list_acts(scene):
        read_all(scene, [bob_client])
        act()
    warm = read_all(scene, [alice_client, bob_client])
    forget_all()
    assert warm == read_all(scene, [alice_client, bob_client])


def highlight_queries(client: Client, article: Article, project: Project) -> list[str]:
    """The queries for highlights that a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(article.get_absolute_url(), {"project": project.slug}).status_code == 200
    return [query["sql"] for query in asked if 'FROM "annotations_highlight' in query["sql"]]


def test_a_change_on_another_article_leaves_a_page_as_it_is_kept(alice_client, project, highlight, article, alice):
    other = Article.objects.store(extracted(f"{PAGE}<p>Another text.</p>", title="Another")).article
    assert highlight_queries(alice_client, article, project)
    marked(other, project, alice, "Two cranes fell")
    assert not highlight_queries(alice_client, article, project)


def test_an_answer_to_a_change_shows_it_though_the_page_was_kept_before(alice_client, project, highlight, article):
    page = alice_client.get(article.get_absolute_url(), {"project": project.slug}).content.decode()
    assert "Says who?" not in page
    fields = {"version": highlight.version, "note": "Says who?", "tags": ["military option"], "revision": 1}
    address = f"/highlights/{highlight.pk}/edit/"
    answer = alice_client.post(address, fields, headers={"HX-Request": "true"}).content.decode()
    assert f'id="card-{highlight.pk}"' in answer
    assert "Says who?" in answer

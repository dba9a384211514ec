"""What somebody keeps to themselves changes no byte of any page of anybody else, nor its ETag."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from annotations.models import (
    ArticleRule,
    Desk,
    ExportJob,
    Highlight,
    ImportJob,
    Invitation,
    Pin,
    Project,
    ProjectArticle,
    Reply,
    Role,
    Tag,
    Thread,
)
from annotations.models.job import JobState
from annotations.models.project_article import ArticleState
from annotations.models.tag_example import pin_example
from conftest import person, signed_in
from newsreader.models import Article, Reading, SavedSearch
from responses import ask_all, list_open_addresses

pytestmark = pytest.mark.usefixtures("without_contexts")


@pytest.fixture
def clients(project, alice) -> dict[str, Client]:
    """Clients of a visitor, of the owner of a public project, and of somebody who belongs to nothing."""
    Project.objects.filter(pk=project.pk).update(public=True)
    people = {"owner": alice, "stranger": person("stranger")}
    return {"visitor": Client()} | {role: signed_in(user) for role, user in people.items()}


@pytest.fixture
def addresses(route_parts) -> list[str]:
    """Every address of the site but those of the admin, and some with a query."""
    base = f"/projects/{route_parts['projects/slug']}"
    return [
        *list_open_addresses(route_parts),
        *("/?q=reopened", "/?q=Ferries+in:secret-study", "/?show=in-project", "/?show=highlighted", "/?q=tag:secret"),
        *(f"{base}/passages/?q=reopened", f"{base}/passages/?tag=secret", f"{base}/charts/?chart=readers"),
        f"/articles/{route_parts['articles/slug']}/?layer=@dora",
    ]


@pytest.mark.walk
def test_no_page_and_no_etag_of_others_changes(clients, addresses, article):
    before = ask_all(clients, addresses)
    keep_to_oneself(article)
    caches["fragments"].clear()
    after = ask_all(clients, addresses)
    assert {name: "differs" for name, answer in before.items() if after[name] != answer} == {}
    assert sum(status == 200 for status, *_ in before.values()) > 200


def keep_to_oneself(article: Article) -> None:
    """Have Dora and Eve do in private projects all that one can do with the article."""
    dora, eve = person("dora"), person("eve")
    project = Project.objects.create_owned("Secret study", owner=dora)
    project.memberships.create(user=eve, role=Role.CODER)
    secret, other = Tag.objects.get_or_create_named(project, ["secret", "military option"], by=dora)
    highlight = mark(project, article, dora, "reopened on Monday", [secret, other])
    talk_about(highlight, eve)
    mark(project, article, eve, "reopened on Monday", [other]).hide(eve)
    mark(Project.objects.personal_project(eve), article, eve, "on Monday", [])
    Tag.objects.create(project=project, name="secret proposal", status=Tag.Status.PROPOSED)
    pin_example(secret, highlight, by=dora)
    ProjectArticle.objects.set_state(project, article.pk, ArticleState.ADDED, by=dora)
    ArticleRule.objects.add_rule(project, {"q": "reopened"}, by=dora)
    desk = Desk.objects.create_desk(project, "Secret desk", "columns=article", by=dora)
    Pin.objects.create(desk=desk, project=project, highlight=highlight)
    Invitation.objects.create_invitation(project, by=dora, expires_at=timezone.now() + timedelta(days=7), max_uses=5)
    SavedSearch.objects.save_search(dora, "Secret", "/?q=secret")
    Reading.objects.create(user=dora, article=article, read_at=timezone.now(), saved_at=timezone.now(), revision=1)
    job = {"project": project, "made_by": dora, "name": "secret.csv", "total": 1}
    ImportJob.objects.create(**job, host="testserver")
    ExportJob.objects.create(**job, format="csv", site="http://testserver/", state=JobState.WAITING)


def mark(project: Project, article: Article, author: User, words: str, tags: list[Tag]) -> Highlight:
    revision = article.current()
    start = revision.text.index(words)
    place = {"start": start, "end": start + len(words)}
    return Highlight.objects.make(
        project=project, revision=revision, author=author, tags=tags, note="A secret note", **place
    ).highlight


def talk_about(highlight: Highlight, user: User) -> None:
    """Reply to a highlight and about its article, with a mention of everybody."""
    text = "Secret: @alice @bob @stranger @dora"
    for thread in (
        Thread.objects.of_highlight(highlight),
        Thread.objects.of_article(highlight.project, highlight.article),
    ):
        Reply.objects.make(thread, author=user, text=text).thread.resolve(by=user)

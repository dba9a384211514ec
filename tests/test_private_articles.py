"""An article that is private to a project changes no byte of any page of whoever is no member, nor its ETag."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.html import escapejs

from annotations.models import ArticleRule, Desk, Highlight, Pin, Project, Reply, Role, Tag, Thread
from annotations.models.private_article import add_private_article
from annotations.models.tag_example import pin_example
from conftest import person, signed_in
from newsreader.models import Article, Reading
from responses import ask_all, describe_answer, list_open_addresses
from routes import fill_in, list_routes
from texts import PAGE, extracted

pytestmark = pytest.mark.usefixtures("without_contexts")

WORDS = "The harbour reopened on Monday. Lautta kulkee jälleen, ja nosturit ovat poissa: The cranes fell."
QUERIES = ("harbour", "cranes+fell", "cranes+harbour&sort=best", "lautta", "reopened+source:secret", "tag:secret")


@pytest.fixture
def secret(article) -> Project:
    """Dora's private project, in which Eve codes and in which Frank and Bob did."""
    Article.objects.store(extracted("<p>Cranes rise over the harbour again, say the pilots.</p>", title="Cranes rise"))
    dora = person("dora")
    project = Project.objects.create_owned("Secret study", owner=dora)
    project.memberships.create(user=person("eve"), role=Role.CODER)
    project.memberships.create(user=person("frank"), role=Role.CURATOR).remove(by=dora)
    return project


@pytest.fixture
def clients(secret, project, alice) -> dict[str, Client]:
    """Clients of those who are no members: the owner of another project, a former member, a stranger, staff, a visitor."""
    Project.objects.filter(pk=project.pk).update(public=True)
    people = {"owner": alice, "stranger": person("stranger")}
    people |= {"former member": User.objects.get(username="frank"), "staff": person("staff", is_staff=True)}
    return {"visitor": Client()} | {role: signed_in(user) for role, user in people.items()}


@pytest.fixture
def addresses(route_parts, secret) -> list[str]:
    """Every address of the site but those of the admin, and some with a query."""
    base, own = f"/projects/{route_parts['projects/slug']}", f"/projects/{secret.slug}"
    return [
        *list_open_addresses(route_parts),
        *(f"/?q={words}" for words in QUERIES),
        *(
            "/?show=in-project",
            "/?language=fi",
            "/?sort=longest",
            "/?sort=most-highlighted",
            f"/?project={secret.slug}",
        ),
        *(f"{base}/passages/?q=cranes", f"{base}/charts/?chart=readers", f"{base}/add/?q=harbour&source=the-quay"),
        *(own, f"{own}/articles/", f"{own}/passages/", f"{own}/history/", f"{own}/export/"),
    ]


@pytest.mark.walk
def test_no_page_and_no_etag_of_others_changes(clients, addresses, secret):
    before = ask_all(clients, addresses)
    add_in_private(secret)
    caches["fragments"].clear()
    caches["pages"].clear()
    after = ask_all(clients, addresses)
    assert {name: "differs" for name, answer in before.items() if after[name] != answer} == {}
    assert sum(status == 200 for status, *_ in before.values()) > 350


def test_its_own_addresses_answer_as_those_of_no_article(clients, route_parts, secret):
    [first, _second] = add_in_private(secret)
    found = list_answers(clients, route_parts, first.slug)
    missing = list_answers(clients, route_parts, "no-such-article")
    assert {name for name in found if found[name] != missing[name]} == set()
    assert len(found) > 80


def test_a_public_project_shows_its_guests_nothing_of_it(clients, route_parts, project, alice, bob):
    secret = [address for address in list_open_addresses(route_parts) if "/projects/" in address]
    secret += [f"/projects/{project.slug}/passages/?q=lautta", f"/projects/{project.slug}/charts/?chart=readers", "/"]
    add_in_private(project, alice, bob)
    for role in ("visitor", "staff"):
        pages = [describe_answer(clients[role].get(address))[-1].lower() for address in secret]
        assert [
            word for word in (b"kulkee", b"secret gazette", b"secret article") for page in pages if word in page
        ] == []
    assert b"secret article" in describe_answer(clients["owner"].get(f"/projects/{project.slug}/articles/"))[-1].lower()


def list_answers(clients: dict[str, Client], route_parts: dict, slug: str) -> dict[str, tuple]:
    """Return the answer of each address of an article to each client, without its slug."""
    parts = route_parts | {
        "articles/slug": slug,
        "articles/article": slug,
        "notes/article": slug,
        "copies/other": slug,
        "updates/article": slug,
    }
    routes = [route for route in dict.fromkeys(list_routes()) if fill_in(route, parts) != fill_in(route, route_parts)]
    answers = {}
    for route in routes:
        for role in ("visitor", "owner", "staff"):
            for method in ("get", "post"):
                status, etag, way, content = describe_answer(getattr(clients[role], method)(fill_in(route, parts)))
                for spelling in (slug, escapejs(slug)):
                    content = content.replace(spelling.encode(), b"...")
                hidden = (way or "").replace(slug, "..."), content
                answers[f"{role} {method} {route}"] = (status, etag, *hidden)
    return answers


def add_in_private(project: Project, *members: User) -> list[Article]:
    """Have two members add two articles to a project, one of a source of the library, and work on them in every way."""
    dora, eve = members or (User.objects.get(username="dora"), User.objects.get(username="eve"))
    page = f"<p>{WORDS}</p>"
    unlike = extracted(page, title="Secret article", language="fi", url="https://secret.example/1")
    alike = extracted(PAGE.replace("Brevik", "Lauttala"), title="Secret article, again", url="https://quay.example/2")
    articles = [
        add_private_article(project, unlike, source="Secret Gazette", by=eve).article,
        add_private_article(project, alike, source="The Quay", by=dora).article,
    ]
    tags = Tag.objects.get_or_create_named(project, ["secret"], by=dora)
    for article in articles:
        highlight = mark(project, article, dora, tags)
        Reply.objects.make(
            Thread.objects.of_highlight(highlight), author=eve, text="Secret: @alice @stranger @frank @dora"
        )
        Reply.objects.make(Thread.objects.of_article(project, article), author=dora, text="Secret note")
        pin_example(tags[0], highlight, by=dora)
        desk = Desk.objects.create_desk(project, f"Secret desk {article.pk}", "columns=article", by=dora)
        Pin.objects.create(desk=desk, project=project, highlight=highlight)
        Reading.objects.create(user=dora, article=article, read_at=timezone.now(), saved_at=timezone.now(), revision=1)
    ArticleRule.objects.add_rule(project, {"source": ["the-quay"]}, by=dora)
    articles[0].revise(articles[0].current().html.replace("Monday", "Tuesday"), created_by=dora)
    return articles


def mark(project: Project, article: Article, author: User, tags: list[Tag]) -> Highlight:
    place = {"start": 4, "end": article.current().text.index("reopened") + 8}
    made = Highlight.objects.make(
        project=project, revision=article.current(), author=author, tags=tags, note="A secret note", **place
    )
    return made.highlight

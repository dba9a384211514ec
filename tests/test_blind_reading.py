"""What others mark, write and name while an article is read blind changes no byte of any page of who must not know, nor its ETag."""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import (
    Assignment,
    Desk,
    Event,
    Highlight,
    Pin,
    Project,
    Reply,
    Role,
    Tag,
    Thread,
)
from annotations.models.adjudication import open_adjudication
from annotations.models.tag_example import pin_example
from conftest import person, signed_in
from newsreader.models import Article
from responses import HTMX, LEFT_OUT, describe_answer
from routes import fill_in, is_admin, list_routes
from texts import extracted

pytestmark = pytest.mark.usefixtures("without_contexts")

RELATIONS = ('tag:"military option" OVERLAPPING tag:common', 'tag:"military option" WITHIN 2 SENTENCES tag:common')
SECOND = "The pier"  # an article that only others mark
COUNTED = 300  # pairs of addresses and readers, at least
ROLES = ("coder", "blind curator", "unassigned", "viewer", "former member", "visitor")
LISTS = ("passages", "charts", "history", "tags", "agreement")


@pytest.fixture
def people(project, highlight, article) -> dict[str, User]:
    """Those who must not know: the coder of the highlight, a curator and a coder who read blind, and who only looks on."""
    Project.objects.filter(pk=project.pk).update(public=True)
    roles = {"coder": Role.CODER, "blind curator": Role.CURATOR, "unassigned": Role.CODER, "viewer": Role.VIEWER}
    people = {role: person(role.replace(" ", "-")) for role in roles}
    for role, user in people.items():
        project.memberships.create(user=user, role=roles[role])
    people["former member"] = person("former")
    project.memberships.create(user=people["former member"], role=Role.CODER).remove(by=person("manager"))
    Highlight.objects.filter(pk=highlight.pk).update(author=people["coder"])
    Event.objects.filter(subject=highlight.pk).update(actor=people["coder"])
    Reply.objects.update(author=people["coder"])
    Event.objects.filter(verb="reply made").update(actor=people["coder"])
    return people


@pytest.fixture(autouse=True)
def common(project, alice) -> Tag:
    """A tag that the coder knows and does not use."""
    return Tag.objects.get_or_create_named(project, ["common"], by=alice)[0]


@pytest.fixture
def others(project) -> dict[str, User]:
    """Two more who read blind, and what they mark."""
    others = {name: person(name) for name in ("dora", "eve")}
    for user in others.values():
        project.memberships.create(user=user, role=Role.CURATOR)
    return others


@pytest.fixture
def clients(people) -> dict[str, Client]:
    return {"visitor": Client()} | {role: signed_in(user) for role, user in people.items()}


def choose_all(addresses: list[str], project: Project) -> dict[str, list[str]]:
    """Return the addresses that each role asks for: those of whom much is hidden all, the others the project’s pages."""
    own = [address for address in addresses if "?" not in address and f"/{project.slug}/" in address]
    return dict.fromkeys(ROLES, own) | {"coder": addresses, "visitor": addresses}


def choose_lists(addresses: list[str], project: Project, article: Article) -> dict[str, list[str]]:
    """Return the addresses of the project for the coder, and those of lists for the other roles."""
    own = [address for address in addresses if "?" not in address and f"/{project.slug}/" in address]
    base = f"/projects/{project.slug}/"
    found = [f"/?project={project.slug}&q=tag:secret", f"{base}passages/?q=secret", f"{base}charts/?chart=readers"]
    lists = [f"{base}{name}/" for name in LISTS] + [
        f"{base}updates/{article.slug}/",
        f"{base}export/?format=csv",
        f"/articles/{article.slug}/?project={project.slug}",
        f"/?project={project.slug}",
    ]
    return dict.fromkeys(ROLES, lists) | {"coder": [*own, *lists[len(LISTS) :], *found]}


@pytest.fixture
def addresses(route_parts) -> list[str]:
    """Every address of the site but those of the admin, and some with a query."""
    routes = [route for route in dict.fromkeys(list_routes()) if not is_admin(route) and not route.startswith(LEFT_OUT)]
    base, slug = f"/projects/{route_parts['projects/slug']}", route_parts["articles/slug"]
    article = f"/articles/{slug}/?project={route_parts['projects/slug']}"
    here = f"project={route_parts['projects/slug']}"
    return [
        *(fill_in(route, route_parts) for route in routes),
        *(
            f"/?{here}&{rest}"
            for rest in (
                "q=reopened",
                "q=by:dora",
                "q=tag:secret",
                "q=has:notes",
                "tag=secret-too",
                "tag=military+option",
            )
        ),
        *(f"/?{here}&{rest}" for rest in ("show=in-project", "show=without-highlights", "sort=most-highlighted")),
        *(
            f"{base}/passages/?{rest}"
            for rest in ("q=secret", "tag=secret", "reader=dora", "state=waiting", "q=Secret")
        ),
        *(f"{base}/passages/?{rest}" for rest in ("group=tag", "group=reader", "order=article", "options=1")),
        *(f"{base}/passages/?q={quote(query)}" for query in RELATIONS),
        *(f"{base}/passages/tags/{rest}" for rest in ("?names=1", "")),
        *(f"{base}/charts/?chart={name}" for name in ("readers", "together", "sources", "timeline")),
        *(f"{base}/charts/?chart=readers&format={form}" for form in ("csv", "svg")),
        *(f"{base}/desk/?columns={axis}" for axis in ("reader", "article", "week")),
        *(f"{base}/export/?format={form}" for form in ("csv", "md", "json", "bibtex")),
        *(f"{base}/history/?{rest}" for rest in ("format=csv", "who=dora", "what=codebook", f"article={slug}")),
        *(f"{base}/agreement/?{rest}" for rest in ("format=csv", "coder=dora&coder=eve", f"article={slug}")),
        *(f"{base}/updates/{slug}/?{rest}" for rest in ("event=0&codebook=0", "event=0&codebook=0&show=1")),
        *(f"{base}/changed/?state={state}" for state in ("settled", "edited", "gone")),
        f"{base}/tags/?on={timezone.localdate().isoformat()}",
        *(f"{article}&{rest}" for rest in ("layer=@dora", "cards=all", "layer=mine", "revision=1")),
        f"/articles/{slug}/sentences/?{here}",
        f"/projects/?switch=library&{here}",
    ]


@pytest.fixture
def second(db) -> Article:
    """Another article, which belongs to the project when others mark it."""
    return Article.objects.store(extracted("<p>The pier stood for a hundred years.</p>", title=SECOND)).article


@pytest.fixture
def corrected(article, second, project, people) -> Article:
    """The article, of which the coder said something, and whose text was corrected where others mark its first one."""
    Reply.objects.make(Thread.objects.of_article(project, article), author=people["coder"], text="A note of mine")
    html = article.current().html
    article.revise(html.replace("slowly", "very slowly").replace("Nobody was hurt.", ""))
    return article


def test_no_page_and_no_etag_tells_of_other_layers(project, corrected, alice, people, others, clients, addresses):
    readers = [people["coder"].pk, people["blind curator"].pk, *(user.pk for user in others.values())]
    articles = [corrected.pk, Article.objects.get(title=SECOND).pk]
    Assignment.objects.assign(project, articles, readers, by=alice, due=timezone.localdate())
    chosen = choose_all(addresses, project)
    before = ask_all(clients, chosen)
    work(project, corrected, alice, others, people)
    caches["fragments"].clear()
    assert list_differences(before, ask_all(clients, chosen)) == []
    assert sum(status == 200 for status, *_ in before.values()) > COUNTED


def test_no_page_of_a_project_that_is_blind_as_a_whole_does(
    project, corrected, alice, people, others, clients, addresses
):
    project.begin_blind_reading(by=alice)
    chosen = choose_lists(addresses, project, corrected)
    del chosen["blind curator"]  # nothing is hidden from who has not to read it
    before = ask_all(clients, chosen)
    work(project, corrected, alice, others, people)
    caches["fragments"].clear()
    assert list_differences(before, ask_all(clients, chosen)) == []


def test_no_list_of_such_a_project_does_to_a_curator_who_reads_it(project, corrected, alice, people, others, clients):
    project.begin_blind_reading(by=alice)
    articles = [corrected.pk, Article.objects.get(title=SECOND).pk]
    Assignment.objects.assign(project, articles, [people["blind curator"].pk], by=alice)
    chosen = {"blind curator": choose_lists([], project, corrected)["blind curator"]}
    before = ask_all(clients, chosen)
    work(project, corrected, alice, others, people)
    assert list_differences(before, ask_all(clients, chosen)) == []


def test_others_at_work_cost_a_blind_reader_no_query(project, corrected, alice, people, others, clients):
    """So that the time of a page does not tell that they are."""
    Assignment.objects.assign(project, [corrected.pk], [people["coder"].pk, others["dora"].pk], by=alice)
    tags = Tag.objects.get_or_create_named(project, ["military option", "common"], by=others["dora"])
    addresses = [*choose_lists([], project, corrected)["viewer"], f"/projects/{project.slug}/passages/?distinct=1"]
    for _ in range(2):
        before = [count_queries(clients["coder"], address) for address in addresses]
    mark(project, corrected, others["dora"], "reopened on Monday", tags)
    assert [count_queries(clients["coder"], address) for address in addresses] == before


def test_who_may_know_sees_the_other_layers(project, corrected, alice, people, others):
    """So that the tests above could fail."""
    articles = [corrected.pk, Article.objects.get(title=SECOND).pk]
    Assignment.objects.assign(project, articles, [people["coder"].pk, others["dora"].pk], by=alice)
    work(project, corrected, alice, others, people)
    address = f"/projects/{project.slug}/passages/"
    coder, owner = signed_in(people["coder"]), signed_in(alice)
    assert "A secret note, edited" in owner.get(address).text
    assert "A secret note" not in coder.get(address).text
    for own in Assignment.objects.filter(user=people["coder"]):
        own.finish(by=people["coder"])
    assert "A secret note, edited" in coder.get(address).text
    assert "A secret note" not in Client().get(address).text
    Assignment.objects.reveal(project, by=alice)
    assert "A secret note, edited" in Client().get(address).text


def list_differences(before: dict[str, tuple], after: dict[str, tuple]) -> list[str]:
    """Return who was answered something else after than before, and where."""
    return [name for name, answer in before.items() if after[name] != answer]


def ask_all(clients: dict[str, Client], chosen: dict[str, list[str]]) -> dict[str, tuple]:
    """Return the answer of each address to each client, and to the coder's htmx where that may be another."""
    answers = {}
    for role, addresses in chosen.items():
        for address in addresses:
            answer = clients[role].get(address)
            answers[f"{role} {address}"] = describe_answer(answer)
            if role == "coder" and "?" not in address and "HX-Request" in answer.get("Vary", ""):
                answers[f"htmx {address}"] = describe_answer(clients[role].get(address, headers=HTMX))
    return answers


def count_queries(client: Client, address: str) -> int:
    """Return how many queries a page makes."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        b"".join(answer.streaming_content) if answer.streaming else None
    assert answer.status_code == 200
    return len(queries)


def work(project: Project, article: Article, owner: User, others: dict[str, User], people: dict[str, User]) -> None:
    """Let the others do all that one can do with an article that is read blind."""
    dora, eve = others.values()
    known, common = Tag.objects.get_or_create_named(project, ["military option", "common"], by=dora)
    secret, other = Tag.objects.get_or_create_named(project, ["secret", "secret too"], by=dora)
    made = mark(project, article, dora, "reopened on Monday", [secret, known])
    made.edit(made.version, by=dora, note="A secret note, edited", tags=[secret, other])
    reopened = mark(project, article, eve, "reopened", [known, other, common])
    mark(project, Article.objects.get(title=SECOND), eve, "The pier", [known, secret])
    mark(project, article, eve, "on Monday", [other]).hide(eve)
    mark(project, article, eve, "Ferries run again, slowly", [known])
    mark(project, article, eve, "Nobody was hurt", [secret])
    project.record("file imported", eve, highlights=5, file="secret.csv")
    talk(made, owner, people)
    Tag.objects.create_tag(
        project, "secret proposal", by=eve, tags=Tag.objects.by_lower_name(project), status=Tag.Status.PROPOSED
    )
    pin_example(secret, made, by=dora)
    adjudicate(project, article, made, owner, people)
    pin_example(known, reopened, by=dora)
    for desk in Desk.objects.filter(project=project):
        Pin.objects.create(desk=desk, project=project, highlight=made)


def adjudicate(project: Project, article: Article, made: Highlight, owner: User, people: dict[str, User]) -> None:
    """Decide about a place, so that there is a consensus layer."""
    adjudication = open_adjudication(project, article, [made.author, people["coder"]], by=owner)
    revision, tag = article.current(), made.tags.first()
    start = revision.text.index("Ferries")
    place, version = (start, start + 7), [str(made.pk), start, start + 7, tag.pk.hex]
    taken = [[*place, [tag.pk.hex]]]
    adjudication.decide("version", taken, by=owner, revision=revision, place=place, versions=[version], reason="Secret")
    adjudication.set_state("finished", by=owner)


def mark(project: Project, article: Article, author: User, words: str, tags: list[Tag]) -> Highlight:
    revision = article.revisions.get(number=1)
    start = revision.text.index(words)
    place = {"start": start, "end": start + len(words)}
    return Highlight.objects.make(
        project=project, revision=revision, author=author, tags=tags, note="A secret note", **place
    ).highlight


def talk(highlight: Highlight, user: User, people: dict[str, User]) -> None:
    """Reply to a highlight and about its article, with a mention of everybody."""
    text = "Secret: " + " ".join(f"@{user.username}" for user in people.values())
    for thread in (
        Thread.objects.of_highlight(highlight),
        Thread.objects.of_article(highlight.project, highlight.article),
    ):
        Reply.objects.make(thread, author=user, text=text).thread.resolve(by=user)

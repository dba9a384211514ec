"""Every number on a page is the length of the list it leads to, for whoever reads it, and stays so when an article is withdrawn."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from adjudication.layers import agree
from annotations.models import Highlight, ImportJob, Project, Tag
from conftest import person, signed_in
from curating import list_of
from leading import Link, find_wrong_links
from newsreader.admin.people import get_curator_group
from newsreader.models import Article
from storm import SEVENTEEN, edited, marked, report
from texts import extracted

pytestmark = pytest.mark.usefixtures("nothing_rendered_before")

OUTLETS = {"The Pier": "published", "The Mole": "published", "The Buoy": "draft", "The Quay": "published"}
CHARTS = ("timeline", "sources", "together", "readers")
PUBLISHED, OF_ALL = 4, 6  # highlights of the project on published articles once that of The Quay is withdrawn; on all


@pytest.fixture
def storm(project, alice, bob) -> Article:
    """An article of The Quay with passages that wait for review; others of other outlets, one of them a draft.

    Each has one of Bob's with a tag or two; one more was deleted, and one is part of an import that is not done. One of them
    has a consensus, too.
    """
    Project.objects.filter(pk=project.pk).update(public=True)
    loss, cost, heading = Tag.objects.get_or_create_named(project, ["loss", "cost", "heading"], by=alice)
    Tag.objects.filter(pk=heading.pk).update(heading_only=True)
    for number, (site, status) in enumerate(OUTLETS.items()):
        text = "<p>Two cranes fell. At least 12 people were hurt.</p>"
        fields = {"title": f"In {site}", "site": site, "language": "en" if number else "de"}
        article = Article.objects.store(extracted(f"{text}<p>{site}</p>", **fields), status=status).article
        marked(article, project, bob, "Two cranes", tags=[loss] if number % 2 else [loss, cost])
    first = Article.objects.get(title="In The Pier")
    marked(first, project, alice, "At least 12", tags=[cost])
    marked(first, project, alice, "fell", tags=[loss]).hide(alice)
    job = ImportJob.objects.create(project=project, made_by=alice, name="x", total=1, host="testserver")
    pending = marked(first, project, alice, "people", tags=[loss])
    Highlight.objects.filter(pk=pending.pk).update(pending_import=job, deleted_at=timezone.now())
    marked(first, Project.objects.personal_project(alice), alice, "hurt")
    agree(project, first, alice, ("Two cranes", [loss, cost]), ("At least", [cost]))
    article = report()
    marked(article, project, bob, "At least 12 people", tags=[loss])
    article.revise(edited(SEVENTEEN))
    return article


@pytest.fixture
def clients(bob) -> dict[str, Client]:
    """Clients of a visitor, a member and a site curator who belongs to no project."""
    curator = person("site-curator", is_staff=True)
    get_curator_group().user_set.add(curator)
    return {"visitor": Client(), "member": signed_in(bob), "curator": signed_in(curator)}


def count_listed(client: Client, address: str) -> int:
    """Return how many rows the list of passages or of the library at an address has."""
    context = client.get(address).context
    return context["tally"]["number"] if "tally" in context else context["page"].paginator.count


def list_numbers(client: Client, project: Project) -> Iterator[tuple[str, int, str]]:
    """Yield every number of a page that leads to a list: where it stands, the number, and the address of the list."""
    base, passages = f"/projects/{project.slug}/", f"/projects/{project.slug}/passages/"
    library = client.get(f"/?project={project.slug}").context
    yield "library", library["total"], "/"
    for source in library["sources"]:
        yield "library, source", source["articles"], f"/?source={source['source__slug']}"
    for language in library["languages"]:
        yield "library, language", language["articles"], f"/?language={language['code']}"
    for name, _, number in library["states"]:
        if number is not None:
            yield f"library, {name}", number, f"/?project={project.slug}&show={name}"
    belonging = client.get(f"{base}articles/").context["page"].paginator.count
    yield "articles of the project", belonging, f"/?project={project.slug}&show=in-project"
    for tag in library["tags"]:
        yield "library, tag", tag.articles, f"/?project={project.slug}&tag={tag.address}"
    for tag in client.get(f"/?project={project.slug}&q=cranes").context["tags"]:
        yield "library, tag among results", tag.articles, f"/?project={project.slug}&q=cranes&tag={tag.address}"
    for article in library["page"].object_list:
        yield "library, highlights of an article", article.marks.number, f"{passages}?article={article.slug}"
        for use in article.marks.uses:
            yield "library, uses of a tag", use.number, f"{passages}?article={article.slug}&tag={use.name}"
    for tag in client.get(base).context["tags"]:
        yield "project, tag", tag.number, f"{passages}?tag={tag.slug}"
    for row in client.get(f"{base}tags/").context["rows"]:
        yield "codebook", row.number, f"{passages}?tag={row.tag.slug}"
        yield (
            "codebook entry",
            client.get(row.tag.get_absolute_url()).context["number"],
            f"{passages}?tag={row.tag.slug}",
        )
    for axis in ("tag", "source", "reader", "week", "article"):
        for group in client.get(f"{passages}?group={axis}").context["gathered"]:
            yield f"passages by {axis}", group.number, passages + group.link
        for group in client.get(f"{passages}?group={axis}&layer=consensus").context["gathered"]:
            yield f"consensus by {axis}", group.number, passages + group.link
    charts = [f"{base}charts/?chart={name}{layer}" for name in CHARTS for layer in ("", "&layer=consensus")]
    for page in (f"{base}desk/", f"{base}desk/?layer=consensus", "/projects/", *charts):
        yield from list_linked_numbers(client, page)


def list_linked_numbers(client: Client, page: str) -> Iterator[tuple[str, int, str]]:
    """Yield the links of a page to passages whose words are a number, or a number of something."""
    for link in html.fromstring(client.get(page).content).xpath("//main//a[contains(@href, '/passages/')]"):
        if said := re.fullmatch(r"\s*(\d+)(?: (?:passages?|highlights?))?\s*", link.text_content()):
            yield page, int(said[1]), urljoin(page, link.get("href"))


def find_wrong_numbers(clients: dict[str, Client], project: Project) -> dict[str, list[Link]]:
    """Return the links that say another number than the length of their list, for everybody, by where they stand."""
    wrong = {}
    for name, client in clients.items():
        numbers = set(list_numbers(client, project))
        places = {where for where, _, _ in numbers}
        assert places > {"codebook", "passages by week", "consensus by week", "/projects/"}
        for where in places:
            links = {(address, number) for place, number, address in numbers if place == where}
            passages = {link for link in links if "/passages/" in link[0]}
            others = [link for link in links - passages if count_listed(client, link[0]) != link[1]]
            wrong |= {f"{name}: {where}": faults} if (faults := others + find_wrong_links(client, passages)) else {}
    return wrong


@pytest.mark.walk
def test_every_number_is_the_length_of_its_list(clients, project, storm):
    assert find_wrong_numbers(clients, project) == {}
    Article.objects.filter(pk=storm.pk).set_status("withdrawn")
    assert find_wrong_numbers(clients, project) == {}
    shown = {name: count_listed(client, f"/projects/{project.slug}/passages/") for name, client in clients.items()}
    assert shown == {"visitor": PUBLISHED, "member": PUBLISHED, "curator": OF_ALL}


def test_the_number_of_passages_to_review_follows_the_article(clients, project, storm):
    def read_numbers(client: Client) -> tuple[str, int]:
        answer = client.get(f"/projects/{project.slug}/changed/")
        shown = html.fromstring(answer.content).xpath("string(//nav//a[contains(@href, '/changed/')])")
        return "".join(re.findall(r"\d+", shown)) or "0", answer.context["page"].paginator.count

    assert [read_numbers(client) for client in clients.values()] == [("1", 1)] * 3
    for status, expected in (("withdrawn", ("0", 0)), ("published", ("1", 1)), ("draft", ("0", 0))):
        storm.refresh_from_db()
        storm.status = status
        storm.save()
        assert [read_numbers(client) for client in clients.values()] == [expected] * 3


def test_the_project_list_counts_the_tags_that_the_codebook_counts(clients, project, storm):
    for name in ("visitor", "member"):
        context = clients[name].get("/projects/").context
        own = [membership for membership in context["own"] if membership.project == project]
        [row] = [*own, *(other for other in context["others"] if other == project)]
        assert row.terms == clients[name].get(f"/projects/{project.slug}/tags/").context["tag_count"] == 2


def test_what_is_deleted_with_a_tag_is_said_without_counting_what_is_withdrawn(alice_client, project, storm):
    Article.objects.exclude(pk=storm.pk).set_status("withdrawn")
    cost, loss = (Tag.objects.get(name=name).get_absolute_url() for name in ("cost", "loss"))
    assert "1 highlight has this tag." in " ".join(alice_client.get(f"{loss}delete/").content.decode().split())
    page = alice_client.get(f"{cost}delete/").content.decode()
    assert "No highlights have this tag" not in page
    assert "Highlights on articles that are not published have it" in page and "fate" in page


def test_a_site_curator_counts_only_what_the_lists_of_the_admin_show(clients, project, storm):
    def read_numbers(client: Client) -> dict[str, tuple[int, int]]:
        articles = client.get(list_of(Article)).context["cl"].result_list
        lists = {row.title: client.get(f"{list_of(Highlight)}?q={row.title}").context["cl"] for row in articles}
        return {row.title: (row.highlighted, lists[row.title].result_count) for row in articles}

    first = Article.objects.get(title="In The Pier")
    numbers = read_numbers(clients["curator"])
    assert numbers["In The Pier"] == (2, 2)
    assert [numbers[title] for title in numbers if numbers[title][0] != numbers[title][1]] == []
    Project.objects.filter(pk=project.pk).update(public=False)
    assert set(read_numbers(clients["curator"]).values()) == {(0, 0)}
    assert clients["curator"].get(f"{list_of(Article)}?highlights=yes").context["cl"].result_count == 0
    page = clients["curator"].get(f"/admin/newsreader/article/{first.pk}/change/")
    assert "No highlights are on it" in page.content.decode()
    assert [row.highlighted for row in page.context["revisions"]] == [0]

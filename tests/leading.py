"""How many passages links lead to, asked of their queries: showing a page takes ten times as long."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user
from django.test import Client, RequestFactory
from django.urls import resolve

from annotations.decorators import project_required
from annotations.models import Project
from annotations.models.codebook import codebook_of
from annotations.passages.filters import PASSAGE_LIMITS, read_filter, select_passages
from annotations.passages.queries import all_passages
from newsreader.views.filters import limit_query

Link = tuple[str, int]


def find_wrong_links(client: Client, links: Iterable[Link]) -> list[Link]:
    """Return the links that lead to another number of passages than they say; one of them is opened as well."""
    links = sorted(links)
    wrong = [(href, number) for href, number in links if count_passages(client, href) != number]
    return wrong + [link for link in links[:1] if client.get(link[0]).context["tally"]["number"] != link[1]]


def count_passages(client: Client, href: str) -> int:
    """Return how many passages the page of this address would show in this client."""
    request, match = RequestFactory().get(href), resolve(href.partition("?")[0])
    assert match.url_name == "passages", href
    request.user = get_user(client)
    return _count(request, **match.kwargs)


@project_required()
@limit_query(PASSAGE_LIMITS)
def _count(request: Any, project: Project) -> int:
    passages = all_passages().readable_in_any_layer(request.user)
    return select_passages(passages, project, read_filter(request.GET), codebook_of(project)).count_roughly()["number"]

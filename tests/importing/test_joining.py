"""Articles in several parts: joined, up to twenty, and never more than there are."""

import re

from cases import each
from newsreader.importing import joining
from newsreader.importing.extraction.next_page import find_next_page
from newsreader.importing.extraction.page import parse_page
from newsreader.importing.importer import extract_from_web
from newsreader.models import Article


def list_parts(found):
    """The numbers of the parts whose text an article has, in its order."""
    return list(dict.fromkeys(map(int, re.findall(r"part (\d+) of", found.html))))


def test_the_parts_of_an_article_become_one(page_site):
    found = extract_from_web(f"{page_site.url}/parts")
    assert (list_parts(found), found.problem) == ([1, 2, 3], "")
    assert page_site.paths() == ["/parts", "/parts/2", "/parts/3"]
    assert re.findall(r'id="(p\d+)"', found.html) == [f"p{number}" for number in range(1, 10)]


def test_a_part_that_is_missing_is_named_and_the_others_are_kept(page_site):
    found = extract_from_web(f"{page_site.url}/broken")
    assert list_parts(found) == [1, 2]
    assert found.problem == "Part 3 of this article is missing: The URL answered 404 Not Found."


def test_parts_that_lead_round_are_read_once(page_site):
    found = extract_from_web(f"{page_site.url}/round")
    assert (list_parts(found), found.problem) == ([1, 2], "")
    assert len(page_site.paths()) == 3


def test_of_endless_parts_so_many_are_read(page_site, monkeypatch):
    monkeypatch.setattr(joining, "MAX_PARTS", 3)
    found = extract_from_web(f"{page_site.url}/endless")
    assert list_parts(found) == [1, 2, 3]
    assert found.problem == "Only the first 3 parts of this article were fetched."
    assert len(page_site.paths()) == 3


def test_the_next_article_is_no_part(page_site):
    extract_from_web(f"{page_site.url}/single")
    assert page_site.paths() == ["/single"]


@each(
    ("here", "link", "found"),
    [
        ("/strike", "<a rel=next href=/strike?page=2>x</a>", "/strike?page=2"),
        ("/strike.html", "<link rel=next href=/strike-2.html>", "/strike-2.html"),
        ("/strike/", "<a href=/strike/page/2/#top>2</a>", "/strike/page/2/"),
        ("/strike?id=7&page=2", "<a href='/strike?id=7&page=3'>Next page ›</a>", "/strike?id=7&page=3"),
        ("/artikel/streik", "<a href=/artikel/streik/seite-2>Nächste Seite</a>", "/artikel/streik/seite-2"),
        ("/strike", "<a rel=next href=/strike/the-second-week>x</a>", "/strike/the-second-week"),
        ("/strike", "<a href=/strike?page=2>See the comments</a>", ""),
        ("/strike", "<a href=/strike?page=3>3</a>", ""),
        ("/strike", "<a rel=next href=https://other.example/strike?page=2>2</a>", ""),
        ("/strike", "<link rel=next href=/dry-wells>", ""),
        ("/strike?id=7", "<a rel=next href='/strike?id=8'>Next</a>", ""),
        ("/2026/11/strike", "<a rel=next href=/2026/11/wells>Next</a>", ""),
    ],
)
def test_the_next_part_has_the_address_of_the_article(here, link, found):
    base = "https://quay.example"
    address = find_next_page(parse_page(f"<body>{link}</body>"), base + here)
    assert address == (base + found if found else "")


def test_who_adds_an_article_in_parts_is_told_what_is_missing(page_site, curator_client):
    answer = curator_client.post("/articles/add/", {"url": f"{page_site.url}/broken"}, follow=True)
    assert "Part 3 of this article is missing: The URL answered 404 Not Found." in answer.content.decode()
    preview = curator_client.post("/articles/add/", {"url": f"{page_site.url}/broken", "preview": "1"})
    assert "Part 3 of this article is missing" in preview.content.decode()


def test_fetching_again_does_not_lose_a_part_that_is_missing_now(page_site, curator_client):
    article = Article.objects.store(extract_from_web(f"{page_site.url}/broken")).article
    answer = curator_client.post(f"{article.get_absolute_url()}revisions/refetch/")
    assert answer.status_code == 422
    assert "Part 3 of this article is missing" in answer.content.decode()
    assert article.revisions.count() == 1

"""Articles in several parts: joined, up to twenty, and never more than there are."""

import re
from dataclasses import replace

from lxml import html

from cases import each
from newsreader.curation.refetching import fetch_waiting
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.next_page import find_next_page
from newsreader.importing.extraction.page import parse_page
from newsreader.importing.importer import extract_from_web
from newsreader.importing.joining import join_parts
from newsreader.models import Article, ImportItem, Refetch
from working import run_queued_tasks

MISSING = "Part 3 of this article is missing: The URL answered 404 Not Found."


def list_parts(found):
    """The numbers of the parts whose text an article has, in its order."""
    return list(dict.fromkeys(map(int, re.findall(r"part (\d+) of", found.html))))


def test_the_parts_of_an_article_become_one(db, page_site):
    found = extract_from_web(f"{page_site.url}/parts")
    assert (list_parts(found), found.problem) == ([1, 2, 3], "")
    assert page_site.paths() == ["/parts", "/parts/2", "/parts/3"]
    assert re.findall(r'id="(p\d+)"', found.html) == [f"p{number}" for number in range(1, 10)]


def test_who_adds_an_article_in_parts_is_told_which_is_missing_and_no_part_is_lost_later(page_site, curator_client):
    answer = curator_client.post("/articles/add/", {"url": f"{page_site.url}/broken", "preview": "1"})
    assert MISSING in answer.content.decode()
    answer = curator_client.post("/articles/add/", read_form(answer), follow=True)
    assert MISSING in answer.content.decode()
    article = Article.objects.get()
    assert list_parts(article.current()) == [1, 2]
    answer = curator_client.post(f"{article.get_absolute_url()}revisions/refetch/")
    assert answer.status_code == 422
    assert MISSING in answer.content.decode()
    assert article.revisions.count() == 1


def test_a_whole_article_is_not_replaced_by_a_worker_that_misses_a_part(page_site, curator):
    article = Article.objects.store(
        replace(extract_from_web(f"{page_site.url}/parts"), url=f"{page_site.url}/broken")
    ).article
    Refetch.objects.ask_for(Article.objects.all(), curator)
    fetch_waiting(lambda: False)
    refetch = Refetch.objects.get()
    assert (refetch.state, refetch.why) == ("failed", MISSING)
    article.refresh_from_db()
    assert list_parts(article.current()) == [1, 2, 3]


def test_an_import_of_many_says_which_part_of_an_article_is_missing(page_site, curator_client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    job = curator_client.post("/imports/add/", {"addresses": f"{page_site.url}/broken"}).url
    run_queued_tasks()
    assert ImportItem.objects.get().state == "added"
    assert MISSING in curator_client.get(job).content.decode()
    job = curator_client.post("/imports/add/", {"addresses": f"{page_site.url}/broken"}).url
    run_queued_tasks()
    assert MISSING not in curator_client.get(job).content.decode()


def read_form(answer):
    """What the form of a preview sends."""
    form = next(form for form in html.fromstring(answer.content).forms if form.get("class") == "intake preview")
    fields = [(name, value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"]
    return {name: [value for other, value in fields if other == name] for name, _value in fields}


def make_extract(next_pages):
    """What extracts a part of an article of our own: its number, and the part behind it as `next_pages` have it."""

    def extract(number):
        text = f'<p id="p1">This is part {number} of it.</p>'
        return Extracted("The strike", text, url=number, next_page=next_pages.get(number, ""))

    return extract


@each(
    ("next_pages", "parts", "problem"),
    [
        ({"1": "2", "2": "3"}, [1, 2, 3], ""),
        ({"1": "2", "2": "1"}, [1, 2], ""),
        ({"1": "1"}, [1], ""),
        ({str(n): str(n + 1) for n in range(50)}, list(range(1, 21)), "Only the first 20 parts of this article were fetched."),
    ],
)  # fmt: skip
def test_parts_are_read_once_and_twenty_at_most(next_pages, parts, problem):
    extract = make_extract(next_pages)
    found = join_parts(extract("1"), "1", extract)
    assert (list_parts(found), found.problem) == (parts, problem)


def test_a_page_that_says_the_same_again_or_has_another_headline_is_no_part():
    first = make_extract({"1": "2"})("1")
    assert list_parts(join_parts(first, "1", lambda _address: replace(first, next_page="3"))) == [1]
    other = replace(first, title="Seven wells ran dry", html='<p id="p1">Here is part 2 of it.</p>')
    assert list_parts(join_parts(first, "1", lambda _address: other)) == [1]


def test_the_notes_of_each_part_keep_their_links():
    text = '<p id="p1">Part {0}<a href="#n1">1</a></p>\n<section id="p2" class="notes">\n<ol>\n<li id="n1">Of {0}.</li>\n</ol>\n</section>'
    one, two = (Extracted("The strike", text.format(number), url="https://q.example/s") for number in (1, 2))
    joined = join_parts(replace(one, next_page="2"), "1", lambda _address: two).html
    assert re.findall(r'(?:href="#|<li id=")(n\d)"', joined) == ["n1", "n1", "n2", "n2"]


def test_the_next_article_is_no_part(db, page_site):
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

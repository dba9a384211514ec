"""The agreement page: its figures, the disagreements behind them, its file, and what it says where there is nothing to measure."""

import csv
import io
import re
from collections.abc import Callable, Iterable

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from lxml import html

from annotations.agreement import alpha, cohen_kappa, percent
from annotations.agreement.selection import read_articles
from annotations.agreement.unitising import measure_disagreement
from annotations.agreement.wording import format_coefficient, format_percent
from annotations.models import Highlight, Project, Role, Tag
from conftest import person
from markup import markup
from newsreader.models import Article
from storm import SEVENTEEN, STORM, edited, marked, report
from texts import extracted

AGREEMENT = "/projects/harbour-study/agreement/"
TOTAL = "All tags"


@pytest.fixture
def tags(project, alice) -> list[Tag]:
    return Tag.objects.get_or_create_named(project, ["loss", "cost", "place", "unused"], by=alice)


def code(article, project, coder, *marks: tuple[str, Tag]) -> list[Highlight]:
    return [marked(article, project, coder, words, tags=[tag]) for words, tag in marks]


@pytest.fixture
def storm(project, alice, bob, tags) -> Article:
    """Two articles: on the first Alice and Bob differ in each way, on the second in none."""
    loss, cost, place, _ = tags
    first = report()
    code(
        first,
        project,
        alice,
        ("At least 12 people were killed", loss),
        ("Two cranes fell", loss),
        ("Insurers came", cost),
    )
    code(first, project, bob, ("At least 12 people", loss), ("Two cranes", cost), ("Brevik", place))
    second = Article.objects.store(extracted(STORM, title="Second storm", site="The Pier")).article
    for coder in (alice, bob):
        code(second, project, coder, ("officials said", cost), ("northern pier", place), ("Nobody was hurt", loss))
    return first


def read(client, **query) -> str:
    """The words of the page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup(client.get(AGREEMENT, query))))


def figures(client, **query) -> dict[str, list[str]]:
    """The cells of the table by tag: passages, percent, alpha with interval, alpha U, kappa, verdict, disagreements."""
    page = html.fromstring(client.get(AGREEMENT, query).content)
    rows = page.xpath("//table[contains(@class, 'wide')]/tbody/tr")
    cells = [
        [" ".join(cell.text_content().split()) for cell in row if "drawn" not in cell.get("class", "")] for row in rows
    ]
    return {name: values for name, *values in cells}


def table(client, **query) -> list[dict[str, str]]:
    answer = client.get(AGREEMENT, {"format": "csv", **query})
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def list_ratings(rows: Iterable[dict[str, str]], of_unit: Callable) -> list[dict]:
    """What each coder decided about each unit, as `of_unit` reads it from that unit's rows."""
    units: dict[tuple, list[dict[str, str]]] = {}
    for row in rows:
        units.setdefault((row["article"], row["start"]), []).append(row)
    coders = [name for name in rows[0] if name.startswith("coder ")]
    return [{coder: of_unit(coder, unit) for coder in coders if unit[0][coder] != ""} for unit in units.values()]


def pool(rows: list[dict[str, str]], names: Iterable[str]) -> str:
    """Alpha U of these tags, of the rows of passages."""
    observed = expected = 0.0
    lengths = {row["article"]: int(row["end"]) for row in rows if row["position"] == "article"}
    coders = [name for name in rows[0] if name.startswith("coder ")]
    for article, length in lengths.items():
        mine = [row for row in rows if row["position"] == "passage" and row["article"] == article]
        layers = {
            coder: [(int(row["start"]), int(row["end"]), row["tag"]) for row in mine if row[coder]] for coder in coders
        }
        for name in names:
            found = measure_disagreement(length, layers, name)
            observed, expected = observed + found.observed * length**2, expected + found.expected * length**2
    return format_coefficient(1 - observed / expected)


@pytest.mark.parametrize("unit", ["token", "sentence"])
def test_every_figure_follows_from_the_file(alice_client, storm, unit):
    shown, rows = figures(alice_client, unit=f"{unit}s"), table(alice_client, unit=f"{unit}s")
    decided = [row for row in rows if row["position"] == unit]
    names = ["loss", "cost", "place"]
    assert set(shown) == {TOTAL, *names} and {row["tag"] for row in decided} == set(names)
    for name in [TOTAL, *names]:
        mine = [row for row in decided if name in (TOTAL, row["tag"])]
        ratings = list_ratings(mine, lambda coder, unit: frozenset(row["tag"] for row in unit if row[coder] == "1"))
        expected = [
            format_percent(percent(ratings)),
            format_coefficient(alpha(ratings, "masi" if name == TOTAL else "nominal")),
            pool(rows, names if name == TOTAL else [name]),
            format_coefficient(cohen_kappa(ratings)),
        ]
        _passages, share, value, alpha_u, kappa, _verdict, number = shown[name]
        assert [share.replace("\u00a0", " "), value.split()[0], alpha_u, kappa] == [
            expected[0].replace("\u00a0", " "), *expected[1:]
        ]  # fmt: skip
        of_tag = {row["disagreement"] for row in rows if name in (TOTAL, row["tag"])} - {""}
        assert number.split()[0] == str(len(of_tag))
    assert len({row["disagreement"] for row in rows} - {""}) == 4


def test_the_page_shows_each_kind_of_disagreement(alice_client, storm, tags):
    page = read(alice_client)
    assert "All 4" in page and "Missing 2" in page and "Other tag 1" in page and "Other boundaries 1" in page
    assert "They begin at the same place and end at different ones." in page
    assert "Marked by bob only." in page and "Nothing here" in page
    assert read(alice_client, kind="missing").count("Open in the article") == 2
    assert read(alice_client, about="cost").count("Open in the article") == 2
    assert "Only about “ cost ”." in read(alice_client, about="cost")
    assert read(alice_client, kind="tag", about="place").count("Open in the article") == 0


def test_every_number_of_disagreements_leads_to_as_many(alice_client, storm, charlie, project, tags):
    project.memberships.create(user=charlie, role=Role.CODER)
    code(storm, project, charlie, ("At least 12", tags[0]), ("Two cranes", tags[0]))
    page = html.fromstring(alice_client.get(AGREEMENT).content)
    links = page.xpath("//main//a[contains(@href, '#disagreements')]")
    assert len(links) == 4 + 4 + 6 + 0  # kinds, tags with all of them, pairs both ways
    for link in links:
        number = int(re.search(r"\d+", link.text_content())[0])
        shown = alice_client.get(AGREEMENT + link.get("href").partition("#")[0]).context
        assert shown["page"].paginator.count == len(shown["shown"]) == number, link.get("href")


def test_a_version_shows_the_words_of_its_coder_in_their_sentence(alice_client, storm):
    page = markup(alice_client.get(AGREEMENT, {"kind": "boundaries"}))
    assert 'data-label="alice: loss">At least 12 people were killed</mark> on Monday, officials said.' in page
    assert 'data-label="bob: loss">At least 12 people</mark> were killed on Monday, officials said.' in page
    assert f'href="/articles/{storm.slug}/?project=harbour-study#p1"' in page


def test_the_page_is_the_same_each_time(alice_client, storm, django_cache_emptied):
    first = alice_client.get(AGREEMENT).content.partition(b"<main")[2]
    django_cache_emptied()
    assert first and alice_client.get(AGREEMENT).content.partition(b"<main")[2] == first


@pytest.fixture
def django_cache_emptied() -> Callable[[], None]:
    from django.core.cache import caches

    return lambda: caches["pages"].clear()


def test_a_change_of_the_project_changes_the_figures(alice_client, storm, bob, project):
    before = figures(alice_client)
    Highlight.objects.filter(project=project, author=bob).first().hide(bob)
    assert figures(alice_client) != before


def test_coders_tags_articles_and_unit_are_chosen_in_the_address(alice_client, storm, bob, project, tags):
    second = Article.objects.get(title="Second storm")
    shown = figures(alice_client, tag="cost", article=second.slug, unit="sentences")
    assert list(shown) == [TOTAL, "cost"]
    assert shown["cost"][1:4] == ["100%", "1.00", "1.00"]
    alone = Article.objects.store(extracted(STORM, title="Alone", site="The Mole")).article
    code(alone, project, bob, ("Two cranes", tags[0]))
    assert "Not compared" not in read(alice_client)
    page = read(alice_client, article=second.slug)
    assert "There is no interval, which needs at least two articles." in page and "in 1 article," in page
    assert "What is measured 10 sentences in 2 articles" in read(alice_client, unit="sentences")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"coder": "alice"}, "Agreement needs at least two coders."),
        ({"coder": ["alice", "bob", "zoe"]}, "Ignored: nobody called “zoe” has a highlight in this project."),
        ({"tag": "nonsense"}, "Ignored: the codebook has no tag “nonsense”."),
        ({"tag": "unused"}, "no value: nobody used it"),
        ({"article": "nonsense"}, "Ignored: nobody highlighted an article “nonsense” in this project."),
        ({"unit": "words"}, "Ignored: “words” is not a unit. Units are tokens or sentences."),
        ({"coder": [f"x{number}" for number in range(20)]}, "Ignored: all but the first 12 of 20 values of “coder”."),
        ({"page": "99", "kind": "x", "about": "x", "between": "x"}, "1 to 4 of 4"),
    ],
)
def test_what_cannot_be_compared_is_said(alice_client, storm, query, sentence):
    assert sentence in read(alice_client, **query)


def test_more_articles_than_the_limit_are_left_out_with_a_sentence():
    faults: list[str] = []
    assert read_articles(QueryDict(), {}, list(range(1_250)), faults) == list(range(1_000))
    assert faults == ["Only the latest 1,000 of 1,250 articles are compared. Choose others below."]


def test_without_a_common_article_there_is_a_sentence(alice_client, project, alice, bob, tags):
    assert "Nobody has highlighted anything yet." in read(alice_client)
    code(report(), project, alice, ("Two cranes", tags[0]))
    other = Article.objects.store(extracted(STORM, title="Other", site="The Pier")).article
    code(other, project, bob, ("Two cranes", tags[0]))
    assert "No article was highlighted by two of these coders." in read(alice_client)
    page = read(alice_client, article=other.slug)
    assert "Not compared: “Other”, because fewer than two of these coders have highlights there that count." in page


def test_only_highlights_with_a_place_on_the_current_text_count(alice_client, project, alice, bob, tags):
    article = report()
    code(article, project, alice, ("At least 12 people", tags[0]), ("Two cranes", tags[0]))
    article.revise(edited(SEVENTEEN))
    article.refresh_from_db()
    code(article, project, bob, ("At least 17 people", tags[0]), ("Two cranes", tags[0]))
    assert "Not counted: 1 highlight on words that were edited, because the article was corrected." in read(
        alice_client
    )
    assert figures(alice_client)["loss"][0] == "1, 2"
    [row] = [row for row in table(alice_client) if row["position"] == "left out"]
    assert (row["coder alice"], row["counted"], row["reason"]) == ("1", "no", "on words that were edited")


def test_who_has_not_coded_an_article_does_not_disagree_about_it(alice_client, storm, charlie, project, tags):
    project.memberships.create(user=charlie, role=Role.CODER)
    for words in ("officials said", "northern pier", "Nobody was hurt"):
        marked(Article.objects.get(title="Second storm"), project, charlie, words)
    page = read(alice_client)
    assert "Not counted: 3 highlights without a tag." in page
    code(storm, project, charlie, ("At least 12 people", tags[0]))
    assert {row["coder charlie"] for row in table(alice_client) if row["position"] == "token"} == {"0", "1"}


def test_former_members_count_only_where_they_are_chosen(alice_client, storm, alice, bob, project):
    project.memberships.get(user=bob).remove(by=alice)
    assert "Agreement needs at least two coders." in read(alice_client)
    assert TOTAL in figures(alice_client, coder=["alice", "bob"])


def test_two_coders_without_a_common_article_have_no_value(alice_client, storm, charlie, project, tags, alice):
    project.memberships.create(user=charlie, role=Role.CODER)
    third = Article.objects.store(extracted(STORM, title="Third", site="The Mole")).article
    for coder in (alice, charlie):
        code(third, project, coder, ("Two cranes", tags[0]))
    assert read(alice_client).count("no value: no article that both coded") == 2


def test_two_passages_of_a_coder_that_overlap_are_joined(alice_client, storm, alice, project, tags):
    code(storm, project, alice, ("12 people were", tags[0]))
    page = read(alice_client)
    assert "Overlapping passages of one coder with one tag are joined: 1 here" in page and "alice 1" in page


def test_members_who_may_read_see_it_and_nobody_else(bob_client, charlie_client, visitor, storm, project):
    viewer = person("vera")
    project.memberships.create(user=viewer, role=Role.VIEWER)
    assert bob_client.get(AGREEMENT).status_code == 200
    assert charlie_client.get(AGREEMENT).status_code == 404
    Project.objects.filter(pk=project.pk).update(public=True)
    assert charlie_client.get(AGREEMENT).status_code == 403
    assert visitor.get(AGREEMENT).status_code == 302


def test_the_number_of_queries_does_not_depend_on_how_much_is_compared(
    alice_client, connection, storm, project, alice, bob, tags, django_cache_emptied
):
    def count_queries() -> int:
        django_cache_emptied()
        alice_client.get(AGREEMENT)
        django_cache_emptied()
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(AGREEMENT)
        return len(queries)

    before = count_queries()
    for number in range(6):
        article = Article.objects.store(extracted(STORM, title=f"Storm {number}", site=f"Site {number}")).article
        for coder in (alice, bob, User.objects.create_user(f"coder-{number}")):
            code(article, project, coder, ("officials said", tags[0]), ("northern pier", tags[number % 3]))
    assert count_queries() == before
    with CaptureQueriesContext(connection) as queries:
        alice_client.get(AGREEMENT)
    assert len(queries) == before - 9  # all but the session, the membership and the texts of the disagreements

"""Every number of every chart is the number of passages it leads to."""

import csv
import io
import re
from copy import copy
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.identifiers import uuid7
from annotations.models import Highlight, Project, Tag
from cases import each
from leading import find_wrong_links
from markup import markup
from newsreader.models import Article
from storm import marked, report
from texts import extracted

pytestmark = pytest.mark.usefixtures("nothing_rendered_before")

CHARTS = ["timeline", "sources", "together", "readers"]


@pytest.fixture
def demo(db):
    call_command("loaddata", "articles", "demo", verbosity=0)
    return Project.objects.get(public=True)


@pytest.fixture
def three_days(project, alice) -> None:
    """A passage with a tag in an article of each of three days."""
    tags = Tag.objects.get_or_create_named(project, ["loss"], by=alice)
    for day in (8, 18, 28):
        storm = extracted(f"<p>Storm {day}</p>", title=f"{day}", published=datetime(2026, 11, day, tzinfo=UTC))
        marked(Article.objects.store(storm).article, project, alice, "Storm", tags=tags)


def address(project, **query) -> str:
    return f"/projects/{project.slug}/charts/?{urlencode(query, doseq=True)}"


def drawn(client, project, **query):
    caches["pages"].clear()
    answer = client.get(address(project, **query))
    assert answer.status_code == 200
    return answer


class Links(HTMLParser):
    """The addresses in the drawing and in the table, each with what its number is said to be."""

    def __init__(self, page: str):
        super().__init__()
        self.found, self.inside, self.waiting = set(), None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and attrs.get("class") == "mark":
            self.inside = attrs["href"]
        elif tag == "title" and self.inside:
            self.waiting = self.inside
        elif tag == "a" and attrs.get("aria-label", "").count("passage"):
            self.found.add((attrs["href"], said_in(attrs["aria-label"])))

    def handle_data(self, data):
        if self.waiting:
            self.found.add((self.waiting, said_in(data)))
            self.waiting = None

    def handle_endtag(self, tag):
        self.inside = None if tag == "a" else self.inside


def said_in(title: str) -> int:
    return int(re.findall(r"([\d,]+) passages?\b", title)[-1].replace(",", ""))


def wrong(client, project, **query) -> list:
    """Which links of a chart lead to another number of passages than they say; the chart has to have some."""
    links = Links(drawn(client, project, **query).content.decode()).found
    assert links
    return find_wrong_links(client, (link for link in links if "/passages/" in link[0]))


@each(
    "query",
    [{"by": "day"}, {"by": "week"}, {"by": "month"}, {"chart": "sources"}, {"chart": "together"}, {"chart": "readers"}],
)
def test_every_number_is_that_of_the_passages_it_leads_to(visitor, demo, query):
    assert wrong(visitor, demo, **query) == []


@each("chart", CHARTS)
@each(
    "query",
    [
        {"tag": "red-line", "show": "all"},
        {"from": "2026-11-03", "to": "2026-11-12"},
        {"any": ["red-line", "cost"], "not": "metaphor", "source": "the-meridian", "order": "source", "group": "tag"},
    ],
)
def test_the_filters_of_the_passages_hold_in_every_chart(visitor, demo, chart, query):
    assert wrong(visitor, demo, chart=chart, **query) == []


@each("chart", CHARTS)
@each(
    ("query", "number"),
    [({"to": "2026-11-15"}, 1), ({"to": "2026-11-18"}, 2), ({"from": "2026-11-16"}, 2), ({"to": "2026-11-07"}, 0)],
)
def test_days_leave_out_what_was_published_before_and_after(alice_client, project, three_days, chart, query, number):
    assert drawn(alice_client, project, chart=chart, **query).context["counts"].number == number


@pytest.mark.parametrize("chart", CHARTS)
def test_tags_that_look_different_are_counted_apart(alice_client, project, alice, chart):
    storm = report(published=datetime(2026, 11, 18, tzinfo=UTC))
    names = ["C", "C++", "C#", "👍", "👎", "Loss", "Löss", "Straße frei", "untitled"]
    tags = Tag.objects.get_or_create_named(project, names, by=alice)
    marked(storm, project, alice, "Monday", tags=tags)
    marked(storm, project, alice, "Friday", tags=tags[1:5])
    table = drawn(alice_client, project, chart=chart, show="all").context["table"]
    assert {header.name: header.number for header in table.rows if header.hue} == {
        name: 2 if name in names[1:5] else 1 for name in names
    }
    assert wrong(alice_client, project, chart=chart, show="all") == []


@pytest.mark.parametrize("moment", ["2026-11-15T23:59", "2026-11-16T00:01"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_a_week_begins_on_monday_at_midnight_here(alice_client, project, alice, settings, zone, moment):
    settings.TIME_ZONE = zone
    storm = report(published=datetime.fromisoformat(f"{moment}Z"))
    marked(storm, project, alice, "Monday")
    assert wrong(alice_client, project, by="week") == wrong(alice_client, project, by="day") == []


def test_a_project_without_passages_says_how_to_begin(alice_client, project):
    assert "No data yet" in markup(drawn(alice_client, project))


@each("chart", CHARTS)
def test_what_is_not_there_is_said_in_words(alice_client, project, highlight, chart):
    page = drawn(alice_client, project, chart=chart, tag="nonsense").content.decode()
    assert "The codebook has no tag “nonsense”." in page
    assert "nothing to chart" in page


@pytest.mark.parametrize("chart", CHARTS)
def test_passages_without_any_tag_are_no_fault(alice_client, project, article, alice, chart):
    marked(article, project, alice, "reopened")
    assert "none of them with a tag" in drawn(alice_client, project, chart=chart).content.decode()


def spread(project, alice, days: list[date]) -> None:
    """A passage in an article of each of these days: copies of one, since nobody opens them."""
    first = marked(
        report(), project, alice, "Monday", tags=Tag.objects.get_or_create_named(project, ["wind"], by=alice)
    )
    article, copies = first.article, []
    for number, day in enumerate(days):
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        article.pk, article.slug, article.published_at, article.dated_at = None, f"storm-{number}", moment, moment
        copies.append(copy(article))
    Article.objects.filter(pk=first.article_id).update(published_at=moment, dated_at=moment)
    for article in Article.objects.bulk_create(copies):
        first.pk, first.article = uuid7(), article
        Highlight.objects.bulk_create([first])


@pytest.mark.parametrize(
    ("step", "days", "words", "columns"),
    [
        ("day", [date(2026, 11, 19) - timedelta(8 * n) for n in range(48)], "they are drawn by week", 55),
        (
            "month",
            [date(month // 12, month % 12 + 1, 5) for month in range(24000, 24450, 9)],
            "older passages are left out",
            366,
        ),
    ],
)
def test_a_timeline_has_366_columns_at_most(alice_client, project, alice, step, days, words, columns):
    spread(project, alice, days)
    answer = drawn(alice_client, project, by=step)
    assert words in markup(answer)
    assert len(answer.context["table"].columns) == columns


def test_one_old_article_leaves_the_others_their_room_and_the_cut_is_said(alice_client, project, three_days, alice):
    storm = Article.objects.store(extracted("<p>Storm of 1850</p>", published=datetime(1850, 1, 5, tzinfo=UTC)))
    marked(storm.article, project, alice, "Storm")
    answer = drawn(alice_client, project, by="week")
    page, table = markup(answer), answer.context["table"]
    assert [head.name for head in table.columns] == [
        *(
            "Week of 31 Dec 1849",
            "Week of 2 Nov 2026",
            "Week of 9 Nov 2026",
            "Week of 16 Nov 2026",
            "Week of 23 Nov 2026",
        )
    ]
    assert "<b>The axis is cut where there are no passages:</b> 9,226 weeks before the week of 2 Nov 2026." in page
    assert '<td class="cut" colspan="3">9,226 weeks without passages</td>' in page
    assert "they are drawn by" not in page
    assert wrong(alice_client, project, by="week") == []


def test_no_two_tags_of_a_chart_share_a_line_and_what_is_drawn_otherwise_is_said(alice_client, project, article, alice):
    tags = [Tag.objects.add_tag(project, name, by=alice, colour=4) for name in ("loss", "wind", "rain")]
    marked(article, project, alice, "reopened", tags=tags)
    marked(article, project, alice, "Ferries", tags=tags[1:])
    for chart in CHARTS:
        answer = drawn(alice_client, project, chart=chart)
        lines = {head.name: head.hue for head in answer.context["table"].rows if head.hue}
        assert sorted(lines.values()) == [1, 2, 4]
        assert lines["wind"] == 4
        redrawn = "Shown with a different line than in the codebook, because two tags here share one: "
        assert f"{redrawn}<bdi>rain</bdi>, <bdi>loss</bdi>." in markup(answer)


def test_an_article_without_a_date_stands_where_it_was_added_and_the_chart_says_so(alice_client, project, alice):
    storm = report()
    marked(storm, project, alice, "Monday")
    storm.published_at = None
    storm.save()
    assert "1 passage of articles without a date of publication stands on the day" in markup(
        drawn(alice_client, project)
    )
    assert wrong(alice_client, project) == []


def test_of_many_sources_twelve_are_drawn_and_all_can_be_seen(alice_client, project, alice):
    for n in range(30):
        article = Article.objects.store(extracted(f"<p>Storm number {n}</p>", site=f"Outlet {n:02}")).article
        marked(article, project, alice, "Storm", tags=Tag.objects.get_or_create_named(project, ["wind"], by=alice))
    few, every = (drawn(alice_client, project, chart="sources", **query).context for query in ({}, {"show": "all"}))
    assert [head.name for head in few["table"].columns][-1] == "18 others"
    assert sum(cell.share for cell in few["table"].cells[1]) == 100
    assert len(every["table"].columns) == 30
    assert wrong(alice_client, project, chart="sources", show="all") == []
    assert few["table"].columns[-1].href.endswith("show=all#table")


def test_a_retired_tag_is_said_to_be_and_one_without_passages_is_named(alice_client, project, highlight, tag, alice):
    Tag.objects.get_or_create_named(project, ["unheard of"], by=alice)
    Tag.objects.filter(pk=tag.pk).update(status="retired")
    Project.objects.filter(pk=project.pk).update(codebook=9)
    page = markup(drawn(alice_client, project))
    assert "<small>retired</small>" in page
    assert "Without passages here: <bdi>unheard of</bdi>" in page


@pytest.mark.parametrize("name", ["خط أحمر", "w" * 90, "<b>&\"'", "赤い線の話" * 10])
def test_any_name_of_a_tag_is_drawn(alice_client, project, article, alice, name):
    marked(article, project, alice, "reopened", tags=Tag.objects.get_or_create_named(project, [name], by=alice))
    for chart in CHARTS:
        assert wrong(alice_client, project, chart=chart) == []
        ElementTree.fromstring(alice_client.get(address(project, chart=chart, format="svg")).content)


def test_who_may_see_the_passages_sees_the_charts(bob_client, charlie_client, visitor, project, highlight):
    assert drawn(bob_client, project).context["counts"].number == 1
    assert charlie_client.get(address(project)).status_code == visitor.get(address(project)).status_code == 404
    Project.objects.filter(pk=project.pk).update(public=True)
    assert drawn(visitor, project).context["counts"].number == 1


@each("method", ["post", "put", "delete"])
def test_charts_are_only_read(alice_client, project, method):
    assert getattr(alice_client, method)(address(project)).status_code == 405


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_published_counts_for_the_staff_alone(
    alice_client, curator_client, project, article, highlight, status
):
    Project.objects.filter(pk=project.pk).update(public=True)
    Article.objects.update(status=status)
    assert drawn(alice_client, project).context["counts"].number == 0
    assert curator_client.get(address(project)).context["counts"].number == 1  # and the two are kept apart


@pytest.mark.parametrize("chart", CHARTS)
def test_as_many_queries_whatever_there_is(alice_client, project, article, alice, chart):
    asked = []
    for words in ("reopened", "Ferries"):
        marked(article, project, alice, words, tags=Tag.objects.get_or_create_named(project, [words, "both"], by=alice))
        drawn(alice_client, project, chart=chart)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(address(project, chart=chart))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_numbers_are_counted_once_a_minute(alice_client, project, highlight):
    drawn(alice_client, project)
    with CaptureQueriesContext(connection) as queries:
        alice_client.get(address(project))
    assert not any("GROUP BY" in query["sql"] for query in queries)


@each("chart", CHARTS)
def test_the_spreadsheet_is_the_table(visitor, demo, chart):
    table = drawn(visitor, demo, chart=chart).context["table"]
    lines = table.list_columns() if chart == "timeline" else table.list_rows()
    content = b"".join(visitor.get(address(demo, chart=chart, format="csv")).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [next(iter(row.values())) for row in rows] == [head.name for head, _ in lines]
    for row, (_, cells) in zip(rows, lines, strict=True):
        assert [row[column.name] for column, _ in cells] == [str(cell.number) for _, cell in cells]


@each("chart", CHARTS)
def test_the_picture_needs_nothing_else(visitor, demo, chart):
    picture = visitor.get(address(demo, chart=chart, format="svg"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert "attachment" in picture["Content-Disposition"]
    root = ElementTree.fromstring(picture.content)
    assert not [node for node in root.iter() if "href" in " ".join(node.attrib)]
    assert b"url(" not in picture.content
    assert b"<style>" in picture.content


def test_the_passages_lead_to_their_charts_and_back(alice_client, project, highlight):
    page = alice_client.get(f"/projects/{project.slug}/passages/?q=reopened&tag=military-option").content.decode()
    href = f"/projects/{project.slug}/charts/?q=reopened&amp;tag=military-option"
    assert f'href="{href}"' in page
    context = alice_client.get(href.replace("&amp;", "&")).context
    assert context["passages"] == href.replace("&amp;", "&").replace("charts", "passages")
    without = {one.label: one.without for one in context["chosen"]}
    assert without["Tag: military option"] == "?q=reopened&chart=timeline&by=week"


def test_the_other_charts_keep_the_filters(alice_client, project, highlight):
    context = drawn(alice_client, project, q="reopened", by="month").context
    for _, href, _ in context["charts"]:
        assert "q=reopened" in href
        assert "by=month" in href
        assert alice_client.get(urljoin(address(project), href)).status_code == 200


@each("wrong", [{"chart": "pie"}, {"by": "year"}, {"format": "exe"}, {"show": "\0"}, {"from": "x"}])
def test_what_means_nothing_is_ignored(alice_client, project, highlight, wrong):
    assert drawn(alice_client, project, **wrong).context["counts"].number == 1

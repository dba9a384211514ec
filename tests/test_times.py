"""Dates and times have one format, in the time zone of the site, on every page, in the admin and in documents."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import F
from django.utils import timezone

from annotations.exchange.formats import FORMATS
from annotations.models import Event, Highlight
from cases import each
from curating import address, list_of
from markup import markup
from newsreader.importing.extraction.article import extract
from newsreader.models import Article
from newsreader.models.article import resolve_moment
from newsreader.templatetags import ui
from newsreader.text.dates import format_day
from storm import marked
from texts import extracted

ZONES = ["America/New_York", "Europe/Berlin", "Pacific/Auckland", "UTC"]
LATE = datetime(2026, 11, 18, 20, 5, tzinfo=UTC)  # in Tokyo the 19th


@pytest.fixture
def late(article, highlight):
    """An article published, corrected and highlighted at one moment."""
    Article.objects.filter(pk=article.pk).update(published_at=LATE, dated_at=LATE, added_at=LATE)
    Event.objects.update(at=LATE)
    with timezone.override("Asia/Tokyo"):
        yield article


@each(
    ("page", "time"),
    [
        ("/", '<time datetime="2026-11-19T05:05:00+09:00">05:05</time>'),
        ("/", '<time datetime="2026-11-19">Thursday, 19 Nov 2026</time>'),
        ("/articles/harbour-reopens/", '<time datetime="2026-11-19T05:05:00+09:00">19 Nov 2026</time>'),
        ("/projects/harbour-study/passages/", '<time datetime="2026-11-19T05:05:00+09:00">19 Nov 2026</time>'),
        ("/?from=2026-11-01", "From 1 Nov 2026"),
    ],
)
def test_pages_write_times_alike_in_the_zone_of_the_site(alice_client, late, page, time):
    assert time in markup(alice_client.get(page))


def test_the_admin_writes_times_as_the_pages_do(curator_client, late):
    for page in (list_of(Event), address(late)):
        assert ">19 Nov 2026, 05:05</" in markup(curator_client.get(page)), page
    assert ">19 Nov 2026</td>" in markup(curator_client.get(list_of(Article)))


@each("day", [date(2026, 11, 8), date(1001, 1, 31), date(2027, 5, 1), date(2026, 9, 30)])
def test_documents_write_days_as_pages_do(day):
    assert format_day(day) == ui.plain_day(day)


@each(
    ("form", "day"),
    [
        ("csv", "2026-11-19T05:05:00+09:00"),
        ("json", "2026-11-19T05:05:00+09:00"),
        ("md", "19 Nov 2026"),
        ("html", "19 Nov 2026"),
    ],
)
def test_exports_have_the_day_of_the_site(alice_client, late, form, day):
    answer = alice_client.get(f"/projects/harbour-study/export/?format={form}")
    assert day in b"".join(answer).decode()


DATED_PAGE = """<html lang="en"><head><title>The pier closes</title><meta property="article:published_time" content="{stated}">
<link rel="canonical" href="https://quay.example/pier"></head><body><article><h1>The pier closes</h1>
<p>The board of Brevik closed the old pier on Sunday, after a diver had seen that two of its piles were rotten.</p>
<p>A landing on the north quay opens within six weeks, and the boats of the school will leave from there.</p></article></body></html>"""


def exported_texts(client, project) -> dict[str, str]:
    """All exports of a project, as text."""
    texts = {}
    for form in FORMATS:
        content = b"".join(client.get(f"/projects/{project.slug}/export/?format={form}"))
        texts[form] = unpack(content) if content.startswith(b"PK") else content.decode()
    return texts


def unpack(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def import_dated(stated: str, project, reader) -> Article:
    article = Article.objects.store(extract(DATED_PAGE.format(stated=stated))).article
    marked(article, project, reader, "closed the old pier")
    return article


DAY_IN_EXPORTS = {
    **dict.fromkeys(["csv", "xlsx", "json"], "2026-03-02TTIME"),
    **dict.fromkeys(["md", "html", "docx"], "2 Mar 2026"),
    "obsidian": 'published: "2026-03-02"',
    "bib": "date = {2026-03-02}",
    "ris": "DA  - 2026/03/02/",
    "csl": '"issued": {"date-parts": [[2026, 3, 2]]}',
}


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_without_a_time_is_that_day_wherever_the_site_is(alice, alice_client, project, settings, zone):
    settings.TIME_ZONE = zone
    article = import_dated("2026-03-02", project, alice)
    assert ">2 Mar 2026</time>" in markup(alice_client.get(article.get_absolute_url()))
    for query, number in [("from=2026-03-02&to=2026-03-02", 1), ("to=2026-03-01", 0), ("from=2026-03-03", 0)]:
        assert alice_client.get(f"/?{query}").content.decode().count('class="entry"') == number, query
        passages = alice_client.get(f"/projects/{project.slug}/passages/?{query}").content.decode()
        assert passages.count("</blockquote>") == number, query
    assert ">00:00<" not in alice_client.get("/").content.decode()
    for form, text in exported_texts(alice_client, project).items():
        assert DAY_IN_EXPORTS[form].replace("TIME", "00:00:00") in text, form


@each(
    ("zone", "stated", "time"),
    [
        ("Europe/Berlin", "2026-03-02T00:30:00+01:00", "00:30:00+01:00"),
        ("America/New_York", "2026-03-03T04:30:00Z", "23:30:00-05:00"),
        ("Pacific/Auckland", "2026-03-01T12:30:00Z", "01:30:00+13:00"),
        ("Pacific/Auckland", "2026-03-02 00:30:00", "00:30:00+13:00"),
        ("America/New_York", "2026-03-02T23:30:00", "23:30:00-05:00"),
    ],
)
def test_every_export_has_the_day_and_the_moments_of_the_site(
    alice_client, project, article, highlight, settings, zone, stated, time
):
    settings.TIME_ZONE = zone
    moment = resolve_moment(extract(DATED_PAGE.format(stated=stated)).published)
    Article.objects.update(published_at=moment, dated_at=moment)
    Highlight.objects.update(created_at=moment)
    for form, text in exported_texts(alice_client, project).items():
        assert DAY_IN_EXPORTS[form].replace("TIME", time) in text, form
    assert exported_texts(alice_client, project)["csv"].count(f"2026-03-02T{time}") == 2


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_the_years_beside_a_search_are_those_of_the_site(alice_client, settings, zone):
    settings.TIME_ZONE = zone
    for day in (date(2026, 1, 1), date(2025, 12, 31), date(2024, 6, 1)):
        Article.objects.store(extracted(f"<p>The boats of {day}</p>", title=f"{day}", published=day))
    page = markup(alice_client.get("/?q=boats"))
    assert re.findall(r"from=(\d{4})-01-01[^>]*>(\d{4})</a> <span[^>]*>(\d+)<", page) == [
        (str(y), str(y), "1") for y in (2026, 2025, 2024)
    ]


@pytest.mark.parametrize(
    ("zone", "stored"),
    [
        ("America/Los_Angeles", datetime(1, 1, 1, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_articles_stored_with_a_date_that_not_every_zone_has_have_none_after_the_upgrade(
    curator_client, article, settings, zone, stored
):
    fields = {"published_at": LATE, "dated_at": LATE}
    datable = Article.objects.store(extracted("<p>The pier closes.</p>", title="The pier", site="The Pier")).article
    Article.objects.filter(pk=datable.pk).update(**fields)
    Article.objects.filter(pk=article.pk).update(published_at=stored, dated_at=stored)
    import_module("newsreader.migrations.0014_article_dates").remove_dates(apps, None)
    settings.TIME_ZONE = zone
    for page in ("/", "/?q=harbour", article.get_absolute_url(), list_of(Article), address(article)):
        assert curator_client.get(page).status_code == 200, page
    assert list(Article.objects.order_by("pk").values_list("published_at", flat=True)) == [None, LATE]
    assert Article.objects.filter(pk=article.pk, dated_at=F("added_at"), version=article.version + 1).exists()

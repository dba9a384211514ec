"""An article's own page: its fields, the correction of its text, and two curators at once."""

import re

import pytest

from annotations.models import Highlight
from cases import each
from curating import address, errors, filled, said, save
from newsreader.models import Article, Revision
from newsreader.text.html.plaintext import text_of
from texts import extracted

MORE = '\n<p id="p6">The mayor spoke again on Tuesday.</p>'


@pytest.fixture
def other_client(curator_client):
    """The same curator in a second window."""
    return curator_client


def test_the_fields_of_an_article_are_edited(curator_client, article):
    changes = {"title": "The harbour reopens", "byline": "Ida Lund", "language": "en_gb", "status": "draft"}
    save(curator_client, article, published_at="2026-11-17T08:00", url="https://quay.example/1", **changes)
    article.refresh_from_db()
    assert (article.title, article.byline, article.language, article.status) == (
        *("The harbour reopens", "Ida Lund", "en-GB", "draft"),
    )
    assert article.dated_at.isoformat() == "2026-11-17T08:00:00+00:00"
    assert article.url == "https://quay.example/1"


def test_saving_without_a_change_makes_no_revision(curator_client, article):
    save(curator_client, article)
    assert article.revisions.count() == 1


def test_a_corrected_text_becomes_a_new_revision_and_the_old_one_keeps_its_highlights(
    curator_client, curator, article, revision, highlight
):
    page = save(curator_client, article, html=revision.html + MORE)
    article.refresh_from_db()
    new = article.current()
    assert (new.number, new.html, new.created_by) == (2, revision.html + MORE, curator)
    assert Revision.objects.get(pk=revision.pk).html == revision.html
    assert Highlight.objects.get(pk=highlight.pk).revision == revision
    assert "revision 2" in said(page)


def test_a_corrected_text_is_counted_anew(curator_client, article, revision):
    save(curator_client, article, html=revision.html + MORE)
    article.refresh_from_db()
    assert article.length == len(text_of(revision.html + MORE))


def test_a_direction_that_a_curator_chose_survives_a_correction(curator_client, article, revision):
    save(curator_client, article, direction="rtl", html=revision.html + MORE)
    article.refresh_from_db()
    assert article.direction == "rtl"


def test_line_ends_of_the_browser_are_no_correction(curator_client, article, revision):
    save(curator_client, article, html=revision.html.replace("\n", "\r\n"))
    assert article.revisions.count() == 1


def test_hostile_html_is_cleaned_before_it_is_kept(curator_client, article):
    hostile = '<p onclick="alert(1)">Fine <script>alert(1)</script><a href="javascript:alert(1)">words</a></p><style>p{}</style>'
    save(curator_client, article, html=hostile)
    assert article.revisions.get(number=2).html == '<p id="p1">Fine words</p>'


def test_links_of_a_correction_are_completed_by_the_address_of_the_article(curator_client):
    article = Article.objects.store(extracted("<p>Words.</p>", url="https://quay.example/news/1")).article
    save(curator_client, article, html='<p>See <a href="/port">the port</a>.</p>')
    assert 'href="https://quay.example/port"' in article.revisions.get(number=2).html


@each(
    ("html", "sentence"),
    [
        ("<script>alert(1)</script>", "No text is left"),
        ("<p>" + "<b>" * 300 + "deep" + "</b>" * 300 + "</p>", "200 levels"),
        ("<p>" + "x" * 2_000_001 + "</p>", "larger than 2 MB"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_stays_in_the_form(curator_client, article, html, sentence):
    page = save(curator_client, article, html=html)
    assert sentence in errors(page)
    assert page.context["adminform"].form["html"].value() == html
    assert article.revisions.count() == 1


@each(
    ("field", "value", "sentence"),
    [
        ("title", " ", "required"),
        ("language", "English please", "Write a code"),
        ("url", "javascript:alert(1)", "valid URL"),
        ("published_at", "yesterday", "valid date"),
        ("published_at", "0001-01-01T00:00", "between 1000 and 9998"),
        ("published_at", "9999-12-31T23:59", "between 1000 and 9998"),
        ("published_at", "9998-12-31T23:59", "between 1000 and 9998"),
        ("seen", "[]", "Someone else"),
        ("seen", "no json", "valid JSON"),
    ],
)
def test_bad_input_is_refused(curator_client, article, field, value, sentence):
    assert sentence in errors(save(curator_client, article, **{field: value}))


def test_two_articles_do_not_have_one_address(curator_client, article):
    Article.objects.store(extracted("<p>Words.</p>", title="Another", url="https://quay.example/1"))
    page = save(curator_client, article, url="https://quay.example/1")
    assert "“Another” has this address already." in errors(page)


def test_the_seconds_of_an_unchanged_date_are_kept(curator_client, article):
    moment = article.published_at.replace(second=42)
    Article.objects.filter(pk=article.pk).update(published_at=moment)
    save(curator_client, article, byline="Ida Lund")
    article.refresh_from_db()
    assert article.published_at == moment


def test_the_page_says_how_many_highlights_stand_on_the_text(curator_client, article, highlight, alice):
    said = "1 highlight is on it and will be carried over"
    assert said in curator_client.get(address(article)).content.decode()
    save(curator_client, article, html=article.current().html.replace("12 million", "17 million"))
    assert said in curator_client.get(address(article)).content.decode()
    highlight.hide(alice)
    assert "No highlights are on it" in curator_client.get(address(article)).content.decode()


def test_the_page_lists_the_revisions_with_their_highlights(curator_client, article, highlight):
    save(curator_client, article, html=article.current().html + MORE)
    page = curator_client.get(address(article)).content.decode()
    assert f'href="{article.get_absolute_url()}revisions/1/"' in page
    assert [*re.findall(r'<td class="num">(\d+)</td>', page)] == ["0", "1"]
    assert "corrected by a curator" in page


# Two curators at once


def test_a_stale_save_is_refused_and_loses_nothing(curator_client, other_client, article):
    mine = filled(curator_client, article) | {"byline": "Mine", "title": "My title"}
    save(other_client, article, title="Their title")
    page = curator_client.post(address(article), mine)
    assert "Someone else changed this article" in errors(page)
    assert "“Their title”. Your version is kept here." in errors(page)
    assert page.context["adminform"].form["title"].value() == "My title"
    assert page.context["adminform"].form["byline"].value() == "Mine"
    assert Article.objects.get().title == "Their title"


def test_an_address_that_the_other_changed_is_shown_as_it_is(curator_client, other_client, article):
    mine = filled(curator_client, article) | {"url": "https://mine.example/"}
    save(other_client, article, url="https://theirs.example/?a=1&b=2")
    assert "“https://theirs.example/?a=1&b=2”" in errors(curator_client.post(address(article), mine))


@each("seen", ['{"revision": {}}', '{"revision": [1]}', '{"revision": "x"}', "[]", "7"])
def test_a_state_that_nobody_saw_is_no_error_of_the_server(curator_client, article, seen):
    fields = filled(curator_client, article) | {"title": "Other", "seen": seen}
    assert curator_client.post(address(article), fields).status_code == 200


def test_what_the_other_changed_and_i_did_not_is_taken_over(curator_client, other_client, article):
    mine = filled(curator_client, article) | {"byline": "Mine"}
    save(other_client, article, title="Their title", status="draft", published_at="2026-11-01T07:30")
    page = curator_client.post(address(article), mine)
    form = page.context["adminform"].form
    assert "Someone else changed this to “Their title”, which is shown here." in errors(page)
    assert [form[name].value() for name in ("title", "status", "published_at", "byline")] == [
        *("Their title", "draft", "2026-11-01T07:30", "Mine"),
    ]


def test_saving_again_after_a_refusal_keeps_both_changes(curator_client, other_client, article):
    mine = filled(curator_client, article) | {"byline": "Mine"}
    save(other_client, article, title="Their title")
    form = curator_client.post(address(article), mine).context["adminform"].form
    again = mine | {name: form[name].value() or "" for name in ("title", "byline", "seen")}
    curator_client.post(address(article), again)
    article.refresh_from_db()
    assert (article.title, article.byline) == ("Their title", "Mine")


def test_a_text_that_the_other_corrected_is_not_taken_back(curator_client, other_client, article, revision):
    mine = filled(curator_client, article) | {"byline": "Mine"}
    save(other_client, article, html=revision.html + MORE)
    page = curator_client.post(address(article), mine)
    assert "revision 2 is shown here" in errors(page)
    assert page.context["adminform"].form["html"].value() == revision.html + MORE


def test_two_corrections_of_one_text_are_both_shown(curator_client, other_client, article, revision):
    mine = filled(curator_client, article) | {"html": revision.html + '\n<p id="p6">My words.</p>'}
    save(other_client, article, html=revision.html + MORE)
    page = curator_client.post(address(article), mine)
    assert "revision 2 is above, yours is here" in errors(page)
    assert "My words." in page.context["adminform"].form["html"].value()
    assert "The mayor spoke again" in page.content.decode()
    assert article.revisions.count() == 2


def test_a_change_in_bulk_makes_an_open_form_stale(curator_client, article):
    mine = filled(curator_client, article) | {"byline": "Mine"}
    Article.objects.all().set_status("withdrawn")
    page = curator_client.post(address(article), mine)
    assert "“withdrawn”, which is shown here" in errors(page)

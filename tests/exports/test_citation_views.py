"""The page of a passage's citation, and its files."""

import json
from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.utils.html import strip_tags

from annotations.exchange.bibtex import write_bibtex
from annotations.exports.citation_views import read_cited_articles
from annotations.models import Highlight
from annotations.models.codebook import codebook_of
from annotations.passages.filters import read_filter, select_passages
from annotations.passages.queries import all_passages
from cases import each
from markup import markup
from newsreader.models import Article
from texts import extracted


def cite(client, highlight, **query):
    return client.get(f"/highlights/{highlight.pk}/cite/", query)


@pytest.fixture
def dated(highlight) -> Highlight:
    """The highlight on an article of which all is known."""
    fields = {"byline": "By Ana Silva", "url": "https://quay.example/a?b=1&c=2", "language": "en"}
    Article.objects.filter(pk=highlight.article_id).update(published_at=datetime(2026, 5, 3, 12, tzinfo=UTC), **fields)
    return highlight


@pytest.fixture
def bare(project, alice) -> Highlight:
    """A highlight on an article of which nothing is known but its words."""
    blank = {"title": "Bare", "byline": "", "url": "", "published": None}
    revision = Article.objects.store(extracted("<p>Nothing is known of this.</p>", **blank)).article.current()
    return Highlight.objects.make(project=project, revision=revision, author=alice, start=0, end=7).highlight


def test_the_page_quotes_the_passage_and_cites_its_article(alice_client, dated):
    page = markup(cite(alice_client, dated))
    assert "reopened on Monday</blockquote>" in page
    assert 'Silva, A. (2026, May 3). <bdi lang="en">Harbour reopens</bdi>. <cite><bdi>The Quay</bdi></cite>. <a' in page
    assert "@article{silva2026harbour-" in page and "TY  - NEWS" in page and "article-newspaper" in page


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("apa", "Silva, A. (2026, May 3). Harbour reopens. The Quay. "),
        ("chicago", "Silva, Ana. “Harbour Reopens.” The Quay, May 3, 2026. "),
        ("mla", "Silva, Ana. “Harbour Reopens.” The Quay, 3 May 2026, "),
        ("bluebook", "Silva, A. (2026, May 3). Harbour reopens. The Quay. "),
    ],
)
def test_the_line_is_in_the_style_that_was_chosen(alice_client, dated, style, line):
    assert strip_tags(cite(alice_client, dated, style=style).context["line"]).startswith(line)


def test_the_page_offers_each_style_and_marks_the_one_shown(alice_client, dated):
    page = markup(cite(alice_client, dated, style="mla"))
    assert '<a href="?style=apa">APA</a>' in page and '<a href="?style=chicago">Chicago</a>' in page
    assert '<a href="?style=mla" aria-current="true">MLA</a>' in page


def test_the_page_links_to_the_passage_here_and_to_its_words_there(alice_client, dated):
    page = cite(alice_client, dated)
    assert page.context["permalink"] == f"http://testserver/highlights/{dated.pk}/"
    assert page.context["original"] == "https://quay.example/a?b=1&c=2#:~:text=reopened%20on%20Monday"


def test_words_that_stand_twice_are_told_apart_on_the_original_page(alice_client, project, alice):
    html = "<p>Ships left. The harbour is open. Trains left. The harbour is shut.</p>"
    article = Article.objects.store(extracted(html, url="https://quay.example/twice")).article
    revision = article.current()
    start = revision.text.rindex("The harbour")
    twice = Highlight.objects.make(
        project=project, revision=revision, author=alice, start=start, end=start + 11
    ).highlight
    assert "left.-,The%20harbour" in cite(alice_client, twice).context["original"]


def test_what_is_missing_is_said_in_words(alice_client, bare):
    page = cite(alice_client, bare)
    assert [words.split(",")[0] for words in page.context["missing"]] == [
        "The article has no date here",
        "The article names no author",
        "The article has no original URL",
    ]
    assert "the original page</dt>" not in page.content.decode()


@pytest.mark.parametrize(
    ("style", "undated", "unsigned"),
    [
        ("apa", "says “n.d.”", "its title"),
        ("chicago", "says “n.d.”", "its source"),
        ("mla", "leaves it out", "its title"),
    ],
)
def test_what_is_missing_is_said_of_the_line_in_its_style(alice_client, bare, style, undated, unsigned):
    dateless, authorless, _ = cite(alice_client, bare, style=style).context["missing"]
    assert dateless.endswith(f"the citation {undated}.") and authorless.endswith(f"begins with {unsigned}.")


def test_words_of_an_older_revision_are_said_to_be_so(alice_client, dated):
    dated.article.revise("<p>The harbour is shut.</p>")
    assert cite(alice_client, dated).context["missing"] == [
        "The article has changed since this was highlighted. This is the wording of revision 1."
    ]


def test_nothing_is_missing_where_all_is_known(alice_client, dated):
    assert cite(alice_client, dated).context["missing"] == []


@each(
    ("form", "media", "name"),
    [
        ("bib", "application/x-bibtex", "harbour-reopens.bib"),
        ("ris", "application/x-research-info-systems", "harbour-reopens.ris"),
        ("csl", "application/vnd.citationstyles.csl+json", "harbour-reopens.json"),
    ],
)
def test_each_form_is_a_file(alice_client, dated, form, media, name):
    answer = cite(alice_client, dated, format=form)
    assert answer["Content-Type"] == f"{media}; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "Harbour reopens" in answer.content.decode()


def test_the_file_names_the_day_on_which_the_text_was_taken(alice_client, dated):
    (item,) = json.loads(cite(alice_client, dated, format="csl").content)
    today = date.today()
    assert item["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}


def test_an_unknown_form_is_the_page(alice_client, dated):
    assert "Cite a passage" in cite(alice_client, dated, format="docx").content.decode()


@pytest.mark.parametrize("query", [{}, {"format": "bib"}])
def test_a_stranger_finds_nothing_to_cite(charlie_client, visitor, dated, query):
    assert [cite(client, dated, **query).status_code for client in (charlie_client, visitor)] == [404, 404]


def test_a_deleted_highlight_is_not_cited(alice_client, alice, dated):
    dated.hide(alice)
    assert cite(alice_client, dated).status_code == 404


def test_markup_in_a_title_is_shown_as_it_is(alice_client, dated):
    Article.objects.filter(pk=dated.article_id).update(title="<script>alert(1)</script>")
    assert "<script>alert" not in cite(alice_client, dated).content.decode()


@pytest.mark.parametrize("place", ["passages/?options=1", "desk/?row=military+option"])
def test_every_passage_in_the_list_and_on_the_desk_can_be_cited(alice_client, project, dated, place):
    page = alice_client.get(project.get_absolute_url() + place).content.decode()
    assert f'href="/highlights/{dated.pk}/cite/"' in page


def test_passages_chosen_together_are_cited_once_for_each_article(
    project, alice, dated, bare, django_assert_num_queries
):
    revision = dated.article.current()
    Highlight.objects.make(project=project, revision=revision, author=alice, start=0, end=11)
    chosen = select_passages(
        all_passages().readable_by(alice), project, read_filter(QueryDict("")), codebook_of(project)
    )
    with django_assert_num_queries(1):
        file = "".join(write_bibtex(read_cited_articles(chosen, "https://here.example/highlights/")))
    assert file.count("@article{") == 2 and file.count("{{Harbour reopens}}") == 1
    assert file.index("“The harbour”") < file.index("“reopened on Monday”") < file.index("“Nothing”")

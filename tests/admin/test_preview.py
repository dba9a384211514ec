"""A corrected text is previewed, with the highlights that it affects, before it is saved; and saved as it was previewed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Highlight, Placement, Project
from conftest import person, signed_in
from curating import act, address, confirm, errors, filled, filled_in, said, save
from markup import markup
from newsreader.models import Article, Revision

ABOUT_ELSE = '\n<p id="p6">The mayor spoke again on Tuesday.</p>'


@pytest.fixture
def corrected(revision) -> str:
    """The text with other words in the passage that is highlighted."""
    return revision.html.replace("reopened on Monday", "reopened on Tuesday")


def preview(client, article, html: str):
    """The page that follows when a curator saves a corrected text."""
    return client.post(address(article), filled(client, article) | {"html": html}, follow=True)


def highlight_words(revision, project, author, words: str) -> Highlight:
    start = revision.text.index(words)
    fields = {"project": project, "revision": revision, "author": author, "tags": []}
    return Highlight.objects.make(start=start, end=start + len(words), **fields).highlight


def touched(page) -> dict[str, int]:
    """How many highlights the page says are in each state."""
    return dict(page.context["preview"]["highlights"].counts)


def test_the_difference_is_shown_and_nothing_is_written(curator_client, article, highlight, corrected):
    with CaptureQueriesContext(connection) as queries:
        page = preview(curator_client, article, corrected)
    seen = markup(page)
    assert "Preview of revision 2" in seen
    assert "Nothing has been saved yet." in seen
    assert '<del class="' in seen and ">Monday</del>" in seen and ">Tuesday</ins>" in seen
    assert article.revisions.count() == 1
    assert not Placement.objects.exists()
    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []


def test_what_was_previewed_is_saved(curator_client, article, highlight, corrected):
    page = confirm(curator_client, article, preview(curator_client, article, corrected))
    assert "The text is now revision 2" in said(page)
    assert article.revisions.get(number=2).html == corrected
    assert Placement.objects.get().state == "edited"


def test_other_fields_are_kept_while_the_text_is_previewed_and_saved_with_it(curator_client, article, corrected):
    sent = filled(curator_client, article) | {"html": corrected, "title": "Other words"}
    page = curator_client.post(address(article), sent)
    assert Article.objects.get().title == "Harbour reopens"
    confirm(curator_client, article, page)
    assert Article.objects.get().title == "Other words"


def test_fields_without_the_text_are_saved_at_once(curator_client, article):
    curator_client.post(address(article), filled(curator_client, article) | {"title": "Other words"})
    assert Article.objects.get().title == "Other words"


def test_the_highlights_are_counted_by_what_becomes_of_them(curator_client, article, revision, project, alice):
    for words in ("reopened on Monday", "mayor", "12 million"):
        highlight_words(revision, project, alice, words)
    gone = revision.html.replace("reopened on Monday", "reopened on Tuesday").replace("12 million", "17 million")
    page = preview(curator_client, article, gone)
    assert touched(page) == {"same": 1, "moved": 0, "edited": 2, "ambiguous": 0, "gone": 0}
    assert "2 passages will need review by their readers." in markup(page)
    assert "a figure, a name or a negation changes" in markup(page)
    assert "<del>12</del>" in markup(page) and "<ins>17</ins>" in markup(page)


def test_the_counts_are_those_of_the_saved_revision(curator_client, article, revision, project, alice):
    for words in ("reopened on Monday", "mayor", "12 million"):
        highlight_words(revision, project, alice, words)
    blocks = revision.html.split("\n")
    page = preview(curator_client, article, "\n".join([*blocks[2:], blocks[0]]))
    promised = {state: number for state, number in touched(page).items() if number}
    confirm(curator_client, article, page)
    states = [*Placement.objects.values_list("state", flat=True)]
    assert {state: states.count(state) for state in set(states)} == promised


def test_a_passage_that_will_be_gone_is_shown_with_its_words(curator_client, article, revision, highlight):
    html = "\n".join(block for block in revision.html.split("\n") if "reopened on Monday" not in block)
    page = preview(curator_client, article, html)
    assert touched(page)["gone"] == 1
    assert ">reopened on Monday</mark>" in markup(page)


def test_another_text_than_the_one_previewed_is_previewed_first(curator_client, article, corrected):
    page = preview(curator_client, article, corrected)
    other = filled_in(page, article) | {"html": corrected.replace("Tuesday", "Wednesday")}
    again = curator_client.post(address(article), other)
    assert ">Wednesday</ins>" in markup(again)
    assert "changed since the preview" not in markup(again)
    confirm(curator_client, article, again)
    assert "Wednesday" in article.revisions.get(number=2).text


@pytest.mark.parametrize("change", ["made", "hidden", "article"])
def test_it_is_previewed_again_where_something_changed_meanwhile(
    curator_client, article, revision, project, alice, highlight, corrected, change
):
    sent = filled_in(preview(curator_client, article, corrected), article)
    if change == "made":
        highlight_words(revision, project, alice, "mayor")
    elif change == "hidden":
        highlight.hide(alice)
    else:
        save(curator_client, article, byline="Somebody")
        page = curator_client.post(address(article), sent)
        assert "Someone else changed this article" in errors(page)
        sent = filled_in(page, article)
    page = curator_client.post(address(article), sent)
    assert "changed since the preview" in markup(page)
    assert article.revisions.count() == 1
    confirm(curator_client, article, page)
    assert article.revisions.count() == 2


def test_a_refused_text_is_not_taken_as_previewed(curator_client, article, corrected):
    sent = filled(curator_client, article) | {"html": corrected, "title": " "}
    page = curator_client.post(address(article), sent)
    assert page.context["preview"] is None
    page = curator_client.post(address(article), filled_in(page, article) | {"title": "A title"})
    assert page.context["preview"]
    assert article.revisions.count() == 1


def test_no_number_in_the_form_stands_for_a_preview(curator_client, article, corrected):
    for forged in ("1", "x" * 128, ""):
        sent = filled(curator_client, article) | {"html": corrected, "previewed": forged}
        assert curator_client.post(address(article), sent).context["preview"]
    assert article.revisions.count() == 1


def test_a_curator_sees_highlights_of_public_projects_alone(
    curator_client, charlie, article, project, highlight, corrected
):
    act(curator_client, "make_curators", charlie)
    client = signed_in(charlie)
    page = preview(client, article, corrected)
    assert page.context["preview"]["highlights"].total == 0
    assert "not counted here" in markup(page)
    assert "Harbour study" not in markup(page)
    highlight.hide(highlight.author)  # what one does not see asks for no other preview
    confirm(client, article, page)
    assert article.revisions.count() == 2
    Project.objects.filter(pk=project.pk).update(public=True)
    highlight.restore(highlight.author)
    assert preview(client, article, corrected + ABOUT_ELSE).context["preview"]["highlights"].total == 1


def test_the_queries_do_not_grow_with_the_passages(curator_client, article, revision, project, alice, corrected):
    preview(curator_client, article, corrected)  # what a first request loads once
    counts = []
    for words in ("reopened on Monday", "on Monday", "Monday"):
        highlight_words(revision, project, person(words.replace(" ", "")), words)
        with CaptureQueriesContext(connection) as queries:
            preview(curator_client, article, corrected)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_the_preview_is_of_the_text_as_it_is_cleaned(curator_client, article, revision):
    page = preview(curator_client, article, revision.html + '<p onclick="x">More<script>alert(1)</script></p>')
    assert page.context["preview"]["new"].html.endswith('<p id="p6">More</p>')
    confirm(curator_client, article, page)
    assert Revision.objects.get(number=2).html == page.context["preview"]["new"].html

"""Merging duplicates: what is said before, what it does to highlights, where readers are led, and the way back."""

import json
import re
from datetime import timedelta

import pytest
from django.core.serializers import serialize
from django.urls import reverse
from django.utils import timezone
from lxml import html

from annotations.errors import MergeRefusedError
from annotations.models import Event, Highlight, Placement, Role
from annotations.models.assignment import Assignment
from annotations.models.merging import merge_articles, undo_merge
from annotations.models.notification import Notification
from annotations.models.project_article import ProjectArticle
from annotations.models.reply import Reply
from annotations.models.thread import Thread
from conftest import person, signed_in
from curating import act, address, said
from markup import markup
from newsreader.admin.correction import ArticleForm
from newsreader.models import Article, Reading
from newsreader.search import matching
from texts import PAGE, extracted

LIST = reverse("admin:newsreader_article_changelist")
COPY = PAGE.replace("Two cranes fell, the mayor said", "Three cranes fell, the mayor said").replace(
    "<li>The other was being painted.</li>", ""
)
PASSAGES = ["The harbour of Brevik reopened", "Two cranes fell, the mayor said", "The other was being painted."]


@pytest.fixture
def kept(article):
    """A copy of the article from elsewhere, with one figure changed and one sentence missing."""
    return Article.objects.store(extracted(COPY, title="Harbour open again", site="The Pier")).article


@pytest.fixture
def passages(project, article, revision, alice) -> list[Highlight]:
    """Three highlights on the article: of the same words in the copy, of changed ones, and of words that are gone."""
    places = [(revision.text.index(words), len(words)) for words in PASSAGES]
    fields = {"project": project, "revision": revision, "author": alice}
    return [Highlight.objects.make(start=at, end=at + length, **fields).highlight for at, length in places]


def previewed(client, *rows, **more) -> dict[str, str]:
    """What the form of the preview sends."""
    page = client.post(LIST, chosen(rows) | more)
    return chosen(rows) | {"kept": page.context["kept"].pk, "previewed": page.context["digest"]}


def chosen(rows) -> dict:
    return {"action": "merge", "index": 0, "_selected_action": [row.pk for row in rows]}


def places(article) -> list[str]:
    return list(article.highlights.order_by("start").values_list("exact", flat=True))


def test_before_a_merge_it_says_what_moves_and_what_cannot_be_placed(curator_client, article, kept, passages):
    page = curator_client.post(LIST, chosen([article, kept]) | {"kept": kept.pk, "preview": "yes"})
    preview = page.context["preview"]
    assert (preview.same, preview.edited, preview.staying) == (1, 1, 1)
    assert "not moved: no certain place" in page.content.decode()
    assert PASSAGES[2] in page.content.decode()
    assert places(kept) == []


def test_a_merge_moves_highlights_and_leads_readers_to_the_article_that_stays(
    curator_client, article, kept, passages, client, alice
):
    reply = Reply.objects.make(Thread.objects.of_highlight(passages[0]), author=alice, text="Yes")
    sent = previewed(curator_client, article, kept, kept=kept.pk)
    page = curator_client.post(LIST, sent, follow=True)
    assert said(page).startswith("1 article merged into “Harbour open again”. 2 highlights moved. <a href=")
    assert places(kept) == [PASSAGES[0], PASSAGES[1].replace("Two", "Three")]
    assert places(article) == [PASSAGES[2]]
    assert client.get(article.get_absolute_url()).url == kept.get_absolute_url()
    reply.refresh_from_db()
    assert (reply.article, reply.thread.article) == (kept, kept)
    assert [one.pk for one in matching(Highlight.objects.all(), "three")] == [passages[1].pk]
    assert PASSAGES[0] in signed_in(alice).get(kept.get_absolute_url()).content.decode()
    assert "Merged into “Harbour open again”" in curator_client.get(address(article, "history")).content.decode()


def test_deleted_highlights_move_uncounted_and_both_articles_offer_to_undo(curator_client, article, kept, passages):
    Highlight.objects.filter(pk=passages[0].pk).update(deleted_at=timezone.now())
    sent = previewed(curator_client, article, kept, kept=kept.pk)
    page = curator_client.post(LIST, chosen([article, kept]) | {"kept": kept.pk, "preview": "yes"})
    assert (page.context["preview"].same, page.context["preview"].edited) == (0, 1)
    text = " ".join(page.content.decode().split())
    assert "“Harbour open again” (The Pier) stays." in text
    assert f"“{article}”</bdi> (<bdi>{article.source}</bdi>)" in text
    assert "1 highlight moved." in said(curator_client.post(LIST, sent, follow=True))
    assert kept.highlights.count() == 2
    undo = reverse("admin:newsreader_article_unmerge", args=[article.pk])
    assert undo in curator_client.get(address(kept)).content.decode()
    assert "1 highlight is back" in said(curator_client.post(undo, follow=True))


def test_the_history_of_a_project_tells_of_a_merge_which_only_the_admin_undoes(
    alice, article, kept, passages, project, alice_client
):
    merge_articles(kept, [article], by=alice)
    page = alice_client.get(reverse("history", args=[project.slug])).content.decode()
    assert "Merged another article into this article, with 2 highlights" in page
    article.refresh_from_db()
    undo_merge(article, by=alice)
    page = alice_client.get(reverse("history", args=[project.slug])).content.decode()
    assert "Undid the merge of “Harbour reopens”: 2 highlights moved back" in page
    alice_client.post(f"{project.get_absolute_url()}history/undo/", {"act": "redo"})
    assert places(kept) == []


def test_an_undone_merge_leaves_everything_as_it_was(curator_client, article, kept, passages, curator, client):
    article.revise(article.current().html.replace("Brevik reopened", "Brevik opened"), created_by=curator)
    Placement.objects.get(highlight=passages[0]).accept(version=None, by=curator)
    article.revise(article.current().html.replace("mayor said", "mayors said"), created_by=curator)
    before = [*snapshot()]
    assert Notification.objects.exists()
    merge_articles(kept, [article], by=curator)
    assert [*snapshot()] != before
    page = curator_client.post(reverse("admin:newsreader_article_unmerge", args=[article.pk]), follow=True)
    assert said(page) == "The merge was undone: 2 highlights are back. Status: published."
    assert [*snapshot()] == before
    assert client.get(article.get_absolute_url()).status_code == 200


def snapshot():
    """Where all highlights and their placements are."""
    yield from Highlight.objects.order_by("pk").values_list("pk", "article", "revision", "start", "end", "exact")
    names = ("highlight", "revision", "origin", "start", "end", "state", "decision", "decided_by", "decided_at", "open")
    yield from Placement.objects.order_by("highlight", "revision").values_list(*names)
    told = ("user", "placement__highlight", "article", "at", "read_at")
    yield from Notification.objects.order_by("placement__highlight", "user").values_list(*told)


def test_a_highlight_moves_from_where_it_stands_now(curator, article, kept, passages, project):
    article.revise("<p>A new start.</p>\n" + article.current().html, created_by=curator)
    merge_articles(kept, [article], by=curator)
    moved = kept.highlights.get(pk=passages[0].pk)
    assert kept.current().text[moved.start : moved.end] == moved.exact == PASSAGES[0]
    assert not moved.placements.exists()


def test_projects_to_which_the_other_was_added_have_the_one_that_stays(curator, article, kept, project):
    ProjectArticle.objects.set_state(project, article.pk, "added", by=curator)
    merge_articles(kept, [article], by=curator)
    assert ProjectArticle.objects.get(article=kept, project=project).state == "added"


def test_an_old_preview_is_shown_again(curator_client, article, kept, passages, alice):
    sent = previewed(curator_client, article, kept, kept=kept.pk)
    passages[0].hide(alice)
    passages[0].delete()
    page = curator_client.post(LIST, sent)
    assert "changed since the preview" in page.content.decode()
    assert Article.objects.filter(merged_into__isnull=False).count() == 0


def test_highlights_under_decision_stay(curator, article, kept, passages, project, alice):
    Assignment.objects.create(project=project, article=article, user=alice)
    assert merge_articles(kept, [article], by=curator) == 0
    assert len(places(article)) == 3


def test_only_library_articles_are_merged(curator_client, article, project):
    ours = Article.objects.store(extracted("<p>Ours.</p>", title="Ours", site="Ours"), scope=project.pk).article
    assert "is private to a project" in said(act(curator_client, "merge", article, ours))
    assert "Choose from two to ten" in said(act(curator_client, "merge", article))


def test_a_curator_sees_no_passage_of_a_project_that_is_closed_to_them(curator_client, article, kept, passages):
    keeper = person("keeper")
    act(curator_client, "make_curators", keeper)
    page = signed_in(keeper).post(LIST, chosen([article, kept]) | {"kept": kept.pk, "preview": "yes"})
    assert page.context["preview"].same == 0
    assert PASSAGES[2] not in page.content.decode()
    assert "Highlights of projects that you cannot see move in the same way" in page.content.decode()


def test_a_merge_of_a_merge_leads_to_the_last(curator, article, kept, client):
    last = Article.objects.store(extracted(COPY, title="Third", site="Third")).article
    merge_articles(kept, [article], by=curator)
    kept.refresh_from_db()
    merge_articles(last, [kept], by=curator)
    assert client.get(article.get_absolute_url()).url == last.get_absolute_url()
    assert undo_merge(Article.objects.get(pk=kept.pk), by=curator) == 0
    assert Event.objects.count() == 0


def undo_last(client, project):
    return client.post(reverse("undo", args=[project.slug]), headers={"HX-Request": "true"})


def move(highlight, words: str, by) -> None:
    """Move the ends of a highlight to these words of its text."""
    highlight = Highlight.objects.get(pk=highlight.pk)
    start = highlight.revision.text.index(words)
    highlight.move(highlight.version, start, start + len(words), by=by)


def test_ends_moved_before_a_merge_are_not_written_into_the_text_of_the_article_that_stays(
    curator, alice, alice_client, article, kept, passages, project
):
    move(passages[0], "The harbour of Brevik", alice)
    merge_articles(kept, [article], by=curator)
    response = undo_last(alice_client, project)
    assert (response.status_code, "moved to another article" in response.content.decode()) == (409, True)
    assert "The harbour of Brevik" in places(kept)


def test_ends_moved_after_a_merge_are_not_written_into_the_article_from_which_the_highlight_came(
    curator, alice, alice_client, article, kept, passages, project
):
    merge_articles(kept, [article], by=curator)
    move(passages[0], "The harbour of Brevik", alice)
    undo_merge(Article.objects.get(pk=article.pk), by=curator)
    assert undo_last(alice_client, project).status_code == 409
    assert places(article) == PASSAGES


def unmerge(client, article):
    """What is said when the merge of an article is undone."""
    address = reverse("admin:newsreader_article_unmerge", args=[article.pk])
    return said(client.post(address, follow=True))


def test_a_merge_is_not_undone_before_that_of_the_article_that_got_its_highlights(
    curator, curator_client, article, kept, passages
):
    last = Article.objects.store(extracted(COPY, title="Third", site="Third")).article
    merge_articles(kept, [article], by=curator)
    merge_articles(last, [kept], by=curator)
    assert "Undo the merge of “Harbour open again” into “Third” first" in unmerge(curator_client, article)
    article.refresh_from_db()
    assert (article.merged_into, article.status, len(places(last))) == (kept, "withdrawn", 2)
    assert "is back" not in unmerge(curator_client, kept)
    unmerge(curator_client, article)
    assert places(article) == PASSAGES


def test_two_merges_the_opposite_ways_do_not_withdraw_both(curator, article, kept):
    first, second = Article.objects.get(pk=article.pk), Article.objects.get(pk=kept.pk)
    merge_articles(kept, [article], by=curator)
    with pytest.raises(MergeRefusedError, match="is merged already"):
        merge_articles(first, [second], by=curator)
    assert Article.objects.get(pk=kept.pk).merged_into is None


def read_history(client, project) -> str:
    return client.get(reverse("history", args=[project.slug])).content.decode()


def test_the_history_names_an_article_only_to_who_may_read_it(
    curator, curator_client, article, kept, passages, project, alice_client, bob_client
):
    project.memberships.create(user=curator, role=Role.CODER)
    Article.objects.filter(pk=article.pk).update(status="draft", title="Not for members")
    merge_articles(kept, [article], by=curator)
    assert "Merged “Not for members” into this article, with 2 highlights" in read_history(curator_client, project)
    assert "Merged another article into this article, with 2 highlights" in read_history(alice_client, project)
    assert "Not for members" not in str([*Event.objects.values_list("data", "undo_data")])
    unmerge(curator_client, article)
    Article.objects.filter(pk=article.pk).set_status("published")
    assert "Undid the merge of “Not for members”" in read_history(bob_client, project)


def test_who_reads_blind_is_not_told_how_many_highlights_moved(
    curator, article, kept, passages, project, alice, curator_client
):
    project.memberships.create(user=curator, role=Role.CODER)
    project.begin_blind_reading(by=alice)
    merge_articles(kept, [article], by=curator)
    assert "Merged “Harbour reopens” into this article" in read_history(curator_client, project)
    assert "2 highlights" not in read_history(curator_client, project)


def test_a_curator_is_told_no_number_of_highlights_that_they_may_not_see(curator_client, article, kept, passages):
    keeper = person("keeper")
    act(curator_client, "make_curators", keeper)
    client = signed_in(keeper)
    page = client.post(LIST, previewed(client, article, kept, kept=kept.pk), follow=True)
    assert re.sub(" <a .*", "", said(page)) == "1 article merged into “Harbour open again”."
    assert unmerge(client, article) == "The merge was undone. Status: published."
    assert places(article) == PASSAGES


def test_an_assignment_moves_to_the_article_that_stays_and_back(curator, curator_client, article, kept, project, bob):
    assignment = Assignment.objects.create(project=project, article=article, user=bob, round="Pilot")
    page = curator_client.post(LIST, chosen([article, kept]) | {"kept": kept.pk, "preview": "yes"})
    assert "Members are assigned to articles that will be withdrawn" in page.content.decode()
    merge_articles(kept, [article], by=curator)
    assert Assignment.objects.get().article == kept
    undo_merge(Article.objects.get(pk=article.pk), by=curator)
    assert list(Assignment.objects.values_list("pk", "article")) == [(assignment.pk, article.pk)]


def test_an_article_that_coders_have_begun_to_read_is_not_merged_into_another(curator, article, kept, project, bob):
    Assignment.objects.create(project=project, article=article, user=bob, state="reading")
    with pytest.raises(MergeRefusedError, match="have begun to read “Harbour reopens”"):
        merge_articles(kept, [article], by=curator)
    merge_articles(article, [kept], by=curator)


def test_articles_assigned_to_the_same_member_are_not_merged(curator_client, article, kept, project, bob):
    for one in (article, kept):
        Assignment.objects.create(project=project, article=one, user=bob)
    page = curator_client.post(LIST, previewed(curator_client, article, kept, kept=kept.pk), follow=True)
    assert "Have one of the assignments removed there first" in said(page)
    article.refresh_from_db()
    assert (article.status, Assignment.objects.count()) == ("published", 2)


def test_an_undone_merge_gives_back_the_schedule_and_takes_the_other_out_of_the_project(
    curator, article, kept, project
):
    ProjectArticle.objects.set_state(project, article.pk, "added", by=curator)
    moment = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=article.pk).update(status="draft", publish_at=moment, publish_by=curator)
    merge_articles(kept, [article], by=curator)
    assert not Article.objects.scheduled().exists()
    Article.objects.get(pk=article.pk).save()
    undo_merge(Article.objects.get(pk=article.pk), by=curator)
    article.refresh_from_db()
    assert (article.status, article.publish_at, article.publish_by) == ("draft", moment, curator)
    assert list(ProjectArticle.objects.filter(state="added").values_list("article", flat=True)) == [article.pk]


def test_an_undone_merge_leaves_the_other_in_a_project_that_has_work_on_it(curator, article, kept, project, alice):
    ProjectArticle.objects.set_state(project, article.pk, "added", by=curator)
    merge_articles(kept, [article], by=curator)
    Highlight.objects.make(project=project, revision=kept.current(), author=alice, start=0, end=5)
    undo_merge(Article.objects.get(pk=article.pk), by=curator)
    assert ProjectArticle.objects.filter(state="added").count() == 2


def test_events_of_merges_are_told_apart_in_a_dump(curator, article, kept, passages, project, monkeypatch):
    moment = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    merge_articles(kept, [article], by=curator)
    undo_merge(Article.objects.get(pk=article.pk), by=curator)
    dumped = json.loads(serialize("json", Event.objects.filter(subject=project.pk)))
    moments = [row["fields"]["at"] for row in dumped]
    assert len(moments) == len(set(moments)) == 4


@pytest.mark.parametrize("action", ["publish", "make_drafts"])
def test_a_merged_article_is_given_no_other_status_from_the_list(action, curator, curator_client, article, kept):
    merge_articles(kept, [article], by=curator)
    assert "1 is merged into another article and stays as it is" in said(act(curator_client, action, article))
    article.refresh_from_db()
    assert (article.status, article.merged_into) == ("withdrawn", kept)


def test_a_merged_article_is_given_no_other_status_by_its_form(curator, article, kept):
    merge_articles(kept, [article], by=curator)
    form = ArticleForm({"status": "published"}, instance=Article.objects.get(pk=article.pk))
    assert "It is merged into “Harbour open again”. Undo the merge first." in form.errors["status"]


def test_an_article_into_which_another_is_merged_is_not_deleted(curator, curator_client, article, kept):
    merge_articles(kept, [article], by=curator)
    page = curator_client.post(address(kept, "delete"), {"post": "yes"})
    assert "Undo that merge" in page.content.decode()
    assert "has highlights" not in page.content.decode()
    unmerge(curator_client, article)
    curator_client.post(address(kept, "delete"), {"post": "yes"})
    assert list(Article.objects.all()) == [article]


@pytest.mark.parametrize("name", ["article", "revisions", "copies", "neighbours"])
def test_the_pages_of_a_merged_article_lead_to_those_of_the_one_that_stays(name, curator, article, kept, client):
    merge_articles(kept, [article], by=curator)
    way = client.get(reverse(name, args=[article.slug]), {"project": "harbour-study", "revision": "9"}).url
    assert way == f"{reverse(name, args=[kept.slug])}?project=harbour-study"
    Article.objects.filter(pk=kept.pk).set_status("draft")
    assert client.get(reverse(name, args=[article.slug])).status_code == 404


def test_the_form_of_sentences_leads_there_too(alice_client, curator, article, kept):
    merge_articles(kept, [article], by=curator)
    assert alice_client.get(reverse("sentences", args=[article.slug])).url == reverse("sentences", args=[kept.slug])


def test_a_highlight_from_an_open_page_of_a_merged_article_is_told_where_that_is(
    curator, article, kept, project, alice_client
):
    merge_articles(kept, [article], by=curator)
    sent = {"project": project.slug, "revision": 1, "start": 0, "end": 5}
    response = alice_client.post(reverse("make", args=[article.slug]), sent, headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert "this article was merged into “Harbour open again”" in response.content.decode()
    for name in ("make", "sentences"):
        page = alice_client.post(reverse(name, args=[article.slug]), sent, follow=True)
        assert page.redirect_chain[0][0] == kept.get_absolute_url()


def test_an_open_page_of_a_merged_article_says_into_which_it_was_merged(curator, article, kept, project, alice_client):
    page = alice_client.get(article.get_absolute_url(), {"project": project.slug})
    region = html.fromstring(page.content).get_element_by_id("updates")
    merge_articles(kept, [article], by=curator)
    answer = alice_client.get(region.get("data-address"), headers={"if-none-match": region.get("data-state")})
    assert "<span>This article was merged into “Harbour open again”.</span>" in markup(answer)
    assert f'<a href="{kept.get_absolute_url()}?project={project.slug}">' in markup(answer)
    Article.objects.filter(pk=kept.pk).set_status("draft")
    assert alice_client.get(region.get("data-address")).status_code == 404


def test_who_marks_a_merged_article_read_on_an_open_page_is_led_to_the_one_that_stays(
    curator, article, kept, alice, alice_client
):
    merge_articles(kept, [article], by=curator)
    state, said_there = reverse("state", args=[article.slug]), "this article was merged into “Harbour open again”"
    response = alice_client.post(state, {"read": "yes"}, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Reswap"]) == (409, "none")
    assert said_there in response.content.decode() and f'href="{kept.get_absolute_url()}"' in response.content.decode()
    page = alice_client.post(state, {"read": "yes"}, follow=True)
    assert page.redirect_chain[0][0] == kept.get_absolute_url() and said_there in page.content.decode()
    assert not Reading.objects.filter(user=alice, read_at__isnull=False, article=article).exists()
    Article.objects.filter(pk=kept.pk).set_status("draft")
    assert alice_client.post(state, {"read": "yes"}).status_code == 404

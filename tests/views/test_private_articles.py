"""Articles that readers add to a project: who finds them, and what becomes of them."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Highlight, Project, Role
from annotations.models.project_deletion import mark_deleted, remove_deleted_projects
from books import LONG, chapters
from cases import each
from conftest import person, signed_in
from curating import act, errors, said, save
from newsreader.models import Article, Source
from texts import extracted

ADD = "/articles/add/"
TEXT = "The ferry sails again.\n\nForty people were on board when she left the pier on Sunday night."
PAGE = b"<html lang='en'><title>Night ferry</title><h1>Night ferry</h1><p>" + TEXT.encode() + b"</p></html>"


@pytest.fixture
def private(project, bob) -> Article:
    """An article that Bob added to Alice's project."""
    signed_in(bob).post(ADD, {"text": TEXT, "title": "Night ferry", "source": "The Pier", "project": project.slug})
    return Article.objects.get(title="Night ferry")


def add(client, project, **given):
    return client.post(ADD, {"project": project.slug, **given})


def shown(client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_member_adds_a_pasted_text_for_the_members(bob_client, alice_client, project):
    answer = bob_client.post(
        ADD, {"text": TEXT, "title": "Night ferry", "source": "The Pier", "project": project.slug}, follow=True
    )
    assert "Added “Night ferry”, 17 words, for the members of “Harbour study”." in answer.content.decode()
    assert "Night ferry" in shown(alice_client, f"/projects/{project.slug}/articles/")
    assert "Forty people" in shown(alice_client, Article.objects.get().get_absolute_url())


def test_a_member_adds_a_saved_page(bob_client, project):
    assert add(bob_client, project, file=SimpleUploadedFile("page.html", PAGE)).status_code == 302
    assert (Article.objects.get().title, Article.objects.get().scope) == ("Night ferry", project.pk)


def test_a_member_adds_the_chapters_of_a_book(bob_client, project):
    book = chapters(ferry=LONG, cranes=LONG + "Two cranes fell.")
    page = add_and_follow(bob_client, project, file=SimpleUploadedFile("harbour.epub", book))
    assert "2 articles were added." in page
    assert set(Article.objects.values_list("title", "source__name", "scope")) == {
        ("Ferry", "The harbour", project.pk),
        ("Cranes", "The harbour", project.pk),
    }
    again = add_and_follow(bob_client, project, file=SimpleUploadedFile("harbour.epub", book))
    assert "0 articles were added. 2 were here already." in again


def test_a_member_adds_a_web_address(bob_client, project, site, settings):
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    add(bob_client, project, url=site.url + "/moved")
    article = Article.objects.get()
    assert (article.title, article.status) == ("Night ferry to Skarholm gets a second life", "private")
    assert add(bob_client, project, url=site.url + "/moved").url.startswith(article.get_absolute_url())


@each("role", Role.values)
def test_members_of_every_role_read_it(private, project, role):
    reader = person(f"a-{role}")
    project.memberships.create(user=reader, role=role)
    assert "Forty people" in shown(signed_in(reader), private.get_absolute_url())


def test_nobody_else_finds_it(private, project, visitor, charlie_client, curator_client):
    for client in (visitor, charlie_client, curator_client):
        assert client.get(private.get_absolute_url()).status_code == 404
        assert "Night ferry" not in shown(client, "/") + shown(client, "/?q=ferry")


def test_who_leaves_the_project_finds_it_no_more(private, project, bob, bob_client):
    project.memberships.get(user=bob).remove(by=bob)
    assert bob_client.get(private.get_absolute_url()).status_code == 404


def test_who_only_views_adds_nothing(project, charlie, charlie_client):
    project.memberships.create(user=charlie, role=Role.VIEWER)
    assert add(charlie_client, project, text=TEXT).status_code == 422
    assert not Article.objects.exists()


def test_an_archived_project_gets_no_articles(project, alice, alice_client):
    project.archive(by=alice)
    assert add(alice_client, project, text=TEXT).status_code == 422
    assert not Article.objects.exists()


def test_a_draft_is_for_the_library(project, curator, curator_client):
    project.memberships.create(user=curator, role=Role.CODER)
    answer = add(curator_client, project, text=TEXT, draft="on")
    assert answer.context["form"].errors == {"draft": ["Only articles in the library can be drafts."]}


def test_a_stranger_adds_the_same_as_if_it_were_not_there(private, charlie, charlie_client, curator_client):
    own = Project.objects.personal_project(charlie)
    given = {"text": TEXT, "title": "Night ferry", "source": "The Pier"}
    assert "Added “Night ferry”, 17 words, for" in add_and_follow(charlie_client, own, **given)
    answer = curator_client.post(ADD, given)
    assert answer.url == "/articles/night-ferry/"
    assert Source.objects.get(articles__slug="night-ferry").slug == "the-pier"
    assert Article.objects.count() == 3


def add_and_follow(client, project, **given) -> str:
    return client.post(ADD, {"project": project.slug, **given}, follow=True).content.decode()


def test_what_the_library_has_is_added_from_there(article, project, bob_client):
    page = add_and_follow(bob_client, project, text=article.current().text, source="The Quay")
    assert "“Harbour reopens” is in the library already. It now belongs to “Harbour study”." in page
    assert Article.objects.count() == 1


def test_a_draft_of_the_library_is_not_given_away(article, project, bob_client):
    Article.objects.all().set_status("draft")
    add(bob_client, project, text=article.current().text, source="The Quay")
    assert Article.objects.filter(scope=project.pk).count() == 1


def test_the_library_lists_the_articles_of_the_project(private, article, project, bob_client):
    assert "Night ferry" not in shown(bob_client, f"/?project={project.slug}")
    page = shown(bob_client, f"/?project={project.slug}&show=in-project")
    assert "Night ferry" in page and "The Pier" in page and "Harbour reopens" not in page
    assert "Night ferry" in shown(bob_client, f"/?project={project.slug}&show=in-project&q=forty")
    assert "Night ferry" not in shown(bob_client, f"/?project={project.slug}&show=in-project&q=cranes")


def test_it_is_highlighted_in_its_project_alone(private, project, bob, bob_client):
    own = Project.objects.personal_project(bob)
    span = {"start": 4, "end": 9, "revision": 1, "exact": "ferry"}
    made = bob_client.post(f"{private.get_absolute_url()}highlights/", {**span, "project": own.slug})
    assert "private to another project" in "".join(str(message) for message in messages_of(bob_client, made))
    assert not Highlight.objects.exists()
    bob_client.post(f"{private.get_absolute_url()}highlights/", {**span, "project": project.slug})
    assert Highlight.objects.get().project == project


def messages_of(client, answer):
    return client.get(answer.url).context["messages"] if answer.status_code == 302 else [answer.content.decode()]


def test_it_shows_the_layer_of_its_project_whatever_one_works_in(private, project, bob, bob_client):
    own = Project.objects.personal_project(bob)
    page = shown(bob_client, f"{private.get_absolute_url()}?project={own.slug}")
    assert f'name="project" value="{project.slug}"' in page


def test_a_curator_publishes_it(private, project, curator_client, visitor):
    answer = curator_client.post(
        "/admin/newsreader/article/", {"action": "publish", "_selected_action": [private.pk]}, follow=True
    )
    assert "1 article published." in answer.content.decode()
    private.refresh_from_db()
    assert (private.scope, private.source.scope, private.source.slug) == (None, None, "the-pier")
    assert "Forty people" in shown(visitor, private.get_absolute_url())


def test_none_is_published_twice(project, bob, curator_client, site, settings):
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    add(signed_in(bob), project, url=site.url + "/moved")
    curator_client.post(ADD, {"url": site.url + "/moved"})
    private = Article.objects.get(scope=project.pk)
    sent = {"action": "publish", "_selected_action": [private.pk]}
    page = curator_client.post("/admin/newsreader/article/", sent, follow=True).content.decode()
    assert "0 articles published." in page
    assert "stays private: the library has an article with its address." in page
    assert Article.objects.filter(scope=project.pk).exists()


@each(("action", "status"), [("withdraw", "withdrawn"), ("make_drafts", "draft")])
def test_its_members_keep_it_whatever_else_a_curator_makes_of_it(
    private, article, project, bob_client, curator_client, action, status
):
    page = act(curator_client, action, private, article)
    assert "1 article stays private, for the members of its project. It can only be published." in said(page)
    assert "stays private" in errors(save(curator_client, private, status=status))
    article.refresh_from_db()
    private.refresh_from_db()
    assert (article.status, private.status, private.scope) == (status, "private", project.pk)
    assert bob_client.get(private.get_absolute_url()).status_code == 200


def test_of_two_with_one_address_the_first_is_published(private, charlie, curator_client):
    own = Project.objects.personal_project(charlie)
    twin = Article.objects.store(extracted("<p>Another.</p>", title="Twin", url="https://pier.example/1"), scope=own.pk)
    Article.objects.filter(pk=private.pk).update(url="https://pier.example/1")
    told = said(act(curator_client, "publish", private, twin.article))
    assert told.startswith("1 article published. 1 was private to a project and is public now.")
    assert "“Twin” stays private: the library has an article with its address." in told
    assert list(Article.objects.filter(status="published").values_list("title", flat=True)) == ["Night ferry"]


def test_a_curator_corrects_it_and_it_stays_private(private, curator_client):
    save(curator_client, private, title="A night ferry")
    private.refresh_from_db()
    assert (private.title, private.status) == ("A night ferry", "private")


def test_a_curator_publishes_it_from_its_form(private, curator_client):
    save(curator_client, private, status="published", url="https://pier.example/1")
    private.refresh_from_db()
    assert (private.status, private.scope, private.source.scope) == ("published", None, None)


def test_an_article_of_the_library_cannot_be_private(article, curator_client):
    page = save(curator_client, article, status="private").content.decode()
    assert "Only an article that a member added to a project can be private." in page


def test_a_corrected_private_text_waits_for_review_by_members(private, project, bob, bob_client, visitor, curator):
    Project.objects.filter(pk=project.pk).update(public=True)
    place = {"start": 4, "end": 9}
    Highlight.objects.make(project=project, revision=private.current(), author=bob, **place)
    private.revise(private.current().html.replace("ferry", "boat"), created_by=curator)
    assert "ferry" in shown(bob_client, f"/projects/{project.slug}/changed/")
    assert "Night ferry" in shown(bob_client, "/for-you/")
    assert "ferry" not in shown(visitor, f"/projects/{project.slug}/changed/")


def test_no_more_than_so_many_are_added_in_an_hour(project, bob_client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"add_article": "1/h/user"}
    assert add(bob_client, project, text=TEXT).status_code == 302
    answer = add(bob_client, project, text="Another text.\n\nIt was the second within the same hour.")
    assert answer.status_code == 429
    assert "Try again in an hour." in answer.content.decode()
    assert Article.objects.count() == 1


def test_the_bookmarklet_fills_in_the_address_and_the_project(project, bob_client):
    page = shown(bob_client, f"{ADD}?project={project.slug}&url=https://quay.example/1")
    assert 'value="https://quay.example/1"' in page
    assert f'<option value="{project.slug}" selected>' in page
    href = f"javascript:location.href='http://testserver/articles/add/?project={project.slug}&url='"
    assert html.escape(href) in page


def test_its_neighbours_are_private_too(private, article, project, bob_client):
    add(bob_client, project, text="A second text.\n\nIt is about the same harbour.", title="Second")
    page = shown(bob_client, f"{private.get_absolute_url()}neighbours/")
    assert "Second" in page and "Harbour reopens" not in page


def test_with_the_project_its_private_articles_are_deleted(private, article, project, alice, alice_client):
    assert "1 article that is private to it" in shown(alice_client, f"/projects/{project.slug}/delete/")
    mark_deleted(project, by=alice)
    remove_deleted_projects()
    assert list(Article.objects.all()) == [article]
    assert list(Source.objects.all()) == [article.source]


@pytest.fixture
def exported(private, project, bob, bob_client) -> bytes:
    """The highlights of the project as a member exports them: one on the private article."""
    Highlight.objects.make(project=project, revision=private.current(), author=bob, start=0, end=21)
    return bob_client.get(f"/projects/{project.slug}/exchange/jsonld/").getvalue()


def test_members_find_its_passages_and_export_them(exported, project, alice_client):
    assert "The ferry sails again" in shown(alice_client, f"/projects/{project.slug}/passages/")
    assert b"Night ferry" in exported


def test_no_file_finds_it_from_another_project(exported, project, bob, charlie, bob_client, charlie_client):
    for user, client in ((charlie, charlie_client), (bob, bob_client)):
        base = Project.objects.personal_project(user).get_absolute_url()
        answer = client.post(f"{base}import/", {"file": SimpleUploadedFile("passages.jsonld", exported)})
        assert (answer.context["plan"].highlights, answer.context["plan"].left_out_count) == ([], 1)

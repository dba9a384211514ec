"""Every page of the admin: it answers, only to those who may see it, and holds nothing inline."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from annotations.models import Event, Highlight, Project, Tag
from cases import each
from conftest import signed_in
from curating import act, address, list_of
from newsreader.models import Article, Source

LISTS = ["newsreader_article", "newsreader_source", "annotations_project", "annotations_tag", "annotations_highlight"]
LISTS += ["annotations_event", "auth_user", "auth_group"]
INLINE = re.compile(
    r"""<style|<script(?![^>]*\ssrc=)|<[^>]*\s(?:style|on\w+)\s*=|(?:href|src)=["']?(?:javascript|data):"""
)


@pytest.fixture
def pages(article, highlight, project, tag, alice) -> list[str]:
    """Every kind of page, with something to show on each."""
    rows = [article, article.source, project, tag, highlight, Event.objects.first(), alice]
    rows += [Group.objects.create(name="Some")]
    return [
        *map(reverse, ["admin:index", "admin:password_change", *(f"admin:{name}_changelist" for name in LISTS)]),
        *(reverse("admin:app_list", args=[label]) for label in ("newsreader", "annotations", "auth")),
        *(address(row, act) for row in rows for act in ("change", "history")),
        *(address(row, "delete") for row in (article, article.source, highlight, alice)),
        *map(reverse, ["admin:newsreader_source_add", "admin:auth_user_add", "admin:auth_group_add"]),
        f"{list_of(Article)}?q=harbour&_facets=True",
        f"{list_of(Article)}?q=nothing+of+the+kind",
        f"{reverse('admin:newsreader_source_add')}?_popup=1",
    ]


def made_curator(curator_client, person):
    """A client of a person whom the admin's list of users made a curator."""
    act(curator_client, "make_curators", person)
    return signed_in(person)


def test_every_page_answers_whoever_runs_the_site(curator_client, pages):
    assert {page: curator_client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_no_page_holds_a_script_a_style_or_a_handler(curator_client, pages):
    found = {page: INLINE.findall(curator_client.get(page).content.decode()) for page in pages}
    assert {page: inline for page, inline in found.items() if inline} == {}


@each(
    "hostile",
    ["<p style='x'>", "<style>p{}</style>", "<script>x</script>", '<a onclick="x">', '<a href="javascript:x">'],
)
def test_whatever_is_inline_is_seen(hostile):
    assert INLINE.search(hostile)


def test_a_visitor_is_asked_to_sign_in_where_everybody_does(visitor, pages):
    for page in pages:
        answer = visitor.get(page, follow=True)
        assert answer.redirect_chain[-1][0].startswith(reverse("account_login")), page


def test_who_is_no_curator_sees_no_page(charlie_client, pages):
    answers = {page: charlie_client.get(page, follow=True).status_code for page in pages}
    assert answers == dict.fromkeys(pages, 403)


def test_staff_without_permissions_curate_nothing(charlie, pages):
    charlie.is_staff = True
    charlie.save()
    client = signed_in(charlie)
    assert "may not curate anything" in client.get(reverse("admin:index")).content.decode()
    assert client.get(list_of(Article)).status_code == 403


def test_a_curator_works_on_articles_and_sources(curator_client, charlie, article):
    client = made_curator(curator_client, charlie)
    for page in (list_of(Article), address(article), list_of(Source), address(article.source)):
        assert client.get(page).status_code == 200
    assert act(client, "withdraw", article).status_code == 200
    assert Article.objects.get().status == "withdrawn"
    assert client.get(reverse("admin:newsreader_article_add")).url == reverse("add")


def test_a_curator_deletes_no_article_and_no_source(curator_client, charlie, article):
    client = made_curator(curator_client, charlie)
    assert client.post(address(article, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(address(article.source, "delete"), {"post": "yes"}).status_code == 403


def test_a_curator_sees_no_people(curator_client, charlie, alice):
    client = made_curator(curator_client, charlie)
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403
    assert client.get(address(alice)).status_code == 403


def test_a_curator_sees_highlights_tags_and_projects_of_public_projects_only(
    curator_client, charlie, project, tag, highlight
):
    client = made_curator(curator_client, charlie)
    rows = [project, tag, highlight, Event.objects.filter(project=project).first()]
    models = [Project, Tag, Highlight, Event]
    shown = [[row.pk for row in client.get(list_of(model)).context["cl"].result_list] for model in models]
    assert not any(row.pk in keys for row, keys in zip(rows, shown, strict=True))
    assert [client.get(address(row)).status_code for row in rows] == [302] * 4
    Project.objects.filter(pk=project.pk).update(public=True)
    assert [client.get(address(row)).status_code for row in rows] == [200] * 4


def test_the_admin_leads_back_to_the_site_and_the_site_to_the_admin(curator_client):
    assert 'href="/"' in curator_client.get(reverse("admin:index")).content.decode()
    assert f'href="{reverse("admin:index")}"' in curator_client.get("/").content.decode()


def test_the_admin_is_drawn_on_the_paper_that_was_chosen(curator_client, curator):
    curator_client.post(reverse("preferences"), {"theme": "sepia"})
    assert 'data-theme="sepia"' in curator_client.get(reverse("admin:index")).content.decode()

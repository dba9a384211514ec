"""Every page of the admin: it answers, only to those who may see it, and holds nothing inline."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from lxml import html

from annotations.models import Event, Highlight, Project, Tag
from cases import each
from conftest import signed_in
from curating import act, address, list_of
from markup import markup
from newsreader.models import Article, Source

LISTS = ["newsreader_article", "newsreader_source", "annotations_project", "annotations_tag", "annotations_highlight"]
LISTS += ["annotations_event", "auth_user", "auth_group"]
INLINE = re.compile(
    r"""<style|<script(?![^>]*\s(?:src=|type="application/json"))|<[^>]*\s(?:style|on\w+)\s*=|(?:href|src)=["']?(?:javascript|data):"""
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


def test_the_queue_of_the_worker_is_called_background_jobs(curator_client):
    page = curator_client.get(reverse("admin:index")).content.decode()
    assert "Background jobs" in page and "Task" not in page


def made_curator(curator_client, person):
    """A client of a person whom the admin's list of users made a curator."""
    act(curator_client, "make_curators", person)
    return signed_in(person)


def test_every_page_answers_whoever_runs_the_site(curator_client, pages):
    assert {page: curator_client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


HUGE = "9" * 30
LOOKUPS = [f"id__in={HUGE}", f"o={HUGE}", f"p={HUGE}", "q=%00", "_to_field=", "id__in=abc"]
YEARS = ["0", HUGE, "abc", "9999&{}__month=13", "9999&{}__month=12&{}__day=31"]


def list_lookups(client, name: str) -> list[str]:
    """Return query strings for each filter of a list of the admin, with values that no row can have."""
    changelist = client.get(reverse(f"admin:{name}_changelist")).context["cl"]
    filters = [field for spec in changelist.filter_specs for field in spec.expected_parameters()]
    lookups = [f"{field}={value}" for field in filters for value in (HUGE, "abc")]
    field = changelist.date_hierarchy
    return lookups + LOOKUPS + [f"{field}__year={year.format(field, field)}" for year in YEARS if field]


@each("name", LISTS)
def test_a_filter_with_a_value_that_no_row_can_have_breaks_no_list(curator_client, pages, name):
    curator_client.raise_request_exception = False
    page = reverse(f"admin:{name}_changelist")
    codes = {query: curator_client.get(f"{page}?{query}").status_code for query in list_lookups(curator_client, name)}
    assert {query: code for query, code in codes.items() if code not in (200, 302, 400)} == {}


@each(
    ("query", "sentence"),
    [
        ("published_at__year=0", "Open the list again and choose a filter there"),
        ("dated_at__year=0", "Ignored: a filter in the address is invalid"),
    ],
)
def test_a_filter_that_nobody_can_read_is_said_to_be_one(curator_client, article, query, sentence):
    assert sentence in curator_client.get(f"{list_of(Article)}?{query}", follow=True).content.decode()


def test_an_action_for_rows_that_cannot_be_is_refused(curator_client, article):
    answer = curator_client.post(list_of(Article), {"action": "withdraw", "_selected_action": HUGE})
    assert answer.status_code in (302, 400)  # PostgreSQL knows larger numbers
    assert Article.objects.get().status == "published"


@each("act", ["change", "delete"])
def test_a_page_named_by_no_field_is_a_bad_address(curator_client, article, act):
    assert curator_client.get(f"{address(article, act)}?_to_field=").status_code == 400


@each("key", ["abc", "9" * 30, "1/2"])
def test_no_page_of_ours_is_named_by_what_is_no_key(curator_client, key):
    for page in (f"/admin/newsreader/source/{key}/rules/", f"/admin/newsreader/article/{key}/unmerge/"):
        assert curator_client.post(page).status_code == 404, page
    assert curator_client.get(f"/admin/newsreader/source/{key}/rules/").status_code == 404


def test_no_page_holds_a_script_a_style_or_a_handler(curator_client, pages):
    found = {page: INLINE.findall(curator_client.get(page).content.decode()) for page in pages}
    assert {page: inline for page, inline in found.items() if inline} == {}


@each(
    "hostile",
    ["<p style='x'>", "<style>p{}</style>", "<script>x</script>", '<a onclick="x">', '<a href="javascript:x">'],
)
def test_whatever_is_inline_is_seen(hostile):
    assert INLINE.search(hostile)


def list_unlabelled(page: bytes) -> list[str]:
    """Return the fields of a page that no words name; a picture in a label is none."""
    tree = html.fromstring(page)
    labels = {label.get("for"): label for label in tree.iter("label")}
    fields = tree.xpath("//main//*[self::input or self::select or self::textarea]")
    kinds = ("hidden", "submit", "button", "reset")
    return [
        html.tostring(field, with_tail=False, encoding="unicode")[:200]
        for field in fields
        if field.get("type") not in kinds and not is_named(field, labels.get(field.get("id")), tree)
    ]


def is_named(field, label, tree) -> bool:
    """Return whether words name a field: its label, around it or elsewhere, or its own attributes."""
    around = next(field.iterancestors("label"), None)
    by = [tree.get_element_by_id(key) for key in (field.get("aria-labelledby") or "").split()]
    words = [element.text_content() for element in (label, around, *by) if element is not None]
    return bool("".join([field.get("aria-label") or "", *words]).strip())


def test_every_field_has_a_label_in_words(curator_client, pages):
    found = {page: list_unlabelled(curator_client.get(page).content) for page in pages}
    assert {page: fields for page, fields in found.items() if fields} == {}
    assert '<label for="searchbar">Search articles</label>' in markup(curator_client.get(list_of(Article)))


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
    assert "has no permissions here yet" in client.get(reverse("admin:index")).content.decode()
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

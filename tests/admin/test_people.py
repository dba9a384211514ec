"""Who may curate, in two clicks."""

from importlib import import_module

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from annotations.models import Event, Highlight, Project, Tag
from cases import each
from conftest import person, signed_in
from curating import act, address, filled, list_of, said, save
from newsreader.models import Article, Feed, Source


def permissions(user) -> set[str]:
    return type(user).objects.get(pk=user.pk).get_all_permissions()


def rights_of(group: Group) -> set[str]:
    return {f"{app}.{name}" for app, name in group.permissions.values_list("content_type__app_label", "codename")}


BOTH = {f"newsreader.{act}_{model}" for model in ("article", "source") for act in ("view", "add", "change")}
SEEN = {f"annotations.view_{model}" for model in ("project", "tag", "highlight", "event")}
FEEDS = {f"newsreader.{act}_feed" for act in ("view", "change", "delete")}
RIGHTS = BOTH | SEEN | FEEDS | {"annotations.delete_highlight"}


def test_the_group_is_there_before_anybody_curates(db):
    assert rights_of(Group.objects.get(name="Curators")) == RIGHTS


def test_the_migration_gives_the_group_what_the_admin_names(db):
    """On a database that has the permissions, and on one that is being made and has none yet; also a second time."""
    migration = import_module("annotations.migrations.0008_curators")
    feeds = import_module("newsreader.migrations.0008_feed_rights")
    for prepare in (Group.objects.all().delete, Permission.objects.all().delete, list):
        prepare()
        migration.make_group(apps, None)
        feeds.give_rights(apps, None)
        assert rights_of(Group.objects.get(name="Curators")) == RIGHTS, prepare
    names = set(Permission.objects.values_list("name", flat=True))
    assert {"Can add article", "Can view event"} <= names


def test_one_tick_makes_a_curator_who_can_do_the_work_and_nothing_else(curator_client, charlie, article, project):
    save(curator_client, charlie, curator="on")
    client = signed_in(User.objects.get(pk=charlie.pk))
    pasted = {
        "text": "One two three.\n\nFour five six.",
        "title": "A harbour",
        "source": "The Quay",
        "status": "published",
    }
    assert client.post(reverse("add"), pasted, follow=True).status_code == 200
    added = Article.objects.get(title="A harbour")
    save(client, added, title="Two harbours")
    added.refresh_from_db()
    assert added.title == "Two harbours"
    assert {page: client.get(page).status_code for page in pages_of_curators(added)} == dict.fromkeys(
        pages_of_curators(added), 200
    )
    lists = {model: client.get(list_of(model)).status_code for model in admin.site._registry}
    works_on = {Article, Feed, Source, Project, Tag, Highlight, Event}
    assert {model for model, code in lists.items() if code == 200} == works_on
    assert set(lists.values()) == {200, 403}
    assert client.get(project.get_absolute_url()).status_code == 404


def pages_of_curators(article) -> list[str]:
    """The pages that keeping an article takes."""
    acts = [address(article), address(article, "history"), address(article.source)]
    own = [article.get_absolute_url(), reverse("revisions", args=[article.slug])]
    return [*map(reverse, ["admin:index", "add", "admin:newsreader_source_add"]), *acts, *own]


def test_taking_the_tick_off_ends_it(curator_client, charlie):
    save(curator_client, charlie, curator="on")
    assert "checked" in curator_client.get(address(charlie)).content.decode().split('name="curator"')[1].split(">")[0]
    unticked = {name: value for name, value in filled(curator_client, charlie).items() if name != "curator"}
    curator_client.post(address(charlie), unticked)
    charlie.refresh_from_db()
    assert (charlie.is_staff, permissions(charlie)) == (False, set())


def test_saving_a_person_otherwise_leaves_the_tick(curator_client, charlie):
    save(curator_client, charlie, curator="on")
    save(curator_client, charlie, email="charlie@quay.example")
    assert permissions(charlie) == RIGHTS


@each("sent", [{"curator": "on"}, {}])
def test_who_keeps_accounts_and_is_no_superuser_makes_no_curators(alice, charlie, sent):
    keeper = User.objects.filter(username="keeper").first() or person("keeper", is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client = signed_in(keeper)
    assert 'name="curator"' not in client.get(address(charlie)).content.decode()
    save(client, charlie, **sent)
    act(client, "make_curators", charlie)
    assert permissions(charlie) == set()


def test_people_become_curators_from_the_list(curator_client, alice, bob):
    page = act(curator_client, "make_curators", alice, bob)
    alice.refresh_from_db()
    assert alice.is_staff
    assert [*alice.groups.values_list("name", flat=True)] == ["Curators"]
    assert "2 accounts can now curate" in said(page)


def test_a_curator_may_keep_articles_and_sources_and_look_at_the_rest(curator_client, alice):
    act(curator_client, "make_curators", alice)
    assert permissions(alice) == RIGHTS


def test_the_tick_is_off_where_somebody_is_in_the_group_and_not_on_the_staff(curator_client, alice):
    Group.objects.get(name="Curators").user_set.add(alice)
    assert "curator" not in filled(curator_client, alice)
    save(curator_client, alice, curator="on")
    alice.refresh_from_db()
    assert alice.is_staff


def test_people_curate_no_more(curator_client, alice, curator):
    act(curator_client, "make_curators", alice)
    act(curator_client, "dismiss_curators", alice)
    alice.refresh_from_db()
    assert not alice.is_staff
    assert permissions(alice) == set()


def test_who_runs_the_site_stays_on_the_staff(curator_client, curator):
    act(curator_client, "dismiss_curators", curator)
    curator.refresh_from_db()
    assert curator.is_staff


def test_there_is_one_group_of_curators(curator_client, alice, bob):
    act(curator_client, "make_curators", alice)
    act(curator_client, "make_curators", bob)
    assert Group.objects.filter(name="Curators").count() == 1


def test_a_person_is_shown_with_no_more_than_is_needed(curator_client, alice):
    page = curator_client.get(address(alice)).content.decode()
    assert 'name="username"' in page
    assert 'name="first_name"' not in page


def test_mail_addresses_have_no_list_of_their_own(curator_client):
    assert "emailaddress" not in curator_client.get(reverse("admin:index")).content.decode()


def test_the_page_of_a_person_speaks_of_people(curator_client, alice, highlight, project):
    page = curator_client.get(address(alice)).content.decode()
    assert "A password is set. Nobody can read it." in page
    assert "Harbour study</bdi>, owner" in page
    assert "1 highlight" in page
    assert not any(word in page for word in ("md5", "salt", "hash:", "iterations", "| Can add"))
    alice.set_unusable_password()
    alice.save()
    assert "No password is set." in curator_client.get(address(alice)).content.decode()


def test_who_keeps_accounts_reads_nothing_of_closed_projects(curator_client, alice, highlight, project):
    keeper = person("keeper", is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(codename__in=["view_user"]))
    page = signed_in(keeper).get(address(alice)).content.decode()
    assert str(project) not in page
    assert "None that you can see." in page
    assert "0 highlights" in page


def test_the_page_of_a_group_names_its_people(curator_client, alice):
    act(curator_client, "make_curators", alice)
    page = curator_client.get(address(Group.objects.get(name="Curators"))).content.decode()
    assert ">alice<" in page.replace("\n", "")

"""Who may curate, in two clicks."""

from django.contrib.auth.models import Group
from django.urls import reverse

from curating import act, address, said


def permissions(user) -> set[str]:
    return type(user).objects.get(pk=user.pk).get_all_permissions()


def test_people_become_curators_from_the_list(curator_client, alice, bob):
    page = act(curator_client, "make_curators", alice, bob)
    alice.refresh_from_db()
    assert alice.is_staff
    assert [*alice.groups.values_list("name", flat=True)] == ["Curators"]
    assert "2 may now curate" in said(page)


def test_a_curator_may_keep_articles_and_sources_and_look_at_the_rest(curator_client, alice):
    act(curator_client, "make_curators", alice)
    both = {f"newsreader.{act}_{model}" for model in ("article", "source") for act in ("view", "add", "change")}
    seen = {f"annotations.view_{model}" for model in ("project", "tag", "highlight", "event")}
    assert permissions(alice) == both | seen | {"annotations.delete_highlight"}


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
    assert Group.objects.count() == 1


def test_a_person_is_shown_with_no_more_than_is_needed(curator_client, alice):
    page = curator_client.get(address(alice)).content.decode()
    assert 'name="username"' in page
    assert 'name="first_name"' not in page


def test_mail_addresses_have_no_list_of_their_own(curator_client):
    assert "emailaddress" not in curator_client.get(reverse("admin:index")).content.decode()

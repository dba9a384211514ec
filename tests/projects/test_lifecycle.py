"""Leaving, handing over, restoring, archiving and deleting."""

import pytest
from django.utils import timezone

from annotations.models import Desk, Event, Highlight, Invitation, Membership, Placement, Project, Tag
from annotations.models.project_deletion import mark_deleted, remove_deleted_projects
from cases import each
from markup import markup

ABOUT = "/projects/harbour-study/"
MEMBERS = f"{ABOUT}members/"


def roles(project) -> dict[str, str]:
    return dict(project.memberships.values_list("user__username", "role"))


def test_a_member_leaves_after_being_asked(bob_client, bob, project):
    assert f'href="{ABOUT}leave/"' in markup(bob_client.get(MEMBERS))
    said = markup(bob_client.get(f"{ABOUT}leave/"))
    assert "Leave <bdi>Harbour study</bdi>?" in said and "You can no longer open the project." in said
    assert "bob" in roles(project)
    assert "You left “Harbour study”." in markup(bob_client.post(f"{ABOUT}leave/", follow=True))
    assert "bob" not in roles(project)
    assert bob_client.get(ABOUT).status_code == 404


def test_the_only_owner_cannot_leave(alice_client, project):
    assert "Leave project" not in markup(alice_client.get(MEMBERS))
    assert "you are an owner" in markup(alice_client.get(ABOUT))
    answer = alice_client.post(f"{ABOUT}leave/")
    assert answer.status_code == 422
    assert "A project needs an owner." in markup(answer)
    assert roles(project)["alice"] == "owner"


def test_an_owner_hands_over_and_stays_as_curator(alice_client, bob, project):
    alice_client.post(f"{MEMBERS}hand-over/", {"member": project.memberships.get(user=bob).pk})
    assert roles(project) == {"alice": "curator", "bob": "owner"}
    assert list(Event.objects.filter(verb="role changed").values_list("data__role", flat=True)) == ["owner", "curator"]


def test_a_project_is_handed_over_to_a_member_only(alice_client, alice, charlie, project):
    others = Project.objects.create_owned("Grain prices", owner=charlie).memberships.get()
    for key in (others.pk, project.memberships.get(user=alice).pk, "", "x"):
        assert alice_client.post(f"{MEMBERS}hand-over/", {"member": key}).status_code == 422
    assert roles(project)["alice"] == "owner"


def test_a_removed_member_is_listed_and_restored_in_their_role(alice_client, alice, bob, project):
    role = roles(project)["bob"]
    assert "Restore" not in markup(alice_client.get(MEMBERS))
    alice_client.post(f"{MEMBERS}{project.memberships.get(user=bob).pk}/remove/")
    said = markup(alice_client.get(MEMBERS))
    assert "<bdi>bob</bdi> was removed on" in said
    alice_client.post(f"{MEMBERS}restore/", {"user": bob.pk})
    assert roles(project)["bob"] == role
    assert "was removed on" not in markup(alice_client.get(MEMBERS))


@each("key", ["", "x", "0", "999999"])
def test_nobody_is_restored_who_was_no_member(alice_client, charlie, project, key):
    for user in (key, charlie.pk):
        assert alice_client.post(f"{MEMBERS}restore/", {"user": user}).status_code == 404
    assert set(roles(project)) == {"alice", "bob"}


def test_only_owners_see_who_is_gone(bob_client, alice, charlie, project):
    project.add_member(charlie, "coder", by=alice)
    project.memberships.get(user=charlie).remove(by=alice)
    assert "charlie" not in markup(bob_client.get(MEMBERS))


@pytest.fixture
def archived(project, alice) -> Project:
    project.archive(by=alice)
    return project


def test_an_archived_project_is_read_and_exported(bob_client, archived, highlight):
    for page in ("", "tags/", "passages/", "desk/", "charts/", "export/?format=csv"):
        assert bob_client.get(f"{ABOUT}{page}").status_code == 200, page
    assert "This project was archived on" in markup(bob_client.get(ABOUT))


def test_nothing_changes_in_an_archived_project(alice_client, alice, highlight, tag, project):
    project.archive(by=alice)
    note, sent = highlight.note, {"version": highlight.version, "note": "changed", "tags": ""}
    assert alice_client.post(f"/highlights/{highlight.pk}/edit/", sent).status_code in {403, 404}
    assert alice_client.post(f"/highlights/{highlight.pk}/delete/", sent).status_code in {403, 404}
    assert alice_client.post(f"{ABOUT}tags/add/", {"name": "New"}).status_code == 403
    highlight.refresh_from_db()
    assert (highlight.note, highlight.deleted_at) == (note, None)
    assert Tag.objects.filter(project=project).count() == 1


def test_of_an_archived_project_only_the_members_change(alice_client, alice, bob, charlie, archived):
    about, members = markup(alice_client.get(ABOUT)), markup(alice_client.get(MEMBERS))
    assert "Only its members can still be changed, by an owner." in about
    assert 'name="about"' not in about and "Unarchive project" in about
    assert "Invitation links" not in members and "Add a member" in members
    sent = {"name": "Other", "about": "Other", "imprint": archived.fingerprint}
    link = archived.invitations.create(role="coder", made_by=alice, expires_at=timezone.now(), max_uses=1)
    invite = {"role": "coder", "days": "7", "max_uses": "1"}
    for address, fields in {
        "": sent,
        "invitations/": invite,
        f"invitations/{link.pk}/revoke/": {},
        f"invitations/{link.pk}/renew/": {},
    }.items():
        answer = alice_client.post(f"{ABOUT}{address}", fields)
        assert answer.status_code == 403 and "This project is archived" in markup(answer), address
    assert Project.objects.get(pk=archived.pk).name == "Harbour study"
    assert list(archived.invitations.values_list("revoked_at", flat=True)) == [None]
    alice_client.post(MEMBERS, {"user": "charlie", "role": "viewer"})
    alice_client.post(MEMBERS, {"member": archived.memberships.get(user=bob).pk, "role": "owner"})
    assert roles(archived) == {"alice": "owner", "bob": "owner", "charlie": "viewer"}
    alice_client.post(f"{ABOUT}leave/")
    assert roles(archived) == {"bob": "owner", "charlie": "viewer"}


def test_an_edit_from_before_the_archive_is_not_undone(alice_client, alice, project):
    project.edit(project.fingerprint, by=alice, about="Newer")
    edited = Event.objects.get(verb="project edited")
    project.archive(by=alice)
    alice_client.post(f"{ABOUT}history/undo/", {"event": edited.pk})
    assert Project.objects.get(pk=project.pk).about == "Newer"


def test_who_archives_or_deletes_is_told_where_they_work_now(alice_client, alice, project):
    other = Project.objects.personal_project(alice)
    now = f"Your current project is now “{other}”."
    assert now in markup(alice_client.post(f"{ABOUT}archive/", {"archived": "1"}, follow=True))
    page = markup(alice_client.post(f"{ABOUT}archive/", follow=True))
    assert "is now your current project" in page
    assert Project.objects.current_for(alice) == project
    assert now in markup(alice_client.post(f"{ABOUT}delete/", {"name": "harbour study"}, follow=True))


def test_an_archived_project_is_no_longer_current(alice_client, alice, archived):
    other = Project.objects.personal_project(alice)
    assert Project.objects.current_for(alice) == other
    said = markup(alice_client.get("/projects/"))
    assert said.index('id="archived"') < said.index("Harbour study")
    asked = {"switch": "passages", "current": other.slug}
    assert "Harbour study" not in markup(alice_client.get("/projects/", asked, headers={"hx-request": "true"}))


def test_an_owner_archives_and_opens_again(alice_client, bob_client, project):
    alice_client.post(f"{ABOUT}archive/", {"archived": "1"})
    assert bob_client.post(f"{ABOUT}archive/").status_code == 403
    assert Project.objects.get(pk=project.pk).archived_at
    alice_client.post(f"{ABOUT}archive/")
    assert Project.objects.get(pk=project.pk).archived_at is None
    assert alice_client.post(f"{ABOUT}tags/add/", {"name": "New", "colour": "1"}).status_code == 302


def test_a_project_is_deleted_only_after_its_name_was_typed(alice_client, project):
    said = markup(alice_client.get(f"{ABOUT}delete/"))
    assert "Type the name of the project to confirm" in said
    assert "Delete <bdi>Harbour study</bdi>?" in said
    assert f'href="{ABOUT}export/"' in said
    for name in ("", "Harbour"):
        assert alice_client.post(f"{ABOUT}delete/", {"name": name}).status_code == 422
    assert alice_client.get(ABOUT).status_code == 200


def test_a_deleted_project_is_gone_for_everybody_at_once(alice_client, bob_client, visitor, project, highlight):
    Project.objects.filter(pk=project.pk).update(public=True)
    answer = alice_client.post(f"{ABOUT}delete/", {"name": "harbour study"}, follow=True)
    assert "“Harbour study” was deleted." in markup(answer)
    for client in (alice_client, bob_client, visitor):
        assert client.get(ABOUT).status_code == 404
        assert client.get(f"/highlights/{highlight.pk}/").status_code == 404
        assert "Harbour study" not in markup(client.get("/projects/"))


def test_a_new_project_may_have_the_address_of_a_deleted_one(alice, project):
    mark_deleted(project, by=alice)
    assert Project.objects.create_owned("Harbour study", owner=alice).get_absolute_url() == ABOUT


def test_the_worker_removes_a_deleted_project_and_nothing_else(alice, project, highlight, tag, revision):
    other = Project.objects.create_owned("Grain prices", owner=alice)
    Highlight.objects.make(project=other, revision=revision, author=alice, start=0, end=9)
    Desk.objects.create_desk(project, "Cranes", "columns=article", by=alice).pins.create(
        project=project, highlight=highlight, position=0
    )
    mark_deleted(project, by=alice)
    assert Highlight.objects.filter(project=project.pk).exists()
    remove_deleted_projects()
    for model in (Highlight, Placement, Tag, Desk, Event, Membership, Invitation):
        assert not model._default_manager.filter(project=project.pk).exists(), model
    assert not Project.objects.filter(pk=project.pk).exists()
    assert Highlight.objects.filter(project=other).exists()
    assert Membership.objects.filter(project=other).exists()


def test_a_personal_project_is_neither_archived_nor_deleted(alice_client, alice):
    address = Project.objects.personal_project(alice).get_absolute_url()
    assert alice_client.post(f"{address}archive/", {"archived": "1"}).status_code == 403
    assert alice_client.get(f"{address}delete/").status_code == 403
    assert alice_client.post(f"{address}delete/", {"name": "alice’s reading"}).status_code == 403
    assert "archive/" not in markup(alice_client.get(address))

"""Two owners at once: each acts on the members as they were a moment before."""

import pytest

from annotations.errors import LastOwnerError, MemberExistsError, MemberGoneError
from annotations.models import Membership, Role
from annotations.projects.forms import HandOverForm, MemberForm, RoleForm


@pytest.fixture
def read_before(project, alice, bob) -> dict[str, Membership]:
    """The memberships as a second owner read them, before Alice handed the project over to Bob."""
    members = {user.username: project.memberships.get(user=user) for user in (alice, bob)}
    project.memberships.get(user=alice).hand_over_to(project.memberships.get(user=bob))
    return members


def roles(project) -> dict[str, str]:
    return dict(project.memberships.values_list("user__username", "role"))


def test_who_became_the_only_owner_meanwhile_is_not_removed(project, alice, read_before):
    with pytest.raises(LastOwnerError):
        read_before["bob"].remove(by=alice)
    with pytest.raises(LastOwnerError):
        read_before["bob"].change_role(Role.VIEWER, by=alice)
    assert roles(project) == {"alice": "curator", "bob": "owner"}


def test_who_is_no_owner_any_more_hands_nothing_over(project, charlie, read_before):
    project.memberships.create(user=charlie, role=Role.CODER)
    form = HandOverForm({"member": project.memberships.get(user=charlie).pk}, owner=read_before["alice"])
    assert form.is_valid() and not form.save()
    assert form.errors["member"] == ["Another owner changed the members. Check them and try again."]
    assert roles(project) == {"alice": "curator", "bob": "owner", "charlie": "coder"}


def test_a_member_who_was_removed_meanwhile_is_removed_once_and_gets_no_role(project, alice, bob):
    read = project.memberships.get(user=bob)
    project.memberships.get(user=bob).remove(by=alice)
    with pytest.raises(MemberGoneError):
        read.remove(by=alice)
    form = RoleForm({"role": Role.CURATOR}, member=read)
    assert form.is_valid() and not form.save(alice)
    assert form.reason() == "That person is no member any more."
    assert roles(project) == {"alice": "owner"}
    assert project.events.filter(verb="member removed").count() == 1


def test_somebody_whom_another_owner_added_meanwhile_is_a_member_once(project, alice, charlie):
    form = MemberForm({"user": "charlie", "role": "coder"}, project=project)
    assert form.is_valid()
    project.add_member(charlie, "viewer", by=alice)
    assert not form.save(alice)
    assert form.errors["user"] == ["charlie is already a member."]
    assert roles(project)["charlie"] == "viewer"
    with pytest.raises(MemberExistsError):
        project.add_member(charlie, "coder", by=alice)

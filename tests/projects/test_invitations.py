"""Invitation links: who can use one, how often, how long, and what whoever opens it reads."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from annotations.models import Event, Invitation, Project
from cases import each
from markup import markup

INVITATIONS = "/projects/harbour-study/invitations/"
MEMBERS = "/projects/harbour-study/members/"
SIGNUP = "/accounts/signup/"


def invite(project, alice, *, days: int = 7, **fields) -> Invitation:
    expires_at = timezone.now() + timedelta(days=days)
    return Invitation.objects.create_invitation(project, by=alice, expires_at=expires_at, **fields)


def sent(**fields) -> dict:
    return {"role": "coder", "days": "7", "max_uses": "1", "label": ""} | fields


@pytest.fixture
def invitation(project, alice) -> Invitation:
    return invite(project, alice)


def roles(project) -> dict[str, str]:
    return dict(project.memberships.values_list("user__username", "role"))


def test_an_owner_makes_a_link_that_the_page_shows(alice_client, project):
    alice_client.post(INVITATIONS, sent(role="viewer", days="30", max_uses="5", label="Seminar"))
    made = Invitation.objects.get()
    assert (made.role, made.max_uses, made.label) == ("viewer", 5, "Seminar")
    assert timedelta(days=29) < made.expires_at - timezone.now() <= timedelta(days=30)
    said = markup(alice_client.get(MEMBERS))
    assert f'href="http://testserver/join/{made.token}/"' in said
    assert "Seminar" in said
    assert "30 days left" in said


@each("field", ["role", "days", "max_uses"])
def test_a_link_takes_only_what_is_offered(alice_client, project, field):
    assert alice_client.post(INVITATIONS, sent(**{field: "owner"})).status_code == 422
    assert not Invitation.objects.exists()


def test_a_link_is_of_owners_alone(bob_client, charlie_client, visitor, project, invitation):
    assert bob_client.post(INVITATIONS, sent()).status_code == 403
    assert charlie_client.post(INVITATIONS, sent()).status_code == 404
    assert invitation.token not in markup(bob_client.get(MEMBERS))
    assert bob_client.post(f"{INVITATIONS}{invitation.pk}/revoke/").status_code == 403
    assert Invitation.objects.get().state == "open"


def test_a_project_has_at_most_fifty_open_links(alice_client, alice, project):
    for _ in range(50):
        invite(project, alice)
    answer = alice_client.post(INVITATIONS, sent())
    assert answer.status_code == 422
    assert "at most 50 open links" in markup(answer)
    assert Invitation.objects.count() == 50


def test_whoever_has_the_link_joins_in_its_role_and_works_there(charlie_client, charlie, project, invitation):
    said = markup(charlie_client.get(invitation.get_absolute_url()))
    assert "<bdi>alice</bdi> invites you to join this project as a coder." in said
    assert "charlie" not in roles(project)
    answer = charlie_client.post(invitation.get_absolute_url(), follow=True)
    assert "You joined “Harbour study” as a coder." in markup(answer)
    assert roles(project)["charlie"] == "coder"
    assert Project.objects.current_for(charlie) == project
    assert "member joined" in Event.objects.values_list("verb", flat=True)
    invitation.refresh_from_db()
    assert (invitation.uses, list(invitation.used_by.all()), invitation.state) == (1, [charlie], "used")


def test_a_visitor_is_led_to_sign_in_and_back(visitor, project, invitation):
    address = invitation.get_absolute_url()
    said = markup(visitor.get(address))
    assert f'href="/accounts/login/?next={address}"' in said
    assert visitor.post(address).headers["Location"] == f"/accounts/login/?next={address}"


def test_an_invitation_opens_sign_up_on_a_closed_site(visitor, project, invitation):
    address = invitation.get_absolute_url()
    assert "Sign-up is closed" in markup(visitor.get(SIGNUP))
    page = markup(visitor.get(SIGNUP, {"next": address}))
    assert "Create account" in page
    assert "you join the project “<bdi>Harbour study</bdi>”" in page and "the characters @ . + - _" in page
    form = {"username": "eve", "password1": "correct horse", "password2": "correct horse", "next": address}
    answer = visitor.post(SIGNUP, form, follow=True)
    assert answer.redirect_chain[-1][0] == "/projects/harbour-study/"
    assert roles(project)["eve"] == "coder"
    assert Invitation.objects.get().uses == 1


@each("next_page", ["/join/unknown/", "/join/", "/", "https://elsewhere.example/join/x/"])
def test_no_other_address_opens_sign_up(visitor, project, invitation, next_page):
    form = {"username": "eve", "password1": "correct horse", "password2": "correct horse", "next": next_page}
    assert "Sign-up is closed" in markup(visitor.post(SIGNUP, form))
    assert not User.objects.filter(username="eve").exists()


ENDED = {"expired": "has expired", "revoked": "was revoked", "used": "has no uses left"}


def end(invitation, way: str) -> None:
    now, later = timezone.now(), invitation.expires_at
    Invitation.objects.filter(pk=invitation.pk).update(
        expires_at=now if way == "expired" else later,
        revoked_at=now if way == "revoked" else None,
        uses=1 if way == "used" else 0,
    )


@each("way", list(ENDED))
def test_an_ended_link_says_why_and_lets_nobody_in(charlie_client, visitor, project, invitation, way):
    end(invitation, way)
    address = invitation.get_absolute_url()
    for answer in (charlie_client.get(address), charlie_client.post(address)):
        assert f"This invitation {ENDED[way]}. Ask for a new link." in markup(answer)
        assert "<bdi>alice</bdi>" in markup(answer)
    assert charlie_client.post(address).status_code == 409
    assert "charlie" not in roles(project)
    assert "Sign-up is closed" in markup(visitor.get(SIGNUP, {"next": address}))


def test_a_link_that_does_not_exist_is_not_found(charlie_client, visitor, db):
    assert charlie_client.get("/join/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
    assert visitor.post("/join/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_a_member_keeps_their_role_and_takes_no_use(bob_client, project, alice):
    invitation = invite(project, alice, role="curator")
    before = roles(project)
    assert "already a member" in markup(bob_client.post(invitation.get_absolute_url(), follow=True))
    assert roles(project) == before
    assert Invitation.objects.get().uses == 0


def test_somebody_who_was_removed_needs_an_owner_to_come_back(bob_client, bob, alice, project, invitation):
    project.memberships.get(user=bob).remove(by=alice)
    answer = bob_client.post(invitation.get_absolute_url())
    assert answer.status_code == 409
    assert "You were removed from this project. Only an owner can add you again." in markup(answer)
    assert "bob" not in roles(project)


def test_somebody_who_left_can_come_back(bob_client, bob, project, invitation):
    project.memberships.get(user=bob).remove(by=bob)
    bob_client.post(invitation.get_absolute_url())
    assert roles(project)["bob"] == "coder"


def test_a_revoked_link_is_recorded_once(alice_client, project, invitation):
    for _ in range(2):
        alice_client.post(f"{INVITATIONS}{invitation.pk}/revoke/")
    assert Invitation.objects.get().state == "revoked"
    assert list(Event.objects.values_list("verb", flat=True)).count("invitation revoked") == 1


def test_an_archived_project_takes_nobody_in(charlie_client, visitor, alice, project, invitation):
    project.archive(by=alice)
    answer = charlie_client.post(invitation.get_absolute_url())
    assert answer.status_code == 409
    assert "archived and takes no new members" in markup(answer)
    assert "Sign-up is closed" in markup(visitor.get(SIGNUP, {"next": invitation.get_absolute_url()}))
    assert "charlie" not in roles(project)


def test_reading_an_invitation_changes_nothing(charlie_client, visitor, project, invitation):
    events = Event.objects.count()
    for client in (charlie_client, visitor):
        client.get(invitation.get_absolute_url())
    invitation.refresh_from_db()
    assert (invitation.uses, Event.objects.count(), len(roles(project))) == (0, events, 2)


def test_a_link_that_ended_is_created_again_in_one_click(alice_client, bob_client, alice, project):
    ended = invite(project, alice, days=-1, role="viewer", label="Seminar", max_uses=5)
    Invitation.objects.filter(pk=ended.pk).update(made_at=timezone.now() - timedelta(days=8))
    address = f"{INVITATIONS}{ended.pk}/renew/"
    assert f'action="{address}"' in markup(alice_client.get(MEMBERS))
    assert bob_client.post(address).status_code == 403
    page = markup(alice_client.post(address, follow=True))
    assert "A new link for a viewer was created." in page
    made = Invitation.objects.exclude(pk=ended.pk).get()
    assert (made.role, made.label, made.max_uses, made.state, made.days_left) == ("viewer", "Seminar", 5, "open", 7)
    assert made.token != ended.token
    assert f'action="{INVITATIONS}{made.pk}/renew/"' not in page
    ended.refresh_from_db()
    assert ended.state == "expired"
    assert Event.objects.filter(project=project, verb="invitation made", actor=alice).count() == 2


def test_a_link_is_not_created_again_while_it_is_open_or_where_nothing_changes(
    alice_client, alice, project, invitation
):
    def say(link: Invitation) -> str:
        return markup(alice_client.post(f"{INVITATIONS}{link.pk}/renew/", follow=True))

    assert "Only a link that ended" in say(invitation)
    invitation.revoke(by=alice)
    for _ in range(50):
        invite(project, alice)
    assert "at most 50 open links" in say(invitation)
    Project.objects.get(pk=project.pk).archive(by=alice)
    assert "This project is archived" in say(invitation)
    assert Invitation.objects.count() == 51

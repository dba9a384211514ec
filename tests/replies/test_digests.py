"""The daily mail, sent to a mail server on this machine: who gets it, what it says, and that nobody gets two on a day."""

import re
import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.management.commands.db_worker import clean_up_jobs
from annotations.models import Digest, Highlight, Notification, Reply, Role, Thread
from annotations.replies.digests import send_digests
from cases import each
from conftest import person, signed_in
from markup import markup
from newsreader.mail_settings import parse_email_url
from newsreader.models import Article, Preferences
from smtp import MailServer, receiving
from working import run_queued_tasks


def write(highlight: Highlight, author, text: str) -> Reply:
    return Reply.objects.make(Thread.objects.of_highlight(highlight), author=author, text=text)


@pytest.fixture
def server(settings) -> MailServer:
    with receiving() as server:
        for name, value in parse_email_url(f"smtp://127.0.0.1:{server.port}").items():
            setattr(settings, name, value)
        settings.NEWSREADER_MAIL, settings.NEWSREADER_SITE = True, "https://reader.example"
        yield server


@pytest.fixture
def cleo(project):
    """A viewer who wants the daily mail."""
    cleo = person("cleo", email="cleo@example.org")
    project.memberships.create(user=cleo, role=Role.VIEWER)
    Preferences.objects.create(user=cleo, daily_mail=True)
    return cleo


def read(server: MailServer) -> list[tuple[str, str]]:
    return [(mail["to"], mail.get_content().replace("\r\n", "\n")) for mail in server.mails]


def test_whoever_asked_for_it_gets_what_is_new(server, bob, cleo, article, highlight):
    reply = write(highlight, bob, "Look, @cleo, at *this*")
    assert send_digests() == 1
    [(to, text)] = read(server)
    assert to == "cleo@example.org"
    assert server.mails[0]["subject"] == "Newsreader: 1 new item for you"
    assert "See everything: https://reader.example/for-you/" in text
    assert (
        "bob mentioned you\n  Look, @cleo, at this\n  “reopened on Monday”\n  Harbour reopens (Harbour study)\n" in text
    )
    assert f"https://reader.example/replies/{reply.pk}/" in text
    assert "https://reader.example/preferences/#mail" in text
    assert server.mails[0]["list-unsubscribe"] == "<https://reader.example/preferences/#mail>"


def test_nobody_gets_two_on_a_day_or_the_same_thing_twice(server, bob, cleo, highlight):
    write(highlight, bob, "@cleo, the first")
    send_digests()
    write(highlight, bob, "@cleo, the second")
    assert send_digests() == send_digests() == 0
    assert send_digests(timezone.localdate() + timedelta(days=1)) == 1
    assert ["the first" in text for _, text in read(server)] == [True, False]
    assert ["the second" in text for _, text in read(server)] == [False, True]
    assert send_digests(timezone.localdate() + timedelta(days=2)) == 0


def test_what_one_may_no_longer_see_is_in_no_mail(server, alice, bob, cleo, project, highlight):
    kept, gone = write(highlight, bob, "@cleo, this stays"), write(highlight, bob, "@cleo, this goes")
    gone.hide(by=bob)
    Notification.objects.filter(reply=kept).update(read_at=None)
    send_digests()
    [(_, text)] = read(server)
    assert ("this stays" in text, "this goes" in text) == (True, False)
    later = timezone.localdate() + timedelta(days=1)
    write(highlight, bob, "@cleo, again")
    Article.objects.update(status="withdrawn")
    assert send_digests(later) == 0
    Article.objects.update(status="published")
    project.memberships.get(user=cleo).remove(by=alice)
    assert send_digests(later) == 0
    assert not Digest.objects.filter(day=later).exists()


def test_nobody_else_gets_one(server, alice, bob, cleo, highlight):
    Preferences.objects.update(daily_mail=False)
    write(highlight, bob, "@cleo")
    assert send_digests() == 0
    Preferences.objects.update(daily_mail=True)
    cleo.email = ""
    cleo.save()
    assert send_digests() == 0
    cleo.email, cleo.is_active = "cleo@example.org", False
    cleo.save()
    assert send_digests() == 0
    Notification.objects.all().mark_read()
    assert server.mails == []


def test_a_mail_that_was_refused_is_tried_again(server, bob, cleo, highlight):
    write(highlight, bob, "@cleo")
    server.refused.add("cleo@example.org")
    assert send_digests() == 0
    server.refused.clear()
    assert send_digests() == 1


def test_a_mail_server_that_is_away_is_said_and_nothing_is_lost(server, settings, bob, cleo, highlight):
    write(highlight, bob, "@cleo")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(CommandError, match="The mail server does not take the mails"):
        call_command("send_digests")
    settings.EMAIL_PORT = port
    call_command("send_digests", verbosity=0)
    assert len(server.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_send_one(server, bob, cleo, highlight):
    write(highlight, bob, "@cleo")
    barrier, numbers = threading.Barrier(2), []

    def send() -> None:
        barrier.wait()
        numbers.append(send_digests())
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [0, 1]
    assert len(server.mails) == 1


def test_the_worker_sends_them_and_comes_back(server, bob, cleo, highlight):
    write(highlight, bob, "@cleo")
    clean_up_jobs()
    clean_up_jobs()
    run_queued_tasks()
    assert len(server.mails) == 1
    [waiting] = DBTaskResult.objects.filter(finished_at=None, task_path__contains="digests")
    assert timedelta(minutes=55) < waiting.run_after - timezone.now() <= timedelta(hours=1)


def test_without_a_mail_server_there_is_nothing_to_switch_on(alice_client, alice):
    alice.email = "alice@example.org"
    alice.save()
    page = markup(alice_client.get("/preferences/"))
    assert "This site sends no e-mail." in page
    assert 'name="daily_mail"' not in page
    alice_client.post("/preferences/mail/", {"daily_mail": "on"})
    assert not Preferences.objects.filter(daily_mail=True).exists()
    with pytest.raises(CommandError, match="EMAIL_URL is not set"):
        call_command("send_digests")


def send_form(client, **values):
    return client.post("/preferences/mail/", {"password": "correct horse"} | values, follow=True)


def test_a_reader_switches_the_mail_on_and_off(settings, alice_client, alice, visitor):
    settings.NEWSREADER_MAIL = True
    said = markup(send_form(alice_client, daily_mail="on", email="alice@example.org"))
    assert "E-mail address saved. You will get the daily mail." in said
    assert 'value="alice@example.org"' in said
    alice.refresh_from_db()
    assert (alice.email, Preferences.objects.get(user=alice).daily_mail) == ("alice@example.org", True)
    alice_client.post("/preferences/", {"theme": "dark", "keys": "on"})
    assert Preferences.objects.get(user=alice).daily_mail
    assert ">You will get no daily mail." in markup(send_form(alice_client))
    alice.refresh_from_db()
    assert (alice.email, Preferences.objects.get(user=alice).daily_mail) == ("alice@example.org", False)
    assert "Daily mail" not in markup(visitor.get("/preferences/"))


def test_an_address_that_is_removed_or_replaced_leads_nowhere(settings, alice_client, alice):
    settings.NEWSREADER_MAIL = True
    for now in ("new@example.org", ""):
        EmailAddress.objects.create(user=alice, email="old@example.org", primary=True)
        send_form(alice_client, daily_mail="on", email=now)
        alice.refresh_from_db()
        assert (alice.email, Preferences.objects.get(user=alice).daily_mail) == (now, bool(now))
        assert not EmailAddress.objects.exists()


@each("email", ["nonsense", "BOB@example.org", ""])
def test_an_address_that_cannot_be_taken_is_refused_and_stays_in_the_form(settings, alice_client, alice, bob, email):
    settings.NEWSREADER_MAIL = True
    User.objects.filter(pk=bob.pk).update(email="bob@example.org")
    answer = send_form(alice_client, daily_mail="on", email=email)
    assert answer.status_code == 422
    assert 'id="id_email_error"' in markup(answer)
    assert f'value="{email}"' in markup(answer) or not email
    assert re.search(r'name="daily_mail"[^>]* checked', answer.content.decode())
    assert User.objects.get(pk=alice.pk).email == ""
    assert not Preferences.objects.filter(daily_mail=True).exists()


def test_an_invitation_is_mailed_with_its_link(server, alice_client, project):
    sent = {"role": "coder", "days": "7", "max_uses": "1", "label": "", "email": "eve@example.org"}
    said = markup(alice_client.post("/projects/harbour-study/invitations/", sent, follow=True))
    assert "The link was created and sent to eve@example.org." in said
    [(to, text)] = read(server)
    assert to == "eve@example.org"
    assert server.mails[0]["subject"].strip() == "Newsreader: alice invites you to “Harbour study”"
    [link] = re.findall(r"http://testserver(/join/\S+)", text)
    assert signed_in(person("eve")).post(link).status_code == 302
    assert project.memberships.filter(user__username="eve", role="coder").exists()


def test_an_invitation_whose_mail_fails_is_there_all_the_same(server, alice_client, project):
    server.refused.add("eve@example.org")
    sent = {"role": "coder", "days": "7", "max_uses": "1", "label": "", "email": "eve@example.org"}
    said = markup(alice_client.post("/projects/harbour-study/invitations/", sent, follow=True))
    assert "the mail was not sent" in said
    assert project.invitations.count() == 1
    answer = alice_client.post("/projects/harbour-study/invitations/", sent | {"email": "nonsense"})
    assert "That is not an e-mail address." in markup(answer)
    assert project.invitations.count() == 1


def test_without_a_mail_server_an_invitation_asks_for_no_address(alice_client, project):
    assert 'name="email"' not in markup(alice_client.get("/projects/harbour-study/members/"))


def test_an_address_is_changed_with_the_password_alone(settings, alice, alice_client):
    settings.NEWSREADER_MAIL = True
    sent = {"email": "new@example.org", "daily_mail": "on"}
    for password in ("", "wrong"):
        assert "Enter your password to change the address." in markup(
            send_form(alice_client, **sent, password=password)
        )
    alice.refresh_from_db()
    assert alice.email == ""
    send_form(alice_client, **sent)
    alice.refresh_from_db()
    assert alice.email == "new@example.org"
    assert alice_client.post("/preferences/mail/", {"email": "new@example.org"}).status_code == 302

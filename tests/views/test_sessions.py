from importlib import import_module

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session as DjangoSession
from django.db import connection

from newsreader.models import Preferences, Session

migration = import_module("newsreader.migrations.0004_session")


def is_signed_in(client) -> bool:
    return 'action="/accounts/logout/"' in client.get("/help/").content.decode()


def test_session_user_and_preferences_come_in_one_query(alice_client, alice, project, django_assert_num_queries):
    Preferences.objects.create(user=alice, theme="sepia")
    assert is_signed_in(alice_client)  # from now on the number of passages to review is known
    with django_assert_num_queries(2):  # the second finds the project
        page = alice_client.get("/help/").content.decode()
    assert 'data-theme="sepia"' in page


def test_a_session_ends_with_its_password(alice_client, alice):
    alice.set_password("another one")
    alice.save()
    assert not is_signed_in(alice_client)


def test_a_session_ends_with_its_account(alice_client, bob_client, alice, bob):
    assert is_signed_in(alice_client)
    assert is_signed_in(bob_client)
    get_user_model().objects.filter(pk=alice.pk).update(is_active=False)
    assert not is_signed_in(alice_client)
    key = bob_client.session.session_key
    bob.delete()
    assert not Session.objects.filter(pk=key).exists()
    assert not is_signed_in(bob_client)


def test_who_signs_out_is_out_with_a_copy_of_the_cookie_too(alice_client, client):
    client.cookies["sessionid"] = alice_client.cookies["sessionid"].value
    assert is_signed_in(client)
    alice_client.post("/accounts/logout/")
    assert not is_signed_in(alice_client)
    assert not is_signed_in(client)


def test_nobody_is_taken_for_the_user_of_the_row_alone(alice_client, bob):
    Session.objects.filter(pk=alice_client.session.session_key).update(user=bob)
    page = alice_client.get("/help/").content.decode()
    assert "<summary>alice<" in page
    assert "<summary>bob<" not in page


def test_who_was_signed_in_before_the_upgrade_stays_signed_in(alice_client, visitor, alice):
    key = alice_client.session.session_key
    session = Session.objects.get(pk=key)
    old = {"session_data": session.session_data, "expire_date": session.expire_date}
    DjangoSession.objects.create(session_key=key, **old)
    DjangoSession.objects.create(session_key="e" * 32, **old | {"session_data": "damaged"})
    session.delete()
    assert not is_signed_in(alice_client)
    migration.take_over(apps, connection.schema_editor())
    alice_client.cookies["sessionid"] = key
    assert is_signed_in(alice_client)
    assert Session.objects.get(pk=key).user == alice
    assert not DjangoSession.objects.exists()

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from annotations.models import Project
from cases import each

NO_ROOM = {"MAX_ENTRIES": 3, "MAX_BYTES": 300}  # of any cache
LOGIN = "/accounts/login/"
CHECKED = "password. After five failed attempts"


def sign_in(client, name="alice", password="correct horse", **fields):
    return client.post(LOGIN, {"login": name, "password": password, **fields})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_reader_signs_in_by_name(visitor, alice):
    assert sign_in(visitor)["Location"] == "/"
    assert is_signed_in(visitor)


def test_a_reader_signs_in_by_mail_address(visitor, alice):
    get_user_model().objects.filter(pk=alice.pk).update(email="alice@example.org")
    sign_in(visitor, "alice@example.org")
    assert is_signed_in(visitor)


def test_signing_in_leads_back_to_where_one_was(visitor, alice, article):
    assert sign_in(visitor, next=article.get_absolute_url())["Location"] == article.get_absolute_url()


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "abc", "account_login", "/" + "x" * 20_000],
)
def test_signing_in_never_leads_to_another_site_or_nowhere(visitor, alice, away):
    assert sign_in(visitor, next=away)["Location"] == "/"


def test_a_wrong_password_is_explained_in_words(visitor, alice):
    page = sign_in(visitor, password="wrong").content.decode()
    assert "Wrong user name or password" in page
    assert page.count('aria-describedby="wrong') == 2
    assert not is_signed_in(visitor)


def test_an_unknown_name_is_answered_just_as_a_wrong_password(visitor, alice):
    known, unknown = sign_in(visitor, password="wrong"), sign_in(visitor, "nobody", "wrong")
    told = [
        re.search(r'role="alert">.*?<span>(.*?)</span>', answer.content.decode(), re.S)[1]
        for answer in (known, unknown)
    ]
    assert told[0] == told[1]


def test_after_five_failed_tries_even_the_right_password_waits(visitor, alice):
    for _ in range(5):
        sign_in(visitor, password="wrong")
    page = sign_in(visitor).content.decode()
    assert "Wait ten minutes" in page
    assert not is_signed_in(visitor)


def count_checked(client, guesses: int, before_each=lambda n: None, login=lambda n: "alice", **headers) -> int:
    """How many of so many wrong passwords are looked at, rather than refused unread."""
    answers = []
    for n in range(guesses):
        before_each(n)
        answers.append(client.post(LOGIN, {"login": login(n), "password": f"wrong {n}"}, **headers))
    return sum(CHECKED in answer.content.decode() for answer in answers)


def test_a_flood_of_pages_lets_nobody_guess_more_often(visitor, alice, settings):
    Project.objects.create_owned("Harbour study", owner=alice, public=True)
    settings.CACHES = {name: parts | {"OPTIONS": NO_ROOM} for name, parts in settings.CACHES.items()}

    def flood(guess: int) -> None:
        for n in range(3):
            visitor.get("/", {"q": f"word{guess}x{n}"})

    assert count_checked(visitor, 8, flood) == 5


def test_however_many_tries_there_are_the_first_ones_stay_counted(visitor, alice, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2000/m/ip", "login_failed": "5/10m/key"}
    settings.CACHES = {name: parts | {"OPTIONS": NO_ROOM} for name, parts in settings.CACHES.items()}
    assert count_checked(visitor, 6, lambda n: sign_in(visitor, f"nobody{n}", "wrong")) == 5


def test_another_port_in_the_host_s_name_gives_no_more_guesses(visitor, alice):
    assert sum(count_checked(visitor, 1, HTTP_HOST=f"localhost:{8000 + n}") for n in range(8)) == 5


def test_the_mail_address_of_an_account_gives_no_more_guesses(visitor, alice):
    get_user_model().objects.filter(pk=alice.pk).update(email="alice@example.org")
    assert count_checked(visitor, 8, login=lambda n: ["alice", "Alice@example.org", "ALICE"][n % 3]) == 5


def test_the_pause_of_one_name_does_not_stop_another(visitor, alice, bob):
    for _ in range(6):
        sign_in(visitor, password="wrong")
    sign_in(visitor, "bob")
    assert is_signed_in(visitor)


def test_one_stays_signed_in_only_where_one_asks_for_it(visitor, alice):
    sign_in(visitor)
    assert visitor.session.get_expire_at_browser_close()
    visitor.logout()
    sign_in(visitor, remember="on")
    assert not visitor.session.get_expire_at_browser_close()


def test_signing_out_is_a_form_and_not_a_link(alice_client):
    alice_client.get("/accounts/logout/")
    assert is_signed_in(alice_client)
    alice_client.post("/accounts/logout/")
    assert not is_signed_in(alice_client)


def test_nobody_signs_up_where_it_is_not_opened(visitor):
    assert "Sign-up is closed" in visitor.get("/accounts/signup/").content.decode()
    visitor.post("/accounts/signup/", {"username": "eve", "password1": "correct horse", "password2": "correct horse"})
    assert not get_user_model().objects.exists()


def test_who_signs_up_where_it_is_open_is_signed_in_and_has_a_project(visitor, settings):
    settings.NEWSREADER_SIGNUP = True
    visitor.post("/accounts/signup/", {"username": "eve", "password1": "correct horse", "password2": "correct horse"})
    visitor.get("/")
    assert Project.objects.get(personal=True).memberships.get().user.username == "eve"


def test_a_mail_address_belongs_to_one_account(visitor, alice, settings):
    settings.NEWSREADER_SIGNUP = True
    get_user_model().objects.filter(pk=alice.pk).update(email="alice@example.org")
    form = {"username": "eve", "email": "alice@example.org", "password1": "correct horse", "password2": "correct horse"}
    assert "already exists" in visitor.post("/accounts/signup/", form).content.decode()


def test_a_password_is_changed_by_who_knows_the_present_one(alice_client, alice):
    form = {"oldpassword": "correct horse", "password1": "a new battery", "password2": "a new battery"}
    alice_client.post("/accounts/password/change/", form)
    alice.refresh_from_db()
    assert alice.check_password("a new battery")
    assert is_signed_in(alice_client)


def test_a_password_is_not_changed_by_who_does_not(alice_client, alice):
    form = {"oldpassword": "wrong", "password1": "a new battery", "password2": "a new battery"}
    assert "not your current password" in alice_client.post("/accounts/password/change/", form).content.decode()


def test_a_visitor_who_wants_to_change_a_password_is_asked_to_sign_in(visitor):
    assert visitor.get("/accounts/password/change/")["Location"].startswith(LOGIN)


def test_who_forgot_the_password_is_told_whom_to_ask_where_no_mail_is_sent(visitor, settings):
    settings.NEWSREADER_MAIL, settings.NEWSREADER_CONTACT = False, "desk@example.org"
    page = visitor.get("/accounts/password/reset/").content.decode()
    assert "cannot send e-mail" in page
    assert "desk@example.org" in page


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(visitor, alice, settings):
    settings.NEWSREADER_MAIL = True
    get_user_model().objects.filter(pk=alice.pk).update(email="alice@example.org")
    visitor.post("/accounts/password/reset/", {"email": "alice@example.org"})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    form = visitor.get(link)["Location"]
    visitor.post(form, {"password1": "a new battery", "password2": "a new battery"})
    alice.refresh_from_db()
    assert alice.check_password("a new battery")
    assert "This link has expired" in visitor.get(link, follow=True).content.decode()


def test_an_address_that_nobody_has_is_sent_nothing(visitor, db, settings):
    settings.NEWSREADER_MAIL = True
    answer = visitor.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert "If an account has that address" in answer.content.decode()
    assert mail.outbox == []


def test_the_admin_has_no_sign_in_of_its_own(visitor):
    assert visitor.get("/admin/", follow=True).request["PATH_INFO"] == LOGIN


def test_who_is_no_curator_is_told_so_by_the_admin(alice_client):
    assert alice_client.get("/admin/", follow=True).status_code == 403


@each("page", ["login", "signup", "inactive", "password/reset", "password/reset/sent", "password/reset/done"])
def test_every_account_page_has_the_layout_of_the_site(visitor, page):
    answer = visitor.get(f"/accounts/{page}/")
    assert answer.status_code == 200
    assert 'class="gate"' in answer.content.decode()


@each("page", ["email", "confirm-email", "login/code/confirm", "reauthenticate"])
def test_pages_that_nobody_needs_are_not_there(visitor, page):
    assert visitor.get(f"/accounts/{page}/").status_code == 404

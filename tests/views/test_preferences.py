import pytest

from cases import each
from newsreader.models import Preferences

CHOICE = {"theme": "dark", "font": "sans", "size": "large", "measure": "wide", "leading": "loose"}
PAGES = ["/preferences/", "/help/", "/about/"]


def opening(client, page="/about/") -> str:
    """The opening tag of the page, which carries the settings."""
    return client.get(page).content.decode().partition("<head>")[0]


def test_a_reader_s_settings_are_kept_in_the_account(alice_client, alice):
    answer = alice_client.post("/preferences/", CHOICE | {"keys": "on", "next": "/about/"})
    assert answer["Location"] == "/about/"
    kept = Preferences.objects.get(user=alice)
    assert (kept.theme, kept.font, kept.size, kept.measure, kept.leading, kept.keys) == (*CHOICE.values(), True)


def test_settings_are_in_the_page_when_it_arrives(alice_client):
    alice_client.post("/preferences/", CHOICE)
    for name, value in CHOICE.items():
        assert f'data-{name}="{value}"' in opening(alice_client)
    assert 'data-keys="off"' in opening(alice_client)


def test_a_visitor_s_settings_are_kept_in_a_cookie_for_a_year(visitor):
    cookie = visitor.post("/preferences/", CHOICE).cookies["reading"]
    assert (cookie["max-age"], cookie["samesite"]) == (60 * 60 * 24 * 365, "Lax")
    assert 'data-theme="dark"' in opening(visitor)
    assert 'data-keys="off"' in opening(visitor)


def test_a_visitor_can_go_back_to_the_site_s_own_settings(visitor):
    visitor.post("/preferences/", CHOICE)
    visitor.post("/preferences/", {"keys": "on"})
    assert "data-" not in opening(visitor)


def test_one_reader_s_settings_are_not_another_s(alice_client, bob_client):
    alice_client.post("/preferences/", CHOICE)
    assert "data-theme" not in opening(bob_client)


def test_htmx_is_answered_without_a_page(visitor):
    answer = visitor.post("/preferences/", CHOICE, HTTP_HX_REQUEST="true")
    assert answer.status_code == 204
    assert "reading" in answer.cookies


@each("name", CHOICE)
def test_what_is_no_choice_is_refused_and_kept_nowhere(alice_client, name):
    answer = alice_client.post("/preferences/", CHOICE | {name: "purple"})
    assert answer.status_code == 400
    assert "not one of the options" in answer.content.decode()
    assert not Preferences.objects.exists()


def test_a_forged_cookie_does_nothing(visitor):
    visitor.cookies["reading"] = 'theme="><script>&font=sans'
    assert "<script>" not in opening(visitor)


@each("away", ["https://evil.example/", "//evil.example/"])
def test_the_way_back_never_leads_to_another_site(visitor, away):
    assert visitor.post("/preferences/", {"next": away})["Location"] == "/preferences/"


@each("page", PAGES)
def test_everyone_may_read_the_pages_that_explain(visitor, alice_client, page):
    assert [visitor.get(page).status_code, alice_client.get(page).status_code] == [200, 200]


@pytest.mark.parametrize("page", ["/help/", "/about/"])
def test_pages_that_explain_are_only_read(visitor, page):
    assert visitor.post(page).status_code == 405


def test_preferences_are_not_deleted_or_put(visitor):
    assert visitor.delete("/preferences/").status_code == 405


def test_about_says_who_runs_it(visitor, settings):
    settings.NEWSREADER_CONTACT = "desk@example.org"
    assert 'href="mailto:desk@example.org"' in visitor.get("/about/").content.decode()


def test_about_leads_to_every_licence(visitor):
    page = visitor.get("/about/").content.decode()
    assert page.count("LICENSE-") == 4


def test_a_page_has_no_settings_but_the_way_to_them_and_its_menu_asks_for_the_form(alice_client, alice):
    Preferences.objects.update_or_create(user=alice, defaults={"theme": "sepia"})
    page = alice_client.get("/").content.decode()
    assert 'name="theme"' not in page
    assert '<a href="/preferences/">Preferences</a>' in page
    form = alice_client.get("/preferences/", headers={"hx-request": "true"})
    assert form.content.decode().startswith('<form class="settings"')
    assert 'value="sepia" checked' in form.content.decode()
    assert "HX-Request" in form["Vary"]

"""A full disk: everybody goes on reading, and who wants to save is told why that fails and loses nothing."""

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from annotations.models import Highlight
from conftest import signed_in
from fulldisk import on_full_disk
from newsreader.models import Preferences
from routes import fill_in, is_admin, list_routes

NOTE = 'Which "pier"?\n\n<b>Ask</b> & tell'
FULL = "The disk of this server is full"


@pytest.fixture
def _file_cache(settings, tmp_path):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}


@pytest.fixture
def highlighting(project, article) -> tuple[str, dict]:
    """The address and the fields of a highlight with a note."""
    fields = {"revision": 1, "start": 4, "end": 11, "exact": article.current().text[4:11], "note": NOTE}
    return f"{article.get_absolute_url()}highlights/", fields | {"project": project.slug, "tags": "a"}


def get_all(clients: dict[str, Client], addresses: dict[str, str]) -> dict[str, int]:
    """Return the status of every address for everybody who may ask for it."""
    statuses = {}
    for route, address in addresses.items():
        for name in ["curator"] if is_admin(route) else ["visitor", "member"]:
            answer = clients[name].get(address)
            list(answer)
            statuses[f"{name} {address}"] = answer.status_code
    return statuses


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_file_cache")
def test_every_page_answers(route_parts, alice, curator):
    clients = {"visitor": Client(), "member": signed_in(alice), "curator": signed_in(curator)}
    routes = [route for route in dict.fromkeys(list_routes()) if route not in ("/readyz", "/<url>")]
    addresses = {route: fill_in(route, route_parts) for route in routes}
    statuses = on_full_disk(lambda: get_all(clients, addresses))
    assert {address: status for address, status in statuses.items() if status >= 500} == {}
    assert list(statuses.values()).count(200) > 90


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_saved_is_kept_on_the_page_and_can_be_sent_again(alice_client, alice, highlighting):
    address, fields = highlighting

    def save() -> list:
        sent = alice_client.post(address, fields), alice_client.post("/preferences/", {"theme": "dark"})
        return [(answer.status_code, answer["Retry-After"], answer.content.decode()) for answer in sent]

    (status, retry, page), (other_status, _, other_page) = on_full_disk(save)
    assert (status, retry, other_status, FULL in page, FULL in other_page) == (503, "60", 503, True, True)
    assert not Highlight.objects.exists() and not Preferences.objects.filter(theme="dark").exists()
    [form] = html.fromstring(page).forms
    assert "Note" in form.text_content()
    alice_client.post(form.action, dict(form.form_values()))
    assert Highlight.objects.get().note == NOTE


@pytest.mark.django_db(transaction=True)
def test_a_search_index_that_fills_the_disk_says_so_too(alice_client, highlighting):
    address, fields = highlighting
    notes = [" ".join(f"word{number}x{word}" for word in range(300)) for number in range(6)]
    for note in notes[:5]:
        assert alice_client.post(address, fields | {"note": note}).status_code == 302
    assert on_full_disk(lambda: alice_client.post(address, fields | {"note": notes[5]}).status_code) == 503
    assert Highlight.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_htmx_gets_one_line_and_leaves_the_form_as_it_is(alice_client, highlighting):
    def save() -> list:
        answer = alice_client.post(*highlighting, headers={"hx-request": "true"})
        return [answer.status_code, answer["HX-Reswap"], answer.content.decode()]

    status, swap, said = on_full_disk(save)
    assert (status, swap) == (503, "none")
    assert FULL in said and "<html" not in said


@pytest.mark.django_db(transaction=True)
def test_who_wants_to_sign_in_is_told_so_and_sent_no_password_back(alice):
    def sign_in() -> list:
        answer = Client().post("/accounts/login/", {"login": "alice", "password": "correct horse"})
        return [answer.status_code, answer.content.decode()]

    status, page = on_full_disk(sign_in)
    assert (status, FULL in page, "correct horse" in page) == (503, True, False)


@pytest.mark.django_db(transaction=True)
def test_whether_the_site_is_ready_says_so(visitor):
    def ask() -> list:
        return [(answer.status_code, answer.content.decode()) for answer in [visitor.get("/readyz")]]

    [[status, said]] = on_full_disk(ask)
    assert status == 503
    assert said.startswith("the disk is full")
    assert visitor.get("/readyz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_an_upload_that_has_no_room_is_refused_and_leaves_nothing(alice_client, project):
    data = b'[{"uri": "http://x.example/", "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "a"}]}]}]'

    def upload() -> list:
        file = {"file": SimpleUploadedFile("x.json", data)}
        answer = alice_client.post(f"/projects/{project.slug}/import/", file)
        return [answer.status_code, answer.content.decode()]

    status, page = on_full_disk(upload)
    assert (status, FULL in page, "Files and passwords have to be entered again" in page) == (503, True, True)
    assert list((django_settings.DATA_DIR / "imports").iterdir()) == []

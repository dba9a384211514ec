"""Where somebody else writes for too long: who wants to write is told to try again, and loses nothing."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from lxml import html

from annotations.models import Highlight
from databases import busy
from newsreader import urls

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = 'Which "pier"?\n\n<b>Ask</b> & tell'


def keeps_session(request):
    request.session["visited"] = True
    return HttpResponse("kept")


def breaks(request):
    raise OperationalError("disk I/O error")


urlpatterns = [*urls.urlpatterns, path("keeps/", keeps_session), path("breaks/", breaks)]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def highlighting(project, article) -> tuple[str, dict]:
    """The address and the fields of a highlight with a note."""
    fields = {"revision": 1, "start": 4, "end": 11, "exact": article.current().text[4:11], "note": NOTE}
    return f"{article.get_absolute_url()}highlights/", fields | {"project": project.slug, "tags": ["a", "b"]}


def test_a_form_is_kept_and_can_be_sent_again(alice_client, highlighting):
    address, fields = highlighting
    with busy():
        answer = alice_client.post(address, fields)
        assert (answer.status_code, answer["Retry-After"], Highlight.objects.count()) == (503, "5", 0)
        assert "Newsreader is busy" in answer.content.decode()
    [form] = html.fromstring(answer.content).forms
    sent = {name: form.inputs[name].value for name in ("revision", "start", "end", "exact", "project", "note")}
    tags = [value for name, value in form.form_values() if name == "tags"]
    assert (form.action, form.method, tags) == (address, "POST", ["a", "b"])
    alice_client.post(form.action, sent | {"tags": tags})
    assert (Highlight.objects.get().note, Highlight.objects.get().tags.count()) == (NOTE, 2)


def test_htmx_gets_one_line_and_leaves_the_form_as_it_is(alice_client, highlighting):
    with busy():
        answer = alice_client.post(*highlighting, headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Reswap"], answer["Retry-After"]) == (503, "none", "5")
    assert "Newsreader is busy" in answer.content.decode() and "<html" not in answer.content.decode()


def test_who_reads_notices_nothing(alice_client, article, project):
    with busy():
        assert alice_client.get(article.get_absolute_url()).status_code == 200
        assert alice_client.get(f"/projects/{project.slug}/passages/").status_code == 200


def test_no_password_is_sent_back(alice):
    with busy():
        answer = Client().post("/accounts/login/", {"login": "alice", "password": "correct horse"})
    assert (answer.status_code, "correct horse" in answer.content.decode()) == (503, False)
    assert "Go back" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_a_session_that_cannot_be_kept_is_answered_in_the_same_way(alice_client):
    alice_client.raise_request_exception = False
    with busy():
        answer = alice_client.get("/keeps/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert alice_client.get("/keeps/").content == b"kept"


@pytest.mark.urls(__name__)
def test_another_fault_of_the_database_is_a_fault():
    assert Client(raise_request_exception=False).get("/breaks/").status_code == 500


def test_nobody_waits_for_a_lock_longer_than_a_server_lets_a_request_take():
    ask = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}[connection.vendor]
    with connection.cursor() as cursor:
        assert str(cursor.execute(ask).fetchone()[0]) in ("10000", "10s")

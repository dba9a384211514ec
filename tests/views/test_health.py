import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from cases import each
from newsreader import urls
from newsreader.views import health


def breaks(request):
    raise RuntimeError("broken on purpose")


def takes(request):
    return HttpResponse(request.POST.get("words", ""))


def fails(request, code):
    raise {400: SuspiciousOperation, 403: PermissionDenied, 404: Http404, 500: RuntimeError}[code]


urlpatterns = [
    *urls.urlpatterns,
    path("breaks/", breaks),
    path("takes/", takes),
    path("fails/<int:code>/", fails),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def test_the_process_says_it_is_alive_without_a_database():
    assert Client().get("/healthz").content == b"alive\n"


def test_the_site_is_ready_when_every_migration_is_done(visitor):
    assert visitor.get("/readyz").status_code == 200


def test_the_site_is_not_ready_while_a_migration_waits(visitor):
    loader = MigrationLoader(connection)
    [latest] = loader.graph.leaf_nodes("annotations")
    for migration in [latest, *loader.disk_migrations[latest].replaces[-1:]]:
        MigrationRecorder(connection).record_unapplied(*migration)
    answer = visitor.get("/readyz")
    assert (answer.status_code, b"to do" in answer.content) == (503, True)


def test_a_page_that_is_not_there_says_so_in_the_site_s_layout(visitor):
    answer = visitor.get("/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert "css/site.css" in answer.content.decode()


def test_a_form_without_its_token_is_said_to_be_too_old(db):
    answer = Client(enforce_csrf_checks=True).post("/preferences/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_when_something_breaks_the_page_says_so_without_asking_the_database():
    answer = Client(raise_request_exception=False).get("/breaks/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


WITHOUT_FILES = {"BACKEND": "newsreader.staticfiles.Storage"}
TITLES = {
    400: "Bad request",
    403: "You don’t have access to this page",
    404: "Page not found",
    500: "Something went wrong",
}


@pytest.mark.urls(__name__)
@each(("code", "headers"), [(code, headers) for code in TITLES for headers in ({}, {"hx-request": "true"})])
def test_an_error_page_needs_no_query_string_database_session_or_collected_file(code, headers, settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": WITHOUT_FILES}
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "s" * 32  # asks for a session, and this test has no database
    answer = client.get(f"/fails/{code}/?{'&' * 2001}", headers=headers)
    assert answer.status_code == code
    assert TITLES[code] in answer.content.decode()


@each("method", ["get", "post"])
def test_more_fields_than_are_read_are_said_to_be_too_many(visitor, method):
    fields = "&".join(f"tag={n}" for n in range(2001))
    sent = {"data": fields, "content_type": "application/x-www-form-urlencoded"} if method == "post" else {}
    answer = getattr(visitor, method)("/preferences/" if sent else f"/?{fields}", **sent)
    assert answer.status_code == 400
    assert "more values than Newsreader reads" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_htmx_gets_one_line_and_its_page_stays():
    answer = Client(raise_request_exception=False).get("/breaks/", HTTP_HX_REQUEST="true")
    assert answer["HX-Reswap"] == "none"
    assert 'hx-swap-oob="beforeend"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.urls(__name__)
def test_too_much_at_once_is_said_to_be_too_much(visitor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = visitor.post("/takes/", {"words": "x" * 200}, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "Upload too large" in answer.content.decode()


def test_a_name_that_is_not_ours_is_a_bad_request(visitor):
    answer = visitor.get("/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "Bad request" in answer.content.decode()


def test_too_many_tries_are_said_to_be_too_many():
    answer = health.too_many_requests(RequestFactory().get("/"))
    assert answer.status_code == 429
    assert "Wait ten minutes" in answer.content.decode()

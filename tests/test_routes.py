"""Every address of the site as people and machines ask for it: nothing breaks, and no shared cache keeps a page."""

import re
from pathlib import Path

from django.db import transaction
from django.test import Client

from annotations.models import Project
from conftest import signed_in
from routes import PLACEHOLDER, fill_in, is_admin, list_routes

HOUSE = Path(__file__).resolve().parent.parent
READ_IN_CODE = re.compile(r"""(?:GET|POST|query|parameters|filters|data)(?:\.(?:get|getlist)\(|\[)\s*"([\w-]+)\"""")
NAMED_IN_TEMPLATE = re.compile(r"""<(?:input|select|textarea|button)\b[^>]*\bname="([\w-]+)\"""")
READ_ELSEWHERE = {"next", "first", "last", "start", "end", "row", "column", "tag", "any", "not", "source", "language"}
READ_BY_ADMIN = {"o", "p", "q", "e", "all", "term", "app_label", "model_name", "field_name"}
READ_BY_ADMIN |= {"_popup", "_to_field", "_facets", "_changelist_filters"}
HOSTILE = ["a%00b", "%ED%A0%80%FF", "9" * 30, "", "%22((", "abc", "0000-00-00", "-1"]
HOSTILE_PARTS = ["a%00b", "9" * 30, "ffffffff-ffff-7fff-bfff-ffffffffffff"]


def list_parameters() -> list[str]:
    """Return the names of all fields that the code reads or a template sends."""
    code = [path.read_text() for app in ("newsreader", "annotations") for path in (HOUSE / app).rglob("*.py")]
    pages = [path.read_text() for path in (HOUSE / "templates").rglob("*.html")]
    found = {name for text in code for name in READ_IN_CODE.findall(text)}
    found |= {name for page in pages for name in NAMED_IN_TEMPLATE.findall(page)}
    return sorted(found | READ_ELSEWHERE | READ_BY_ADMIN)


PARAMETERS = list_parameters()


def make_query(turn: int) -> str:
    """Return a query in which every parameter is given twice; in another turn each has other values."""
    pairs = [
        (name, HOSTILE[(number + turn + more) % len(HOSTILE)])
        for more in (3, 0)
        for number, name in enumerate(PARAMETERS)
    ]
    return "&".join(f"{name}={value}" for name, value in pairs)


def ask(client: Client, address: str) -> list[str]:
    """Return what is wrong with the answer; whatever asking changed is as it was."""
    with transaction.atomic():
        answer = client.get(address)
        list(answer)
        transaction.set_rollback(True)
    faults = [] if answer.status_code < 500 else [str(answer.status_code)]
    return faults if "private" in answer.get("Cache-Control", "") else [*faults, "not private"]


def test_no_value_of_any_parameter_breaks_any_page_and_no_shared_cache_keeps_one(route_parts, alice, curator):
    turns = {"visitor": 1, "member": 2, "curator": 1}
    clients = {"visitor": Client(), "member": signed_in(alice), "curator": signed_in(curator)}
    found = {}
    for number, route in enumerate(dict.fromkeys(list_routes())):
        for name in ["curator"] if is_admin(route) else ["visitor", "member"]:
            clients[name].raise_request_exception = False
            for turn in range(turns[name]):
                address = f"{fill_in(route, route_parts)}?{make_query(number + turn)}"
                if faults := ask(clients[name], address):
                    found[name, address] = faults
    assert found == {}


PAGES_OF_FORMS = {  # by the routes that only take forms: the page to which reading their address leads
    "/articles/<words:slug>/revisions/refetch/": "/articles/<words:slug>/revisions/",
    "/articles/<words:slug>/state/": "/articles/<words:slug>/",
    "/articles/<words:slug>/highlights/": "/articles/<words:slug>/",
    "/feeds/<int:pk>/state/": "/feeds/<int:pk>/",
    "/feeds/<int:pk>/refresh/": "/feeds/<int:pk>/",
    "/imports/<uuid:pk>/retry/": "/imports/<uuid:pk>/",
    "/imports/<uuid:pk>/cancel/": "/imports/<uuid:pk>/",
    "/searches/": "/",
    "/highlights/<uuid:pk>/ends/": "/highlights/<uuid:pk>/",
    "/highlights/<uuid:pk>/placement/": "/highlights/<uuid:pk>/",
    "/highlights/<uuid:pk>/delete/": "/highlights/<uuid:pk>/",
    "/highlights/<uuid:pk>/restore/": "/highlights/<uuid:pk>/",
    "/highlights/<uuid:pk>/replies/state/": "/highlights/<uuid:pk>/replies/",
    "/projects/<words:slug>/notes/<words:article>/state/": "/projects/<words:slug>/notes/<words:article>/",
    "/preferences/mail/": "/preferences/",
    "/for-you/read/": "/for-you/",
    "/replies/<uuid:pk>/delete/": "/replies/<uuid:pk>/",
    "/replies/<uuid:pk>/restore/": "/replies/<uuid:pk>/",
    "/projects/<words:slug>/use/": "/projects/<words:slug>/",
    "/projects/<words:slug>/tags/<uuid:pk>/move/": "/projects/<words:slug>/tags/<uuid:pk>/",
    "/projects/<words:slug>/tags/<uuid:pk>/status/": "/projects/<words:slug>/tags/<uuid:pk>/",
    "/projects/<words:slug>/tags/lines/": "/projects/<words:slug>/tags/",
    "/projects/<words:slug>/tags/<uuid:pk>/examples/": "/projects/<words:slug>/tags/<uuid:pk>/",
    "/projects/<words:slug>/agreement/compute/": "/projects/<words:slug>/agreement/",
    "/projects/<words:slug>/export/prepare/": "/projects/<words:slug>/export/",
    "/projects/<words:slug>/desk/keep/": "/projects/<words:slug>/desk/",
    "/projects/<words:slug>/desk/pin/": "/projects/<words:slug>/desk/",
    "/projects/<words:slug>/desk/<uuid:pk>/edit/": "/projects/<words:slug>/desk/<uuid:pk>/",
    "/projects/<words:slug>/desk/<uuid:pk>/pins/<uuid:highlight>/": "/projects/<words:slug>/desk/<uuid:pk>/",
    "/projects/<words:slug>/changed/keep/": "/projects/<words:slug>/changed/",
    "/projects/<words:slug>/rules/<uuid:pk>/delete/": "/projects/<words:slug>/",
    "/projects/<words:slug>/layer/": "/projects/<words:slug>/",
    "/projects/<words:slug>/archive/": "/projects/<words:slug>/",
    "/projects/<words:slug>/history/undo/": "/projects/<words:slug>/history/",
    "/projects/<words:slug>/invitations/": "/projects/<words:slug>/",
    "/projects/<words:slug>/invitations/<int:pk>/renew/": "/projects/<words:slug>/",
    "/projects/<words:slug>/invitations/<int:pk>/revoke/": "/projects/<words:slug>/",
    "/projects/<words:slug>/members/hand-over/": "/projects/<words:slug>/members/",
    "/projects/<words:slug>/members/restore/": "/projects/<words:slug>/members/",
}


def test_reading_an_address_that_only_takes_forms_leads_to_its_page(route_parts, alice_client):
    addresses = {route: fill_in(route, route_parts) for route in dict.fromkeys(list_routes()) if not is_admin(route)}
    taking = [route for route, address in addresses.items() if alice_client.options(address).get("Allow") == "POST"]
    assert sorted(taking) == sorted(PAGES_OF_FORMS)
    faults = {}
    for route in taking:
        page = f"{addresses[PAGES_OF_FORMS[route]]}?tag=a"
        way = [address for address, _ in alice_client.get(f"{addresses[route]}?tag=a", follow=True).redirect_chain]
        if page not in way or way.index(page) > 1:
            faults[route] = way
    assert faults == {}


def test_signing_in_after_a_form_was_sent_leads_to_its_page(visitor, alice, project):
    Project.objects.filter(pk=project.pk).update(public=True)
    sent = visitor.post("/highlights/01a2235d-0000-7000-8000-000000000000/delete/")
    assert sent.url.endswith("?next=/highlights/01a2235d-0000-7000-8000-000000000000/delete/")
    signed = {"login": "alice", "password": "correct horse", "next": f"/projects/{project.slug}/members/"}
    answer = visitor.post("/accounts/login/", signed, follow=True)
    assert [address for address, _ in answer.redirect_chain][-1] == f"/projects/{project.slug}/members/"
    assert answer.status_code == 200


def test_no_cookie_breaks_a_page(visitor):
    visitor.raise_request_exception = False
    cookies = "; ".join(f'{name}="aaaaaaaa\\000b"' for name in ("sessionid", "csrftoken", "messages", "reading"))
    assert visitor.get("/", headers={"cookie": cookies}).status_code == 200


def test_no_part_of_any_address_breaks_its_page(curator):
    client = signed_in(curator)
    client.raise_request_exception = False
    routes = [route for route in dict.fromkeys(list_routes()) if PLACEHOLDER.search(route) and is_of_its_own(route)]
    addresses = [PLACEHOLDER.sub(part, route) for route in routes for part in HOSTILE_PARTS]
    assert {address: faults for address in addresses if (faults := ask(client, address))} == {}


def is_of_its_own(route: str) -> bool:
    """Return whether a route is more than the same page of the admin for other rows."""
    return not is_admin(route) or "/article/" in route or "/highlight/" in route or route.count("/") < 4

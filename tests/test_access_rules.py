"""Who gets which page, and may send which form: every address for every role, in every state of an article and a project.

The rules are written here once more, and not taken from the code.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.safestring import SafeString

from annotations.models import Desk, Event, Highlight, Pin, Project, Reply, Role
from conftest import person, signed_in
from newsreader.models import Article, RateLimitEntry
from routes import fill_in, is_admin, list_routes

pytestmark = pytest.mark.usefixtures("without_contexts")

HTMX = {"hx-request": "true"}
VISITOR, STAFF = "visitor", ("staff", "superuser")
MEMBERS = ("viewer", "coder", "author", "curator", "owner")
ROLES = (VISITOR, "stranger", "former member", *MEMBERS, *STAFF)
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
OUTSIDE_PAGES = (VISITOR, "owner", "staff", "superuser")  # who tries the admin and the pages of accounts
REFUSED = (401, 403, 404)
READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK")  # how statements begin that change nothing
# What somebody needs for an act: the roles that have it.
RIGHTS = {
    "": ROLES,
    "account": ROLES[1:],
    "staff": STAFF,
    "read": MEMBERS,
    "highlight": MEMBERS[1:],
    "desk": MEMBERS[1:],
    "codebook": MEMBERS[3:],
    "adjudicate": MEMBERS[3:],
    "articles": MEMBERS[3:],
    "manage": MEMBERS[4:],
    "highlight in the current project": tuple(role for role in ROLES[1:] if role != "viewer"),
    "be its author": ("author",),
    "review": MEMBERS[2:],
}


class World(NamedTuple):
    """In what state the article is, and whether the project is public."""

    status: str
    public: bool

    def has(self, role: str, thing: str) -> bool:
        """Return whether somebody of a role may know of a thing."""
        article = {"published": True, "private": role in MEMBERS}.get(self.status, role in STAFF)
        project = self.public or role in MEMBERS
        owned = role == "owner"
        return {
            "": True,
            "article": article,
            "project": project,
            "highlight": article and project,
            "article, then project": article and (project or role == VISITOR),
            "feed": role in STAFF,
            "own": owned,
            "own in project": project and owned,
        }[thing]


class Rule(NamedTuple):
    """What somebody must know of and have the right to, and how the answer is numbered then.

    Who may not know of it gets 404; who lacks the right 403, a visitor the sign-in page: before all else with `early`.
    """

    thing: str
    right: str = ""
    ok: int = 200
    early: bool = False
    then: str = ""  # what somebody with the right must also know of
    removed: int = 0  # what somebody who was removed is answered instead

    def expects(self, role: str, world: World) -> int:
        """Return the status of the answer; 401 is the sign-in page."""
        if self.early and role == VISITOR:
            return 401
        if not world.has(role, self.thing):
            return 404
        if role not in RIGHTS[self.right]:
            return 401 if role == VISITOR else 403
        if role == "former member" and self.removed:
            return self.removed
        return self.ok if world.has(role, self.then) else 404


FORM_ONLY = Rule("", ok=302)  # reading it leads to its page
PROJECT, ARTICLE, OWN = Rule("project"), Rule("article"), Rule("highlight", "be its author", early=True)
FEED = Rule("feed", early=True)
REPLY = Rule("highlight", "be its author")  # the author of the highlight wrote the reply, too
PAGES = {
    "/": Rule(""),
    "/articles/add/": Rule("", "account", early=True),
    "/articles/<words:slug>/": ARTICLE,
    "/articles/<words:slug>/revisions/<int:number>/": ARTICLE,
    "/articles/<words:slug>/revisions/": ARTICLE,
    "/articles/<words:slug>/revisions/<int:old>..<int:new>/": ARTICLE._replace(ok=302),
    "/articles/<words:slug>/revisions/refetch/": FORM_ONLY,
    "/articles/<words:slug>/copies/": ARTICLE,
    "/articles/<words:slug>/copies/<words:other>/": ARTICLE._replace(ok=302),
    "/articles/<words:slug>/state/": FORM_ONLY,
    "/articles/<words:slug>/neighbours/": ARTICLE,
    "/articles/<words:slug>/newer/": ARTICLE._replace(ok=302),
    "/articles/<words:slug>/older/": ARTICLE._replace(ok=302),
    "/articles/<words:slug>/highlights/": FORM_ONLY,
    "/articles/<words:slug>/sentences/": Rule("article", "highlight in the current project", early=True),
    "/images/<slug:digest>.webp": Rule("article", ""),
    "/feeds/": Rule("", "staff", early=True),
    "/feeds/add/": Rule("", "staff", early=True),
    "/feeds/import/": Rule("", "staff", 302, early=True),
    "/feeds/export/": Rule("", "staff", early=True),
    "/feeds/<int:pk>/": FEED,
    "/feeds/<int:pk>/state/": FORM_ONLY,
    "/feeds/<int:pk>/refresh/": FORM_ONLY,
    "/feeds/<int:pk>/remove/": FEED,
    "/imports/": Rule("", "staff", early=True),
    "/imports/add/": Rule("", "staff", early=True),
    "/imports/<uuid:pk>/": FEED,
    "/imports/<uuid:pk>/retry/": FORM_ONLY,
    "/imports/<uuid:pk>/cancel/": FORM_ONLY,
    "/searches/": FORM_ONLY,
    "/searches/<int:pk>/delete/": Rule("own", "account", early=True),
    "/preferences/": Rule(""),
    "/preferences/mail/": FORM_ONLY,
    "/help/": Rule(""),
    "/about/": Rule(""),
    "/highlights/<uuid:pk>/": Rule("highlight", ok=302),
    "/highlights/<uuid:pk>/card/": OWN,
    "/highlights/<uuid:pk>/cite/": Rule("highlight"),
    "/highlights/<uuid:pk>/edit/": OWN,
    "/highlights/<uuid:pk>/carry/": OWN,
    "/highlights/<uuid:pk>/examples/": Rule("highlight", "codebook"),
    "/highlights/<uuid:pk>/tags/": OWN._replace(ok=302),
    "/highlights/<uuid:pk>/passage/": Rule("highlight"),
    **{f"/highlights/<uuid:pk>/{act}/": FORM_ONLY for act in ("ends", "placement", "delete", "restore")},
    "/highlights/<uuid:pk>/replies/": Rule("highlight"),
    "/highlights/<uuid:pk>/replies/state/": FORM_ONLY,
    "/projects/<words:slug>/notes/<words:article>/": Rule("highlight"),
    "/projects/<words:slug>/notes/<words:article>/state/": FORM_ONLY,
    "/for-you/": Rule("", "account", early=True),
    "/for-you/read/": FORM_ONLY,
    "/replies/<uuid:pk>/": Rule("highlight", ok=302),
    "/replies/<uuid:pk>/edit/": REPLY,
    **{f"/replies/<uuid:pk>/{act}/": FORM_ONLY for act in ("delete", "restore")},
    "/projects/": Rule(""),
    "/projects/<words:slug>/": PROJECT,
    "/projects/<words:slug>/use/": FORM_ONLY,
    "/projects/<words:slug>/members/": PROJECT,
    "/projects/<words:slug>/members/<int:pk>/remove/": Rule("project", "manage"),
    **{f"/projects/<words:slug>/{act}/": FORM_ONLY for act in ("members/restore", "members/hand-over", "invitations")},
    "/projects/<words:slug>/invitations/<int:pk>/revoke/": FORM_ONLY,
    "/projects/<words:slug>/invitations/<int:pk>/renew/": FORM_ONLY,
    "/projects/<words:slug>/history/": Rule("project", "read"),
    "/projects/<words:slug>/history/undo/": FORM_ONLY,
    "/projects/<words:slug>/updates/<words:article>/": Rule("project", then="article"),
    "/projects/<words:slug>/leave/": Rule("project", "read"),
    "/projects/<words:slug>/articles/": PROJECT,
    "/projects/<words:slug>/articles/<words:article>/": PROJECT._replace(then="article"),
    "/projects/<words:slug>/add/": Rule("project", "articles"),
    "/projects/<words:slug>/rules/<uuid:pk>/delete/": FORM_ONLY,
    "/projects/<words:slug>/layer/": FORM_ONLY,
    "/projects/<words:slug>/archive/": FORM_ONLY,
    "/projects/<words:slug>/delete/": Rule("project", "manage"),
    "/join/<slug:token>/": Rule(""),
    "/projects/<words:slug>/tags/": PROJECT,
    "/projects/<words:slug>/tags/groups/": Rule("project", "highlight"),
    "/projects/<words:slug>/tags/add/": Rule("project", "codebook"),
    "/projects/<words:slug>/tags/lines/": FORM_ONLY,
    "/projects/<words:slug>/tags/propose/": Rule("project", "highlight"),
    "/projects/<words:slug>/tags/export/<words:form>/": PROJECT,
    "/projects/<words:slug>/tags/<uuid:pk>/": PROJECT,
    "/projects/<words:slug>/tags/<uuid:pk>/move/": FORM_ONLY,
    "/projects/<words:slug>/tags/<uuid:pk>/status/": FORM_ONLY,
    "/projects/<words:slug>/tags/<uuid:pk>/examples/": FORM_ONLY,
    "/projects/<words:slug>/tags/<uuid:pk>/delete/": Rule("project", "codebook"),
    "/projects/<words:slug>/tags/<uuid:pk>/split/": Rule("project", "codebook"),
    "/projects/<words:slug>/passages/retag/": Rule("project", "codebook"),
    "/projects/<words:slug>/passages/": PROJECT,
    "/projects/<words:slug>/passages/tags/": PROJECT,
    "/projects/<words:slug>/deleted/": Rule("project", "highlight"),
    "/projects/<words:slug>/import/": Rule("project", "highlight"),
    "/projects/<words:slug>/import/<uuid:pk>/": Rule("own in project"),
    "/projects/<words:slug>/exchange/<words:form>/": PROJECT,
    "/projects/<words:slug>/export/prepare/": FORM_ONLY,
    "/projects/<words:slug>/export/<uuid:pk>/": Rule("own in project"),
    "/projects/<words:slug>/export/<uuid:pk>/file/": Rule("own in project"),
    "/projects/<words:slug>/export/": PROJECT,
    "/projects/<words:slug>/desk/": PROJECT,
    "/projects/<words:slug>/desk/cell/": PROJECT,
    "/projects/<words:slug>/desk/keep/": FORM_ONLY,
    "/projects/<words:slug>/desk/pin/": FORM_ONLY,
    "/projects/<words:slug>/desk/<uuid:pk>/": PROJECT,
    "/projects/<words:slug>/desk/<uuid:pk>/edit/": FORM_ONLY,
    "/projects/<words:slug>/desk/<uuid:pk>/delete/": Rule("project", "desk"),
    "/projects/<words:slug>/desk/<uuid:pk>/pins/<uuid:highlight>/": FORM_ONLY,
    "/projects/<words:slug>/desk/<uuid:left>/beside/<uuid:right>/": PROJECT,
    "/projects/<words:slug>/agreement/": Rule("project", "read"),
    "/projects/<words:slug>/agreement/compute/": FORM_ONLY,
    "/projects/<words:slug>/adjudicate/<words:article>/": Rule("project", "adjudicate", then="article"),
    "/projects/<words:slug>/assignments/": Rule("project", "read"),
    "/projects/<words:slug>/assignments/<uuid:pk>/": Rule("project", "articles", then="article"),
    "/projects/<words:slug>/charts/": PROJECT,
    "/projects/<words:slug>/changed/": PROJECT,
    "/projects/<words:slug>/changed/keep/": FORM_ONLY,
    "/healthz": Rule(""),
    "/readyz": Rule(""),
}
ACCOUNT = Rule("", "account", early=True)
FORMS = {
    "/articles/add/": Rule("", "account", 422, early=True),
    "/articles/<words:slug>/revisions/refetch/": Rule("article", "staff", 422, early=True),
    "/articles/<words:slug>/state/": Rule("article", "account", early=True),
    "/articles/<words:slug>/highlights/": Rule("article, then project", "highlight", 422),
    "/articles/<words:slug>/sentences/": Rule("article", "highlight in the current project", 422, early=True),
    "/feeds/add/": Rule("", "staff", 422, early=True),
    "/feeds/import/": Rule("", "staff", 422, early=True),
    "/feeds/<int:pk>/": FEED._replace(ok=422),
    **{f"/feeds/<int:pk>/{act}/": FEED._replace(ok=302) for act in ("state", "refresh", "remove")},
    "/imports/add/": Rule("", "staff", 422, early=True),
    **{f"/imports/<uuid:pk>/{act}/": FEED._replace(ok=302) for act in ("retry", "cancel")},
    "/searches/": ACCOUNT._replace(ok=302),
    "/searches/<int:pk>/delete/": Rule("own", "account", 302, early=True),
    "/preferences/": Rule("", ok=204),
    "/preferences/mail/": ACCOUNT._replace(ok=302),
    "/highlights/<uuid:pk>/edit/": OWN,
    "/highlights/<uuid:pk>/carry/": OWN._replace(ok=302),
    "/highlights/<uuid:pk>/tags/": OWN,
    "/highlights/<uuid:pk>/ends/": OWN._replace(ok=422),
    "/highlights/<uuid:pk>/placement/": Rule("highlight", "review", 404, early=True),  # it was made on the current text
    "/highlights/<uuid:pk>/delete/": OWN,
    "/highlights/<uuid:pk>/restore/": Rule("highlight", "review", early=True),  # who may review may restore, too
    "/highlights/<uuid:pk>/replies/": Rule("highlight", "highlight", 422),
    "/highlights/<uuid:pk>/replies/state/": Rule("highlight", "highlight"),
    "/projects/<words:slug>/notes/<words:article>/": Rule("highlight", "highlight", 422),
    "/projects/<words:slug>/notes/<words:article>/state/": Rule("highlight", "highlight"),
    "/for-you/read/": ACCOUNT._replace(ok=302),
    "/replies/<uuid:pk>/edit/": REPLY._replace(ok=422),
    "/replies/<uuid:pk>/delete/": Rule("highlight", "review"),  # who may review may delete, too
    "/replies/<uuid:pk>/restore/": Rule("highlight", "review"),
    "/projects/": ACCOUNT._replace(ok=302),
    "/projects/<words:slug>/": Rule("project", "manage", 409),
    "/projects/<words:slug>/use/": Rule("project", "read", 302),
    "/projects/<words:slug>/members/": Rule("project", "manage", 422),
    "/projects/<words:slug>/members/<int:pk>/remove/": Rule("project", "manage", 302),
    "/projects/<words:slug>/members/restore/": Rule("project", "manage", 404),  # nobody of that key was removed
    "/projects/<words:slug>/members/hand-over/": Rule("project", "manage", 422),
    "/projects/<words:slug>/invitations/": Rule("project", "manage", 422),
    "/projects/<words:slug>/invitations/<int:pk>/revoke/": Rule("project", "manage", 302),
    "/projects/<words:slug>/invitations/<int:pk>/renew/": Rule("project", "manage", 302),
    "/projects/<words:slug>/history/undo/": Rule("project", "read", 409),
    "/projects/<words:slug>/leave/": Rule("project", "read", 302),
    "/projects/<words:slug>/articles/<words:article>/": Rule("project", "highlight", then="article"),
    "/projects/<words:slug>/add/": Rule("project", "articles", 422),  # no number was sent
    "/projects/<words:slug>/rules/<uuid:pk>/delete/": Rule("project", "articles", 302),
    "/projects/<words:slug>/layer/": Rule("project", "read", 302),
    "/projects/<words:slug>/archive/": Rule("project", "manage", 302),
    "/projects/<words:slug>/delete/": Rule("project", "manage", 422),
    "/join/<slug:token>/": ACCOUNT._replace(ok=302, removed=409),
    "/projects/<words:slug>/tags/add/": Rule("project", "codebook", 302),
    "/projects/<words:slug>/tags/lines/": Rule("project", "codebook", 302),
    "/projects/<words:slug>/tags/propose/": Rule("project", "highlight", 302),
    "/projects/<words:slug>/tags/<uuid:pk>/": Rule("project", "codebook", 422),
    "/projects/<words:slug>/tags/<uuid:pk>/move/": Rule("project", "codebook"),
    "/projects/<words:slug>/tags/<uuid:pk>/status/": Rule("project", "codebook", 302),
    "/projects/<words:slug>/tags/<uuid:pk>/examples/": Rule("project", "codebook", 302, then="highlight"),
    "/projects/<words:slug>/tags/<uuid:pk>/delete/": Rule("project", "codebook", 422),
    "/projects/<words:slug>/tags/<uuid:pk>/split/": Rule("project", "codebook", 302),
    "/projects/<words:slug>/passages/retag/": Rule("project", "codebook", 409),
    "/projects/<words:slug>/deleted/": Rule("project", "highlight", 302),
    "/projects/<words:slug>/import/": Rule("project", "highlight", 422),
    "/projects/<words:slug>/agreement/compute/": Rule("project", "read", 302),
    "/projects/<words:slug>/export/prepare/": Rule("project", "read", 404),  # no format was chosen
    "/projects/<words:slug>/desk/keep/": Rule("project", "desk", 302),
    "/projects/<words:slug>/desk/pin/": Rule("project", "desk", 200, then="highlight"),
    "/projects/<words:slug>/desk/<uuid:pk>/edit/": Rule("project", "desk", 302),
    "/projects/<words:slug>/desk/<uuid:pk>/delete/": Rule("project", "desk", 302),
    "/projects/<words:slug>/desk/<uuid:pk>/pins/<uuid:highlight>/": Rule("project", "desk", 302, then="highlight"),
    "/projects/<words:slug>/adjudicate/<words:article>/": Rule("project", "adjudicate", 422, then="article"),
    "/projects/<words:slug>/assignments/": Rule("project", "articles", 422),
    "/projects/<words:slug>/assignments/<uuid:pk>/": Rule("project", "articles", 302, then="article"),
    "/projects/<words:slug>/changed/keep/": Rule("project", "highlight", 302),
}
ACCOUNTS = {  # what a visitor gets, and whoever is signed in
    "/accounts/login/": (200, 302),
    "/accounts/logout/": (302, 200),
    "/accounts/signup/": (200, 302),
    "/accounts/inactive/": (200, 200),
    "/accounts/password/change/": (401, 200),
    "/accounts/password/set/": (401, 302),
    "/accounts/password/reset/": (200, 200),
    "/accounts/password/reset/sent/": (200, 200),
    "/accounts/password/reset/<uidb36>-<key>/": (200, 200),
    "/accounts/password/reset/done/": (200, 200),
}
FOR_ALL_STAFF = ("/admin/", "/admin/jsi18n/", "/admin/password_change/", "/admin/password_change/done/")


@pytest.fixture
def clients(project, alice, highlight) -> dict[str, Client]:
    """A client for each role."""
    people = {"owner": alice, "staff": person("staff", is_staff=True), "stranger": person("stranger")}
    people["former member"] = person("former")
    former = project.memberships.create(user=people["former member"], role=Role.CURATOR)
    former.remove(by=person("manager"))
    people["superuser"] = person("super", is_staff=True, is_superuser=True)
    for role in MEMBERS[:-1]:
        people[role] = person(role)
        project.memberships.create(user=people[role], role=Role.CODER if role == "author" else role)
    project.memberships.create(user=person("deputy"), role=Role.OWNER)  # so that each of the owners may go
    Highlight.objects.filter(pk=highlight.pk).update(author=people["author"])
    Event.objects.filter(subject=highlight.pk).update(actor=None)  # so that nobody has anything to undo
    Reply.objects.update(author=people["author"])
    Pin.objects.create(desk=Desk.objects.get(), project=project, highlight=highlight)
    return {VISITOR: Client()} | {role: signed_in(user) for role, user in people.items()}


@pytest.fixture
def routes() -> list[str]:
    return list(dict.fromkeys(list_routes()))


def list_worlds(rule: Rule) -> list[World]:
    """Return the worlds in which the rule may say different things for somebody.

    What is not published is the same to all, as a draft or withdrawn: each is tried with one kind of project.
    """
    things = f"{rule.thing} {rule.then}"
    is_of_article = "article" in things or "highlight" in things
    is_of_project = "project" in things or "highlight" in things
    statuses = ("published", "draft", "withdrawn", "private") if is_of_article else ("published",)
    if not is_of_project:
        return [World(status, False) for status in statuses]
    worlds = [World(status, public) for status in statuses for public in (False, True)]
    return [world for world in worlds if world not in (World("draft", True), World("withdrawn", False))]


def set_world(world: World) -> None:
    project = Project.objects.get(personal=False)
    Article.objects.update(status=world.status, scope=project.pk if world.status == "private" else None)
    Project.objects.filter(personal=False).update(public=world.public)


def read_status(answer: HttpResponse) -> int:
    """Return the status of an answer, 401 where it leads to the sign-in page."""
    return 401 if answer.get("Location", "").startswith("/accounts/login/") else answer.status_code


def list_roles(rule: Rule, world: World) -> tuple[str, ...]:
    """Return the roles to be tried: that a project is public changes nothing for its members but the viewer."""
    return tuple(role for role in ROLES if not (rule.thing == "project" and world.public and role in MEMBERS[1:]))


def try_all(
    rules: dict[str, Rule], ask: Callable[[str, str, dict], HttpResponse], *, may_write: bool
) -> tuple[int, dict[str, str]]:
    """Return how many pairs were tried, and what is wrong with those that break a rule.

    What is to be refused is asked for as htmx does, whose answer is short; what asking changed is as it was. To be refused
    is to have nothing written, and so is to ask where nobody `may_write`.
    """
    tried, faults = 0, {}
    plan = [(world, route, rule) for route, rule in rules.items() for world in list_worlds(rule)]
    for world in dict.fromkeys(world for world, _, _ in plan):
        set_world(world)
        for route, rule in ((route, rule) for other, route, rule in plan if other == world):
            for role in list_roles(rule, world):
                expected = rule.expects(role, world)
                with transaction.atomic(), list_writes() as writes:
                    status = read_status(ask(role, route, HTMX if expected >= 400 else {}))
                    transaction.set_rollback(True)
                tried += 1
                if status != expected:
                    faults[f"{role} {route} {world}"] = f"{status}, not {expected}"
                elif writes and (expected in REFUSED or not may_write):
                    faults[f"{role} {route} {world}"] = f"{status}, but {writes}"
    return tried, faults


@contextmanager
def list_writes() -> Iterator[list[str]]:
    """Yield a list to which every statement is added that may change a row, but for those that count attempts."""
    writes: list[str] = []

    def note(execute: Callable, sql: str, *args: Any) -> Any:
        if not sql.lstrip().startswith(READS) and f'"{RateLimitEntry._meta.db_table}"' not in sql:
            writes.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        yield writes


def test_every_page_is_for_whom_the_rules_say(route_parts, clients, routes):
    open_routes = [route for route in routes if not is_admin(route) and route not in ACCOUNTS]
    assert sorted(PAGES) == sorted(open_routes)

    def read(role: str, route: str, headers: dict) -> HttpResponse:
        return clients[role].get(fill_in(route, route_parts), headers=headers)

    assert try_all(PAGES, read, may_write=False) == (2514, {})


def test_a_page_of_accounts_depends_on_whether_one_is_signed_in_alone(route_parts, clients):
    found = {
        (route, role): read_status(clients[role].get(fill_in(route, route_parts)))
        for route in ACCOUNTS
        for role in ROLES
    }
    assert found == {(route, role): ACCOUNTS[route][role != VISITOR] for route, role in found}


def test_every_form_is_for_whom_the_rules_say(route_parts, clients, project, highlight):
    taking = [route for route in PAGES if takes_forms(clients["owner"], fill_in(route, route_parts))]
    assert sorted(FORMS) == sorted(taking)
    sent = {"project": project.slug, "name": "x", "highlight": highlight.pk, "version": 1, "act": "remark"}

    def send(role: str, route: str, headers: dict) -> HttpResponse:
        return clients[role].post(fill_in(route, route_parts), sent, headers=HTMX)

    assert try_all(FORMS, send, may_write=True) == (2022, {})


def render_nothing(monkeypatch) -> None:
    """Leave templates out where only the status matters; GET renders every page for every role."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *args: SafeString())


@pytest.mark.walk
def test_no_other_method_is_taken_from_anybody(route_parts, clients, routes, monkeypatch):
    render_nothing(monkeypatch)
    before, faults = read_rows(), {}
    for route in routes:
        address = fill_in(route, route_parts)
        for role in ROLES if route in PAGES else OUTSIDE_PAGES:
            for method in OTHER_METHODS:
                status = clients[role].generic(method, address, headers=HTMX).status_code
                if status != 405 if route in PAGES else status >= 500:
                    faults[f"{method} {route} {role}"] = status
    assert faults == {}
    assert read_rows() == before


@pytest.mark.walk
def test_head_answers_as_the_page_would_and_neither_changes_anything(route_parts, clients, routes, monkeypatch):
    """What the pages show when they are asked for by GET is rendered above; the admin and the accounts are rendered here."""
    world = World("published", False)
    set_world(world)
    before, faults = read_rows(), {}
    for route in routes:
        rule = PAGES.get(route)
        for role in ROLES if rule else OUTSIDE_PAGES:
            expected = rule.expects(role, world) if rule else 200
            with monkeypatch.context() as patched:
                if rule:
                    render_nothing(patched)
                answer = clients[role].head(fill_in(route, route_parts), headers=HTMX if expected >= 400 else {})
            status = read_status(answer)
            is_wrong = status != expected if rule else status >= 500
            if is_wrong or (not answer.streaming and answer.content):
                faults[f"{route} {role}"] = f"{status}, not {expected}"
    assert faults == {}
    assert read_rows() == before


def read_rows() -> dict[str, list[tuple]]:
    """Return every row of every table, by the name of its model, but for the counts of attempts."""
    models = [model for model in apps.get_models(include_auto_created=True) if model is not RateLimitEntry]
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}


def takes_forms(client: Client, address: str) -> bool:
    """Return whether an address takes forms at all."""
    return "POST" in client.options(address).get("Allow", "")


def test_the_admin_is_for_the_staff_with_the_rights(route_parts, clients, routes):
    admin_routes, found = list(filter(is_admin, routes)), {}
    for route in admin_routes:
        for role in (VISITOR, "owner", "staff"):
            with transaction.atomic():
                found[role, route] = clients[role].get(fill_in(route, route_parts)).status_code
                transaction.set_rollback(True)
    seen = [pair for pair, status in found.items() if status not in (302, 403, 404)]
    assert seen == [("staff", route) for route in admin_routes if route in FOR_ALL_STAFF]
    assert len(found) == 225

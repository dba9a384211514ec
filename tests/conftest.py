"""People, projects and articles that tests share: Alice owns, Bob belongs, Charlie is a stranger."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from _pytest.runner import pytest_runtest_protocol as run_test
from django.apps import AppConfig, apps
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.core.cache import caches
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from annotations.models import Highlight, Project, Role, Tag
from feedsite import feed_site  # noqa: F401
from newsreader.call_depth import call_with_room
from newsreader.models import Article
from newsreader.models.session import SessionStore
from pagesite import page_site  # noqa: F401
from routes import route_parts  # noqa: F401
from texts import PAGE, extracted
from webserver import safe_site, site  # noqa: F401

HERE = Path(__file__).parent

# How often a property is tried, said here alone (pyproject.toml chooses "ordinary"). An ordinary run tries the same
# examples each time, so that it judges the change and not the luck of the draw; `make test PROFILE=deep` draws new ones.
# No property may fail because the machine is busy.
hypothesis_settings.register_profile(
    "ordinary", max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile(
    "deep", max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)

# Tests need no collected static files: the plain storage names every file as it is.
django_settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django_settings.WHITENOISE_AUTOREFRESH = True
django_settings.NEWSREADER_BLIND_STEP_MS = 0  # nobody waits; tests of the steps have a clock of their own
django_settings.CACHES["pages"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

# Each process that runs tests has a folder of its own: with one for all, one removes what another has just kept.
SCRATCH = tempfile.TemporaryDirectory(prefix="newsreader-tests-")
django_settings.DATA_DIR = Path(SCRATCH.name) / "data"
django_settings.DATA_DIR.mkdir()

# SQLite in a file, as people have it: in memory the threads of a live server would share one connection, and be locked out.
if (database := django_settings.DATABASES["default"])["ENGINE"].endswith("sqlite3"):
    database.setdefault("TEST", {})["NAME"] = f"{SCRATCH.name}/test.sqlite3"
    database["OPTIONS"] = database["OPTIONS"] | {
        "init_command": database["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    }


def pytest_collection(session):
    """Turn off garbage collection while tests are loaded, since nearly everything stays."""
    gc.disable()


def pytest_collection_finish(session):
    """Leave what was loaded until now out of every garbage collection to come."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)


def pytest_runtest_protocol(item, nextitem):
    """Run each test as pytest does, with room for its calls."""
    return call_with_room(run_test, item, nextitem)


def pytest_collection_modifyitems(config, items):
    """Leave out what needs the suites of others where NEWSREADER_SUITES names no folder, and spread the browser tests."""
    if "NEWSREADER_SUITES" not in os.environ:
        left_out = [item for item in items if item.get_closest_marker("suites")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items[:] = spread_browser_tests(items)


def spread_browser_tests(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests with those that walk all pages first, and browser tests, which mostly wait, spread among the others.

    Tests of one file stay together and in order.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    places = {}
    for is_browser in (True, False):
        kind = [path for path in files if (path.parent.name == "browser") is is_browser]
        kind.sort(
            key=lambda path: (len(path.relative_to(HERE).parts) > 1, path)
        )  # those beside this file walk all pages
        places |= {path: number / len(kind) for number, path in enumerate(kind)}
    return [item for path in sorted(files, key=places.__getitem__) for item in files[path]]


@receiver(post_migrate)
def make_group_again(sender: AppConfig, **options: object) -> None:
    """Make the group of curators again where a test that commits has emptied the tables; after a migration it is there."""
    if sender.label == "annotations" and "plan" not in options:
        import_module("annotations.migrations.0008_curators").make_group(apps, None)
        import_module("newsreader.migrations.0008_feed_rights").give_rights(apps, None)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Remove what a test left in the data folder and in memory: the next one has users, projects and texts of the same numbers."""
    yield
    caches["fragments"].clear()
    for path in list(django_settings.DATA_DIR.iterdir()):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


@pytest.fixture
def nothing_rendered_before(settings) -> None:
    """Have every page rendered anew: a page that is kept does not tell what it was rendered from (`response.context`)."""
    settings.CACHES = settings.CACHES | {"fragments": settings.CACHES["fragments"] | {"OPTIONS": {"MAX_BYTES": 0}}}


@pytest.fixture
def without_contexts(monkeypatch) -> None:
    """Keep the test client from copying the context of every template, which takes long and which not every test needs."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)


def person(name: str, **fields):
    return get_user_model().objects.create_user(name, password="correct horse", **fields)


def signed_in(user) -> Client:
    """A client in which a user is signed in; of what signing in does it has what pages need."""
    client, session = Client(), SessionStore()
    named = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: django_settings.AUTHENTICATION_BACKENDS[0]}
    session.update(named | {HASH_SESSION_KEY: user.get_session_auth_hash()})
    session.create()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    Project.objects.personal_project(user)  # as signing in does
    return client


@pytest.fixture
def alice(db):
    return person("alice")


@pytest.fixture
def bob(db):
    return person("bob")


@pytest.fixture
def charlie(db):
    return person("charlie")


@pytest.fixture
def curator(db):
    """A member of the staff, who curates articles in the admin."""
    return person("curator", is_staff=True, is_superuser=True)


@pytest.fixture
def alice_client(alice):
    return signed_in(alice)


@pytest.fixture
def bob_client(bob):
    return signed_in(bob)


@pytest.fixture
def charlie_client(charlie):
    return signed_in(charlie)


@pytest.fixture
def curator_client(curator):
    return signed_in(curator)


@pytest.fixture
def visitor(db):
    return Client()


@pytest.fixture
def project(alice, bob):
    """Alice's project, in which Bob codes; not public."""
    project = Project.objects.create_owned("Harbour study", owner=alice)
    project.memberships.create(user=bob, role=Role.CODER)
    return project


@pytest.fixture
def article(db) -> Article:
    """A published article of five blocks."""
    return Article.objects.store(extracted(PAGE, title="Harbour reopens", site="The Quay")).article


@pytest.fixture
def revision(article):
    return article.current()


@pytest.fixture
def tag(project, alice) -> Tag:
    return Tag.objects.get_or_create_named(project, ["military option"], by=alice)[0]


@pytest.fixture
def highlight(project, revision, alice, tag) -> Highlight:
    """Alice's highlight on "reopened on Monday", with one tag and a note."""
    start = revision.text.index("reopened on Monday")
    made = Highlight.objects.make(
        project=project, revision=revision, author=alice, start=start, end=start + 18, tags=[tag], note="A *first* note"
    )
    return made.highlight


@pytest.fixture
def connection():
    from django.db import connection

    return connection

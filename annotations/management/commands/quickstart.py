"""`manage.py quickstart`: from an empty folder to a page one can read in."""

import hashlib
import os
import secrets
import socket
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from annotations.management.commands.migrate import check_upgraded
from annotations.models import Project, Role
from newsreader.installation import make_data_dir, make_secret_key
from newsreader.models import Article

FIXTURES = ["articles", "demo"]


class Command(BaseCommand):
    help = "Makes the database, the first articles and the first admin where they are missing, then serves the site."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="prepare everything and stop")

    def handle(self, **options):
        host, port = os.environ.get("HOST", "127.0.0.1"), port_of(os.environ.get("PORT", "8000"))
        workers = number_of(os.environ.get("NEWSREADER_WORKERS", "1"))
        if not options["no_serve"]:
            check_free(host, port)
        make_data_dir()
        prepare_database(self.stdout.write)
        make_secret_key()
        collect_static_files(self.stdout.write)
        self.stdout.write(introduction(f"http://{f'[{host}]' if ':' in host else host}:{port}/"))
        if not options["no_serve"]:
            sys.stdout.flush()
            server = gunicorn("newsreader.wsgi", host, port)
            os.execv(sys.executable, [sys.executable, "-m", "newsreader.supervisor", workers, *server])  # noqa: S606


def port_of(said: str) -> int:
    if said.isdecimal() and int(said) < 65536:
        return int(said)
    raise CommandError(f"PORT is {said!r}, and has to be a number below 65536.")


def number_of(said: str) -> str:
    """How many background workers run beside the server."""
    if said.isdecimal():
        return said
    raise CommandError(f"NEWSREADER_WORKERS is {said!r}, and has to be a number.")


def check_free(host: str, port: int) -> None:
    """CommandError where nobody could listen on this address."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        reason = f"{error.strerror} ({host}:{port})"
        raise CommandError(f"{reason}. Choose another address: make run PORT={port + 1}") from error


def prepare_database(say) -> None:
    """Migrates, and loads the first articles into a database that nobody has used."""
    try:
        executor = MigrationExecutor(connection)
        check_upgraded(executor.loader)
    except OperationalError as error:
        raise CommandError(f"The database does not answer. Look at DATABASE_URL. It says: {error}") from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database …")
        call_command("migrate", verbosity=0)
    if not get_user_model().objects.exists() and not Article.objects.exists():
        say("Loading the first articles …")
        call_command("loaddata", *FIXTURES, verbosity=0)


def collect_static_files(say) -> None:
    """Collects the static files, unless they are the ones that were collected last."""
    last, stamp = settings.DATA_DIR / "static.stamp", static_stamp()
    if last.exists() and last.read_text() == stamp and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return
    say("Collecting static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    last.write_text(stamp)


def static_stamp() -> str:
    """A digest of where every static file is, and of when and how large it was written."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = storage.path(name)
            digest.update(f"{path} {os.stat(path).st_mtime_ns} {os.stat(path).st_size}\n".encode())
    return digest.hexdigest()


def introduction(address: str) -> str:
    """Where the site is and who to sign in as; makes the first admin, whose password is told this once."""
    admin = get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if admin:
        who = f"Sign in as {admin}. (Password lost? manage.py changepassword {admin})"
    elif password := os.environ.get("NEWSREADER_ADMIN_PASSWORD"):
        who = f"Sign in as {make_admin(password)} with the password in NEWSREADER_ADMIN_PASSWORD."
    else:
        password = secrets.token_urlsafe(12)
        who = f"Sign in as {make_admin(password)} with the password {password} (it is shown this once)."
    return f"\nNewsreader: {address}\n{who}\nCtrl-C stops it.\n"


def make_admin(password: str):
    """The first admin, who also curates the public projects."""
    users = get_user_model().objects
    name = f"admin-{secrets.token_hex(2)}" if users.filter(username="admin").exists() else "admin"
    admin = users.create_superuser(name, password=password)
    Project.objects.personal_project(admin)
    for project in Project.objects.filter(public=True):
        project.memberships.create(user=admin, role=Role.OWNER)
    return admin


def gunicorn(
    application: str, host: str, port: int, workers: str = os.environ.get("WEB_CONCURRENCY", "2")
) -> list[str]:
    """The server's module and arguments: threads for readers who wait, no log line for what went well."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    how = ["--worker-class", "gthread", "--threads", "4", "--workers", workers, "--preload", "--no-control-socket"]
    patience = ["--timeout", "60", "--graceful-timeout", "20", "--keep-alive", "15", "--log-level", "warning"]
    return ["gunicorn", application, "--bind", address, *how, *patience]

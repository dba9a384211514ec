"""`manage.py quickstart`: from an empty folder to a page one can read in."""

import hashlib
import os
import secrets
import socket
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from annotations.management.commands.migrate import check_upgraded
from annotations.models import Project, Role
from newsreader.installation import make_data_dir, make_secret_key
from newsreader.models import Article

FIXTURES = ["articles", "demo"]
# Static files that no page uses: other versions of htmx, and those of which the admin uses the minified form. Compressing
# them takes longer than all the others.
UNSERVED = ["htmx-2.js", "htmx-4*", "htmax-4*", "ext", "jquery.js", "xregexp.js", "select2.full.js", "select2.css"]


class Command(BaseCommand):
    """Prepares whatever is missing, then serves."""

    help = "Makes the database, the first articles and the first admin where they are missing, then serves the site."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="prepare everything and stop")

    def handle(self, **options: Any) -> None:
        host, port = os.environ.get("HOST", "127.0.0.1"), parse_port(os.environ.get("PORT", "8000"))
        workers = parse_worker_count(os.environ.get("NEWSREADER_WORKERS", "1"))
        if not options["no_serve"]:
            require_free_address(host, port)
        make_data_dir()
        prepare_database(self.stdout.write)
        make_secret_key()
        collect_static_files(self.stdout.write)
        self.stdout.write(build_welcome_message(f"http://{f'[{host}]' if ':' in host else host}:{port}/"))
        if not options["no_serve"]:
            sys.stdout.flush()
            server = build_server_command("newsreader.wsgi", host, port)
            os.execv(sys.executable, [sys.executable, "-m", "newsreader.supervisor", workers, *server])  # noqa: S606


def parse_port(value: str) -> int:
    """Return the port; CommandError where the value is none."""
    if value.isdecimal() and int(value) < 65536:
        return int(value)
    raise CommandError(f"PORT is {value!r}, and has to be a number below 65536.")


def parse_worker_count(value: str) -> str:
    """Return how many background workers run beside the server; CommandError where the value is no number."""
    if value.isdecimal():
        return value
    raise CommandError(f"NEWSREADER_WORKERS is {value!r}, and has to be a number.")


def require_free_address(host: str, port: int) -> None:
    """Raise CommandError where nobody could listen on this address."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        reason = f"{error.strerror} ({host}:{port})"
        raise CommandError(f"{reason}. Choose another address: make run PORT={port + 1}") from error


def prepare_database(write: Callable[[str], Any]) -> None:
    """Migrate, and load the first articles into a database that nobody has used; `write` prints progress."""
    try:
        executor = MigrationExecutor(connection)
        check_upgraded(executor.loader)
    except OperationalError as error:
        raise CommandError(f"The database does not answer. Look at DATABASE_URL. It says: {error}") from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        write("Preparing the database …")
        call_command("migrate", verbosity=0)
    if not User.objects.exists() and not Article.objects.exists():
        write("Loading the first articles …")
        call_command("loaddata", *FIXTURES, verbosity=0)


def collect_static_files(write: Callable[[str], Any]) -> None:
    """Collect the static files, unless they are the ones that were collected last."""
    last, stamp = settings.DATA_DIR / "static.stamp", compute_static_stamp()
    if last.exists() and last.read_text() == stamp and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return
    write("Collecting static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNSERVED)
    last.write_text(stamp)


def compute_static_stamp() -> str:
    """Return a digest of where every static file that is served is, and of when and how large it was written."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list(UNSERVED):
            path = storage.path(name)
            digest.update(f"{path} {os.stat(path).st_mtime_ns} {os.stat(path).st_size}\n".encode())
    return digest.hexdigest()


def build_welcome_message(address: str) -> str:
    """Return where the site is and who to sign in as; make the first admin, whose password is shown this once."""
    admin = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if admin:
        sign_in = f"Sign in as {admin}. (Password lost? manage.py changepassword {admin})"
    elif password := os.environ.get("NEWSREADER_ADMIN_PASSWORD"):
        sign_in = f"Sign in as {make_admin(password)} with the password in NEWSREADER_ADMIN_PASSWORD."
    else:
        password = secrets.token_urlsafe(12)
        sign_in = f"Sign in as {make_admin(password)} with the password {password} (it is shown this once)."
    return f"\nNewsreader: {address}\n{sign_in}\nCtrl-C stops it.\n"


def make_admin(password: str) -> User:
    """Return the first admin, who also curates the public projects."""
    users = User.objects
    name = f"admin-{secrets.token_hex(2)}" if users.filter(username="admin").exists() else "admin"
    admin = users.create_superuser(name, password=password)
    Project.objects.personal_project(admin)
    for project in Project.objects.filter(public=True):
        project.memberships.create(user=admin, role=Role.OWNER)
    return admin


def build_server_command(
    application: str, host: str, port: int, workers: str = os.environ.get("WEB_CONCURRENCY", "2")
) -> list[str]:
    """Return the server's module and arguments: threads for readers who wait, no log line for what went well."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    threads = ["--worker-class", "gthread", "--threads", "4", "--workers", workers, "--preload", "--no-control-socket"]
    limits = ["--timeout", "60", "--graceful-timeout", "20", "--keep-alive", "15", "--log-level", "warning"]
    return ["gunicorn", application, "--bind", address, *threads, *limits]

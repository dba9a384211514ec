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
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from annotations.models import Project, Role
from newsreader.models import Article

FIXTURES = ["articles", "demo"]


class Command(BaseCommand):
    help = "Makes the database, the first articles and the first admin where they are missing, then serves the site."

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="prepare everything and stop")

    def handle(self, **options):
        host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
        if not options["no_serve"]:
            check_free(host, port)
        self.prepare()
        self.stdout.write(f"Newsreader: http://{host}:{port}/")
        self.stdout.flush()
        if not options["no_serve"]:
            os.execv(sys.executable, [sys.executable, "-m", *gunicorn("newsreader.wsgi", host, port)])  # noqa: S606

    def prepare(self) -> None:
        """Does what is still to do; where nothing is, it changes nothing."""
        try:
            if migrations_wait():
                self.stdout.write("Preparing the database.")
                call_command("migrate", verbosity=0)
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {error}Check DATABASE_URL.") from error
        if nobody_was_here():
            self.stdout.write("Loading the first articles.")
            call_command("loaddata", *FIXTURES, verbosity=0)
        self.introduce_admin()
        if static_files_changed():
            self.stdout.write("Collecting static files.")
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            static_stamp_path().write_text(static_stamp())

    def introduce_admin(self) -> None:
        """Says who to sign in as; makes the first admin, whose random password is shown this once."""
        admins = get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk")
        if known := admins.first():
            self.stdout.write(f"Sign in as {known}. A lost password: manage.py changepassword {known}")
            return
        password = os.environ.get("NEWSREADER_ADMIN_PASSWORD", "")
        admin, shown = make_admin(password or secrets.token_urlsafe(12)), password and "(NEWSREADER_ADMIN_PASSWORD)"
        self.stdout.write(f"Sign in as {admin} with the password {shown}")

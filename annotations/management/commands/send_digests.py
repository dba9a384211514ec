"""`manage.py send_digests`: the daily mails that are due, for those who run it from cron instead of a worker."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from annotations.replies.digests import MAIL_ERRORS, send_digests


class Command(BaseCommand):
    """Sends everybody who asked for it what is new for them, once a day at most."""

    help = "Sends the daily mails that are due. Run as often as you like: nobody gets two on one day."

    def handle(self, **options: Any) -> None:
        """Send them, and say how many went out."""
        if not settings.NEWSREADER_MAIL:
            raise CommandError("No e-mail is sent from here: EMAIL_URL is not set.")
        try:
            number = send_digests()
        except MAIL_ERRORS as error:
            raise CommandError(f"The mail server does not take the mails: {error}") from error
        self.stdout.write(f"{number} sent.")

"""The daily mail: what is unread for those who asked for it, once a day at most."""

import logging
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from annotations.models import Digest, Notification
from annotations.models.notification import NotificationQuerySet
from annotations.replies.notices import load_notices

MAX_NOTICES = 50  # that one mail says
MAIL_ERRORS = (SMTPException, OSError)
logger = logging.getLogger(__name__)


def send_digests(day: date | None = None) -> int:
    """Send everybody who asked for it what is unread and was in no mail; return how many mails went out.

    Whoever had one that day (today) gets no other. An error of the mail server is raised where it takes no mail at all; a mail
    that it refuses is logged, and is tried again next time.
    """
    day = day or timezone.localdate()
    readers = User.objects.filter(is_active=True, preferences__daily_mail=True).exclude(email="")
    waiting = readers.exclude(digests__day=day).filter(notifications__in=select_news()).distinct().order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    if not keys:
        return 0
    with mail.get_connection() as connection:
        return sum(send_digest(user, day, connection) for user in User.objects.filter(pk__in=keys).order_by("pk"))


def select_news() -> NotificationQuerySet:
    """Return what is unread and was in no mail, and can be shown."""
    return Notification.objects.unread().filter(mailed_at=None).showable()


def send_digest(user: User, day: date, connection: BaseEmailBackend) -> bool:
    """Send a reader the mail of a day; return whether one went out. The day is claimed first, so that no other process sends it."""
    if not claim_day(user, day):
        return False
    rows = select_news().filter(user=user).order_by("-pk")
    keys = list(rows.values_list("pk", flat=True))
    if keys and deliver(user, rows[:MAX_NOTICES], len(keys), connection):
        Notification.objects.filter(pk__in=keys).update(mailed_at=timezone.now())
        return True
    Digest.objects.filter(user=user, day=day).delete()
    return False


def claim_day(user: User, day: date) -> bool:
    """Return whether nobody has sent, or is sending, the user the mail of this day; from now on somebody is."""
    try:
        with transaction.atomic():
            Digest.objects.create(user=user, day=day)
    except IntegrityError:
        return False
    return True


def deliver(user: User, rows: NotificationQuerySet, number: int, connection: BaseEmailBackend) -> bool:
    """Hand the mail to the server; return whether it was taken."""
    preferences = build_site_url(reverse("preferences")) + "#mail"
    context = {
        "user": user,
        "notices": [(notice, build_site_url(notice.url)) for notice in load_notices(user, rows)],
        "more": max(0, number - MAX_NOTICES),
        "for_you": build_site_url(reverse("for-you")),
        "preferences": preferences,
    }
    subject = ngettext("%(number)s new item for you", "%(number)s new items for you", number)
    text = render_to_string("annotations/replies/digest.txt", context)
    headers = {"List-Unsubscribe": f"<{preferences}>", "Auto-Submitted": "auto-generated"}
    subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject % {"number": number}
    message = mail.EmailMessage(subject, text, to=[user.email], headers=headers, connection=connection)
    try:
        message.send()
    except MAIL_ERRORS:
        logger.exception("The daily mail to user %s was not sent", user.pk)
        return False
    return True


def build_site_url(path: str) -> str:
    """Return an address of this site as a mail has it."""
    return f"{settings.NEWSREADER_SITE.rstrip('/')}{path}"

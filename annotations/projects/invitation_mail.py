"""An invitation as a mail."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annotations.models import Invitation, Role

logger = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, link: str, address: str) -> bool:
    """Send the link of an invitation to an address; return whether the mail server took it."""
    names = {"project": invitation.project.name, "name": invitation.made_by}
    subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + _("%(name)s invites you to “%(project)s”") % names
    context = {
        "invitation": invitation,
        "link": link,
        "role": Role(invitation.role).noun,
        "until": date_format(localtime(invitation.expires_at)),
    }
    text = render_to_string("annotations/projects/invitation.txt", context).strip()
    try:
        EmailMessage(" ".join(subject.split()), text, to=[address]).send()
    except (SMTPException, OSError):
        logger.exception("The mail of invitation %s was not sent", invitation.pk)
        return False
    return True

"""The mail server that EMAIL_URL names."""

from typing import Any

from environ import Env

# What mail programs call these is not what django-environ does: there, smtps is STARTTLS.
SCHEMES = {"smtps": ("smtp+ssl", 465), "submission": ("smtp+tls", 587), "smtp": ("smtp", 25)}
TIMEOUT = 20  # seconds; a server that does not answer keeps nobody waiting longer


def parse_email_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a mail server: smtp://host, smtps://user:password@host, submission://user:password@host.

    smtps is TLS from the start (port 465), submission STARTTLS (587), smtp neither (25); a port in the address comes first.
    """
    scheme, _, rest = url.partition("://")
    known, port = SCHEMES.get(scheme, (scheme, None))
    config = Env.email_url_config(f"{known}://{rest}")
    own = {"EMAIL_PORT": config["EMAIL_PORT"] or port, "EMAIL_TIMEOUT": TIMEOUT}
    return {"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False} | config | own

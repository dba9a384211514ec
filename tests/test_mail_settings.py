"""EMAIL_URL: what it says in each of its forms, tried on a mail server."""

import pytest
from django.core.mail import send_mail

from cases import each
from newsreader.mail_settings import parse_email_url
from smtp import make_certificate, receiving


def parsed(url: str) -> tuple:
    names = ("HOST", "PORT", "HOST_USER", "USE_TLS", "USE_SSL")
    config = parse_email_url(url)
    return tuple(config[f"EMAIL_{name}"] or "" for name in names)


@each(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", "")),
        ("smtp://mail.example:2525", ("mail.example", 2525, "", "", "")),
        ("smtps://ana:p%40ss@mail.example", ("mail.example", 465, "ana", "", True)),
        ("submission://ana:secret@mail.example", ("mail.example", 587, "ana", True, "")),
        ("smtp+tls://ana:secret@mail.example:587", ("mail.example", 587, "ana", True, "")),
    ],
)
def test_each_scheme_has_its_port_and_its_encryption(url, expected):
    assert parsed(url) == expected
    assert parse_email_url("smtps://ana:p%40ss@mail.example")["EMAIL_HOST_PASSWORD"] == "p@ss"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("mail"))


@each(("scheme", "tls", "user"), [("smtp", "", ""), ("smtps", "at once", "ana"), ("submission", "on request", "ana")])
def test_a_mail_gets_through(settings, monkeypatch, certificate, scheme, tls, user):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.parent / "certificate.pem"))
    with receiving(tls, certificate) as server:
        password = "ana:secret@" if user else ""
        for name, value in parse_email_url(f"{scheme}://{password}localhost:{server.port}").items():
            setattr(settings, name, value)
        send_mail("Grüße", "Wörter", "a@example.org", ["b@example.org"])
    [mail] = server.mails
    assert (mail["subject"], mail["to"], mail.get_content().strip()) == ("Grüße", "b@example.org", "Wörter")
    assert server.users == [(user, bool(tls))]

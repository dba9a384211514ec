"""A mail server on this machine that takes every mail, and says which; with TLS and passwords as real ones have them."""

import base64
import re
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


class Handler(socketserver.StreamRequestHandler):
    """One connection: what SMTP needs to take mails, and no more."""

    server: "MailServer"
    timeout = 20

    def setup(self) -> None:
        if self.server.tls == "at once":
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.is_encrypted, self.user, self.recipients = self.server.tls == "at once", "", []
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word, _, rest = line.partition(" ")
            if word.upper() == "QUIT":
                return self.say("221 bye")
            getattr(self, f"do_{word.lower()}", lambda rest: self.say("250 fine"))(rest)

    def do_ehlo(self, rest: str) -> None:
        offers = ["250-this"]
        offers += ["250-STARTTLS"] if self.server.tls == "on request" and not self.is_encrypted else []
        for offer in [*offers, "250-AUTH PLAIN LOGIN", "250 8BITMIME"]:
            self.say(offer)

    def do_starttls(self, rest: str) -> None:
        self.say("220 go on")
        self.request = self.connection = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.is_encrypted = True

    def do_auth(self, rest: str) -> None:
        _, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
        self.user = user if password == "secret" else ""
        self.say("235 welcome" if self.user else "535 wrong")

    def do_rcpt(self, rest: str) -> None:
        address = re.search("<(.*)>", rest)[1]
        if address in self.server.refused:
            return self.say("550 no such user")
        self.recipients.append(address)
        self.say("250 fine")

    def do_data(self, rest: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.mails.append(mail)
        self.server.users.append((self.user, self.is_encrypted))
        self.say("250 taken")


class MailServer(socketserver.ThreadingTCPServer):
    """What came in: the mails, and for each who sent it and whether nobody could read it on the way."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, tls: str = "", certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.tls, self.mails, self.users, self.refused = tls, list[EmailMessage](), list[tuple[str, bool]](), set[str]()
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)

    @property
    def port(self) -> int:
        return self.server_address[1]


@contextmanager
def receiving(tls: str = "", certificate: Path | None = None) -> Iterator[MailServer]:
    """A mail server until the block ends; `tls` is "", "at once" or "on request"."""
    with MailServer(tls, certificate) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def make_certificate(folder: Path) -> Path:
    """Return the file of a key and a certificate for localhost, which signs itself."""
    path = folder / "mail.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    files = ["-addext", "subjectAltName=DNS:localhost", "-keyout", path, "-out", folder / "certificate.pem"]
    subprocess.run([*command, *files], check=True, capture_output=True)
    path.write_text(path.read_text() + (folder / "certificate.pem").read_text())
    return path

"""A web server of our own, on this machine."""

import gzip
import socket
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path
from threading import Event, Thread

import pytest

HERE = Path(__file__).parent / "importing"
CERTIFICATE = HERE / "certificate.pem"
FERRY = (HERE / "pages" / "ferry.html").read_bytes()
CLOSING = Event()


class Handler(BaseHTTPRequestHandler):
    """Answers each path in its own way, mostly badly."""

    def do_GET(self):
        name = self.path.split("?")[0].strip("/").replace("-", "_")
        getattr(self, f"answer_{name}", self.answer_missing)()

    def send(self, body=b"", status=200, kind="text/html", **headers):
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_ferry(self):
        self.server.asked.append(dict(self.headers))
        self.send(FERRY, kind="text/html; charset=utf-8")

    def answer_ferry_corrected(self):
        self.send(FERRY.replace(b"forty passengers", b"fifty passengers"), kind="text/html; charset=utf-8")

    def answer_note(self):
        self.send(b"Ein Brief\n\nDer Hafen ist wieder offen, und wir sind alle sehr froh.", kind="text/plain")

    def answer_packed(self):
        self.send(gzip.compress(FERRY), Content_Encoding="gzip")

    def answer_bomb(self):
        self.send(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")

    def answer_large(self):
        self.send(Content_Length="209715200")

    def answer_endless(self):
        self.send()
        for chunk in repeat(b"word " * 1000):
            self.wfile.write(chunk)

    def answer_drip(self):
        self.send()
        self.trickle(b"x")

    def answer_drip_headers(self):
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        self.trickle(b"X-Slow: yes\r\n")

    def trickle(self, drop):
        while not CLOSING.wait(0.1):
            self.wfile.write(drop)

    def answer_picture(self):
        self.send(b"GIF89a", kind="image/gif")

    def answer_busy_once(self):
        self.send(FERRY) if self.path in self.server.asked else self.send(status=503)
        self.server.asked.append(self.path)

    def answer_moved(self):
        self.send(status=301, Location="/ferry#top")

    def answer_around(self):
        self.send(status=302, Location="/around")

    def answer_inwards(self):
        self.send(status=302, Location="http://169.254.169.254/latest/meta-data/")

    def answer_to_file(self):
        self.send(status=302, Location="file:///etc/passwd")

    def answer_broken(self):
        self.wfile.write(b"no HTTP at all\r\n\r\n")

    def answer_missing(self):
        self.send(b"Not here", status=404)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler=Handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.asked = []
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *args):
        """Clients that hang up are what is tested here."""


def serve(server):
    CLOSING.clear()
    Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    yield server
    CLOSING.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def site():
    """A site without encryption; `url` is its address, `asked` the headers of what was asked for."""
    yield from serve(Server())


@pytest.fixture
def safe_site(monkeypatch):
    """The same with encryption, known as quay.test and other.test; its certificate is for quay.test, signed by itself."""
    server = Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda sock, name, context: server.asked.append(name)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.server_port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: [entry])
    server.url = f"https://quay.test:{server.server_port}"
    yield from serve(server)

"""One signed-in reader on one kept-alive connection."""

import time
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode


class Answer(NamedTuple):
    status: int
    body: bytes
    headers: dict
    seconds: float


class Reader:
    """Asks the server on that port for pages, as a browser with these cookies."""

    def __init__(self, port: int, session: str):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = "b" * 32
        self.cookies = f"sessionid={session}; csrftoken={self.token}"

    def get(self, path: str, **headers) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, fields: dict) -> Answer:
        """Sends a form as htmx does."""
        form = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "X-CSRFToken": self.token}
        return self.ask("POST", path, urlencode(fields, doseq=True), form)

    def ask(self, method: str, path: str, body: str | None, headers: dict) -> Answer:
        """The answer, timed from the first byte sent to the last received; RuntimeError where it is no success."""
        begun = time.perf_counter()
        self.connection.request(method, path, body, {"Cookie": self.cookies, **headers})
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - begun
        if response.status not in (200, 304):
            raise RuntimeError(f"{method} {path} answered {response.status}: {content[:300]!r}")
        return Answer(response.status, content, dict(response.headers), seconds)

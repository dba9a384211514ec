"""The site in a thread of the tests' own process."""

import threading
from functools import cache

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpResponse

from newsreader.bundling import bundle
from newsreader.call_depth import call_with_room
from newsreader.staticfiles import BUNDLES, read_source

_changed = threading.Condition()
_busy = [0]


class LiveSite(StaticFilesHandler):
    """The site and its static files, which a browser may keep as long as the tests run; knows how many answers are being made."""

    def __call__(self, environ, start_response):
        _count(1)
        try:
            return call_with_room(super().__call__, environ, start_response)
        finally:
            _count(-1)

    def serve(self, request):
        name = self.file_path(request.path)
        response = HttpResponse(*_bundled(name)) if name in BUNDLES else super().serve(request)
        response["Cache-Control"] = "max-age=3600"
        return response


@cache
def _bundled(name: str) -> tuple[str, str]:
    """A bundle as it is served, and its type."""
    return bundle(name, read_source), "text/css" if name.endswith(".css") else "text/javascript"


def _count(more: int) -> None:
    with _changed:
        _busy[0] += more
        _changed.notify_all()


def idle(seconds: float = 60) -> None:
    """Wait until no answer is being made; TimeoutError if there still is one after so long."""
    with _changed:
        if not _changed.wait_for(lambda: not _busy[0], seconds):
            raise TimeoutError("the test server is still answering")

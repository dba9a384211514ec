"""The floor: a view that answers with bytes it holds, behind no middleware; it knows no session and asks no database.

`benchmarks.wsgi` serves it from the same processes as the product.
"""

from functools import cache

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified

TYPES = {"css": "text/css", "html": "text/html; charset=utf-8"}
A_YEAR = "max-age=31536000, immutable"


def answer(request, name: str):
    """The bytes that are kept under this name; none where the browser has them already."""
    if "If-None-Match" in request.headers:
        return HttpResponseNotModified()
    response = HttpResponse(kept(name), content_type=TYPES[name.rpartition(".")[2]])
    if name.endswith(".css"):
        response["Cache-Control"] = A_YEAR
    if name.endswith(".html"):
        response["Cross-Origin-Opener-Policy"] = (
            "same-origin"  # as the product: a browser starts a process for such a page
        )
    return response


@cache
def kept(name: str) -> bytes:
    return (settings.DATA_DIR / name).read_bytes()


def keep(name: str, content: bytes) -> str:
    """Has the floor answer with this content; returns its address."""
    (settings.DATA_DIR / name).write_bytes(content)
    return f"/floor/{name}/"

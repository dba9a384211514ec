"""A site of articles on this machine: with images, some of which are none; in parts; and with a live blog that goes on."""

import pytest

from pictures import SVG, make_bomb, make_frames, make_image
from webserver import Handler, Server, serve

SENTENCE = "The harbour master spoke of a quiet crossing, and of a queue that reached the old market, in {}."
FIGURE = "<figure><img src='/i/{0}' alt='{1}'><figcaption>{1}. <small class=credit>Photo: Una Berg</small></figcaption></figure>"
IMAGES = {
    "boat.jpg": ("The boat", lambda: make_image(size=(2400, 1200)), "image/jpeg"),
    "lie.png": ("A photograph that says it is a drawing", make_image, "image/png"),
    "frames.gif": ("A film", lambda: make_frames(40), "image/gif"),
    "bomb.png": ("A bomb", make_bomb, "image/png"),
    "half.jpg": ("Half a photograph", lambda: make_image()[:2_000], "image/jpeg"),
    "drawing.svg": ("A drawing", lambda: SVG, "image/svg+xml"),
    "page.jpg": ("A page", lambda: b"<html><body>Nothing here</body></html>", "image/jpeg"),
}
GOOD = ("The boat", "A photograph that says it is a drawing", "A film")


def page(title: str, body: str, head: str = "") -> bytes:
    """A page of an article."""
    return f"<html lang=en><title>{title}</title>{head}<body><article><h1>{title}</h1>{body}</article></html>".encode()


def paragraphs(*places: str) -> str:
    return "".join(f"<p>{SENTENCE.format(place)}</p>" for place in places)


class PageHandler(Handler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        if self.path.startswith("/i/"):
            self.answer_image(self.path.removeprefix("/i/"))
        else:
            super().do_GET()

    def answer_image(self, name):
        if name not in IMAGES:
            return self.answer_missing()
        _words, make, kind = IMAGES[name]
        return self.send(make(), kind=kind)

    def answer_images(self):
        figures = [FIGURE.format(name, words) + paragraphs(words) for name, (words, *_rest) in IMAGES.items()]
        self.send(page("Harbour in pictures", paragraphs("May", "June") + "".join(figures)))


class PageServer(Server):
    def __init__(self):
        super().__init__(PageHandler)

    def paths(self):
        return [path for path, _headers in self.asked]


@pytest.fixture
def page_site(settings):
    """A site of articles, which may be asked; `asked` has the paths and headers of the requests."""
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    yield from serve(PageServer())

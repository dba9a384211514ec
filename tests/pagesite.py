"""A site of articles on this machine: with images, some of which are none; in parts; and with a live blog that goes on."""

import json

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
        folder, _slash, name = self.path.strip("/").partition("/")
        if name and folder in ("i", "parts", "broken"):
            getattr(self, f"answer_{folder}")(name)
        else:
            super().do_GET()

    def answer_i(self, name):
        if name not in IMAGES:
            return self.answer_missing()
        _words, make, kind = IMAGES[name]
        return self.send(make(), kind=kind)

    def answer_images(self):
        figures = [FIGURE.format(name, words) + paragraphs(words) for name, (words, *_rest) in IMAGES.items()]
        self.send(page("Harbour in pictures", paragraphs("May", "June") + "".join(figures)))

    def answer_parts(self, name="1"):
        """Three parts: the first links the second as the next, the second the third by its number."""
        links = {"1": "<a rel=next href=/parts/2>More</a>", "2": "<a href=/parts>1</a> 2 <a href=/parts/3>3</a>"}
        self.send_part(name, links.get(name, ""))

    def answer_broken(self, name="1"):
        """Two parts, and a third that is not there."""
        if name == "3":
            return self.answer_missing()
        return self.send_part(name, f"<a rel=next href=/broken/{int(name) + 1}>Next</a>")

    def send_part(self, name, links):
        places = [f"part {name} of {place}" for place in ("Brevik", "Sandvik", "Langnes")]
        self.send(page("The long strike", f"{paragraphs(*places)}<div class=pages>{links}</div>"))

    def answer_single(self):
        """An article that names another one as the next."""
        self.send(page("Night ferry", paragraphs("May", "June", "July"), "<link rel=next href=/2026/dry-wells>"))

    def answer_live(self):
        """A live blog whose page shows nothing without scripts."""
        updates = [
            {"@type": "BlogPosting", "headline": headline, "datePublished": moment, "articleBody": body}
            for moment, headline, body in reversed(self.server.posts)
        ]
        data = {"@type": "LiveBlogPosting", "headline": "The storm, live", "liveBlogUpdate": updates}
        words = json.dumps(data).replace("</", "<\\/")
        script = f"<script type='application/ld+json'>{words}</script>"
        self.send(page("The storm, live", "<div id=posts></div>", script))


class PageServer(Server):
    def __init__(self):
        super().__init__(PageHandler)
        self.posts = [
            ("2026-11-28T10:05:00+01:00", "Ferries stop", "No boat leaves the harbour.\n\nThe last came in at nine."),
            (
                "2026-11-28T11:30:00+01:00",
                "Pier closed",
                "<p>The <b>north</b> pier is closed.</p><script>alert(1)</script>",
            ),
        ]

    def paths(self):
        return [path for path, _headers in self.asked]


@pytest.fixture
def page_site(settings):
    """A site of articles, which may be asked; `asked` has the paths and headers of the requests."""
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    yield from serve(PageServer())

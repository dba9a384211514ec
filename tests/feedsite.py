"""A site of feeds and their articles, on this machine; each feed is answered in its own way, some of them badly."""

import gzip
import json

import pytest

from webserver import Handler, Server, serve

ETAG, MODIFIED = 'W/"a-%;b, c"', "Sun, 29 Nov 2026 07:00:00 GMT"
STORIES = {
    "story-1": ("Night ferry", "The ferry sailed again on Sunday night with forty passengers on board."),
    "story-2": ("Dry wells", "Seven wells in the valley ran dry this week, and the council met to talk about it."),
}
PARAGRAPH = "<p>%s The harbour master spoke of a quiet crossing, and of a queue that reached the old market.</p>"
HOSTILE = "<script>alert(1)</script><p onclick='alert(2)'>Words <a href='javascript:alert(3)'>here</a></p>"


def story_html(name: str) -> str:
    return (PARAGRAPH % STORIES[name][1]) * 2


def page(name: str) -> bytes:
    title = STORIES[name][0]
    return f"<html lang=en><title>{title}</title><article><h1>{title}</h1>{story_html(name)}</article></html>".encode()


def escape(html: str) -> str:
    return html.replace("&", "&amp;").replace("<", "&lt;")


def rss(base: str, names=STORIES, more: str = "") -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>{name}</guid><title>{STORIES[name][0]}</title><link>{base}/{name}?utm_source=rss</link>"
        f"<description>{STORIES[name][1]}</description><pubDate>Sat, 28 Nov 2026 10:00:00 GMT</pubDate></item>"
        for name in names
    )
    return f"<rss version='2.0'><channel><title>The Quay: World</title><link>{base}/</link>{more}{items}</channel></rss>".encode()


def atom(base: str) -> bytes:
    entries = "".join(
        f"<entry><id>tag:{name}</id><title>{STORIES[name][0]}</title><link href='/{name}'/><updated>2026-11-28T10:00:00Z</updated>"
        f"<author><name>Ana Ruiz</name></author><content type='html'>{escape(story_html(name) + HOSTILE)}</content></entry>"
        for name in STORIES
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>The Quay</title>{entries}</feed>".encode()


def json_feed(base: str) -> bytes:
    items = [
        {"id": name, "url": f"{base}/{name}", "title": title, "content_html": story_html(name) + HOSTILE}
        for name, (title, _words) in STORIES.items()
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Quay", "items": items}).encode()


class FeedHandler(Handler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        super().do_GET()

    @property
    def base(self):
        return self.server.url

    def send_feed(self, body, kind="application/rss+xml", **headers):
        if self.headers.get("If-None-Match") == ETAG:
            self.send(status=304, ETag=ETAG, **headers)
        else:
            self.send(body, kind=kind, ETag=ETAG, Last_Modified=MODIFIED, **headers)

    def answer_rss(self):
        self.send_feed(rss(self.base, self.server.names))

    def answer_atom(self):
        self.send_feed(atom(self.base), kind="text/html")  # a lie

    def answer_json(self):
        self.send_feed(json_feed(self.base), kind="image/png")  # another

    def answer_no_validators(self):
        self.send(rss(self.base))

    def answer_max_age(self):
        self.send_feed(rss(self.base), Cache_Control="public, max-age=14400")

    def answer_for_good(self):
        self.send(status=301, Location="/rss")

    def answer_for_now(self):
        self.send(status=302, Location="/rss")

    def answer_to_missing(self):
        self.send(status=308, Location="/missing")

    def answer_busy(self):
        self.send(status=429, Retry_After="21600")

    def answer_gone(self):
        self.send(status=410)

    def answer_site(self):
        links = "<link rel=alternate type='application/rss+xml' title='World' href='/rss'>"
        links += "<link rel='alternate feed' type='application/atom+xml' href='atom'><link rel=stylesheet href=/x.css>"
        self.send(f"<html><title>The Quay</title>{links}<body><p>News of the harbour</p></html>".encode())

    def answer_one_feed(self):
        self.send(b"<html><link rel=alternate type='application/rss+xml' href='/rss'><body><p>News</p></html>")

    def answer_short(self):
        self.send(rss(self.base), kind="application/rss+xml", Content_Length="10000")  # than it says

    def answer_ten_gigabytes(self):
        self.send(kind="application/rss+xml", Content_Length=str(10**10))

    def answer_feed_bomb(self):
        self.send(gzip.compress(b"<rss>" + b"<item/>" * 10_000_000), Content_Encoding="gzip")

    def answer_story_1(self):
        self.send(self.server.pages.get("story-1") or page("story-1"))

    def answer_story_2(self):
        self.send(page("story-2"))


class FeedServer(Server):
    def __init__(self):
        super().__init__(FeedHandler)
        self.names = list(STORIES)
        self.pages = {}

    def paths(self):
        return [path for path, _headers in self.asked]


@pytest.fixture
def feed_site(settings):
    """A site of feeds, which may be asked; `asked` has the paths and headers of the requests."""
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    yield from serve(FeedServer())

"""Feeds of strangers: what is read of them, and what is refused before it costs much."""

import gzip
import json
import os
import re
import time
from pathlib import Path

import pytest

from cases import each
from feedsite import HOSTILE, STORIES, atom, json_feed, rss
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.discovery import discover
from newsreader.importing.feeds.opml import ListedFeed, read_opml, write_opml
from newsreader.importing.feeds.reader import read_feed
from newsreader.importing.sandbox.feed_runner import discover_safely, read_feed_safely, read_opml_safely

BASE = "https://quay.example"
ACTIVE = re.compile(
    r"<(?:script|style|iframe|object|embed|form|svg|link|meta|base)|\son\w+\s*=|javascript:|data:|vbscript:", re.I
)
RSS_ITEMS = b"<rss version='2.0'><channel><title>T</title>%s</channel></rss>"
LAUGHS = b"".join(b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
MANY_SECONDS = 10


@each(
    ("document", "byline", "has_text"),
    [(rss(BASE), "", False), (atom(BASE), "Ana Ruiz", True), (json_feed(BASE), "", True)],
)
def test_each_kind_of_feed_says_the_same(document, byline, has_text):
    feed = read_feed(document, f"{BASE}/feed")
    assert [entry.title for entry in feed.entries] == [title for title, _words in STORIES.values()]
    assert [entry.url for entry in feed.entries] == [f"{BASE}/{name}" for name in STORIES]
    assert {entry.byline for entry in feed.entries} == {byline}
    assert all(("harbour master" in entry.html) == has_text for entry in feed.entries)
    assert HOSTILE not in feed.entries[0].html and not ACTIVE.search(feed.entries[0].html)


@each(
    "item",
    [
        b"<guid>a</guid>",
        b"<guid isPermaLink='false'>a</guid><title>" + b"x" * 10_000 + b"</title>",
        b"<title>&lt;b&gt;Bold&lt;/b&gt; &amp;amp; new</title>",
        b"<title>Nothing else</title>",
        b"<link>javascript:alert(1)</link><title>x</title>",
        b"<pubDate>yesterday</pubDate><pubDate>Sun, 99 Foo 20000 99:99:99 XYZ</pubDate><title>x</title>",
        b"<description>" + b"&lt;i&gt;" * 5_000 + b"</description>",
        b"\x00\xff\xfe<title>\xed\xa0\x80</title>",
    ],
)
def test_an_odd_entry_is_still_an_entry(item):
    (entry,) = read_feed(RSS_ITEMS % (b"<item>%s</item>" % item), BASE).entries
    assert 0 < len(entry.key) <= 2_000 and len(entry.title) <= 500
    assert not entry.url.startswith("javascript") and "<" not in entry.title


@each(
    "document",
    [
        b"",
        b"   ",
        b"\x00\x01\x02",
        b"hello",
        b"{}",
        b"[]",
        b'{"items": 1}',
        b"{" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1.1", "items": {"a": 1}}',
        b"<html><body><p>Words</p></html>",
        b"<opml version='2.0'><body/></opml>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(document):
    with pytest.raises(ArticleImportError, match=r"^The answer is .*feed\.$"):
        read_feed(document, BASE)


@each(
    "item",
    [
        1,
        None,
        {},
        {"id": {"a": 1}, "title": [1], "url": 5, "authors": [1, {"name": 2}], "content_html": {}},
        {"id": 10**40, "date_published": "2026-13-45", "content_text": "<b>One</b>\nTwo"},
    ],
)
def test_json_of_any_shape_is_read(item):
    feed = read_feed(json.dumps({"items": [item], "title": 3, "authors": 4, "language": []}).encode(), BASE)
    assert all(isinstance(entry.key, str) and entry.key for entry in feed.entries)


@each(
    ("document", "sentence"),
    [
        (
            b"<!DOCTYPE l [<!ENTITY l0 'ha'>" + LAUGHS + b"]>" + RSS_ITEMS % b"&l9;",
            "defines entities that expand each other",
        ),
        (RSS_ITEMS % (b"<a>" * 50_000), "nested more than 200 levels deep"),
        (RSS_ITEMS % (b"<item/>" * 700_000), "too many elements"),
        (b"<rss>" + b"<a b='c'>" * 20 + b"x" * 6_000_000, "larger than 5 MB"),
        (gzip.compress(b"<rss/>" * 1_000), "is not a feed"),
        (RSS_ITEMS % (b"<a " + b"a='b' " * 700_000), "too much memory"),
    ],
)
def test_a_bomb_is_refused_in_seconds_by_a_process_of_400_mb(document, sentence):
    began = time.monotonic()
    with pytest.raises(ArticleImportError, match=sentence):
        read_feed_safely(document)
    assert time.monotonic() - began < MANY_SECONDS


def test_entities_are_never_expanded(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    document = b"<!DOCTYPE r [<!ENTITY a '%s'><!ENTITY b SYSTEM 'file://%s'>]>" % (b"long " * 100, str(secret).encode())
    feed = read_feed(document + RSS_ITEMS % b"<item><title>x &a; &b;</title><description>&b;&a;</description></item>")
    assert "hidden" not in repr(feed) and "long long" not in repr(feed)


def test_a_page_names_its_feeds():
    links = '<link rel=alternate type="application/rss+xml" title=World href=/rss><link rel=stylesheet href=x.css>'
    links += (
        '<link rel="alternate feed" type="application/atom+xml" href=atom><link rel=alternate type=text/html href=/en>'
    )
    found = discover(f"<html><head>{links}</head><body><p>News</p></html>".encode(), f"{BASE}/news/", "text/html")
    assert [(link.url, link.title) for link in found.links] == [(f"{BASE}/rss", "World"), (f"{BASE}/news/atom", "")]
    assert discover_safely(rss(BASE), BASE, "").feed.title == "The Quay: World"


def test_a_list_of_feeds_comes_back_as_it_was_written():
    feeds = [
        ListedFeed("https://a.example/rss", "World & more", "The Quay", "https://a.example/"),
        ListedFeed("https://b.example/rss", "Без папки"),
        ListedFeed("https://c.example/rss", "x", "The Quay"),
    ]
    assert sorted(read_opml_safely(write_opml("Feeds", feeds)), key=str) == sorted(feeds, key=str)


@each(
    ("document", "number"),
    [
        (
            b"<opml><body><outline text='A' xmlUrl='https://a.example/'/><outline XMLURL='https://a.example/'/></body></opml>",
            1,
        ),
        (b"<opml version='1.0'><body><outline xmlUrl='javascript:x'/><outline xmlUrl='file:///etc'/></body></opml>", 0),
        (b"<opml><body><outline text='unclosed & bad' xmlUrl='https://a.example/'></body>", 1),
        (
            b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><opml><body><outline text='&a;' xmlUrl='http://a.b/'/></body></opml>",
            1,
        ),
    ],
)
def test_a_list_that_others_wrote_is_read(document, number):
    feeds = read_opml(document)
    assert len(feeds) == number and "root" not in repr(feeds)


@each("document", [b"", b"x", b"<rss/>", b"<opml/>", b"{}", b"<opml><body>" + b"<outline>" * 300])
def test_what_is_no_list_of_feeds_is_refused(document):
    with pytest.raises(ArticleImportError):
        read_opml(document)


@pytest.mark.suites
def test_every_feed_of_other_peoples_suites_is_read_and_nothing_active_survives():
    """The 8 that are refused: an empty file, and 7 of the Channel Definition Format of 1997."""
    counts = {"read": 0, "refused": 0, "entries": 0}
    for path in sorted((Path(os.environ["NEWSREADER_SUITES"]) / "feeds").rglob("*.xml")):
        try:
            feed = read_feed(path.read_bytes(), f"{BASE}/feed")
        except ArticleImportError:
            counts["refused"] += 1
            continue
        counts["read"] += 1
        counts["entries"] += len(feed.entries)
        for entry in feed.entries:
            assert not ACTIVE.search(entry.html), path
            assert entry.url == "" or entry.url.startswith(("http://", "https://")), path
    print(counts)
    assert counts["refused"] <= 8 and counts["read"] >= 1_760

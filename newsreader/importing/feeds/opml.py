"""Reads and writes OPML: lists of feeds in folders, as readers exchange them (opml.org/spec2.opml)."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.values import make_address, make_line
from newsreader.importing.feeds.xml_feed import drop_doctype, refuse_deep
from newsreader.importing.limits import refuse_large_feed
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_FEEDS = 2_000
NO_OPML = gettext_noop("This file is not an OPML file.")
TOO_MANY_FEEDS = gettext_noop("This file lists more than 2,000 feeds.")


@dataclass(frozen=True)
class ListedFeed:
    """A feed in a list; the folder is empty for one that stands in none."""

    url: str
    title: str = ""
    folder: str = ""
    home: str = ""


def read_opml(document: bytes) -> list[ListedFeed]:
    """Return the feeds that an OPML document lists, each once; raise ArticleImportError if it is none or past a cap."""
    body = parse_opml(document)
    feeds: dict[str, ListedFeed] = {}
    for outline in body.iter("outline"):
        if url := make_address(find_attribute(outline, "xmlurl"), ""):
            feeds.setdefault(url, ListedFeed(url, find_name(outline), find_folder(outline), find_home(outline)))
        if len(feeds) > MAX_FEEDS:
            raise ArticleImportError(_(TOO_MANY_FEEDS))
    return list(feeds.values())


def parse_opml(document: bytes) -> etree._Element:
    """Return the body of an OPML document; raise ArticleImportError if it is none."""
    refuse_large_feed(document)
    refuse_deep(document := drop_doctype(document))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    body = root.find("body") if root is not None and root.tag == "opml" else None
    if body is None:
        raise ArticleImportError(_(NO_OPML))
    return body


def find_attribute(outline: etree._Element, name: str) -> str:
    """Return an attribute of an outline, however its name is capitalised."""
    return next((str(value) for key, value in outline.attrib.items() if str(key).lower() == name), "")


def find_name(outline: etree._Element) -> str:
    """Return what an outline is called."""
    return make_line(find_attribute(outline, "title")) or make_line(find_attribute(outline, "text"))


def find_home(outline: etree._Element) -> str:
    """Return the address of the site of an outline's feed."""
    return make_address(find_attribute(outline, "htmlurl"), "")


def find_folder(outline: etree._Element) -> str:
    """Return the name of the folder in which an outline stands, the innermost."""
    parent = outline.getparent()
    return find_name(parent) if parent is not None and parent.tag == "outline" else ""


def write_opml(title: str, feeds: Iterable[ListedFeed]) -> bytes:
    """Return an OPML 2.0 document that lists these feeds in their folders."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {"": body}
    for feed in feeds:
        if feed.folder not in folders:
            folders[feed.folder] = etree.SubElement(body, "outline", text=feed.folder, title=feed.folder)
        attributes = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": feed.url, "htmlUrl": feed.home}
        etree.SubElement(folders[feed.folder], "outline", {name: value for name, value in attributes.items() if value})
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)

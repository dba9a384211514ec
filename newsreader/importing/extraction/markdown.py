"""Reads an article written in Markdown, with the details that may stand above it between lines of dashes."""

import re
from datetime import date, datetime

from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsreader.importing.cleaning import clean_article_html
from newsreader.importing.extracted import Extracted
from newsreader.importing.limits import refuse_large_text
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import detect_direction

# CommonMark with tables and strike-through; HTML in it is text, and images are left out.
PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
DETAILS = re.compile(r"\A---[ \t]*\n(.{0,10000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
DETAIL = re.compile(r"([A-Za-z_-]+)[ \t]*:[ \t]*(.+)")
# The names under which other programs write what is kept of an article.
NAMES = {
    "title": ("title",),
    "byline": ("byline", "author", "authors"),
    "site": ("source", "site", "publication", "outlet"),
    "language": ("language", "lang"),
    "url": ("url", "link", "source_url"),
    "published": ("date", "published"),
    "standfirst": ("standfirst", "summary", "description"),
}


def extract_markdown(text: str) -> Extracted:
    """Return the article of a Markdown text; raise ArticleImportError if it is empty or past a cap.

    Its title is the one in its details, or its first heading if that comes before all else.
    """
    refuse_large_text(text)
    details, body = split_details(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    heading, tokens = split_title(PARSER.parse(body))
    url = details["url"] if details["url"].startswith(("http://", "https://")) else ""
    html = clean_article_html(PARSER.renderer.render(tokens, PARSER.options, {}), url)
    return Extracted(
        title=details["title"] or heading,
        html=html,
        byline=details["byline"],
        site=details["site"],
        language=details["language"],
        direction=detect_direction(details["language"], text_of(html)),
        published=parse_moment(details["published"]),
        url=url,
        standfirst=details["standfirst"],
    )


def split_details(text: str) -> tuple[dict[str, str], str]:
    """Return the details above a text by their names here ("" for each that is missing), and the text without them."""
    match = DETAILS.match(text)
    lines = match[1].split("\n") if match else []
    found = [DETAIL.fullmatch(line.strip()) for line in lines]
    given = {one[1].lower(): one[2].strip().strip("\"'") for one in found if one}
    details = {name: next((given[key] for key in keys if key in given), "") for name, keys in NAMES.items()}
    return details, text[match.end() :] if match else text


def split_title(tokens: list[Token]) -> tuple[str, list[Token]]:
    """Return the words of the heading of the first level with which a text begins ("" for none), and what follows it."""
    if not tokens or tokens[0].tag != "h1":
        return "", tokens
    words = "".join(child.content for child in tokens[1].children or [])
    return " ".join(words.split()), tokens[3:]


def parse_moment(written: str) -> date | None:
    """Return a day, or a moment, that is written as in ISO 8601; None for any other."""
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return parse(written)
        except ValueError:
            continue
    return None

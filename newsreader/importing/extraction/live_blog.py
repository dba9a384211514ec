"""Reads a live blog: its posts as the page's data have them, each with its time as a heading, the oldest first."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from itertools import takewhile
from typing import Any, NamedTuple

from newsreader.importing.extraction.jsonld import ensure_list, list_types, read_text
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.posts import is_post, join_blocks, sort_posts, split_blocks

LIVE_BLOG = "LiveBlogPosting"
MAX_POSTS = 1_000
MIN_INTRODUCTION = 40  # characters of the last block of what stands before the posts
TIMES = ("datePublished", "dateCreated", "dateModified")


class Post(NamedTuple):
    """A post: when it was published, its headline, and its text as HTML of the page or as plain text."""

    moment: datetime
    headline: str
    body: str


def read_posts(data: dict[str, Any]) -> list[Post]:
    """Return the posts of a live blog that the JSON-LD of a page describes, the oldest first; none of any other article."""
    if LIVE_BLOG not in list_types(data):
        return []
    updates = [update for update in ensure_list(data.get("liveBlogUpdate"))[:MAX_POSTS] if isinstance(update, dict)]
    posts = [post for update in updates if (post := read_post(update))]
    return sorted(posts, key=lambda post: post.moment)


def read_post(update: dict[str, Any]) -> Post | None:
    """Return one post; None where it has no time, or says nothing."""
    headline, body = read_text(update.get("headline") or update.get("name")), read_text(update.get("articleBody"))
    moment = next((moment for name in TIMES if (moment := parse_moment(update.get(name)))), None)
    return Post(moment, headline, body) if moment and (headline or body) else None


def parse_moment(value: object) -> datetime | None:
    """Return the moment that a value states in ISO 8601."""
    try:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def add_posts(html: str, posts: list[Post]) -> str:
    """Return the canonical html of a page with the posts of its data; with its own, in order, where it shows as many."""
    if not posts:
        return html
    blocks = split_blocks(html)
    if sum(map(is_post, blocks)) >= len(posts):
        return sort_posts(html)
    return join_blocks([*list_introduction(blocks, posts), *render_posts(posts)])


def list_introduction(blocks: list[str], posts: list[Post]) -> list[str]:
    """Return the blocks before those that are in a post."""
    letters = "".join(collect_letters(f"{post.headline} {text_of(post.body)}") for post in posts)
    texts = list(takewhile(lambda block: not is_post(block) and collect_letters(text_of(block)) not in letters, blocks))
    while texts and len(text_of(texts[-1]).strip()) < MIN_INTRODUCTION:
        texts.pop()
    return texts


def collect_letters(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def render_posts(posts: list[Post]) -> Iterator[str]:
    """Yield each post as a section, whose heading never changes when others come."""
    for post in posts:
        time = f'<time datetime="{post.moment.isoformat()}">{post.moment:%Y-%m-%d, %H:%M}</time>'
        body = post.body if "<" in post.body else render_text(post.body)
        yield f'<section class="post"><h3>{time} {escape(post.headline)}</h3>{body}</section>'


def render_text(text: str) -> str:
    """Return a plain text as paragraphs."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())

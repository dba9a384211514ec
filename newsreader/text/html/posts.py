"""The posts of a live blog in canonical HTML: in the order of their times, and kept where the page no longer has them."""

import re
from datetime import UTC, datetime
from itertools import pairwise

from newsreader.text.html.plaintext import locate_blocks
from newsreader.text.html.sanitizer import clean

POST = re.compile(r'<section[^>]* class="post"')
TIME = re.compile(r'<time datetime="([^"]*)"')


def split_blocks(html: str) -> list[str]:
    """Return the top-level blocks of canonical HTML."""
    starts = [start for start, _text in locate_blocks(html)]
    return [html[start:end].rstrip("\n") for start, end in pairwise([*starts, len(html)])]


def join_blocks(blocks: list[str]) -> str:
    """Return blocks as canonical HTML; ValueError past a cap."""
    return clean("\n".join(blocks))


def is_post(block: str) -> bool:
    """Return whether a block is a post whose time is known."""
    return bool(POST.match(block)) and find_time(block) is not None


def find_time(block: str) -> float | None:
    """Return the time of a post, in seconds since the epoch; None where it has none that can be read."""
    stated = TIME.search(block)
    try:
        moment = datetime.fromisoformat(stated[1] if stated else "")
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def sort_posts(html: str) -> str:
    """Return canonical HTML with its posts in the order of their times, in the places that posts have."""
    blocks = split_blocks(html)
    posts = iter(sorted(filter(is_post, blocks), key=lambda block: find_time(block) or 0))
    return join_blocks([next(posts) if is_post(block) else block for block in blocks])


def keep_posts(before: str, html: str) -> str:
    """Return the new text of a live blog with the posts of the text before that are older than all that its page has now."""
    blocks = split_blocks(html)
    first = next((place for place, block in enumerate(blocks) if is_post(block)), None)
    if first is None:
        return html
    oldest = min(find_time(block) or 0 for block in filter(is_post, blocks))
    older = [block for block in split_blocks(before) if is_post(block) and (find_time(block) or 0) < oldest]
    try:
        return join_blocks([*blocks[:first], *older, *blocks[first:]]) if older else html
    except ValueError:  # too large together
        return html

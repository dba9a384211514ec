"""What stands beside the text: an outline row for each block, a card for each highlight.

Written out here and not in templates because a page may carry a thousand of each.
"""

from bisect import bisect_right
from html import escape


def find_block_index(starts: list[int], offset: int) -> int:
    """The index of the block in which a code point stands, given where each block starts."""
    return max(0, bisect_right(starts, offset) - 1)


def render_tag(name: str, hue: int, url: str) -> str:
    """A tag as a link."""
    return f'<a class="tag hue-{hue}" href="{escape(url)}">{escape(name)}</a>'


def render_card(row, block: int, links: dict, edit_url: str = "", state: str = "", as_read: str = "") -> str:
    """One highlight as a card.

    `links` gives each tag's name its drawn link; `edit_url`, with ID for the highlight's key, only where the reader may edit.
    `state` says what became of it on this text, `as_read` links to how it was read; both are HTML.
    """
    tags = "".join([links[tag.name] for tag in row.tags]) or '<span class="untagged">no tag</span>'
    note = f'<div class="note">{row.note_html}</div>' if row.note_html else ""
    edit = f'<a class="edit" href="{edit_url.replace("ID", row.id)}">Edit</a>' if edit_url else ""
    foot = f'<p class="card-foot">{edit}{as_read}</p>' if edit or as_read else ""
    return (
        f'<li class="card" id="card-{row.id}" data-highlight="{row.id}" data-start="{row.start}" tabindex="-1">'
        f'<div class="card-head">{tags}<span class="who">{escape(row.author)} '
        f'<a href="#h-{row.id}" aria-label="¶{block + 1}, to the words">¶{block + 1}</a></span></div>'
        f"{note}{state}{foot}</li>"
    )


def render_outline_row(number: int, heading: str, rows, oob: str = "") -> str:
    """One block of the outline: its number, its heading if it is one, a tick for each highlight that begins in it (six at most)."""
    hues = [row.tags[0].colour if row.tags else 0 for row in rows[:6]]
    ticks = "".join([f'<span class="stroke tick hue-{hue}"></span>' for hue in hues])
    words = f"<span>{escape(heading)}</span>" if heading else ""
    return (
        f'<li id="o{number}"{oob}><a href="#p{number}"><span class="num">{number}</span>{words}{ticks}'
        f'<span class="aside">{describe_highlight_count(len(rows), heading)}</span></a></li>'
    )


def describe_highlight_count(highlights: int, heading: str) -> str:
    if highlights:
        return "1 highlight" if highlights == 1 else f"{highlights} highlights"
    return "" if heading else "no highlights"

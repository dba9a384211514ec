"""A page as outlets write it: the same words as an article's, between indented tags and in wrapped lines."""

import re

TAG = re.compile(r"(<[^>]+>)")
BLOCK = re.compile(
    r"</?(?:p|h\d|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|figure|figcaption|section|aside|div|dl|dt|dd|footer)\b"
)
WIDTH = 60  # characters of a line


def make_messy(html: str) -> str:
    """The html with other white space, inside a page that has a menu and a footer."""
    depth, column, parts = 0, 0, []
    for part in TAG.split(html):
        depth += part.startswith("<pre") - part.startswith("</pre")
        if BLOCK.match(part):
            parts.append(part if depth else f"\n      {part}\n        ")
            column = 0
        elif part.startswith("<") or depth:
            parts.append(part)
        else:
            words, column = wrap(part, column)
            parts.append(words)
    menu, end = (
        "<nav><a href='/'>Home</a>  <a href='/news'>News</a></nav>",
        "<footer><p>All rights reserved.</p></footer>",
    )
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>A page</title></head><body>'
    return f"{head}<header>\n  {menu}\n</header>\n<main><article>\n{''.join(parts)}\n</article></main>\n{end}</body></html>"


def wrap(words: str, column: int) -> tuple[str, int]:
    """The words in lines of some width, and the column at which they end."""
    pieces = []
    for piece in re.split("( )", words):
        column += len(piece)
        if piece == " " and column > WIDTH:
            piece, column = "\n          ", 0
        pieces.append(piece)
    return "".join(pieces), column

"""Marks what was removed from or added to a block: flat `del` and `ins` around its words, split at every tag.

The first element of a span has a label and the last an end mark, for users of screen readers: a style sheet adds them as
generated content, and the text stays as it was.
"""

from collections.abc import Iterator
from html import escape

from newsreader.text.diff.changes import ChangedSpan
from newsreader.text.html.markup import decode_entities, encode_entities, is_layout_space, split_tags
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

CLASSES = {"del": "lost", "ins": "gained"}
LABELS = {
    ("del", False): gettext_noop("removed"),
    ("del", True): gettext_noop("moved away"),
    ("ins", False): gettext_noop("added"),
    ("ins", True): gettext_noop("moved here"),
}
RedlinePart = tuple[str, ChangedSpan | None]  # a tag or some text, and the span it belongs to


def render_redline(html: str, offset: int, spans: list[ChangedSpan], tag: str) -> str:
    """Return the html of a block with these spans of the whole text marked; its text begins at `offset`, `tag` is del or ins."""
    parts = list(split_parts(split_tags(encode_entities(html)), offset, spans))
    lasts = {span: index for index, (_, span) in enumerate(parts)}
    firsts = {span: index for index, (_, span) in reversed([*enumerate(parts)])}
    rendered = (render_part(part, tag, firsts[part[1]] == n, lasts[part[1]] == n) for n, part in enumerate(parts))
    return decode_entities("".join(rendered))


def split_parts(parts: list[str], offset: int, spans: list[ChangedSpan]) -> Iterator[RedlinePart]:
    """Yield the tags and texts of a block, each with the span it belongs to."""
    pending, position = spans[::-1], offset
    for index, part in enumerate(parts):
        if index % 2:
            yield part, None
            continue
        if is_layout_space(parts, index):
            yield part, None
        else:
            yield from split_text(part, position, pending)
        position += len(part)


def split_text(text: str, start: int, pending: list[ChangedSpan]) -> Iterator[RedlinePart]:
    """Yield a text split at the spans; `pending` is a stack of spans, from which those that end before the text are removed."""
    position, end = start, start + len(text)
    while position < end:
        while pending and pending[-1].end <= position:
            pending.pop()
        span = pending[-1] if pending else ChangedSpan(end, end)
        begin, stop = min(max(span.start, position), end), min(span.end, end)
        if begin > position:
            yield text[position - start : begin - start], None
        if stop > begin:
            yield text[begin - start : stop - start], span
        position = max(begin, stop)


def render_part(part: RedlinePart, tag: str, is_first: bool, is_last: bool) -> str:
    """Return the HTML of one part."""
    text, span = part
    if span is None:
        return text
    kind = f"{CLASSES[tag]} moved" if span.is_moved else CLASSES[tag]
    label = f' data-label="{escape(_(LABELS[tag, span.is_moved]))}"' if is_first else ""
    end = ' data-end=""' if is_last else ""
    return f'<{tag} class="{kind}"{label}{end}>{text}</{tag}>'

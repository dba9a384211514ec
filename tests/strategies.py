"""Canonical pages and passages as Hypothesis draws them: every kind of block, script and character that may hurt."""

import uuid
from functools import cache

from hypothesis import strategies as st

from annotations.rendering.highlighter import Span

WORDS = [
    *["The", "ceasefire", "holds", "a", "I", "17%", "in", "“guarantees”", "said.", "R&amp;D", "&lt;b&gt;", "&amp;amp;", "5&gt;4"],
    *["e\u0301te\u0301", "Z\u0351\u0362algo", "क्षि", "각", "👍🏽", "👩‍👩‍👧", "🇩🇪🇫🇷", "☂\ufe0f", "𝔘𝔫𝔦", "a\u00a0b"],
    *["مرحبا", "שלום", "\u200fab\u200e", "日本語の文章", "，中文。", "ไทย", "İstanbul", "ǅ"],
]  # fmt: skip
# An element never stands in another of its kind: hence two sets, one inside the other.
INNER = ["em", "code", "sub", "s", 'time datetime="18:05"', 'span class="credit"']
OUTER = ["strong", "q", 'span dir="rtl"', 'a href="https://example.org/?a=1&amp;b=%3C"']
QUOTATIONS = ["blockquote", 'blockquote class="pull"']
LABELS = ["", "Ana: red line", "Ben: “<b>\"quoted\" & 'more'</b>", "明: 外交", "a\nb\x01c"]


def phrases():
    """Some words, as escaped text."""
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def lines():
    """Inline content: words, elements in elements, breaks."""
    return _mixed(_mixed(phrases(), INNER), OUTER)


def _mixed(parts, tags):
    wrapped = st.builds(_element, st.sampled_from(tags), parts)
    joints = st.sampled_from([" ", "", "<br>\n"])
    more = st.lists(st.tuples(joints, parts | wrapped), max_size=2)
    return st.builds(lambda first, more: first + "".join(map("".join, more)), parts | wrapped, more)


def _element(tag, *children):
    return f"<{tag}>{''.join(children)}</{tag.split()[0]}>"


def blocks():
    """One block without its number, as (tag, what it holds)."""
    leaves = _leaves()
    shallow = _containers(leaves)
    return leaves | leaves | shallow | _containers(leaves | shallow)


def _leaves():
    plain = st.tuples(st.sampled_from(["p", "p", "p", "h2", "h3", 'p class="formula"', *QUOTATIONS]), lines())
    pre = phrases().map(lambda text: ("pre", text.replace(" ", "\n  ") + "\n <em>end</em>"))
    rows = st.lists(st.lists(lines(), min_size=1, max_size=2), min_size=1, max_size=2)
    terms = st.lists(lines(), min_size=1, max_size=3).map(_terms)
    quoted = st.builds(_quoted, st.sampled_from(QUOTATIONS), lines(), lines())
    return plain | pre | rows.map(_table) | terms | quoted | st.builds(_figure, lines(), lines())


def _sections():
    """What stands at the top of an article only."""
    corrections = lines().map(lambda line: ('aside class="correction"', line))
    entries = st.builds(_entry, lines(), st.lists(_leaves(), max_size=2))
    return corrections | entries | st.lists(lines(), min_size=1, max_size=2).map(_notes)


def _quoted(tag, line, name):
    return _held(tag, [("p", line), ("footer", name)])


def _figure(line, credit):
    return _held("figure", [("figcaption", line), ('p class="credit"', credit)])


def _entry(line, blocks):
    return _held('section class="post"', [("h3", "<time>18:05</time> " + line), *blocks])


def _notes(items):
    return _held('section class="notes"', [_held("ol", [("li", item) for item in items])])


def _table(rows):
    trs = [_held("tr", [("td", cell) for cell in row]) for row in rows]
    return _held("table", [_held("thead", trs[:1]), _held("tbody", trs[1:])] if trs[1:] else [_held("tbody", trs)])


def _terms(items):
    return _held("dl", [("dd" if number % 2 else "dt", item) for number, item in enumerate(items)])


def _containers(inner):
    items = st.lists(st.lists(inner, min_size=1, max_size=2), min_size=1, max_size=2)
    lists = st.builds(lambda tag, items: _held(tag, map(_item, items)), st.sampled_from(["ul", "ol"]), items)
    return lists | st.lists(inner, min_size=2, max_size=2).map(lambda children: _held("blockquote", children))


def _item(children):
    """A list item; the only paragraph of one stands in it bare."""
    if len(children) == 1 and children[0][0] == "p":
        return "li", children[0][1]
    return _held("li", children)


def _held(tag, children):
    return tag, "\n" + "".join(_element(*child) + "\n" for child in children)


@cache  # Hypothesis checks a strategy once: built anew for each example it costs many times what it draws
def pages(most: int = 4):
    """Canonical article html of up to so many top-level blocks, not counting the rules between them."""
    block = blocks() | blocks() | _sections()
    return st.lists(st.tuples(st.booleans(), block), min_size=1, max_size=most).map(_page)


def _page(parts):
    """The page of these (whether a rule stands before it, block)."""
    listed = [each for is_parted, block in parts for each in ([("hr", ""), block] if is_parted else [block])]
    numbered = enumerate(listed[1:] if listed[0][0] == "hr" else listed, start=1)
    return "\n".join(_numbered(number, *tag.split(" ", 1), inner) for number, (tag, inner) in numbered)


def _numbered(number, tag, *parts):
    *attributes, inner = parts
    start = " ".join([tag, f'id="p{number}"', *attributes])
    return f"<{start}>" if tag == "hr" else f"<{start}>{inner}</{tag}>"


def spans_in(length: int, most: int = 12):
    """Spans of a text of this length (code points), empty, equal, nested and crossing ones among them."""
    place = st.integers(0, length)
    return st.lists(st.tuples(place, place, st.integers(0, 12), st.sampled_from(LABELS)), max_size=most).map(_spans)


def _spans(drawn):
    return [
        Span(min(one, other), max(one, other), str(uuid.UUID(int=number)), hue, label)
        for number, (one, other, hue, label) in enumerate(drawn, start=1)
    ]

"""Tag soup: pieces of markup, sane and hostile, thrown together as Hypothesis or a seed decides."""

import random

from hypothesis import strategies as st

TAGS = (
    "p div section h1 h2 h3 h6 blockquote ul ol li dl dt dd table caption thead tbody tfoot tr td th pre a b i strong em "
    "code sub sup span q small ruby rt rp rb bdo bdi font figure figcaption details summary form center nobr "
    "aside footer article time cite abbr hr "
    "math mi mtext html head body frameset col colgroup img input xmp plaintext listing marquee option custom-tag"
).split()
# These swallow what follows them, so they come seldom, and mostly closed.
GREEDY = (
    "script style svg foreignobject template noscript iframe select textarea title button object video canvas".split()
)
ATTRIBUTES = [
    "",
    ' dir="rtl"',
    " lang=fr",
    ' lang="x y"',
    ' class="c" id="i"',
    " name=i",
    ' href="#i" id=j',
    " href='#j'",
    " class=Footnotes id=i",
    ' class="x pullquote"',
    " class=credit",
    " class=post",
    " class='correction formula'",
    ' title="A B"',
    " reversed value=3 scope=col",
    " datetime=2026-11-20T18:05",
    " onclick=alert(1)",
    ' style="color:red"',
    ' href="/a?b=1&amp;c=<>"',
    " href='javascript:alert(1)'",
    ' href="https://example.org/ä b"',
    ' href="#top"',
    " colspan=2 rowspan=0",
    " colspan=99999",
    " start=7",
    ' title="<b>"',
    ' xmlns="http://www.w3.org/2000/svg"',
    ' a="1" a="2" =x "',
]
TEXTS = [
    *["words ", " ", "\n", "\t", "a  b", "one\ntwo", "\r\n", "\f", "\n\n  indented", "&amp;", "&lt;b&gt;", "&nbsp;", "&nbsp"],
    *["&#0;", "&#128;", "&#xD800;", "&#65279;", "&copy", "&bogus;", "&", "<", "< b", "</", "<!", ">", '"', "'", "]]>"],
    *["é", "e\u0301", "👩\u200d👩\u200d👧", "中文。", "「引用」", "مرحبا", "\u202e", "\u200b", "\xa0", "\u3000", "\ufeff"],
    *["\x00", "\x1b", "\x85", "\u2028", "\ud800", "\ufffe", "𝔘", "\U0001fffe"],
    *["<!-- c -->", "<!-->", "-->", "<![CDATA[x]]>", "<?pi?>", "<!DOCTYPE html>", "<br>", "<br/>", "<hr>", "</br>"],
    *["</p>", "<br><br>", "<table><tr><td>", "</td></tr></table>", "<ruby>漢<rt>kan</rt></ruby>", "<pre>\n\n",
     "<img src=x onerror=alert(1)>", "<base href=//evil>", "<wbr>"],
]  # fmt: skip
PIECES = (
    ["<!--", "<p", "<a href='"]
    + [f"<{tag}>" for tag in GREEDY]
    + [f"<{tag}>x<p>y<b></{tag}>" for tag in GREEDY]
    + [f"<{tag}{ending}>" for tag in TAGS for ending in ("", "", "", "/")]
    + [f"</{tag}>" for tag in TAGS] * 3
    + TEXTS * 6
    + [
        f"<{tag}{attributes}>"
        for tag in ("a", "p", "td", "ol", "li", "span", "bdo", "div", "section", "aside", "figure")
        for attributes in ATTRIBUTES
    ]
)


def soups():
    """Up to thirty pieces in a row."""
    return st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def soup(seed: int) -> str:
    """Some sixty pieces in a row, the same for the same seed."""
    generator = random.Random(seed)
    return "".join(generator.choices(PIECES, k=generator.randint(1, 120)))

"""What article HTML from outside becomes: examples, then laws over any tag soup."""

import re

import html5lib
import pytest
from hypothesis import given
from lxml import etree

from cases import each
from newsreader.text.html.inline import INVISIBLE
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean, clean_note, well_formed
from soup import soups

HOME = "https://example.org/news/"
EXAMPLES = {
    "nothing": ("", ""),
    "only space": (" \n\t&nbsp;<p> </p><hr><div></div><ul><li></li></ul>", ""),
    "plain text": ("hello   world", '<p id="p1">hello world</p>'),
    "numbered blocks": ("<h1>a</h1><p>b</p>c", '<h2 id="p1">a</h2>\n<p id="p2">b</p>\n<p id="p3">c</p>'),
    "heading levels": (
        "<h2>a</h2><h3>b</h3><h4>c</h4><h5>d</h5><h6>e</h6>",
        '<h2 id="p1">a</h2>\n<h3 id="p2">b</h3>\n<h4 id="p3">c</h4>\n<h4 id="p4">d</h4>\n<h4 id="p5">e</h4>',
    ),
    "renamed emphasis": (
        "<b>a</b> <i>b</i> <strike>c</strike>",
        '<p id="p1"><strong>a</strong> <em>b</em> <s>c</s></p>',
    ),
    "a block in emphasis": (
        "<b>a<p>b</p>c</b>",
        '<p id="p1"><strong>a</strong></p>\n<p id="p2"><strong>b</strong></p>\n<p id="p3"><strong>c</strong></p>',
    ),
    "unwrapped blocks": ("<div>a<section><p>b</p></section></div>", '<p id="p1">a</p>\n<p id="p2">b</p>'),
    "a caption": ("<figure><img src=x><figcaption>c</figcaption></figure>", '<p id="p1">c</p>'),
    "one break": ("<p>a <br> b</p>", '<p id="p1">a<br>\nb</p>'),
    "two breaks": ("<p>a<br> <br>b<br></p>", '<p id="p1">a</p>\n<p id="p2">b</p>'),
    "a blank line": ("<p>a<br>&nbsp;<br>b</p>", '<p id="p1">a</p>\n<p id="p2">b</p>'),
    "space at edges": ("<p> &emsp;<b> a </b> <i> b&nbsp;</i></p>", '<p id="p1"><strong>a </strong><em>b</em></p>'),
    "a list": ("<ul><li>a<li> b </ul>", '<ul id="p1">\n<li>a</li>\n<li>b</li>\n</ul>'),
    "a list in a list": (
        "<ul><li>a</li><ul><li>b</li></ul></ul>",
        '<ul id="p1">\n<li>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>',
    ),
    "words in a list": ("<ol start=3>a<li>b</ol>", '<ol id="p1" start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
    "an item without a list": ("<li>a", '<ul id="p1">\n<li>a</li>\n</ul>'),
    "terms": ("<dl><dt>a<dd>b</dl>", '<dl id="p1">\n<dt>a</dt>\n<dd>b</dd>\n</dl>'),
    "a quote": ("<blockquote><p>a</p></blockquote>", '<blockquote id="p1">a</blockquote>'),
    "a long quote": (
        "<blockquote><p>a</p><p>b</p></blockquote>",
        '<blockquote id="p1">\n<p>a</p>\n<p>b</p>\n</blockquote>',
    ),
    "a table": (
        "<table><tr><th colspan=2>a<tr><td>b<td></table>",
        '<table id="p1">\n<tbody>\n<tr>\n<th colspan="2">a</th>\n</tr>\n<tr>\n<td>b</td>\n<td></td>\n</tr>\n</tbody>\n</table>',
    ),
    "words in a table": (
        "<table>a<tr><td>b</table>",
        '<p id="p1">a</p>\n<table id="p2">\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>',
    ),
    "preformatted": ("<pre>\n\n \n\n  a\n\tb  \n</pre>", '<pre id="p1">  a\n\tb</pre>'),
    "lines in preformatted": ("<pre><div>a</div><div>b</div>c<br>d</pre>", '<pre id="p1">a\nb\nc\nd</pre>'),
    "ruby": ("<ruby>漢<rt>kan</ruby>", '<p id="p1"><ruby>漢<rt>kan</rt></ruby></p>'),
    "an annotation without ruby": ("<rt>a</rt>", '<p id="p1">a</p>'),
    "direction of a wrapper": ("<div dir=RTL lang=ar><p>a</div>", '<p id="p1" dir="rtl" lang="ar">a</p>'),
    "order of attributes": ("<div lang=ar><p dir=rtl>a</div>", '<p id="p1" dir="rtl" lang="ar">a</p>'),
    "emphasis in emphasis": ("<b>a<strong>b</strong></b>", '<p id="p1"><strong>ab</strong></p>'),
    "links side by side": (
        "<a href=/a>x</a><a href=/b>y</a>",
        '<p id="p1"><a href="https://example.org/a">x</a><a href="https://example.org/b">y</a></p>',
    ),
    "a relative link": ("<a href='../a?b&c'>x</a>", '<p id="p1"><a href="https://example.org/a?b&amp;c">x</a></p>'),
    "a link in a link": (
        "<a href=/a>x<i><a href=/b>y</a></i></a>",
        '<p id="p1"><a href="https://example.org/a">x</a><em><a href="https://example.org/b">y</a></em></p>',
    ),
    "spans and marks": ("<span class=x>a</span> <mark>b</mark>", '<p id="p1">a b</p>'),
    "escapes": (
        "a &lt;b&gt; &amp;amp; &quot;c&quot; &copy &nbsp; d",
        '<p id="p1">a &lt;b&gt; &amp;amp; "c" © \xa0 d</p>',
    ),
    "controls": ("a\x00b\x1bc\ufeffd\ud800e\x85f&#1;g", '<p id="p1">abcdefg</p>'),
    "a formula": ("<math><mi>x</mi><mo>=</mo><mn>1</mn><annotation>x=1</annotation></math>", '<p id="p1">x=1</p>'),
    "elements that say nothing": ("<xmp>a<b>b</b></xmp><x-y>c</x-y>", '<p id="p1">a<strong>b</strong>c</p>'),
    "a tag that does not end": ("a<p title='b", '<p id="p1">a</p>'),
    "media and forms": (
        "a<video>b</video><svg><text>c</text></svg><button>d</button><script>e</script><style>f</style>",
        '<p id="p1">a</p>',
    ),
}


@each("name", EXAMPLES)
def test_html_becomes_canonical(name):
    html, expected = EXAMPLES[name]
    assert clean(html, HOME) == expected


def test_a_relative_link_without_a_base_is_unwrapped():
    assert clean('<a href="/a">x</a>') == '<p id="p1">x</p>'


@each(
    ("html", "reason"),
    [
        ("a" * 2_000_001, "larger than 2 MB"),
        ("ä" * 1_000_001, "larger than 2 MB"),
        ("&" * 500_000, "too many tags"),
        ("<p>" * 60_000, "too many tags"),
        ("<div>" * 201 + "deep", "200 levels deep"),
        ("<ul>" * 150 + "<li>deep", "200 levels deep"),
        ("<b><p>x</b></p>" * 5_100, "too tangled"),
        ("<p>" + "".join(f"<b lang=l{number}>" for number in range(150)) + "<p>x" * 5_000, "too many elements"),
        ("<p " + "a=b " * 300 + ">x", "too long"),
        ("<" + "a" * 2_000 + ">x", "too long"),
        ("<p " + "1" * 2_000 + ">x", "too long"),
    ],
)
def test_past_a_cap_a_page_is_refused_with_a_sentence(html, reason):
    with pytest.raises(ValueError, match=reason):
        clean(html)


def test_a_page_at_the_depth_cap_is_read():
    assert clean("<div>" * 199 + "deep") == '<p id="p1">deep</p>'


def test_of_many_nested_spans_thirty_are_kept():
    html = clean("<span lang=en>" * 100 + "<p>x<p>y")
    assert html.count("<span") == 60
    assert text_of(html) == "x\ny"


def test_many_paragraphs_left_open_are_not_deep():
    assert clean("<p>x" * 1_000).count("</p>") == 1_000


@given(html=soups())
def test_cleaning_twice_changes_nothing(html):
    once = clean(html, HOME)
    assert clean(once) == once


@given(html=soups())
def test_a_parser_reads_canonical_html_back_as_the_same_tree(html):
    canonical = clean(html, HOME)
    article = html5lib.parseFragment(canonical, container="article", namespaceHTMLElements=False)
    assert "".join(article.itertext()) == text_of(canonical)
    assert written(article) == canonical


@given(html=soups())
def test_putting_blocks_in_order_loses_no_visible_character(html):
    safe = etree.fromstring(f"<p>{well_formed(html)}</p>")
    assert visible(text_of(clean(html))) == visible("".join(safe.itertext()))


def visible(text):
    return "".join(text.translate(dict.fromkeys(map(ord, INVISIBLE))).split())


def written(element):
    """The inner HTML of an element, as canonical as its tree."""
    inner = "".join(_outer(child) + escaped(child.tail) for child in element)
    return escaped(element.text) + inner


def _outer(element):
    attributes = "".join(f' {name}="{escaped(value, quote=True)}"' for name, value in element.attrib.items())
    return f"<{element.tag}{attributes}>" + (f"{written(element)}</{element.tag}>" if element.tag != "br" else "")


def escaped(text, quote=False):
    text = (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text


@given(html=soups())
def test_a_text_holds_only_characters_that_people_read(html):
    text = text_of(clean(html, HOME))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff]", text)


def test_a_note_keeps_its_few_tags():
    html = "<p>a <em>b</em><br><code>c</code></p><ul><li><strong>d</strong></li></ul><blockquote>e</blockquote>"
    assert clean_note(html) == html


def test_a_note_loses_everything_else():
    assert clean_note('<h1 id="x" class="y">a</h1><img src=x><table><td>b</table><script>c</script>') == "ab"


def test_links_of_a_note_are_checked_and_not_followed():
    assert (
        clean_note('<a href="https://example.org/?a&b" target="_blank">x</a> <a href="javascript:alert(1)">y</a>')
        == '<a href="https://example.org/?a&amp;b" rel="nofollow noopener">x</a> <a rel="nofollow noopener">y</a>'
    )


def test_a_long_note_is_refused():
    with pytest.raises(ValueError, match="20,000 characters"):
        clean_note("a" * 20_001)

"""What article HTML from outside becomes: examples, then laws over any tag soup."""

import re

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from annotations.notes import MARKDOWN_PARSER
from cases import each
from newsreader.text.html import sanitizer
from newsreader.text.html.inline import INVISIBLE
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean, clean_marked_note, clean_note, well_formed
from soup import soups

HOME = "https://example.org/news/"
NOTE_PARTS = [
    *["<p>", "</p>", "</p>\n", "<em>", "</em>", "<strong>", "</strong>", "<br />", "<br>", "<i>"],
    *["&quot;", "&amp;", "&", "\u00a0", "a", " "],
]
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
    "a caption": (
        "<figure><img><div><figcaption><p>c</p></figcaption></div></figure>",
        '<figure id="p1">\n<figcaption>c</figcaption>\n</figure>',
    ),
    "an image with its caption": (
        "<figure><figcaption>c</figcaption><img src=x.jpg alt='a \"b\" &lt;c&gt;' width=90 onload=d srcset=e></figure>",
        '<figure id="p1"><img alt="a ”b” ‹c›" data-src="https://example.org/news/x.jpg">\n<figcaption>c</figcaption>\n</figure>',
    ),
    "images before and after a line": (
        "<p><img src=x> a <img src=sign> b<br><a href=y><img src=z></a> <br>c</p>",
        '<figure id="p1"><img alt="" data-src="https://example.org/news/x"></figure>\n<p id="p2">a b</p>\n<p id="p3">c</p>\n'
        '<figure id="p4"><img alt="" data-src="https://example.org/news/z"></figure>',
    ),
    "images that are none": (
        "a<img src=data:image/png;base64,eA==><img src=mailto:a@b.de><img><img src=x width=1 height=1><h2>b<img src=x></h2>"
        "<table><tr><td><img src=x>c</table>",
        '<p id="p1">a</p>\n<h2 id="p2">b</h2>\n<table id="p3">\n<tbody>\n<tr>\n<td>c</td>\n</tr>\n</tbody>\n</table>',
    ),
    "a caption with a credit": (
        "<figure><figcaption>c <small class='a__Photo-Credit b'>d</small></figcaption></figure>",
        '<figure id="p1">\n<figcaption>c <span class="credit">d</span></figcaption>\n</figure>',
    ),
    "a credit beside its caption": (
        "<figure><figcaption>c</figcaption><div class=credit>d</div></figure>",
        '<figure id="p1">\n<figcaption>c</figcaption>\n<p class="credit">d</p>\n</figure>',
    ),
    "a table with a caption of its figure": (
        "<figure><table><tr><td>a</table><figcaption>c</figcaption></figure>",
        '<figure id="p1">\n<table>\n<tbody>\n<tr>\n<td>a</td>\n</tr>\n</tbody>\n</table>\n<figcaption>c</figcaption>\n</figure>',
    ),
    "a figure without a caption": (
        "<figure lang=fr dir=ltr><p lang=de>a</p><blockquote>b</blockquote></figure><figcaption>c</figcaption>",
        '<p id="p1" dir="ltr" lang="de">a</p>\n<blockquote id="p2" dir="ltr" lang="fr">b</blockquote>\n<p id="p3">c</p>',
    ),
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
    "a quote and who said it": (
        "<blockquote><p>a</p><footer>b</footer></blockquote><footer>c</footer>",
        '<blockquote id="p1">\n<p>a</p>\n<footer>b</footer>\n</blockquote>\n<p id="p2">c</p>',
    ),
    "a quote that ends with a cited name": (
        "<blockquote><p>a</p><cite>b <i>c</i></cite></blockquote><blockquote><cite>d</cite></blockquote>",
        '<blockquote id="p1">\n<p>a</p>\n<footer><cite>b <em>c</em></cite></footer>\n</blockquote>\n'
        '<blockquote id="p2"><cite>d</cite></blockquote>',
    ),
    "a quote with a named attribution": (
        "<blockquote><p>a</p><div class=quote-author>b</div></blockquote><div class=quote-author>c</div>",
        '<blockquote id="p1">\n<p>a</p>\n<footer>b</footer>\n</blockquote>\n<p id="p2">c</p>',
    ),
    "pull quotes": (
        "<aside class='x PullQuote'>a</aside><p class=pull-quote>b</p><blockquote class=x><p class=y>c</p></blockquote>",
        '<blockquote id="p1" class="pull">a</blockquote>\n<blockquote id="p2" class="pull">b</blockquote>\n'
        '<blockquote id="p3">c</blockquote>',
    ),
    "a quote in a figure that is a pull quote": (
        "<figure class=wp-block-pullquote><blockquote><p>a</p><cite>b</cite></blockquote></figure>",
        '<blockquote id="p1" class="pull">\n<p>a</p>\n<footer><cite>b</cite></footer>\n</blockquote>',
    ),
    "corrections": (
        "<div class=correction id=x><p>a</p></div><p class=article__correction>b</p><aside>c</aside>",
        '<aside id="p1" class="correction">a</aside>\n<aside id="p2" class="correction">b</aside>\n<p id="p3">c</p>',
    ),
    "a correction inside a quote": (
        "<blockquote><aside class=correction>a</aside></blockquote>",
        '<blockquote id="p1">a</blockquote>',
    ),
    "an entry with a time": (
        "<article class=live-post><h3><time datetime=2026-11-20T18:05>18:05</time> a</h3><p>b</p></article>",
        '<section id="p1" class="post">\n<h3><time datetime="2026-11-20T18:05">18:05</time> a</h3>\n<p>b</p>\n</section>',
    ),
    "what is named a post and has no time": (
        "<section class=post><p>a</p></section><div class=post><time>b</time></div>",
        '<p id="p1">a</p>\n<p id="p2"><time>b</time></p>',
    ),
    "entries inside an entry": (
        "<section class=post><section class=post><time>a</time></section>b</section>",
        '<section id="p1" class="post">\n<p><time>a</time></p>\n</section>\n<p id="p2">b</p>',
    ),
    "a time that is none": ("<time datetime='x y'>a</time>", '<p id="p1"><time>a</time></p>'),
    "notes": (
        "<p id=top>a<sup><a href='#fn:1' id='fnref:1'>1</a></sup> <a href='#top'>b</a></p>"
        "<section class=footnotes><h2>Notes</h2><ol><li id='fn:1'><p id=x>c <a href='#fnref:1'>d</a></p></ol></section>",
        '<p id="p1">a<sup><a href="#n1" id="r1">1</a></sup> <a href="#p1">b</a></p>\n<section id="p2" class="notes">\n'
        '<h2>Notes</h2>\n<ol>\n<li id="n1">c <a href="#r1">d</a></li>\n</ol>\n</section>',
    ),
    "a list of notes": (
        "<ol class=wp-block-footnotes><li>a</ol><ul><li><ol class=footnotes><li>b</ol></ul>",
        '<section id="p1" class="notes">\n<ol>\n<li>a</li>\n</ol>\n</section>\n'
        '<ul id="p2">\n<li>\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>',
    ),
    "a link to nothing on the page": (
        "<a href='#x'>a</a><a href='#y' id='z'>b</a> <a href='#z'>c</a><b id='y'></b> <a name=w>d</a><a href='#w'>e</a>",
        '<p id="p1"><a href="https://example.org/news/#x">a</a><a href="https://example.org/news/#y" id="r1">b</a> '
        '<a href="#r1">c</a> <span id="r2">d</span><a href="#r2">e</a></p>',
    ),
    "a link to the page itself": (
        "<h2 id='ä'>a</h2><a href='/news/#%C3%A4'>b</a>",
        '<h2 id="p1">a</h2>\n<p id="p2"><a href="#p1">b</a></p>',
    ),
    "a target and a link that go on in the next block": (
        "<a href='#x' id=y><div>a</div><div>b</div></a><p id=x><a href='#y'>c</a></p>",
        '<p id="p1"><a href="#p3" id="r1">a</a></p>\n<p id="p2"><a href="#p3">b</a></p>\n'
        '<p id="p3"><a href="#r1">c</a></p>',
    ),
    "a rule": (
        "<hr><p>a</p><hr class=x><div><hr></div><p>b<hr></p><ul><li>c<hr>d</ul><hr>",
        '<p id="p1">a</p>\n<hr id="p2">\n<p id="p3">b</p>\n<hr id="p4">\n<ul id="p5">\n<li>\n<p>c</p>\n<p>d</p>\n</li>\n</ul>',
    ),
    "numbers of a list": (
        "<ol reversed start=9 type=a><li value=7>a<li value=x>b</ol>",
        '<ol id="p1" reversed="" start="9">\n<li value="7">a</li>\n<li>b</li>\n</ol>',
    ),
    "heads of a table": (
        "<table><tr><th scope=COL class=x>a<th scope=x>b<td scope=col>c</table>",
        '<table id="p1">\n<tbody>\n<tr>\n<th scope="col">a</th>\n<th>b</th>\n<td>c</td>\n</tr>\n</tbody>\n</table>',
    ),
    "abbreviations": (
        "<abbr title=' Joint  Mission '>a</abbr> <abbr title='<b>'>b</abbr> <em title=x>c</em>",
        '<p id="p1"><abbr title="Joint Mission">a</abbr> <abbr>b</abbr> <em>c</em></p>',
    ),
    "a line with a formula": (
        "<div class=equation>a = b</div><span class=formula>c</span>",
        '<p id="p1" class="formula">a = b</p>\n<p id="p2">c</p>',
    ),
    "names of a page's own": (
        "<section class='notes-x mypost' id=p7><p class='hue-1 x' id=h-1>a</p><mark class=bars id=text>b</mark></section>",
        '<p id="p1">a</p>\n<p id="p2">b</p>',
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
    return f"<{element.tag}{attributes}>" + (
        f"{written(element)}</{element.tag}>" if element.tag not in ("br", "hr", "img") else ""
    )


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


@example(html="<p>b & c</p>")
@example(html="<p>d\u00a0e</p>")
@example(html="<p>f<em>g</p></em>")
@given(html=st.lists(st.sampled_from(NOTE_PARTS) | st.text(max_size=3)).map("".join))
def test_a_plain_note_is_left_as_both_engines_leave_it(html):
    assert clean_note(html) == clean_marked_note(html)


@given(
    note=st.lists(st.sampled_from([*"*_\n`<>&\"' #-", "a", "é", "  \n", "\n\n", "**"]) | st.text(max_size=2)).map(
        "".join
    )
)
def test_what_markdown_makes_of_a_note_is_left_as_both_engines_leave_it(note):
    html = MARKDOWN_PARSER.render(note)
    assert clean_note(html) == clean_marked_note(html)


def test_a_plain_note_needs_neither_engine(monkeypatch):
    monkeypatch.setattr(sanitizer, "clean_marked_note", None)
    assert (
        clean_note("<p>Who <em>else</em><br />\nsays &quot;so&quot;?</p>\n")
        == '<p>Who <em>else</em><br>\nsays "so"?</p>\n'
    )


def test_a_long_note_is_refused():
    with pytest.raises(ValueError, match="20,000 characters"):
        clean_note("a" * 20_001)

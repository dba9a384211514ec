"""What a reader sees of an article is in its text, whatever the page names it or wraps it in; what stands around it is not."""

import re

from cases import each
from newsreader.importing.extraction.article import extract_as_stated

PARAGRAPHS = [
    "The harbour office of Brevik closed the coal pier on Monday, after divers had found cracks in nine of its pillars.",
    "Skippers who land their catch there were told on the same morning, and they asked for a delay until the season is over.",
    "The harbour master, Ane Rud, said that nobody would be sent away before a floating landing lies at the western quay.",
    "What the repair costs will be known in March, and the county has offered to carry a third of it if the town pays.",
]


def found(between: str = "", before: str = "", after: str = "", around: str = "{}") -> str:
    """The HTML of an article with something in it, its own paragraphs as P0 to P3 and no ids of blocks."""
    first, *others = [f"<p>{text}</p>" for text in PARAGRAPHS]
    body = around.format(f"<h1>Coal pier closed</h1>{before}{first}{between}{''.join(others)}{after}")
    page = f"<title>Coal pier closed</title><nav><a href=/>Front</a></nav><main><article>{body}</article></main>"
    html = extract_as_stated(f"<html lang=en><body>{page}</body></html>", "https://quay.example/pier").html
    for number, text in enumerate(PARAGRAPHS):
        html = html.replace(text, f"P{number}")
    return re.sub(r' id="p\d+"', "", html).replace("\n", "")


def around(html: str) -> str:
    """The article with a block between its first two paragraphs."""
    return f"<p>P0</p>{html}<p>P1</p><p>P2</p><p>P3</p>"


@each(
    "name",
    "teaser related-people nav-item menu comment share-quote promo newsletter-lead sidebar tags-intro author-note x83b ad".split(),
)
def test_the_name_of_a_paragraph_does_not_take_it_out_of_the_text(name):
    words = [f"The pier was lengthened in {year}." for year in (1911, 1924, 1931, 1957)]
    forms = [
        '<p class="{}">{}</p>',
        '<p id="{}">{}</p>',
        '<div class="{}"><p>{}</p></div>',
        '<section id="{}"><div>{}</div></section>',
    ]
    lead, end = "BREVIK — The pier is closed, as of today.", "Nobody had asked for it in all these years."
    between = "".join(form.format(name, text) for form, text in zip(forms, words, strict=True))
    html = found(between, f'<div class="{name}"><p>{lead}</p></div>', f'<p class="{name}">{end}</p>')
    assert html == f"<p>{lead}</p>{around(''.join(f'<p>{text}</p>' for text in words))}<p>{end}</p>"


@each(
    ("html", "text"),
    [
        ('<blockquote class="share">We saw it.</blockquote>', "<blockquote>We saw it.</blockquote>"),
        ('<dl class="related"><dt>Pier</dt><dd>A landing</dd></dl>', "<dl><dt>Pier</dt><dd>A landing</dd></dl>"),
        ('<ul class="promo"><li>One</li><li>Two</li></ul>', "<ul><li>One</li><li>Two</li></ul>"),
        ("<aside><h3>The pier</h3><p>It is old.</p></aside>", "<h3>The pier</h3><p>It is old.</p>"),
        ('<h2 class="related-title">What they saw</h2>', "<h2>What they saw</h2>"),
        ('<p class="teaser">The <a href="/r">report</a> of May names three.</p>', None),
        ("<p>Why?</p><p class=x>“No.”</p>", "<p>Why?</p><p>“No.”</p>"),
        ("<form action=/x><p>The <label>county</label> will pay.</p></form>", "<p>The county will pay.</p>"),
    ],
)
def test_blocks_between_paragraphs_stay_what_they_are(html, text):
    expected = text or '<p>The <a href="https://quay.example/r">report</a> of May names three.</p>'
    assert found(html) == around(expected)


@each(
    "html",
    [
        "<h3>Read also</h3><ul><li><a href=/1>Ferry is late again</a></li><li><a href=/2>Nine soups</a></li></ul>",
        "<div class=x><h3>Read also</h3><ul><li><a href=/1>Ferry is late</a></li><li><a href=/2>Soups</a></li></ul></div>",
        "<div class=x><a href=/1><img src=x><h3>Ferry is late again</h3><p>She came at nine. Nobody knows why.</p></a></div>",
        "<div class=x><h3><a href=/1>Ferry is late again</a></h3><p>She came in at nine. Nobody knows why.</p></div>",
        "<ul><li><a href=https://f.example/share>Facebook</a></li><li><a href=https://m.example/>Mail</a></li></ul>",
        "<div><p>Get our best stories each morning.</p><form><input type=email><button>Sign up</button></form></div>",
        "<div class=x><h3>Our letter</h3><p>Get our best stories each morning.</p><a href=/letter>Sign up</a></div>",
        "<div role=dialog><p>We store cookies on your device.</p><button>Accept</button></div>",
        "<p><button>Share</button> <button>Save</button></p>",
        "<nav><p>You are here: Front page.</p></nav>",
        "<div class=x>Advertisement</div>",
        "<p>Anzeige</p>",
        "<div class=ad><p>Advertisement</p><a href=https://ads.example/>Boots at half price</a></div>",
    ],
)
def test_navigation_forms_and_links_to_other_pages_stay_out(html):
    assert found(html) == around("")


@each(
    ("html", "kept"),
    [
        ("<footer><p>Correction: an earlier version named the wrong quay.</p></footer>", True),
        ("<footer><p>This article was amended on 3 May to name the right quay.</p></footer>", True),
        ('<div class="x"><p>Editor’s note: the name of the master was wrong.</p></div>', True),
        ("<footer><div><p>Berichtigung: Der Kai heißt anders.</p></div></footer>", True),
        ("<footer><ul><li><a href=/t>Brevik</a><li><a href=/p>Piers</a></ul></footer>", False),
        ("<footer><p>© The Quay. All rights reserved.</p></footer>", False),
        (
            "<section class=comments><h2>1 comment</h2><div><b>Ola</b><p>I knew it.</p><button>Reply</button></div></section>",
            False,
        ),
    ],
)
def test_a_correction_below_the_text_stays_and_the_rest_of_a_footer_does_not(html, kept):
    text = re.sub("<[^>]*>", "", html)
    assert (text in re.sub("<[^>]*>", "", found(after=html))) is kept
    assert kept or found(after=html) == around("")


@each(
    "notes",
    [
        '<section class="footnotes"><ol><li id="f1"><p>Minutes of 3 March. <a href="#r1">↩</a></p></li></ol></section>',
        '<div class="x"><p id="f1">Minutes of 3 March. <a href="#r1">↩</a></p></div>',
        '<div class="related"><ul><li id="f1"><a href="https://b.example/">Minutes</a> of 3 March. <a href="#r1">↩</a></li></ul></div>',
        '<aside><dl><dt id="f1">1</dt><dd>Minutes of 3 March. <a href="#r1">↩</a></dd></dl></aside>',
    ],
)
def test_footnotes_stay_and_links_lead_to_them_and_back(notes):
    html = found('<p>It is old.<sup id="r1"><a href="#f1">1</a></sup></p>', after=notes)
    note = re.search(r'<sup id="(\w+)"><a href="#(\w+)">1</a></sup>', html)
    assert re.sub("<[^>]*>", "", html).endswith("of 3 March. ↩")
    assert note
    assert f'href="#{note[1]}"' in html
    assert f'id="{note[2]}"' in html or f"#{note[2]}" in {"#p6", "#p5"}


@each(
    ("html", "text"),
    [
        (
            "<ul><li>Harbours<ul><li><a href=/b>Brevik</a></li><li><a href=/s>Skarholm</a></li></ul></li></ul>",
            "Harbours Brevik Skarholm",
        ),
        ("<ol><li><a href=/b>Brevik</a><ol><li><a href=/s>Coal pier</a></li></ol></li></ol>", "Brevik Coal pier"),
        (
            "<p>The papers in this case are:</p><ul><li><a href=/b>Minutes</a></li></ul>",
            "The papers in this case are: Minutes",
        ),
        ("<ul><li>Minutes, <a href=/b>as printed</a></li><li>Report of the divers</li></ul>", None),
    ],
)
def test_lists_of_links_that_belong_to_the_text_stay(html, text):
    words = re.sub("<[^>]*>", " ", found(html)).split()
    assert " ".join(words[1:-3]) == (text or "Minutes, as printed Report of the divers")


@each(
    ("html", "text"),
    [
        ("<details><summary>Who pays?</summary><p>The county.</p></details>", "<h3>Who pays?</h3><p>The county.</p>"),
        (
            "<details class=faq><summary>Who pays?</summary>The county.</details>",
            "<h3>Who pays?</h3><p>The county.</p>",
        ),
        ("<details open><summary><h4>Who?</h4></summary><p>They.</p></details>", "<h4>Who?</h4><p>They.</p>"),
        (
            "<details><summary>Piers</summary><ul><li>Coal</li><li>Salt</li></ul></details>",
            "<h3>Piers</h3><ul><li>Coal</li><li>Salt</li></ul>",
        ),
        (
            "<div><h3><button>Who pays?</button></h3><div><p>The county.</p></div></div>",
            "<h3>Who pays?</h3><p>The county.</p>",
        ),
    ],
)
def test_what_opens_stands_in_its_order(html, text):
    assert found(html * 2) == around(text * 2)


@each(
    ("html", "text"),
    [
        (
            "They call it <button>a <b>pile</b> cap</button>, wrongly.",
            "They call it a <strong>pile</strong> cap, wrongly.",
        ),
        ("<button>Piles</button> are made of oak.", "Piles are made of oak."),
        ("They are made of <button>oak</button>", "They are made of oak"),
        ("The <label for=q>western quay</label> is closed.", "The western quay is closed."),
        ("That makes <output>1,204</output> tonnes a year.", "That makes 1,204 tonnes a year."),
        ("It is old. <button>Share</button>", "It is old."),
    ],
)
def test_controls_within_a_sentence_are_its_words(html, text):
    assert found(f"<p>{html}</p>") == around(f"<p>{text}</p>")


@each(
    ("html", "text"),
    [
        ("<math><mi>R</mi><mo>=</mo><mn>2.4</mn></math>", "R=2.4"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>y</mi><mn>1</mn></msub></math>", None),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>", "(a+b)/2"),
        ("<math><msqrt><mi>x</mi></msqrt><mtext> if </mtext><mi>x</mi></math>", "√x if x"),
        ('<math alttext="E=mc^2"></math>', "E=mc^2"),
        ("<math><semantics><annotation>R=2</annotation></semantics></math>", "R=2"),
        ("<math><semantics><mi>π</mi><annotation encoding=application/x-tex>\\pi</annotation></semantics></math>", "π"),
        ("<i><i><math><mi>R</mi></math></i><i aria-hidden=true><b>R</b></i></i>", "<em>R</em>"),
        ('<span style="display: none"><math><mi>π</mi></math></span><img src=x alt=pi>', "π"),
    ],
)
def test_formulas_are_text(html, text):
    text = text or "x<sup>2</sup>+y<sub>1</sub>"
    assert found(f"<p>We know {html} by now.</p>") == around(f"<p>We know {text} by now.</p>")


def test_a_formula_between_paragraphs_is_a_block():
    assert found("<math display=block><mi>a</mi><mo>=</mo><mi>b</mi></math>") == around('<p class="formula">a=b</p>')


@each(
    ("html", "text"),
    [
        ("<ruby>港<rt>みなと</rt></ruby>", "<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>"),
        ("<ruby>港<rt>みな</rt>町<rt>まち</rt></ruby>", None),
        (
            "<ruby>港<rp>（</rp><rt>みなと</rt><rp>）</rp></ruby>",
            "<ruby>港<rp>（</rp><rt>みなと</rt><rp>）</rp></ruby>",
        ),
    ],
)
def test_a_ruby_annotation_is_no_part_of_its_word(html, text):
    text = text or "<ruby>港<rp>(</rp><rt>みな</rt><rp>)</rp>町<rp>(</rp><rt>まち</rt><rp>)</rp></ruby>"
    assert found(f"<p>The sign says {html} in red.</p>") == around(f"<p>The sign says {text} in red.</p>")


@each(
    "html",
    [
        "<table><tr><th>Day<th>Boats<tr><td>Monday<td><ul><li>Margit<li>Else</ul><tr><td>Friday<td><ul><li>None</ul></table>",
        "<table><tr><td><b>Day</b><td><b>Boats</b><tr><td>Monday<td><ul><li>Margit<li>Else</ul></table>",
        "<table><caption>Boats</caption><tr><th>Day<th>Boats<tr><td>Monday<td><p>Margit<p>Else</table>",
        "<table class=promo><thead><tr><th><button>Day</button><th>Boats</thead><tr><td>Monday<td>Margit, Else</table>",
    ],
)
def test_a_table_with_lists_in_its_cells_stays_a_table(html):
    table = found(html)
    assert table.count("<tr>") == html.count("<tr>")
    assert re.sub(r"<[^>]*>|\W", " ", table).split()[1:-3] == re.sub(r"<[^>]*>|\W", " ", html).split()


def test_the_numbers_of_lists_stay():
    html = '<ol start="3" reversed><li>Three</li><li value="7">Two</li></ol>'
    assert found(html) == around('<ol reversed="" start="3"><li>Three</li><li value="7">Two</li></ol>')


@each(
    ("html", "text"),
    [
        ("<x-box><h2>Pillars</h2><p>Nine.</p><p>Or ten.</p></x-box>", "<h2>Pillars</h2><p>Nine.</p><p>Or ten.</p>"),
        ("<x-a><x-b><p>Nine.</p></x-b></x-a>", "<p>Nine.</p>"),
        ("<x-text>It is old.</x-text><x-text>It is cracked.</x-text>", "<p>It is old.</p><p>It is cracked.</p>"),
        ("<p>The <x-tip><x-word>pier</x-word></x-tip> is old.</p>", "<p>The pier is old.</p>"),
        ("<x-list><ul><li>One</li></ul></x-list>", "<ul><li>One</li></ul>"),
        ("<paragraph>It is old.</paragraph>", "<p>It is old.</p>"),
        ("<span><p>It is old.</p><p>It is cracked.</p></span>", "<p>It is old.</p><p>It is cracked.</p>"),
    ],
)
def test_unknown_elements_are_blocks_if_they_hold_or_stand_beside_blocks(html, text):
    assert found(html) == around(text)
    assert found(html, around="<x-page><x-body>{}</x-body></x-page>") == around(text)


@each(
    ("html", "is_seen"),
    [
        ("<p hidden>{}</p>", False),
        ("<div hidden=''><p>{}</p></div>", False),
        ('<p style="color: red; DISPLAY : none !important">{}</p>', False),
        ('<p style="visibility:hidden">{}</p>', False),
        ("<template><p>{}</p></template>", False),
        ("<dialog><p>{}</p></dialog>", False),
        ("<noscript><p>{}</p></noscript>", False),
        ("<div popover><p>{}</p></div>", False),
        ("<p hidden=until-found>{}</p>", True),
        ("<p aria-hidden=true>{}</p>", True),
        ("<dialog open><p>{}</p></dialog>", True),
        ('<p style="display:none;display:block">{}</p>', True),
        ('<p style="-webkit-backface-visibility:hidden;backface-visibility: hidden">{}</p>', True),
        ('<p style="--menu-display: none">{}</p>', True),
        ('<x-text><template shadowrootmode="open"><style>p {{}}</style><p>{}</p></template></x-text>', True),
        ("<x-text><template shadowroot=open><p>{}</p></template></x-text>", True),
        ('<p style="display:inline">{}</p>', True),
    ],
)
def test_what_a_page_hides_is_no_text(html, is_seen):
    words = "It was written for nobody to read, though it is rather long for that."
    assert found(html.format(words)) == around(f"<p>{words}</p>" if is_seen else "")


@each(
    ("html", "text"),
    [
        (
            '<section class="live-post"><time>14:05</time><p>Guards came.</p></section>',
            '<section class="post"><p><time>14:05</time></p><p>Guards came.</p></section>',
        ),
        (
            "<div><h3><time>14:05</time> Closed</h3><p>Guards came.</p></div>",
            "<h3><time>14:05</time> Closed</h3><p>Guards came.</p>",
        ),
        (
            "<div class=x><div><time>14:05</time></div><p>Guards came.</p></div>",
            "<p><time>14:05</time></p><p>Guards came.</p>",
        ),
        (
            "<div class=x><div>2:05 p.m.</div><div><p>Guards came.</p></div></div>",
            "<p>2:05 p.m.</p><p>Guards came.</p>",
        ),
    ],
)
def test_the_entries_of_a_live_report_keep_their_times(html, text):
    assert found(html * 2) == around(text * 2)


@each("page", ["<meta charset=utf-8><article><p>{}</p>", "<article><p>{}</p>", "<p>{}"])
def test_a_page_without_a_body_is_read(page):
    words = " ".join(PARAGRAPHS)
    assert extract_as_stated(page.format(words)).html == f'<p id="p1">{words}</p>'

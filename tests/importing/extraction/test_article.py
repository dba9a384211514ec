"""What is found in whole pages: ours, and those of the folder that NEWSREADER_PAGES names."""

import json
import os
import re
from datetime import UTC, datetime
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.article import extract
from newsreader.models.article import resolve_moment
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean

OURS = Path(__file__).parent.parent / "pages"
SAMPLES = OURS.parent.parent / "pages"
GIVEN = [Path(name) for name in [os.environ.get("NEWSREADER_PAGES")] if name]
PAGES = sorted(
    [*OURS.glob("*.html"), *SAMPLES.glob("page-*.html"), *(page for name in GIVEN for page in name.glob("*.html"))]
)
TEXT = "The ferry sails again, and forty people were on board when she left the pier on Sunday night. " * 4


def said_of(page: Path) -> dict:
    beside = page.with_suffix(".json")
    return json.loads(beside.read_text()) if beside.exists() else {}


@cache
def found_in(page: Path) -> Extracted:
    """What is found in a whole page, which takes a while: looked for once."""
    return extract(page.read_bytes())


def article(name: str, url: str = ""):
    return extract((OURS / f"{name}.html").read_bytes(), url)


def page(head: str = "", body: str = "", attributes: str = "") -> str:
    return f"<html {attributes}><head>{head}</head><body><article>{body}<p>{TEXT}</p></article></body></html>"


@each("page", PAGES)
def test_the_title_is_the_stated_one_at_most_without_the_name_of_the_site(page):
    stated, found = said_of(page).get("title"), found_in(page)
    if stated:
        assert found.title == stated or (
            found.title == stated[: len(found.title)] and stated.strip("]").endswith(found.site)
        )
    assert found.title


@each("page", PAGES)
def test_the_text_is_canonical_and_says_its_language(page):
    found = found_in(page)
    assert found.html == clean(found.html)
    assert found.language[:2] == (said_of(page).get("lang") or found.language)[:2] != ""


@each("page", [page for page in PAGES if said_of(page).get("publishedTime")])
def test_the_time_of_publication_is_the_stated_one(page):
    stated = datetime.fromisoformat(said_of(page)["publishedTime"])
    found = resolve_moment(found_in(page).published)
    assert found == (stated if stated.tzinfo else stated.replace(tzinfo=UTC))


@each("page", OURS.glob("*.html"))
def test_byline_and_site_are_the_stated_ones(page):
    stated, found = said_of(page), found_in(page)
    assert (found.byline, found.site) == (stated["byline"] or "", stated["siteName"] or "")


def test_the_structure_of_an_article_is_kept():
    assert re.findall(r"<(h2|table|thead|ol|blockquote|em|strong) ?", article("ferry").html) == (
        ["em", "strong", "h2", "table", "thead", "h2", "ol", "blockquote"]
    )


def test_what_stands_around_an_article_is_left_out():
    text = text_of(article("ferry").html)
    around = ["Front page", "cookies", "Boots", "Advertisement", "Most read", "rights reserved", "Okafor"]
    assert not [words for words in around if words in text]


def test_an_article_does_not_begin_with_its_own_headline():
    found = article("ferry")
    assert found.title not in text_of(found.html)


def test_a_caption_stays_one():
    image = '<img alt="" data-src="https://quay.example/2026/11/boat.jpg">'
    caption = "<figcaption>The Margit leaves the inner harbour"
    assert article("ferry").html.startswith(f'<figure id="p1">{image}\n{caption}')


def test_the_lines_of_a_caption_are_not_joined_without_a_space():
    captions = (
        "<figcaption>The pier in May.<br>Photo: Una Berg</figcaption>",
        "<figcaption><p>Two.</p><p>Lines.</p></figcaption>",
    )
    paragraphs = "<p>The pier has stood since the storm, and all of it was rebuilt by those who fish from it.</p>" * 3
    page = "".join(f"<figure><img src=a.jpg>{caption}</figure>{paragraphs}" for caption in captions)
    html = extract(f"<html lang=en><body><article><h1>The pier</h1>{page}</article></body></html>").html
    assert "The pier in May. Photo: Una Berg" in html and "Two. Lines." in html


def test_the_credit_of_a_caption_who_is_quoted_a_pull_quote_a_correction_and_a_time_stay_what_they_are():
    body = (
        f"<p>{TEXT}</p><figure><img src=x><figcaption><p>The boat.</p><p class=photo-credit>Photo: B. Aas</p></figcaption>"
        f"</figure><p>{TEXT[::2]}</p><blockquote><p>It was a good boat.</p><footer>Berit Aas</footer></blockquote>"
        f"<p>It left at <time datetime=18:05>five past six</time>. {TEXT[1:]}</p><blockquote class=pullquote>A good boat."
        f"</blockquote><p>{TEXT[2:]}</p><div class=correction><p>Correction: the boat is a ferry.</p></div>"
    )
    html = extract(page(body=body)).html
    assert '<figcaption>The boat. <span class="credit">Photo: B. Aas</span></figcaption>' in html
    assert "<footer>Berit Aas</footer>" in html
    assert '<time datetime="18:05">five past six</time>' in html
    assert 'class="pull">A good boat.</blockquote>' in html
    assert 'class="correction">Correction: the boat is a ferry.</aside>' in html


def test_a_time_within_a_sentence_stays():
    assert "at the beginning of October:" in text_of(article("ferry").html)


def test_the_marks_of_an_inline_quote_are_written_out():
    assert "“Elle se croit en 1998”, dit" in text_of(article("code").html)


def test_preformatted_text_keeps_its_lines_and_indents():
    assert "12,1\n    deux heures  panne</pre>" in article("code").html


def test_terms_and_descriptions_are_kept():
    assert re.findall("<(dl|dt|dd)\\b", article("code").html) == ["dl", "dt", "dd", "dt", "dd"]


def test_indices_and_ruby_are_kept():
    assert "H<sub>2</sub>O" in article("code").html
    assert "<ruby>灯台守<rp>(</rp><rt>とうだいもり</rt><rp>)</rp></ruby>" in article("cat").html


def test_a_table_that_only_lays_out_is_none_in_the_text():
    found = article("bridge")
    assert re.findall("<(\\w+)", found.html) == ["p", "p", "p"]


def test_links_are_made_absolute_by_the_address_of_the_page():
    assert 'href="https://quay.example/skarholm/census"' in article("ferry").html


def test_a_base_element_is_where_links_start_from():
    html = page(
        '<base href="https://other.example/deep/">',
        '<p>It is quieter <a href="down">down there</a>, he said. So they went.</p>',
    )
    assert 'href="https://other.example/deep/down"' in extract(html, "https://quay.example/a").html


def test_an_arabic_page_runs_from_right_to_left():
    assert article("wells").direction == "rtl"


def test_the_summary_is_the_standfirst():
    assert article("ferry").standfirst.startswith("A boat that nobody wanted")


def test_a_summary_that_only_repeats_the_beginning_is_no_standfirst():
    html = page(f'<meta name="description" content="{TEXT[:90]}…">')
    assert extract(html).standfirst == ""


def test_headings_that_lie_between_paragraphs_are_not_lost_without_a_frame():
    paragraphs = "".join(f"<h3>Part {number}</h3><p>{number}. {TEXT}</p>" for number in range(3))
    html = extract(f"<html><body><div>{paragraphs}</div></body></html>").html
    assert re.findall("<(h3|p)", html) == ["h3", "p", "h3", "p", "h3", "p"]


def test_text_that_stands_bare_between_blocks_is_not_lost():
    html = f"<html><body><div><h2>One</h2>First of all. {TEXT}<p>Second. {TEXT}</p><p>Third. {TEXT}</p></div></body></html>"
    assert "First of all." in text_of(extract(html).html)


@each("empty", [b"", b"  \n", b"<!-- nothing -->", b"\xef\xbb\xbf"])
def test_an_empty_page_is_refused(empty):
    with pytest.raises(ArticleImportError, match="empty"):
        extract(empty)


@each("bare", ["<p>Hello</p>", "<nav><a href='/'>Home</a></nav>", "<script>" + TEXT + "</script>"])
def test_a_page_without_an_article_is_refused(bare):
    with pytest.raises(ArticleImportError, match="No article was found"):
        extract(f"<html><body>{bare}</body></html>")


def test_two_megabytes_of_words_are_read_and_one_byte_more_is_not():
    html = page().encode()
    whole = html + b" " * (2_000_000 - len(html))
    assert extract(whole).html
    with pytest.raises(ArticleImportError, match="larger than 2 MB"):
        extract(whole + b" ")


@each(
    ("before", "unread", "after"),
    [
        ("<script>", "let a = 1; ", "</script>"),
        ("<style>", "p { color: red } ", "</style>"),
        ("<!--", "<p>Not a word of it.</p> ", "-->"),
        ("<svg viewBox='0 0 1 1'>", "<path d='M0 0L1 1'/>", "</svg>"),
        ("<img alt='' src='data:image/png;base64,", "iVBORw0KGgo", "'>"),
        ("<img alt='' src=data:image/png;base64,", "iVBORw0KGgo", ">"),
        ('<iframe srcdoc="', "<p>Buy boots</p>", '"></iframe>'),
        ("<p style='background:url(data:image/png;base64,", "iVBORw0KGgo", ")'></p>"),
    ],
)
def test_a_large_page_counts_without_what_nobody_reads(before, unread, after):
    html = page(body=f"<p>First of all, {TEXT}</p>{before}{unread * (2_200_000 // len(unread))}{after}")
    assert text_of(extract(html.encode()).html).split("\n")[0].startswith("First of all, The ferry sails")


def test_no_file_of_more_than_ten_megabytes_is_read():
    with pytest.raises(ArticleImportError, match="larger than 10 MB"):
        extract(page().encode() + b" " * 10_000_000)


def test_a_page_that_is_nested_too_deep_is_refused():
    with pytest.raises(ArticleImportError, match="nested more than 200 levels"):
        extract("<div>" * 250 + TEXT)


def test_what_is_found_is_the_same_each_time():
    assert article("ferry") == article("ferry")


def test_the_words_of_a_page_are_those_of_its_paragraphs():
    body = "".join(f"<p>Sentence number {number} of this long page, with a few words more.</p>" for number in range(60))
    numbers = re.findall(r"number (\d+) of", text_of(extract(page(body=body)).html))
    assert len(list(takewhile(lambda pair: pair[0] == int(pair[1]), enumerate(numbers)))) == 60


def test_a_short_article_keeps_its_paragraphs():
    body = "<h1>Fog</h1><p>There is fog on the pier today, and it is thick.</p><p>It will lift.</p>"
    found = extract(f"<html><title>Fog</title><body>{body}</body></html>")
    assert found.html == '<p id="p1">There is fog on the pier today, and it is thick.</p>\n<p id="p2">It will lift.</p>'


def test_who_is_quoted_in_a_block_is_kept_with_the_quote():
    quote = "<blockquote><p>It was a good boat.</p><footer>Berit Aas, teacher</footer></blockquote>"
    assert "Berit Aas, teacher" in text_of(extract(page(body=f"<p>{TEXT}</p>{quote}")).html)


def test_a_byline_at_the_top_of_the_text_is_left_out():
    html = f"<p>Von Ana Lima</p><p>{TEXT}</p>"
    assert text_of(extract(page('<meta name="author" content="Ana Lima">', html)).html).startswith("The ferry")

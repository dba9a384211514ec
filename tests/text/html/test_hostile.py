"""No snippet of markup that wants to run keeps anything to run with."""

import re

from cases import each
from newsreader.text.html.sanitizer import clean, clean_note
from text.html.hostile import ADDRESSES, SNIPPETS

# Spelled out here once more, so that a slip in the code's own lists shows.
ARTICLE = re.compile(
    r"</?(p|h[234]|blockquote|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|td|th|pre|a|strong|em|code|sub|sup"
    r"|s|del|ins|u|small|q|cite|abbr|bdi|bdo|ruby|rt|rp|br|span|figure|figcaption|footer|aside|section|hr|time)"
    r'( (id="[pnr]\d+"|dir="(ltr|rtl|auto)"|lang="[A-Za-z0-9-]+"|(start|colspan|rowspan|value)="-?\d+"|reversed=""'
    r'|class="(pull|correction|notes|post|credit|formula)"|scope="(row|col)(group)?"|datetime="[0-9A-Z.:+ -]+"'
    r'|title="[^"<>]*"|href="((https?://|mailto:)[^"<>\s]+|#[pnr]\d+)"))*>'
    r'|<img alt="[^"<>]*" data-src="https?://[^"<>\s]+">'
)
NOTE = re.compile(
    r'</?(p|em|strong|code|pre|ul|ol|li|blockquote|a|br)( href="(https?://|mailto:)[^"<>\s]+"| rel="nofollow noopener")*>'
)


def test_there_are_at_least_two_hundred_snippets():
    assert len(set(SNIPPETS)) >= 200


@each("snippet", SNIPPETS)
def test_a_hostile_snippet_leaves_only_plain_markup(snippet):
    for html, allowed in [(clean(snippet, "https://example.org/"), ARTICLE), (clean_note(snippet), NOTE)]:
        rest = allowed.sub("", html)
        assert "<" not in rest
        assert ">" not in rest


@each("address", ADDRESSES)
def test_a_hostile_address_is_no_link(address):
    assert "href" not in clean(f'<p>a <a href="{address}">link</a></p>')
    assert "href" not in clean_note(f'<p>a <a href="{address}">link</a></p>')


@each("snippet", SNIPPETS)
def test_a_hostile_snippet_is_cleaned_once_and_for_all(snippet):
    once = clean(snippet, "https://example.org/")
    assert clean(once) == once

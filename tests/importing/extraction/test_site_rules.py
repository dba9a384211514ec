"""Rules of a site: what selectors make of a page."""

import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.article import extract_as_stated
from newsreader.importing.extraction.site_rules import parse_selector
from newsreader.importing.sandbox.runner import extract_safely
from newsreader.text.html.plaintext import text_of

WORDS = "The ferry sails again after two years at the coal pier. " * 4
PAGE = f"""<html lang=en><head><title>Ferry</title></head><body><article>
<p class="by"><span class=name>Ana  Roe</span> and <span class=name>Bo Lee</span></p>
<p>{WORDS}</p><div class=box><p>In this box: {WORDS}</p></div><p>{WORDS}</p></article>
<div class="appendix">Loose words of the appendix, <b>which</b> belong to it, too.</div></body></html>"""


def extracted(*rules: tuple[str, str]):
    return extract_as_stated(PAGE, "", "", [{"part": part, "selector": selector} for part, selector in rules])


def test_what_is_not_text_is_left_out():
    assert "In this box" in text_of(extracted().html)
    assert "In this box" not in text_of(extracted(("no-text", "article .box")).html)


def test_the_text_is_what_the_rules_select_and_nothing_else():
    html = extracted(("body", ".appendix")).html
    assert text_of(html) == "Loose words of the appendix, which belong to it, too."
    both = extracted(("body", ".box"), ("body", ".appendix"), ("body", ".box p")).html
    assert (
        text_of(both).split() == f"In this box: {WORDS} Loose words of the appendix, which belong to it, too.".split()
    )


def test_a_rule_that_selects_nothing_changes_nothing():
    assert extracted(("body", ".nothing"), ("no-text", "#no"), ("author", "i")) == extracted()


def test_the_author_is_who_the_rules_select():
    assert extracted(("author", ".name")).byline == "Ana Roe, Bo Lee"


def test_the_sandbox_applies_the_rules_and_what_they_keep_is_cleaned():
    page = PAGE.replace(
        "Loose words", '<a href="javascript:x()" onclick="y()" style="z">Loose</a> words<script>1</script>'
    )
    html = extract_safely(page, rules=[{"part": "body", "selector": ".appendix"}]).html
    assert text_of(html).startswith("Loose words of the appendix")
    assert not any(word in html for word in ("javascript", "onclick", "style", "script"))


@each("selector", ["p[", "p:visited:what", "a ! b", "::before", "p:not(" * 60, "", "html|p"])
def test_what_is_no_selector_is_refused_with_a_sentence(selector):
    with pytest.raises(ArticleImportError, match="This is not a valid CSS selector"):
        parse_selector(selector)

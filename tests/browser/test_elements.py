"""What an article can hold, as a browser draws it: every element in every theme, on narrow screens, and printed."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from annotations.models import Highlight, Project
from newsreader.models import Article
from newsreader.text.html.allowlists import CONTAINER_TAGS, INLINE_TAGS, LINE_TAGS, VOID_TAGS
from places import opened, wait_until

WIDE = {"viewport": {"width": 1440, "height": 900}}
PAPER = {"width": 605, "height": 970}  # of a sheet of A4, what its margins leave
SANS, SERIF, MONO = '"Instrument Sans"', '"Source Serif"', "ui-monospace"
CAPTION = {"font-family": SANS, "font-size": "14px"}
# What is seen of each element, by a selector that ends with its tag: how the computed value begins.
LOOKS = {
    "#text > p": {"font-family": SERIF, "font-size": "20px", "font-style": "normal", "font-weight": "400"},
    "h2": {"font-size": "21px", "font-weight": "600"},
    "#text > h3": {"font-weight": "600"},
    "#text > h4": {"font-style": "italic"},
    "li > h3": {"font-weight": "600", "font-size": "20px"},
    "#text > ul": {"list-style-type": "disc", "padding-left": "30px"},
    "ul ul": {"list-style-type": "circle"},
    "#text > ol": {"list-style-type": "decimal"},
    "ol ol": {"list-style-type": "lower-alpha"},
    "ul > li": {"display": "list-item"},
    "dl > dt": {"font-weight": "600"},
    "dl > dd": {"padding-left": "30px"},
    "#text > hr": {"height": "1px", "width": "64px"},
    "#text > blockquote": {"border-left-width": "1px", "border-left-style": "solid"},
    "blockquote > footer": CAPTION,
    "blockquote.pull": {"border-top-width": "1px", "border-left-width": "0px", "font-size": "27px"},
    "figure > figcaption": CAPTION,
    "#text > figure": {"border-top-width": "1px", "border-bottom-width": "1px"},
    "p.credit": CAPTION,
    ".wide table": CAPTION | {"border-bottom-width": "1px"},
    "table > caption": {"font-weight": "600", "text-align": "start"},
    "thead th": {"font-size": "13px", "border-top-width": "1px"},
    "tbody th": {"font-weight": "600"},
    "td.figure": {"text-align": "end", "white-space": "nowrap"},
    "tfoot td": {"font-weight": "600"},
    "p code": {"font-family": MONO, "font-size": "17px"},
    ".wide pre": {"font-family": MONO, "border-top-width": "1px", "white-space": "pre"},
    "p.formula": {"font-style": "italic", "padding-left": "30px"},
    "section.post": {"border-top-width": "1px"},
    "h3 > time": {"display": "block", "font-family": SANS},
    "aside": CAPTION | {"border-top-width": "1px", "border-bottom-width": "1px"},
    "section.notes": {"border-top-width": "1px", "font-size": "16.4px"},
    "p em": {"font-style": "italic"},
    "p cite": {"font-style": "italic"},
    "footer cite": {"font-style": "normal"},
    "p strong": {"font-weight": "600"},
    "p small": {"font-size": "16.4px"},
    "p sup": {"font-size": "13.6px", "line-height": "0px"},
    "p sub": {"font-size": "13.6px", "line-height": "0px"},
    "p u": {"text-decoration-line": "underline"},
    "p s": {"text-decoration-line": "line-through"},
    "p del": {"text-decoration-line": "line-through", "background-color": "rgba(0, 0, 0, 0)"},
    "p ins": {"text-decoration-line": "underline", "background-color": "rgba(0, 0, 0, 0)"},
    "p abbr": {"text-decoration-style": "dotted"},
    "p q": {"quotes": "auto"},
    "p a": {"text-decoration-line": "underline"},
    "ruby > rt": {"font-family": SANS, "font-size": "11px"},
    "ruby > rp": {"display": "none"},
}
# These only say something of what is in them: a language, a direction, a row, a list of terms.
PLAIN = {"br", "dl", "span", "bdi", "bdo", "ruby", "thead", "tbody", "tfoot", "tr"}
READ = """looks => Object.entries(looks).flatMap(([selector, values]) => {
  const element = document.querySelector(`#text :is(${selector})`), style = element && getComputedStyle(element);
  if (!element) return [`${selector} is not there`];
  return Object.entries(values).filter(([name, value]) => !style.getPropertyValue(name).startsWith(value))
    .map(([name]) => `${selector}: ${name} is ${style.getPropertyValue(name)}`);
})"""
# The elements with text of their own that have less contrast to what is behind them than WCAG asks for.
FAINT = """theme => {
  document.documentElement.dataset.theme = theme;
  const light = color => color.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [.2126, .7152, .0722][index], 0);
  const ground = node => getComputedStyle(node).backgroundColor;
  const behind = node => ground(node).startsWith("rgba(0, 0, 0, 0") ? behind(node.parentElement) : ground(node);
  const ratio = (one, other) => (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
  return [...document.querySelectorAll("#text *")]
    .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) && node.checkVisibility())
    .filter(node => ratio(light(getComputedStyle(node).color), light(behind(node))) < 4.5).map(node => node.outerHTML.slice(0, 80));
}"""
BUTTONS = """() => [...document.querySelectorAll("button, .button, input, select, textarea, summary, #toolbar, .caret")]
  .filter(node => node.checkVisibility({ visibilityProperty: true })).map(node => node.outerHTML.slice(0, 80))"""
UNNUMBERED = """() => [...document.querySelectorAll("#text > :not(hr)")].filter(block => {
  const number = getComputedStyle(block, "::before");
  return number.content !== "counter(block)" || number.display !== "block" || block.getBoundingClientRect().left < 24;
}).map(block => block.id)"""
MARKED = [
    "thin, for the sports page",
    "Photo: Ronja Eskeland",
    "A bridge for seven",
    "صفّاف الحروف",
    "with her name on it",
]


@pytest.fixture
def sheet(demo) -> Article:
    return Article.objects.get(title="Every element an article can hold")


def test_every_element_has_its_look_in_every_theme_and_none_is_wider_than_a_phone(signed_in_page, sheet):
    page = signed_in_page(None, **WIDE)
    page.goto(sheet.get_absolute_url())
    page.evaluate("document.fonts.ready.then(() => true)")
    for theme in ("light", "sepia", "dark"):
        assert (theme, page.evaluate(FAINT, theme)) == (theme, [])
        assert (theme, page.evaluate(READ, LOOKS)) == (theme, [])
    page.set_viewport_size({"width": 320, "height": 700})
    wait_until(page, "innerWidth === 320")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for name in ("Table: What four weeks of pages were made of", "Preformatted text"):
        group = page.get_by_role("group", name=name)
        group.focus()
        group.press("ArrowRight")
        wait_until(page, "document.activeElement.scrollLeft > 0")


def test_every_element_that_is_let_through_has_a_look():
    seen = {selector.replace("#text", "").split()[-1].split(".")[0] for selector in LOOKS}
    assert seen | PLAIN == LINE_TAGS | CONTAINER_TAGS | INLINE_TAGS | VOID_TAGS


def test_cards_quote_their_words_on_a_phone_and_on_paper_where_blocks_are_numbered_and_nothing_can_be_pressed(
    signed_in_page, sheet
):
    project, ana = Project.objects.get(public=True), get_user_model().objects.get(username="ana")
    revision = sheet.current()
    for words in MARKED:
        start = revision.text.index(words)
        Highlight.objects.make(project=project, revision=revision, author=ana, start=start, end=start + len(words))
    page = opened(signed_in_page(ana, **WIDE), sheet, project)
    assert page.evaluate("document.getElementById('text').textContent") == revision.text
    words = page.locator("#card-list .words")
    assert words.all_text_contents() == MARKED
    expect(words.first).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(words.first).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    expect(words.last).to_be_visible()
    assert page.evaluate(BUTTONS) == []
    assert page.evaluate(UNNUMBERED) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]

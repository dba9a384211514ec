"""The line of citation in each style, against lines written by hand from the guides: APA 7, Chicago 18 and MLA 9."""

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.citation_styles import STYLES, citation_html, citation_text, title_case
from annotations.exchange.citations import CitedArticle

TWO = CitedArticle(
    article="harbour-reopens",
    title="Harbour reopens after fire",
    source="The Quay",
    byline="By Ana Maria Silva and Ben Okri",
    published=date(2026, 5, 3),
    url="https://quay.example/harbour",
    language="en",
    accessed=date(2026, 9, 9),
)
MANY = "By " + ", ".join(f"Ana {name}" for name in "Abel Beck Cole Dahl Egan Ford Gray".split())
VERY_MANY = "By " + ", ".join(f"Ana B{letter}rg" for letter in "abcdefghijklmnopqrstuv")
TWENTY = ", ".join(f"B{letter}rg, A." for letter in "abcdefghijklmnopqrs")
URL = "https://quay.example/harbour"

EXPECTED = {
    "two authors": (
        TWO,
        f"Silva, A. M., & Okri, B. (2026, May 3). Harbour reopens after fire. The Quay. {URL}",
        f"Silva, Ana Maria, and Ben Okri. “Harbour Reopens After Fire.” The Quay, May 3, 2026. {URL}.",
        f"Silva, Ana Maria, and Ben Okri. “Harbour Reopens After Fire.” The Quay, 3 May 2026, {URL}.",
    ),
    "one author": (
        TWO._replace(byline="Ana Silva"),
        f"Silva, A. (2026, May 3). Harbour reopens after fire. The Quay. {URL}",
        f"Silva, Ana. “Harbour Reopens After Fire.” The Quay, May 3, 2026. {URL}.",
        f"Silva, Ana. “Harbour Reopens After Fire.” The Quay, 3 May 2026, {URL}.",
    ),
    "many authors": (
        TWO._replace(byline=MANY),
        "Abel, A., Beck, A., Cole, A., Dahl, A., Egan, A., Ford, A., & Gray, A. (2026, May 3). "
        f"Harbour reopens after fire. The Quay. {URL}",
        f"Abel, Ana, Ana Beck, Ana Cole, et al. “Harbour Reopens After Fire.” The Quay, May 3, 2026. {URL}.",
        f"Abel, Ana, et al. “Harbour Reopens After Fire.” The Quay, 3 May 2026, {URL}.",
    ),
    "more authors than APA names": (
        TWO._replace(byline=VERY_MANY),
        f"{TWENTY}, … Bvrg, A. (2026, May 3). Harbour reopens after fire. The Quay. {URL}",
        f"Barg, Ana, Ana Bbrg, Ana Bcrg, et al. “Harbour Reopens After Fire.” The Quay, May 3, 2026. {URL}.",
        f"Barg, Ana, et al. “Harbour Reopens After Fire.” The Quay, 3 May 2026, {URL}.",
    ),
    "a newsroom": (
        TWO._replace(byline="Reuters Staff"),
        f"Reuters Staff. (2026, May 3). Harbour reopens after fire. The Quay. {URL}",
        f"Reuters Staff. “Harbour Reopens After Fire.” The Quay, May 3, 2026. {URL}.",
        f"Reuters Staff. “Harbour Reopens After Fire.” The Quay, 3 May 2026, {URL}.",
    ),
    "names of several parts": (
        TWO._replace(byline="Martin Luther King Jr. and Jean-Paul Sartre"),
        f"King, M. L., Jr., & Sartre, J.-P. (2026, May 3). Harbour reopens after fire. The Quay. {URL}",
        f"King, Martin Luther, Jr., and Jean-Paul Sartre. “Harbour Reopens After Fire.” The Quay, May 3, 2026. {URL}.",
        f"King, Martin Luther, Jr., and Jean-Paul Sartre. “Harbour Reopens After Fire.” The Quay, 3 May 2026, {URL}.",
    ),
    "a name in small letters": (
        TWO._replace(byline="by ana silva"),
        f"ana silva. (2026, May 3). Harbour reopens after fire. The Quay. {URL}",
        f"ana silva. “Harbour Reopens After Fire.” The Quay, May 3, 2026. {URL}.",
        f"ana silva. “Harbour Reopens After Fire.” The Quay, 3 May 2026, {URL}.",
    ),
    "no author": (
        TWO._replace(byline=""),
        f"Harbour reopens after fire. (2026, May 3). The Quay. {URL}",
        f"The Quay. “Harbour Reopens After Fire.” May 3, 2026. {URL}.",
        f"“Harbour Reopens After Fire.” The Quay, 3 May 2026, {URL}.",
    ),
    "no date": (
        TWO._replace(published=None),
        "Silva, A. M., & Okri, B. (n.d.). Harbour reopens after fire. The Quay. "
        f"Retrieved September 9, 2026, from {URL}",
        "Silva, Ana Maria, and Ben Okri. “Harbour Reopens After Fire.” The Quay, n.d. "
        f"Accessed September 9, 2026. {URL}.",
        f"Silva, Ana Maria, and Ben Okri. “Harbour Reopens After Fire.” The Quay, {URL}. Accessed 9 Sept. 2026.",
    ),
    "no date of any kind": (
        TWO._replace(byline="Ana Silva", published=None, accessed=None),
        f"Silva, A. (n.d.). Harbour reopens after fire. The Quay. {URL}",
        f"Silva, Ana. “Harbour Reopens After Fire.” The Quay, n.d. {URL}.",
        f"Silva, Ana. “Harbour Reopens After Fire.” The Quay, {URL}.",
    ),
    "no address": (
        TWO._replace(byline="Ana Silva", url=""),
        "Silva, A. (2026, May 3). Harbour reopens after fire. The Quay.",
        "Silva, Ana. “Harbour Reopens After Fire.” The Quay, May 3, 2026.",
        "Silva, Ana. “Harbour Reopens After Fire.” The Quay, 3 May 2026.",
    ),
    "nothing but a title": (
        CitedArticle("bare", "Bare", "", "", None, "", "", None),
        "Bare. (n.d.).",
        "Bare. n.d.",
        "Bare.",
    ),
    "nothing at all": (CitedArticle("", "", "", "", None, "", "", None), "(n.d.).", "n.d.", ""),
    "other scripts": (
        TWO._replace(
            byline="王小明 and محمد علي", title="الميناء يفتح أبوابه من جديد", source="جريدة المرفأ", language="ar"
        ),
        f"王小明, & محمد علي. (2026, May 3). الميناء يفتح أبوابه من جديد. جريدة المرفأ. {URL}",
        f"王小明, and محمد علي. “الميناء يفتح أبوابه من جديد.” جريدة المرفأ, May 3, 2026. {URL}.",
        f"王小明, and محمد علي. “الميناء يفتح أبوابه من جديد.” جريدة المرفأ, 3 May 2026, {URL}.",
    ),
    "a question in Chinese": (
        TWO._replace(byline="王小明", title="港口重新开放？", language="zh"),
        f"王小明. (2026, May 3). 港口重新开放？ The Quay. {URL}",
        f"王小明. “港口重新开放？” The Quay, May 3, 2026. {URL}.",
        f"王小明. “港口重新开放？” The Quay, 3 May 2026, {URL}.",
    ),
    "a title in German": (
        TWO._replace(byline="Ana Silva", title="Der hafen öffnet wieder", language="de"),
        f"Silva, A. (2026, May 3). Der hafen öffnet wieder. The Quay. {URL}",
        f"Silva, Ana. “Der hafen öffnet wieder.” The Quay, May 3, 2026. {URL}.",
        f"Silva, Ana. “Der hafen öffnet wieder.” The Quay, 3 May 2026, {URL}.",
    ),
    "markup": (
        TWO._replace(byline="Ana Silva", title='<b>Fire</b> & "smoke": what’s next?', source="Quay & <i>Co</i>"),
        f'Silva, A. (2026, May 3). <b>Fire</b> & "smoke": what’s next? Quay & <i>Co</i>. {URL}',
        f"Silva, Ana. “<b>Fire</b> & ‘Smoke’: What’s Next?” Quay & <i>Co</i>, May 3, 2026. {URL}.",
        f"Silva, Ana. “<b>Fire</b> & ‘Smoke’: What’s Next?” Quay & <i>Co</i>, 3 May 2026, {URL}.",
    ),
    "a quotation at the end": (
        TWO._replace(byline="", title="it was “no accident”"),
        f"It was “no accident.” (2026, May 3). The Quay. {URL}",
        f"The Quay. “It Was ‘No Accident.’” May 3, 2026. {URL}.",
        f"“It Was ‘No Accident.’” The Quay, 3 May 2026, {URL}.",
    ),
    "an apostrophe at the end": (
        TWO._replace(byline="Ana Silva", title="The fire was the dockers’"),
        f"Silva, A. (2026, May 3). The fire was the dockers’. The Quay. {URL}",
        f"Silva, Ana. “The Fire Was the Dockers’.” The Quay, May 3, 2026. {URL}.",
        f"Silva, Ana. “The Fire Was the Dockers’.” The Quay, 3 May 2026, {URL}.",
    ),
    "stops of its own": (
        TWO._replace(byline="Acme Inc.", title="Wait.. what. “No”. Yes."),
        f"Acme Inc. (2026, May 3). Wait.. what. “No”. Yes. The Quay. {URL}",
        f"Acme Inc. “Wait.. What. ‘No’. Yes.” The Quay, May 3, 2026. {URL}.",
        f"Acme Inc. “Wait.. What. ‘No’. Yes.” The Quay, 3 May 2026, {URL}.",
    ),
}

HURTFUL = [
    *"<>&\"'“”‘’.?!,:",
    "<b>",
    "</bdi>",
    "<span class='nocase'>",
    "\x01",
    "\x02",
    "\x06",
    "مرحبا",
    "日本語",
    "\n",
    "-",
]
texts = st.lists(st.text(max_size=6) | st.sampled_from(HURTFUL), max_size=5).map("".join)
days = st.none() | st.dates()
records = st.builds(
    CitedArticle, article=texts, title=texts, source=texts, byline=texts, published=days,
    url=st.just("") | texts.map(lambda text: f"https://quay.example/{text}"), language=st.just("en") | texts, accessed=days,
)  # fmt: skip


class Words(HTMLParser):
    """What a page with this HTML says, and the tags with which it says it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said, self.tags, self.links = "", set(), []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("case", EXPECTED)
@pytest.mark.parametrize("style", STYLES)
def test_a_line_is_as_its_style_has_it(case, style):
    cited, *lines = EXPECTED[case]
    assert citation_text(cited, style) == dict(zip(STYLES, lines, strict=True))[style]


def test_apa_is_the_default():
    assert citation_text(TWO) == citation_text(TWO, "apa") and citation_html(TWO) == citation_html(TWO, "apa")


def test_a_style_keeps_nothing_of_the_lines_before():
    cases = [cited for cited, *_ in EXPECTED.values()][::3]
    lines = [citation_text(cited, style) for style in STYLES for cited in cases]
    again = [citation_text(cited, style) for style in reversed(STYLES) for cited in reversed(cases)]
    assert lines == again[::-1]


def test_the_html_isolates_what_is_foreign_and_sets_titles_of_newspapers_apart():
    arabic, *_ = EXPECTED["other scripts"]
    assert citation_html(arabic, "chicago").startswith(
        "<bdi>王小明</bdi>, and <bdi>محمد علي</bdi>. “<bdi lang=\"ar\">الميناء يفتح أبوابه من جديد</bdi>.” "
        "<cite><bdi>جريدة المرفأ</bdi></cite>, May 3, 2026. "
    )  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_the_html_holds_no_markup_of_the_texts(style):
    cited = TWO._replace(
        title="<script>alert(1)</script>",
        source='<b onclick="x">',
        byline="<i>Ana</i>",
        language='"><script>',
        url='https://quay.example/"><script>?a=1&b=2',
    )
    html = citation_html(cited, style)
    assert "<script" not in html and "<b " not in html and "<i>" not in html and "&amp;b=2" in html
    assert Words(html).links == [cited.address]


@pytest.mark.parametrize("style", STYLES)
@given(cited=records)
def test_the_html_says_what_the_plain_line_says_whatever_the_text(style, cited):
    words = Words(citation_html(cited, style))
    assert words.said == citation_text(cited, style) and words.tags <= {"bdi", "cite", "a"}
    assert words.links == ([cited.address] if cited.address else [])


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("the way of the harbour", "The Way of the Harbour"),
        ("iPhone sales: a fall to come by", "iPhone Sales: A Fall to Come By"),
        ("a state-of-the-art crane", "A State-of-the-Art Crane"),
        ("NATO and the 3rd fleet", "NATO and the 3rd Fleet"),
        ("“old” (and new) ships", "“Old” (And New) Ships"),
        ("", ""),
    ],
)
def test_title_case_leaves_minor_words_and_capitals_alone(title, cased):
    assert title_case(title) == cased

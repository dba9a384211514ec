"""What pages say of themselves, in small."""

from datetime import UTC, datetime

import pytest

from cases import each
from newsreader.importing.extraction.addresses import find_canonical_url
from newsreader.importing.extraction.dates import find_published, parse_moment
from newsreader.importing.extraction.languages import (
    detect_language,
    guess_language,
    list_possible_languages,
    normalise_code,
)
from newsreader.importing.extraction.metadata import Metadata
from newsreader.importing.extraction.page import parse_page
from newsreader.importing.extraction.titles import find_site, find_title

URL = "https://quay.example/a/1"
ENGLISH = "The boat is in the harbour, and it will be there for a week or more, as far as we know."
GERMAN = "Das Schiff ist im Hafen, und es wird dort noch eine Woche oder mehr liegen, wie wir hören."
UKRAINIAN = "Корабель стоїть у порту, і він буде там ще тиждень, як ми чули від капітана та його людей."


def page(head: str = "", body: str = "", attributes: str = "") -> Metadata:
    return Metadata(parse_page(f"<html {attributes}><head>{head}</head><body>{body}</body></html>"))


def meta(**contents) -> str:
    return "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{text}">' for name, text in contents.items())


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@each(
    ("head", "body", "title"),
    [
        ("<title>Boats</title>", "", "Boats"),
        ("<title>Boats are back in town | The Quay</title>", "", "Boats are back in town"),
        ("<title>Boats are back in town - The Quay</title>", "", "Boats are back in town"),
        ("<title>Boats - The Quay</title>", "", "Boats - The Quay"),
        ("<title>Boats - The Quay</title>" + meta(og_site_name="The Quay"), "", "Boats"),
        ("<title>A boat - what is it for, and who would ever want to own one of these</title>", "", None),
        ("<title>Boats: a history - The Quay</title>", "<h1>Boats: a history</h1>", "Boats: a history"),
        ("<title>Boats [quay.example]</title>", "<h1>Boats</h1>", "Boats"),
        (meta(og_title="Boats — in numbers"), "", "Boats — in numbers"),
        (
            meta(og_title="What boats do") + "<title>Boats are back | Q</title>",
            "<h1>Boats are back</h1>",
            "Boats are back",
        ),
        (linked('{"@type": "NewsArticle", "headline": "Boats &amp; co"}') + "<title>x</title>", "", "Boats & co"),
        ("", "<h1>Boats</h1>", "Boats"),
        ("<title>The Quay - Boats are back</title>", "<h2>Boats are back</h2><h2>Tides</h2>", "Boats are back"),
        ("", "<h1>One</h1><h1>Two</h1>", ""),
    ],
)
def test_the_title_is_the_headline_without_the_name_of_the_site(head, body, title):
    found = page(head, body)
    assert find_title(found) == (found.tree.findtext(".//title") if title is None else title)


@each(
    ("head", "site"),
    [
        (meta(og_site_name="The Quay"), "The Quay"),
        (linked('{"@type": "NewsArticle", "publisher": {"name": "The Quay"}}') + meta(og_site_name="Q"), "The Quay"),
        ("<title>Boats - 1.2.2026 - The Quay</title>" + meta(og_title="Boats"), "The Quay"),
        ("<title>Boats_News_海港网</title>" + meta(og_title="Boats"), "海港网"),
        ('<meta name="application-name" content="https://quay.example">', ""),
        ("<title>Boats</title>", ""),
    ],
)
def test_the_site_is_what_the_page_calls_it(head, site):
    found = page(head, "<h1>Boats</h1>")
    assert find_site(found, find_title(found)) == site


@each(
    ("head", "body", "byline"),
    [
        (linked('{"@type": "Article", "author": "Ana Lima"}'), "", "Ana Lima"),
        (
            linked('{"@type": ["Thing", "NewsArticle"], "author": [{"name": "A. Lima"}, {"name": "B. Berg"}]}'),
            "",
            "A. Lima, B. Berg",
        ),
        (linked('<![CDATA[{"@type": "NewsArticle", "author": {"name": "Ana Lima"}}]]>'), "", "Ana Lima"),
        (linked("{not json"), '<p class="byline">By Ana Lima</p>', "Ana Lima"),
        (meta(author="By Ana Lima | Chief"), "", "Ana Lima"),
        (meta(article_author="https://social.example/ana"), '<a rel="author">Ana Lima</a>', "Ana Lima"),
        ("", '<div class="story-byline">Von Ana Lima, 3. Mai 2026</div>', "Ana Lima"),
        ("", '<div class="FeatureByline">By <b>Ana Lima</b><br>March 25, 2015</div>', "Ana Lima"),
        ("", '<span itemprop="author">Jean-Luc d’Aubigné</span>', "Jean-Luc d’Aubigné"),
        ("", "<p>Nobody</p>", ""),
    ],
)
def test_the_byline_names_who_wrote_it(head, body, byline):
    assert page(head, body).find_byline() == byline


@each(
    ("head", "body", "moment"),
    [
        (linked('{"@type": "NewsArticle", "datePublished": "2026-05-03T10:00:00+0200"}'), "", (2026, 5, 3, 8)),
        (meta(article_published_time="2026-05-03 10:00:00"), "", (2026, 5, 3, 10)),
        (meta(date="Sun, 03 May 2026 10:00:00 GMT"), "", (2026, 5, 3, 10)),
        ("", '<time itemprop="datePublished" datetime="2026-05-03T10:00Z">', (2026, 5, 3, 10)),
        (meta(date="soon", pubdate="20260503"), "", (2026, 5, 3, 0)),
        (meta(article_published_time="2126-05-03"), "", None),
        ("", "<p>Nothing is dated here.</p>", None),
    ],
)
def test_the_time_is_the_one_that_is_stated(head, body, moment):
    assert find_published(page(head, body)) == (moment and datetime(*moment, tzinfo=UTC))


@each("text", ["", "yesterday", "0001-01-01", "9999-12-31T23:59:59-12:00", "2026-13-40"])
def test_what_is_no_moment_is_none(text):
    assert parse_moment(text) is None


@each(
    ("attributes", "head", "text", "language"),
    [
        ('lang="en-GB"', "", ENGLISH, "en-GB"),
        ('xml:lang="pt_br"', "", "Ok", "pt-BR"),
        ('lang="zh-hans-cn"', "", "港口", "zh-Hans-CN"),
        ("", '<meta http-equiv="Content-Language" content="de, en">', GERMAN, "de"),
        ("", meta(og_locale="de_AT"), GERMAN, "de-AT"),
        ("", "", GERMAN, "de"),
        ("", "", ENGLISH, "en"),
        ("", "", UKRAINIAN, "uk"),
        ("", "", "港口的猫在灯塔上看船。", "zh"),
        ("", "", "港の猫は灯台にいる。", "ja"),
        ('lang="en"', "", UKRAINIAN, "uk"),
        ('lang="en"', "", "港の猫は灯台にいる。", "ja"),
        ('lang="yi"', "", "די שיף איז אין פּאָרט", "yi"),
        ('lang="klingon language"', "", "1 2 3", ""),
        ("", "", "", ""),
    ],
)
def test_the_language_is_the_stated_one_unless_its_letters_are_others(attributes, head, text, language):
    assert detect_language(page(head, "", attributes), text) == language


# The first sentence of the Universal Declaration of Human Rights, which tells near relations apart.
GUESSES = {
    "en": "All human beings are born free and equal in dignity and rights.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits.",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos.",
    "pt": "Todos os seres humanos nascem livres e iguais em dignidade e em direitos.",
    "it": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti.",
    "nl": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren.",
    "sv": "Alla människor är födda fria och lika i värde och rättigheter.",
    "nb": "Alle mennesker er født frie og med samme menneskeverd og menneskerettigheter. De er utstyrt med fornuft.",
    "da": "Alle mennesker er født frie og lige i værdighed og rettigheder. De er udstyret med fornuft og samvittighed.",
    "fi": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan.",
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.",
    "cs": "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv.",
    "sk": "Všetci ľudia sa rodia slobodní a rovní v dôstojnosti a právach.",
    "hu": "Minden emberi lény szabadon születik és egyenlő méltósága és joga van.",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах.",
    "bg": "Всички хора се раждат свободни и равни по достойнство и права.",
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند.",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
}


@pytest.mark.parametrize("language", GUESSES)
def test_the_language_of_a_sentence_is_guessed(language):
    text = GUESSES[language]
    assert guess_language(text, list_possible_languages(text)) == language


@pytest.mark.parametrize(
    "text",
    ["", "12 345", "Ok", "Brevik", "xkcd qwrt zzz", "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do."],
)
def test_of_too_little_or_another_language_none_is_guessed(text):
    assert guess_language(text, list_possible_languages(text)) == ""


def test_a_code_is_written_as_codes_are():
    assert [normalise_code(stated) for stated in ["EN", "pt_br", "", None, "x-none", "en-US"]] == [
        "en",
        "pt-BR",
        "",
        "",
        "",
        "en-US",
    ]


@each(
    ("link", "url", "address"),
    [
        ("https://quay.example/a/1", URL + "?utm_source=x", URL),
        ("/a/1#top", "https://quay.example/a/1?page=2", URL),
        ("https://www.quay.example/a/1", "https://m.quay.example/a/1", "https://www.quay.example/a/1"),
        ("https://elsewhere.example/stolen", URL, URL),
        ("https://quay.example/", URL, URL),
        ("https://quay.example/?p=12", URL, "https://quay.example/?p=12"),
        ("javascript:alert(1)", URL, URL),
        ("http://[bad", URL, URL),
        ("", URL + "?fbclid=1&id=2#x", URL + "?id=2"),
        ("https://quay.example/a/1", "", URL),
        ("/a/1", "", ""),
        ("", "", ""),
    ],
)
def test_an_article_is_known_by_the_address_that_its_page_may_claim(link, url, address):
    assert find_canonical_url(page(f'<link rel="canonical" href="{link}">'), url) == address

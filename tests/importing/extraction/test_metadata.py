"""What pages say of themselves, in small."""

from datetime import UTC, date, datetime

import pytest

from cases import each
from newsreader.importing.extraction.addresses import find_canonical_url
from newsreader.importing.extraction.dates import find_published, parse_date
from newsreader.importing.extraction.languages import (
    find_stated_language,
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
        (
            linked('{"@type": "NewsArticle", "publisher": {"@id": "https://quay.example/#o"}}')
            + meta(og_site_name="Q"),
            "Q",
        ),
        (linked('{"@type": "NewsArticle", "publisher": [{"name": ["The Quay"]}]}'), "The Quay"),
        ("<title>Boats - 1.2.2026 - The Quay</title>" + meta(og_title="Boats"), "The Quay"),
        ("<title>Boats_News_海港网</title>" + meta(og_title="Boats"), "海港网"),
        ('<meta name="application-name" content="https://quay.example">', ""),
        ("<title>Boats</title>", ""),
    ],
)
def test_the_site_is_what_the_page_calls_it(head, site):
    found = page(head, "<h1>Boats</h1>")
    assert find_site(found, find_title(found)) == site


STATED_AUTHORS = [
    (linked(f'{{"@type": "NewsArticle", "author": {author}}}'), "", byline)
    for author, byline in [
        ('{"@type": "Person", "name": ["Ana Lima", "Bo Berg"]}', "Ana Lima, Bo Berg"),
        ('[[{"name": "Ana Lima"}], [{"name": {"@value": "Bo Berg"}}]]', "Ana Lima, Bo Berg"),
        ('{"@list": [{"name": "Ana Lima"}, "Bo Berg"]}', "Ana Lima, Bo Berg"),
        ('{"givenName": "Ana", "familyName": "Lima", "sameAs": "https://social.example/ana"}', "Ana Lima"),
        ('{"sameAs": ["https://social.example/ana"]}', ""),
        ('{"name": "Ana Lima, Harbour correspondent"}', "Ana Lima"),
        ('{"name": "Ana Lima in London"}', "Ana Lima"),
        ('"Von Ana Lima und Bo Berg, Brevik"', "Ana Lima, Bo Berg"),
        ('"Par Ana Lima (avec Bo Berg et Cy Moe)"', "Ana Lima (avec Bo Berg et Cy Moe)"),
        ('"Ana Lima/dpa"', "Ana Lima"),
        ('"Ana Lima (Reuters)"', "Ana Lima"),
        ('"dpa/AFP"', ""),
        ('{"@type": "Organization", "name": "Agence France-Presse"}', ""),
        ('[{"@type": "Organization", "name": "ANSA"}, {"@type": "Person", "name": "Ana Lima"}]', "Ana Lima"),
        (
            '[{"@type": "NewsMediaOrganization", "name": "The Quay"}, {"@type": "Person", "name": "Ana Lima"}]',
            "Ana Lima",
        ),
        ('{"@type": "Organization", "name": "Boats & i"}', "Boats & i"),
        ('"Staff writer"', ""),
        ('"Our Harbour Correspondent"', ""),
        ('"Ana Lima | 3 March 2026"', "Ana Lima"),
        ('"Jean-Luc d’Aubigné, Martin Moe, Jr."', "Jean-Luc d’Aubigné, Martin Moe Jr."),
        ('["港野猫子", "灯台守"]', "港野猫子, 灯台守"),
        ('"Boats & Co"', "Boats & Co"),
        ('"Ana Lima - 4 March 2026"', "Ana Lima"),
        ('"March 4, 2026"', ""),
        ('"Par Ana Lima avec AFP"', "Ana Lima"),
        ('"Ana Lima, Ferry Correspondent, and Bo Berg, Chief Reporter"', "Ana Lima, Bo Berg"),
        ('["Banksy", "Ana Lima"]', "Banksy, Ana Lima"),
    ]
]
SHOWN_AUTHORS = [
    ("", body, byline)
    for body, byline in [
        (
            '<p class="byline">By <a>Ana Lima</a> and <a>Bo Berg</a><span class="title">Ferry reporters</span></p>',
            "Ana Lima, Bo Berg",
        ),
        ('<p class="byline">By Ana Lima, Ferry reporter in Brevik</p>', "Ana Lima"),
        ('<p class="byline">Von <b>Ana Lima</b>, Redakteurin<time>3. Mai 2026</time></p>', "Ana Lima"),
        (
            '<p class="byline"><a href="/ana">Ana Lima</a> <a href="https://social.example/ana">@ana</a> <a>Follow</a></p>',
            "Ana Lima",
        ),
        ('<p class="byline"><span>By</span> <span>Ana</span> <span>Lima</span></p>', "Ana Lima"),
        ('<div><a rel="author">Ana Lima</a>, <a rel="author">Bo Berg</a></div>', "Ana Lima, Bo Berg"),
        (
            '<div class="comments"><span class="author">Seagull Seven</span></div><p class="byline">By Ana Lima</p>',
            "Ana Lima",
        ),
        ('<div id="comment-7"><a rel="author">Seagull Seven</a></div>', ""),
        ('<li itemprop="comment"><span itemprop="author">Seagull Seven</span></li>', ""),
        ('<aside class="related"><p class="byline">By Cy Moe</p></aside><p class="byline">By Ana Lima</p>', "Ana Lima"),
        ('<p class="byline">Ana Lima Harbour correspondent</p>', "Ana Lima"),
        ('<p class="byline">3 March 2026</p>', ""),
        ('<p class="byline">Reuters</p>', ""),
        ('<p class="byline"><a>Ana Lima</a> (avec Bo Berg et Cy Moe)</p>', "Ana Lima (avec Bo Berg et Cy Moe)"),
    ]
]
RELATED = (
    '{"@type": "NewsArticle", "headline": "An older bridge", "author": "Cy Moe", "url": "https://quay.example/bridge"}'
)
LIMA = '"@type": "NewsArticle", "author": "Ana Lima"'


@each(
    ("scripts", "byline"),
    [
        ([RELATED, f'{{{LIMA}, "headline": "Boats are back"}}'], "Ana Lima"),
        ([RELATED, f'{{{LIMA}, "mainEntityOfPage": {{"@id": "http://www.quay.example/a/1/"}}}}'], "Ana Lima"),
        (
            [RELATED, f'{{{LIMA}, "headline": "Why they came", "url": "https://m.quay.example/a/1?utm_source=x"}}'],
            "Ana Lima",
        ),
        ([RELATED], "Bo Berg"),
        (['{"@type": "BlogPosting", "headline": "Cranes and gulls", "author": "Cy Moe"}'], "Bo Berg"),
        (['{"@type": "JobPosting", "title": "Boats are back", "author": "Cy Moe"}'], "Bo Berg"),
        ([f'{{{LIMA}, "headline": "BOATS are back!", "url": "https://amp.quay.example/b/2"}}'], "Ana Lima"),
        ([f"{{{LIMA}}}"], "Ana Lima"),
        (
            [
                '{"@graph": [{"@type": "Person", "@id": "#ana", "name": "Ana Lima"}]}',
                '{"@type": "NewsArticle", "headline": "Boats are back", "author": [{"@id": "#ana"}]}',
            ],
            "Ana Lima",
        ),
        (
            [
                '{"@graph": [{"@type": "WebPage", "author": {"@id": "https://quay.example/#a", "name": "Ana Lima"}},'
                '{"@type": "NewsArticle", "headline": "Boats are back", "author": "https://quay.example/#a"}]}'
            ],
            "Ana Lima",
        ),
        (['{"@type": "NewsArticle", "headline": "Boats are back", "author": {"@id": "#nobody"}}'], "Bo Berg"),
        (['{"@id": "#a", "@type": "NewsArticle", "headline": "Boats are back", "author": {"@id": "#a"}}'], "Bo Berg"),
    ],
)
def test_the_data_of_other_articles_are_not_those_of_the_page(scripts, byline):
    head = '<link rel="canonical" href="https://quay.example/a/1"><meta name="author" content="Bo Berg">'
    assert page(head + "".join(map(linked, scripts)), "<h1>Boats are back</h1>").find_byline() == byline


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
        *STATED_AUTHORS,
        *SHOWN_AUTHORS,
    ],
)
def test_the_byline_names_who_wrote_it(head, body, byline):
    assert page(head, body).find_byline() == byline


@each(
    ("head", "body", "moment"),
    [
        (linked('{"@type": "NewsArticle", "datePublished": "2026-05-03T10:00:00+0200"}'), "", (2026, 5, 3, 8)),
        (meta(article_published_time="2026-05-03T10:00:00 +0200"), "", (2026, 5, 3, 8)),
        (meta(article_published_time="2026/05/03 10:00:00 UTC"), "", (2026, 5, 3, 10)),
        (meta(date="Sun, 03 May 2026 10:00:00 -0000"), "", (2026, 5, 3, 10)),
        (meta(date="Sun, 03 May 2026 10:00:00 GMT"), "", (2026, 5, 3, 10)),
        ("", '<time itemprop="datePublished" datetime="2026-05-03T10:00Z">', (2026, 5, 3, 10)),
        (meta(article_published_time="2126-05-03"), "", None),
        ("", "<p>Nothing is dated here.</p>", None),
    ],
)
def test_the_time_is_the_one_that_is_stated(head, body, moment):
    assert find_published(page(head, body)) == (moment and datetime(*moment, tzinfo=UTC))


@each(
    ("text", "day"),
    [
        ("2026-05-03", date(2026, 5, 3)),
        ("20260503", date(2026, 5, 3)),
        ("2026/05/03", date(2026, 5, 3)),
        ("Sun, 03 May 2026", date(2026, 5, 3)),
        ("2026-05-03 10:00:00", datetime(2026, 5, 3, 10)),
        ("2026-05-03T10:00", datetime(2026, 5, 3, 10)),
    ],
)
def test_a_day_without_a_time_stays_one_and_a_time_without_a_zone_gets_none(text, day):
    assert (parse_date(text), type(parse_date(text))) == (day, type(day))


@each("text", ["", "yesterday", "0001-01-01", "9999-12-31T23:59:59-12:00", "2026-13-40"])
def test_what_is_no_moment_is_none(text):
    assert parse_date(text) is None


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
    stated = find_stated_language(page(head, "", attributes), text)
    assert (stated or guess_language(text, list_possible_languages(text))) == language


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
        ("https://quay.example/a/", URL + "-boats", URL + "-boats"),
        ("https://quay.example/a", "https://quay.example/a/2026/boats", "https://quay.example/a/2026/boats"),
        ("https://quay.example/a-20261118", "https://quay.example/a-20261118/boats", "https://quay.example/a-20261118"),
        (URL, URL + "/amp/", URL),
        (URL, URL + "/page/2", URL),
        ("http://[bad", URL, URL),
        ("", URL + "?fbclid=1&id=2#x", URL + "?id=2"),
        ("https://quay.example/a/1", "", URL),
        ("/a/1", "", ""),
        ("", "", ""),
    ],
)
def test_an_article_is_known_by_the_address_that_its_page_may_claim(link, url, address):
    assert find_canonical_url(page(f'<link rel="canonical" href="{link}">'), url) == address

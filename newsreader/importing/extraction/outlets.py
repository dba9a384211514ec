"""Takes the name of the outlet, its section and its slogan off a title, and leaves what belongs to the headline."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from newsreader.importing.extraction.authors import CALENDAR_WORD
from newsreader.importing.extraction.jsonld import ensure_list, read_text
from newsreader.importing.extraction.metadata import SITE_NAMES, Metadata

CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
SEPARATOR = re.compile(
    rf"\s*[|｜¦]+\s*|\s+(?:::|[·•»›«‹_/:–—-])\s+|(?<=[{CJK}])\s*_+\s*(?=\S)|(?<=[{CJK}])-(?=[{CJK}])|(?<=[{CJK}])[–—](?=[{CJK}])(?![–—])"
)
BRACKETS = re.compile(r"\s*[\[(（【]([^\[\]()（）【】]+)[\])）】]\s*$")
PREFIX = re.compile(r"^([^:：]{2,40})[:：]\s+")
BARS, DASHES = set("|｜¦_·•»›«‹"), set("–—")
ARTICLES = re.compile(r"^(?:the|le|la|les|el|los|il|lo|die|der|das|de|o|os|al) ", re.IGNORECASE)
DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,12}", re.IGNORECASE)
DOMAIN_WORDS = ("", "com", "org", "net", "online", "news", "de", "fr", "co", "uk", "couk", "tv")
COMMON_LABELS = set("www com org net co uk ac gov edu news blog m amp example".split())
SECTIONS = set(
    "news world business politics opinion opinions sport sports culture arts technology tech science health travel style life lifestyle"
    " money economy local national international us uk home homepage latest article articles story stories blog comment analysis features"
    " nachrichten politik wirtschaft kultur wissen wissenschaft panorama gesellschaft meinung netzwelt ausland inland regional lokales"
    " actualités actualité politique économie société monde culture sciences santé opinions débats planète"
    " noticias política economía sociedad internacional opinión deportes cultura ciencia tecnología mundo esporte esportes economia"
    " notizie cronaca politica sport esteri economia spettacoli nieuws binnenland buitenland nyheter kultur zprávy domácí zahraničí"
    " 科技 新闻 新聞 国际 社会 财经 体育 ニュース 社会 国際 政治 経済 スポーツ 뉴스 новости политика экономика общество спорт".split()
)
LETTERS = re.compile(r"[^\W\d_]{2}")
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
MAX_NAME_LENGTH, MAX_NAME_WORDS = 40, 4
MIN_WORDS, MIN_WORDS_BEFORE_ARTICLE, MIN_WORDS_BEFORE_BAR = 4, 3, 2
MAX_PARTICLE_LENGTH = 3
MAX_PARTS = 12


def strip_outlet(
    title: str, names: list[str], sections: list[str], *, is_clean: bool = False, language: str = ""
) -> str:
    """Return the headline in a title, without what is known or likely to be the outlet's name, a section, a date or a slogan.

    With `is_clean`, only bars are taken as signs of a name that is not known: the title was stated apart from the page's.
    """
    title = strip_known_prefix(strip_brackets(title, names), names, sections)
    for match in list(SEPARATOR.finditer(title))[1 - MAX_PARTS :]:
        if is_outlet(get_part(title, match), names) and not is_quotation(title, match):
            return strip_outlet(title[: match.start()], names, sections, is_clean=is_clean, language=language)
    matches = list(SEPARATOR.finditer(title))
    if not matches or is_quotation(title, matches[-1]) or not matches[-1].start():
        return title.strip()
    match = matches[-1]
    head, tail = title[: match.start()], title[match.end() :]
    if is_section(tail, sections) or is_likely_outlet(head, match[0].strip(), tail, is_clean, language):
        return strip_outlet(head, names, sections, is_clean=is_clean, language=language)
    return title.strip()


def get_part(title: str, match: re.Match[str]) -> str:
    """Return what stands between a separator and the next one."""
    following = SEPARATOR.search(title, match.end())
    return title[match.end() : following.start() if following else None]


def is_quotation(title: str, match: re.Match[str]) -> bool:
    """Return whether a guillemet that looks like a separator closes or opens a quotation."""
    return bool(set(match[0]) & set("«»‹›")) and (("«" in title and "»" in title) or ("‹" in title and "›" in title))


def strip_brackets(title: str, names: list[str]) -> str:
    """Return a title without the name of the outlet in brackets at its end."""
    match = BRACKETS.search(title)
    is_name = match and match.start() and (is_outlet(match[1], names) or DOMAIN.fullmatch(match[1]))
    return title[: match.start()] if match and is_name else title


def strip_known_prefix(title: str, names: list[str], sections: list[str]) -> str:
    """Return a title without the name of the outlet, or of a section, before it."""
    match = SEPARATOR.search(title)
    if match and match.end() < len(title) and not is_quotation(title, match):
        part = title[: match.start()]
        if is_outlet(part, names) or is_section(part, sections):
            return title[match.end() :]
    match = PREFIX.match(title)
    return (
        title[match.end() :]
        if match and has_full_name(match[1], names) and not is_section(match[1], sections)
        else title
    )


def is_outlet(part: str, names: Iterable[str]) -> bool:
    """Return whether a part of a title is the name of the outlet, in one of its forms."""
    own = squeeze(part)
    return has_full_name(part, names) or any(is_short_form(own, form) for form in map(squeeze, names) if form)


def has_full_name(part: str, names: Iterable[str]) -> bool:
    """Return whether a part of a title is the whole name of the outlet, perhaps with the end of its domain."""
    own, forms = squeeze(part), filter(None, map(squeeze, names))
    return any(own.startswith(form) and own.removeprefix(form) in DOMAIN_WORDS for form in forms)


def is_short_form(own: str, form: str) -> bool:
    """Return whether a name is the beginning of the outlet's full name, or what its full name ends in."""
    return len(own) >= 3 and (form.startswith(own) or (len(own) >= 5 and form.endswith(own)))


def squeeze(name: str) -> str:
    """Return the letters and digits of a name without case and without an article before it."""
    return re.sub(r"[\W_]+", "", ARTICLES.sub("", name.strip().casefold()))


def is_section(part: str, sections: list[str]) -> bool:
    """Return whether a part of a title names a section or a day."""
    part = part.strip().casefold()
    return part in SECTIONS or part in sections or bool(DATE.fullmatch(part) or CALENDAR_WORD.fullmatch(part))


def is_likely_outlet(head: str, separator: str, tail: str, is_clean: bool, language: str) -> bool:
    """Return whether the end of a title is probably the name of an outlet that is not known."""
    words = tail.split()
    if not words or len(tail) > MAX_NAME_LENGTH or len(words) > MAX_NAME_WORDS:
        return False
    if separator[:1] in BARS:
        return count_words(head) >= MIN_WORDS_BEFORE_BAR and is_name(words)
    min_words = MIN_WORDS_BEFORE_ARTICLE if ARTICLES.match(tail) else MIN_WORDS
    if is_clean or separator in {":", "/"} or count_words(head) < min_words:
        return False
    if DOMAIN.fullmatch(tail):
        return True
    if separator in DASHES:
        is_german = language.startswith("de")
        return len(words) > 1 and is_name(words) and (not is_german or bool(ARTICLES.match(tail)))
    return is_name(words)


def is_name(words: list[str]) -> bool:
    """Return whether words are written like a name: none of them, but for short ones, begins with a small letter."""
    begins, ends = not words[0][0].islower(), words[-1][-1] not in "?!.…"
    is_capitalised = not any(len(word) > MAX_PARTICLE_LENGTH and word[0].islower() for word in words)
    return begins and ends and is_capitalised and bool(LETTERS.search(" ".join(words)))


def count_words(text: str) -> int:
    """Return the number of words; two characters of East Asian writing count as one."""
    return len(re.sub(f"[{CJK}]", "", text).split()) + len(re.findall(f"[{CJK}]", text)) // 2


def list_outlet_names(page: Metadata) -> list[str]:
    """Return the names by which the page calls its outlet, and those in its address."""
    stated = [read_text(page.data.get("publisher")), *(page.find_first([name]) for name in SITE_NAMES)]
    stated += [part for name in stated for part in SEPARATOR.split(name)]
    handles = [page.find_first([name]).lstrip("@") for name in ("twitter:site", "twitter:creator")][:1]
    hosts = [
        urlsplit(address).netloc for address in page.list_own_addresses() if "://" in address and "[" not in address
    ]
    labels = [
        label for host in hosts for label in host.lower().split(".") if label not in COMMON_LABELS and len(label) > 2
    ]
    return [
        name
        for name in dict.fromkeys([*stated, *handles, *hosts, *labels])
        if name.strip() and not name.startswith("http")
    ]


def list_sections(page: Metadata) -> list[str]:
    """Return the sections that the page says it belongs to, in lower case."""
    stated = [read_text(item) for item in ensure_list(page.data.get("articleSection"))[:10]]
    return [section.casefold() for section in [*stated, *page.meta.get("article:section", [])] if section]

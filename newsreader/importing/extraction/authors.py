"""Takes the names of authors out of what pages state or show: without "by", roles, places, dates and news agencies."""

import re

from newsreader.importing.extraction.page import collapse_spaces

BYLINE_PREFIX = re.compile(
    r"^(?:(?:written|words|story|reported|reporting|report|text|article) by|by|von|par|por|di|door|af|av|od|автор:?|"
    r"text|autor(?:in|en)?|auteurs?|author)(?:[ :]+|$)",
    re.IGNORECASE,
)
# After a name often follows when the article was published.
DATE_SUFFIX = re.compile(
    r"\s*(?:\s\w+\.? \d{1,2}, \d{4}|,? \d|\b(?:Published|Updated|Posted|Veröffentlicht|Aktualisiert|Stand|Publié|Mis à jour)\b).*",
    re.DOTALL,
)
NAME_SEPARATOR = re.compile(r"\s*[,;|•·/\n]\s*|\s+[–—-]\s+")
CONJUNCTION = re.compile(r"(?:^|\s+)(?:and|&|und|et|y|e|och|og|en|i|и|و)(?:\s+|$)")
GENERATION = re.compile(r",\s*(?=(?:Jr|Sr|II|III|IV)\b)")
PARTICLE = r"(?:de|da|do|dos|das|del|della|di|van|von|der|den|ter|la|le|du|bin|ibn|al|el|af|zu|y|d['’]\w+)"
CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w.'’‑-]*"
FULL_NAME = re.compile(rf"{CAPITALISED}(?: (?:{PARTICLE}|{CAPITALISED})){{1,4}}")
PLACE_SUFFIX = re.compile(
    r"(?<=\S\s\S)(\S*)\s+(?:(?:reporting |berichtet )?(?:in|from|aus|en|à)) [^\W\d_a-z]\w*(?: \w+)?$"
)
ADDRESS = re.compile(r"\S*(?:https?:|www\.|@)\S*", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?:correspond(?:ents?|ants?|antes?|entes?)|reporters?|writers?|editors?|staff|contributors?|columnists?|journalist(?:s|e|en|in)?|"
    r"photographers?|producers?|analysts?|chief|critics?|guest authors?|gastautor(?:in|en)?|redakteur(?:e|in|innen)?|"
    r"[kc]orr?espondent(?:en|in|innen|e)?|reporterin(?:nen)?|rédact(?:eurs?|rices?)|envoyée?s? spécial\w*|redact(?:or|ora|ores|eur)|"
    r"corresponsal(?:es)?|periodistas?|repórter(?:es)?|jornalistas?|giornalist[aei]|redattor[ei]|redattrice|inviat[aoi]|verslaggevers?|"
    r"redaktør|redaktör|redaktor(?:ka)?|zpravodaj|korespondent(?:ka)?|корреспондент\w*|журналист\w*|редактор\w*)\b",
    re.IGNORECASE,
)
ROLE_START = re.compile(
    r"(?:our|the|senior|chief|special|staff|guest|foreign|political|unser\w*|notre|nos)\b", re.IGNORECASE
)
AGENCIES = set(
    "reuters ap dpa afp ansa apa efe lusa ntb tt ritzau stt pap čtk ctk sda ats kna epd sid tass upi belga anp mti tanjug hina agi"
    " adnkronos interfax xinhua kyodo jiji yonhap pti ani ians anadolu irna wam bta agerpres dpa-afx keystone-sda itar-tass"
    " 新华社 共同通信 時事通信 연합뉴스 тасс интерфакс".split()
)
AGENCIES |= {
    "associated press",
    "the associated press",
    "agence france-presse",
    "press association",
    "pa media",
    "ria novosti",
}
AGENCIES |= {
    "deutsche presse-agentur",
    "thomson reuters",
    "europa press",
    "xinhua news agency",
    "kyodo news",
    "anadolu agency",
}
AGENCIES |= {"canadian press", "the canadian press"}
AGENCY_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
WITH_SOMEBODY = re.compile(r"\s+(?:with|mit|avec|con|com)\s+", re.IGNORECASE)
WITH_AGENCY = re.compile(r"^(?:with|mit(?: material (?:von|der))?|avec|con|com)\s+", re.IGNORECASE)
CALENDAR_WORD = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|today|yesterday|heute|gestern|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d+",
    re.IGNORECASE,
)
MONTHS = set(
    "january february march april may june july august september october november december januar februar märz mai juni juli oktober"
    " dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio"
    " agosto septiembre octubre noviembre diciembre".split()
)
CONTROL_WORD = re.compile(
    r"(?:share|follow|follow us|e-?mail|twitter|facebook|subscribe|comments?|print|teilen|folgen|partager)",
    re.IGNORECASE,
)
MAX_NAME_LENGTH = 120
MAX_BYLINE_LENGTH = 1_000


def split_names(text: str) -> list[str]:
    """Return the names in a byline, in their order; none for roles, agencies, dates and addresses."""
    text = "\n".join(map(collapse_spaces, ADDRESS.sub("", text[:MAX_BYLINE_LENGTH]).split("\n")))
    text = DATE_SUFFIX.sub("", GENERATION.sub(" ", strip_prefix(text)))
    parts = [part for line in split_parts(text) for part in split_conjunction(line)]
    names = [name for part in parts if (name := clean_name(part))]
    if any(" " in name for name in names):  # then a single word is a place, a position or a degree
        names = [name for name in names if " " in name or not name.isascii()]
    return names


def strip_prefix(text: str) -> str:
    """Return a byline without the "by" before it; empty if it is nothing else."""
    return BYLINE_PREFIX.sub("", text.strip())


def split_parts(text: str) -> list[str]:
    """Return what stands between commas, bars and lines, but not within brackets."""
    return [text] if "(" in text and not AGENCY_IN_BRACKETS.search(text) else NAME_SEPARATOR.split(text)


def split_conjunction(text: str) -> list[str]:
    """Return what stands around "and" where that are whole names, and not the name of a desk or a company."""
    parts = [part for part in CONJUNCTION.split(text) if part]
    return parts if len(parts) == 1 or all(map(FULL_NAME.fullmatch, parts)) else [text]


def clean_name(text: str) -> str:
    """Return a name without its place and agency; empty for what is no name."""
    text = strip_prefix(text).strip(" ,;:-–—")
    brackets = AGENCY_IN_BRACKETS.search(text)
    if brackets and (is_agency(brackets[1]) or ROLE.search(brackets[1])):
        text = text[: brackets.start()]
    helper = WITH_SOMEBODY.search(text)
    if helper and is_agency(text[helper.end() :]):
        text = text[: helper.start()]
    if ROLE.search(text):
        return find_name_before_role(text)
    is_name = text and len(text) <= MAX_NAME_LENGTH and not is_agency(text)
    if not is_name or text.casefold() in MONTHS or CALENDAR_WORD.match(text) or CONTROL_WORD.fullmatch(text):
        return ""
    return PLACE_SUFFIX.sub(r"\1", text)


def find_name_before_role(text: str) -> str:
    """Return the two words before a role where they can be a name, as in "Ada Lind Harbour correspondent"; else nothing."""
    words = text[: next(ROLE.finditer(text)).start()].split()
    name = " ".join(words[:2])
    return (
        name if len(words) > 1 and not ROLE_START.match(text) and FULL_NAME.fullmatch(name) and len(words) != 2 else ""
    )


def is_agency(text: str) -> bool:
    """Return whether a text names nothing but news agencies."""
    parts = re.split(r"\s*[/,;+&]\s*|\s+(?:and|und|et|y)\s+", WITH_AGENCY.sub("", text.strip()).casefold())
    return all(part in AGENCIES or not part for part in parts)


def is_full_name(text: str) -> bool:
    """Return whether a text looks like the name of a person."""
    text = text.partition(" (")[0]
    return bool(FULL_NAME.fullmatch(text)) or (not text.isascii() and len(text) > 1 and not text.islower())

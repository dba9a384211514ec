"""Decides by what a part of a page holds whether it belongs to the text around it: names alone decide nothing."""

import re
from itertools import islice

from lxml.html import HtmlElement

from newsreader.importing.extraction.page import get_text
from newsreader.importing.extraction.parts import WHOLE_TAGS, Part, is_caption, weigh_words
from newsreader.text.html.allowlists import split_set
from newsreader.text.html.roles import resolve_role

BOILERPLATE_ROLES = split_set("navigation search banner contentinfo menu menubar toolbar tablist dialog alertdialog")
# What names say of parts that are no text, if something else says it too.
BOILERPLATE_NAME = re.compile(
    r"\b(ads?|advert\w*|adbox|sponsor\w*|promo\w*|teasers?|related|recommend\w*|newsletter|subscri\w*|signup|share|sharing|"
    r"social|comments?|nav|navigation|menu|breadcrumbs?|sidebar|cookie\w*|consent|tags|topics|byline|author)\b"
)
MAX_LINK_SHARE = 0.5  # of the characters
MIN_WORDS_PER_LINK = 25  # that is a block of its own
MIN_WORDS_PER_TEASER = 60  # for a heading that is a link
MIN_WORDS_PER_BUTTON = 15
MIN_WORDS_PER_FIELD = 60
MIN_WORDS_BEFORE_LIST = 5
MIN_WORDS = 8  # of a block that does not end like a sentence
# The first word of a correction, in the languages of most pages.
CORRECTION = re.compile(
    r"(?:an? |the )?(?:correct(?:ion|ed)|clarification|erratum|errat[ao]|editor[’']s note|korrektur|berichtigung|"
    r"richtigstellung|rectificati(?:f|on)|erratum|correcci[oó]n|rectificaci[oó]n|fe de erratas|corre[cç][aã]o|"
    r"correzione|rettelse|rättelse|korrigering|oprava|sprostowanie|исправление|уточнение|訂正|更正|勘误|تصحيح)\b",
    re.IGNORECASE,
)
AD_LABELS = split_set(
    "ad ads advertisement advertising sponsored anzeige werbung publicité publicidad publicidade pubblicità advertentie "
    "annonse annonce annons mainos reklama reklame reklam реклама 广告 廣告 広告 광고 إعلان"
)
CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(:\d{2})?( ?[ap]\.?m\.?| uhr| h)?( [A-Z]{2,4})?", re.IGNORECASE)
COPYRIGHT = ("©", "(c)", "copyright")


def is_navigation(part: Part) -> bool:
    """Return whether a part in which trafilatura found nothing leads to other pages: a menu, teasers, an advertisement."""
    facts = part.facts
    if is_aside(part):
        return True
    if is_listing(part.element):
        return False
    if facts.link_share > MAX_LINK_SHARE or (part.parts and facts.link_blocks * MIN_WORDS_PER_LINK > facts.words):
        return True
    is_label = facts.sentences == 0 and facts.words < MIN_WORDS
    return is_label and has_boilerplate_name(part) and not part.is_heading and part.element.tag not in WHOLE_TAGS


def is_aside(part: Part) -> bool:
    """Return whether a part is navigation, presents other pages or sells something, even if trafilatura took it for text."""
    if part.element.tag == "nav" or part.element.get("role") in BOILERPLATE_ROLES:
        return True
    is_linked = is_teaser(part) or has_boilerplate_name(part) or part.facts.link_share > MAX_LINK_SHARE
    return bool(part.parts) and (has_fields(part) or (is_linked and bool(part.facts.link_blocks)))


def is_listing(element: HtmlElement) -> bool:
    """Return whether an element is a list that belongs to the text although it holds links: it is nested, or was announced."""
    if element.tag not in {"ul", "ol", "dl"}:
        return False
    before = element.getprevious()
    announcement = "" if before is None else get_text(before)
    is_announced = announcement.endswith((":", "：")) and weigh_words(announcement) >= MIN_WORDS_BEFORE_LIST
    return is_announced or element.find(".//li//li") is not None


def is_form(part: Part) -> bool:
    """Return whether a part is there to be used: it has buttons or fields, with little text to each."""
    return has_fields(part) or part.facts.buttons * MIN_WORDS_PER_BUTTON > part.facts.words


def has_fields(part: Part) -> bool:
    """Return whether a part has fields to fill in, with little text to each."""
    return part.facts.fields * MIN_WORDS_PER_FIELD > part.facts.words


def is_teaser(part: Part) -> bool:
    """Return whether a part presents other pages: its headings are links, with little text to each."""
    return part.facts.linked_headings * MIN_WORDS_PER_TEASER > part.facts.words


def has_boilerplate_name(part: Part) -> bool:
    """Return whether an element is named as what stands around a text."""
    names = f"{part.element.get('class', '')} {part.element.get('id', '')}".lower().replace("_", "-")
    return bool(BOILERPLATE_NAME.search(names))


def is_text(block: Part) -> bool:
    """Return whether a block reads like text: a sentence, or some words that are no link."""
    if block.element.tag in WHOLE_TAGS and (is_listing(block.element) or block.facts.link_share <= MAX_LINK_SHARE):
        return True
    if "formula" in block.element.get("class", "").split():
        return True
    if is_label(block) or block.text.lower().startswith(COPYRIGHT) or block.facts.link_share > MAX_LINK_SHARE:
        return False
    return bool(block.facts.sentences) or block.facts.words >= MIN_WORDS


def is_label(block: Part) -> bool:
    """Return whether a block only says that an advertisement follows."""
    return block.text.lower().strip(" :-–—.") in AD_LABELS


def is_time(block: Part) -> bool:
    """Return whether a block is only a time, as over an entry of a live report."""
    times = "".join(get_text(time) for time in block.element.iter("time"))
    return bool(block.text) and (times == block.text or bool(CLOCK.fullmatch(block.text)))


def is_paragraph(block: Part) -> bool:
    """Return whether a block is a paragraph or a caption even beside the text: some words that end like a sentence."""
    if is_caption(block.element):
        return not block.facts.link_blocks
    is_long = block.facts.sentences > 0 and block.facts.words >= MIN_WORDS
    is_doubtful = has_boilerplate_name(block) and block.facts.linked > 0 and block.facts.words < MIN_WORDS_PER_LINK
    return is_long and is_text(block) and not block.is_heading and not is_doubtful


def is_correction(block: Part) -> bool:
    """Return whether a block says that it corrects the text, by its first word or the class of the element."""
    around = [block.element, *islice(block.element.iterancestors("footer", "aside", "div", "section"), 2)]
    roles = [resolve_role(element.tag, element.get("class", ""))[1] for element in around]
    return is_text(block) and ("correction" in roles or bool(CORRECTION.match(block.text)))

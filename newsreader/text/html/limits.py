"""What one page may cost to read. What could cost more is refused before a parser sees it, since nothing stops one midway."""

import re
from collections import Counter
from typing import NamedTuple

from newsreader.text.html.allowlists import split_set
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_DEPTH = 200
MAX_MARKUP = 100_000  # tags and references
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 200
MAX_NAME = 1_000  # characters
MAX_PARTS = 4_000  # attributes and spaces of what may be a tag or may be text
# Elements that were left open, and are opened again in later blocks: so many, of so many characters.
MAX_REOPENED = 500_000
MAX_WRITTEN = 50_000_000
# For every tag a parser looks through the elements that are open.
MAX_LOOKS = 100_000_000

TOO_DENSE = gettext_noop("This page has too many tags to be read safely.")
TOO_DEEP = gettext_noop("This page is nested more than 200 levels deep.")
TOO_MANY = gettext_noop("This page has too many elements to be read safely.")
TOO_LONG = gettext_noop("This page has a tag that is too long to be read safely.")
TOO_TANGLED = gettext_noop("The HTML of this page is too tangled to be read safely.")

# Where one of these is left open, parsers open it again in the next block: at most three that are the same.
FORMATTING = split_set("a b big code em font i nobr s small strike strong tt u")
MOST_ALIKE = 3
# One of these stands in another only where an element of another kind stands between them.
SHALLOW = split_set("a p li tr td th tbody thead tfoot")
VOID = split_set(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr"
)
# Inside these, tags are text or follow rules of their own.
OTHERWISE_READ = split_set(
    "script style title textarea xmp iframe noembed noframes noscript plaintext template select svg math frameset"
)

# A tag that ends at its first ">", whatever stands before it.
SPACE = r" \t\n\f\r"
NAME = rf"[A-Za-z][^{SPACE}/<>]*+"
ATTRIBUTE = rf"""[^{SPACE}/<>="']++"""
VALUE = rf"""(?:[{SPACE}]*+=[{SPACE}]*+(?:"[^"<>]*+"|'[^'<>]*+'|[^{SPACE}"'<>][^{SPACE}<>]*+))?+"""
PLAIN_TAG = re.compile(rf"<(/?)({NAME})((?:[{SPACE}/]++|{ATTRIBUTE}{VALUE})*+)>")
EACH_ATTRIBUTE = re.compile(f"({ATTRIBUTE}){VALUE}")
# Any other that a parser might read here, to where it would end, if no comment or script holds it.
START = re.compile("</?[A-Za-z]")
ANY_VALUE = rf"""(?:[{SPACE}]*+=[{SPACE}]*+(?:"[^"]*+"?|'[^']*+'?|[^{SPACE}"'>][^{SPACE}>]*+)?+)?+"""
ANY_PART = rf"(?:[{SPACE}/]++|(?:=[^{SPACE}/>=]*+|[^{SPACE}/>=]++){ANY_VALUE})"
ANY_TAG = re.compile(rf"<(/?)([A-Za-z][^{SPACE}/>]*+){ANY_PART}{{0,{MAX_PARTS}}}+")


class Tag(NamedTuple):
    """A tag as it is written."""

    name: str
    is_end: bool
    html: str


class Cost(NamedTuple):
    """What a parser may have to do at most: elements reopened, characters of those, looks at open elements."""

    reopened: int
    written: int
    looks: int


def refuse_dense(html: str) -> None:
    """Raise ValueError where `html` has more tags and references than an article could."""
    tags = html.count("<")
    if tags + html.count("&") > MAX_MARKUP or tags - html.count("</") > MAX_ELEMENTS:
        raise ValueError(_(TOO_DENSE))


def refuse_deep(html: str) -> None:
    """Raise ValueError where well-formed `html` is nested too deep or has too many elements."""
    depth = elements = 0
    for tag in map(tag_of, PLAIN_TAG.finditer(html)):
        elements += not tag.is_end
        depth += 0 if tag.name in VOID else -1 if tag.is_end else 1
        if depth > MAX_DEPTH:
            raise ValueError(_(TOO_DEEP))
    if elements > MAX_ELEMENTS:
        raise ValueError(_(TOO_MANY))


def refuse_costly(html: str) -> None:
    """Raise ValueError where reading `html`, whatever it is, could take many seconds or much memory."""
    matches = list(PLAIN_TAG.finditer(html))
    for match in matches:
        refuse_long(match[2], match[3])
    plain = list(map(tag_of, matches))
    cost = cost_at_most(html, plain, other_tags(html, matches))
    cost = Cost(*map(min, cost, cost_in_order(html, plain) or cost))
    if cost.reopened > MAX_REOPENED or cost.written > MAX_WRITTEN:
        raise ValueError(_(TOO_MANY))
    if cost.looks > MAX_LOOKS:
        raise ValueError(_(TOO_TANGLED))


def tag_of(match: re.Match[str]) -> Tag:
    """Return the tag that PLAIN_TAG or ANY_TAG found."""
    return Tag(match[2].lower(), bool(match[1]), match[0])


def refuse_long(name: str, attributes: str) -> None:
    """Raise ValueError where a tag has a long name or many attributes: a parser compares each with all before it."""
    names = EACH_ATTRIBUTE.findall(attributes) if len(attributes) > MAX_ATTRIBUTES else []
    if len(names) > MAX_ATTRIBUTES or max(map(len, [name, *names])) > MAX_NAME:
        raise ValueError(_(TOO_LONG))


def cost_in_order(html: str, tags: list[Tag]) -> Cost | None:
    """Return what it costs to read `html` if no element ends before one that stands in it, else None."""
    if html.count("<") != len(tags) or any(tag.name in OTHERWISE_READ for tag in tags):
        return None
    reopened = written = looks = formatting = length = 0
    open_tags: list[Tag] = []
    for tag in tags:
        if tag.is_end and (not open_tags or open_tags[-1].name != tag.name):
            return None
        if tag.name not in VOID:
            turn = -1 if tag.is_end else 1
            opened = open_tags.pop() if tag.is_end else tag
            formatting += turn * (tag.name in FORMATTING)
            length += turn * (tag.name in FORMATTING) * len(opened.html)
            open_tags += [] if tag.is_end else [tag]
        reopened, written, looks = reopened + formatting, written + length, looks + len(open_tags)
    return Cost(reopened, written, looks)


def other_tags(html: str, plain: list[re.Match[str]]) -> list[Tag]:
    """Return what might be tags besides the plain ones; raise ValueError where they have too many attributes."""
    known = {match.start() for match in plain}
    starts = (start.start() for start in START.finditer(html))
    tags: list[Tag] = []
    length = 0
    for match in filter(None, (ANY_TAG.match(html, start) for start in starts if start not in known)):
        if html[match.end() : match.end() + 1] not in {">", ""}:
            raise ValueError(_(TOO_LONG))
        tags.append(tag_of(match))
        length += len(match[0])
        if length > MAX_WRITTEN:
            raise ValueError(_(TOO_TANGLED))
    return tags


def cost_at_most(html: str, plain: list[Tag], others: list[Tag]) -> Cost:
    """Return what it may cost to read `html` at most, in whatever order its tags stand."""
    starts = [tag for tag in plain + others if not tag.is_end]
    links = [len(tag.html) for tag in starts if tag.name == "a"]
    alike = Counter(tag.html for tag in starts if tag.name in FORMATTING - {"a"})
    formatting = sum(min(number, MOST_ALIKE) for number in alike.values()) + bool(links)
    length = sum(min(number, MOST_ALIKE) * len(tag) for tag, number in alike.items()) + max(links, default=0)
    nesting = sum(tag.name not in VOID | SHALLOW for tag in starts)
    tags = html.count("<") + 1
    return Cost(formatting * tags, length * tags, nesting * tags)

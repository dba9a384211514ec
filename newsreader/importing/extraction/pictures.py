"""Finds the images of an article: what stands between or within the blocks that were kept, and is no sign, portrait or advertisement."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from newsreader.importing.extraction.page import get_text
from newsreader.importing.extraction.parts import leads_elsewhere

LAZY_NAMES = ("data-src", "data-lazy-src", "data-original", "data-full-src", "data-hi-res-src")
CANDIDATE = re.compile(r"(\S+)\s+(\d{1,5})w\s*(?:,|$)")
WANTED_WIDTH = 1_600  # pixels
MIN_SIDE = 100  # pixels that an image says it has
# Words besides an image where no block was kept: of a caption that is none by its element; where there are links, as of a credit.
MAX_WORDS, MAX_LINKED_WORDS = 30, 6
MAX_SEEN, MAX_TEXTS = 500, 200  # images of a page, and texts beside one, that are looked at
READABLE_TYPES = {"", "image/jpeg", "image/png", "image/webp"}
LARGER_NAME = re.compile(r"light-?b|galler|fancybox|zoom|photoswipe|enlarge", re.IGNORECASE)
OTHER_TAGS = {"nav", "footer", "form"}
# What names say of images that belong to no text; they have no words that could say it.
OTHER_NAME = re.compile(
    r"(?:^|[\s_-])(?:avatar|author|byline|profile|icon|logo|emoji|smiley|spinner|pixel|tracking|badge|ads?|advert\w*|sponsor\w*|"
    r"banner|share|social|related|teaser|promo|recommend\w*|newsletter|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)


def keep_pictures(body: HtmlElement, kept: list[HtmlElement]) -> set[HtmlElement]:
    """Return the images that belong to the article of these blocks and stand in none of them.

    Each image of the article has its address as `src`, in place; all others have none, and cleaning removes these.
    """
    around = {outer for block in kept for outer in block.iterancestors()}
    blocks, found = set(kept), set[HtmlElement]()
    chosen: set[str] = set()
    images = list(iterate_images(body, kept))
    for image, _is_between in images[MAX_SEEN:]:
        image.attrib.clear()
    for image, is_between in reversed(images[:MAX_SEEN]):  # of two that are the same, the later has the caption
        outer = next((element for element in [image, *image.iterancestors()] if element in blocks), None)
        is_chosen = is_between and belongs(image, around if outer is None else {outer})
        address = choose_address(image) if is_chosen else ""
        address = "" if address in chosen else address
        words = image.get("alt", "")
        image.attrib.clear()
        image.attrib.update({"src": address, "alt": words} if address else {})
        chosen.add(address)
        found |= {image} if address and outer is None else set()
    return found


def iterate_images(body: HtmlElement, kept: list[HtmlElement]) -> Iterator[tuple[HtmlElement, bool]]:
    """Yield each image, and whether it stands between the headline, or the first block, and the last."""
    first, last = (kept[0], kept[-1]) if kept else (None, None)
    places = {element: place for place, element in enumerate(body.iter())}
    start, end = places.get(first, 0), places.get(last, -1)
    headlines = [places[element] for element in body.iter("h1") if places[element] <= start]
    start = headlines[-1] if headlines else start
    end += sum(1 for _ in last.iterdescendants()) if last is not None else 0
    for image in body.iter("img"):
        yield image, start <= places[image] <= end or (places[image] < start and is_lead(image, first))


def is_lead(image: HtmlElement, first: HtmlElement | None) -> bool:
    """Return whether an image is a figure above the headline in the element of the article."""
    article = next(image.iterancestors("article", "main"), None)
    return (
        next(image.iterancestors("figure"), None) is not None
        and first is not None
        and article in set(first.iterancestors())
    )


def belongs(image: HtmlElement, around: set[HtmlElement]) -> bool:
    """Return whether an image belongs to the text: `around` are the elements that hold blocks of it.

    What lies between these and the image names it, links it and has words beside it.
    """
    own = [image]
    while (outer := own[-1].getparent()) is not None and outer not in around:
        own.append(outer)
    names = " ".join(f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}" for element in own)
    links = [element for element in own if element.tag == "a" and leads_away(element)]
    is_aside = any(element.tag in OTHER_TAGS for element in own) or bool(OTHER_NAME.search(names.replace("__", " ")))
    is_other = is_small(image) or is_aside or bool(links)
    return not is_other and has_few_words(own[-1])


def has_few_words(element: HtmlElement) -> bool:
    """Return whether an element has no more words than a caption; fewer where there are links, as in a credit."""
    if next(islice(element.itertext(), MAX_TEXTS, None), None) is not None:
        return False
    has_links = any(leads_away(link) and get_text(link) for link in element.iter("a"))
    return len(get_text(element).split()) <= (MAX_LINKED_WORDS if has_links else MAX_WORDS)


def leads_away(link: HtmlElement) -> bool:
    """Return whether a link leads to another page, and not to a larger image or to the gallery in which it is."""
    return leads_elsewhere(link) and not LARGER_NAME.search(link.get("class", ""))


def is_small(image: HtmlElement) -> bool:
    """Return whether an image says that it is a sign, or is there to be counted."""
    sides = [image.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return any(side.isdecimal() and int(side) < MIN_SIDE for side in sides)


def choose_address(image: HtmlElement) -> str:
    """Return the address of an image in about the size that is kept; empty where it has none."""
    picture = next(image.iterancestors("picture"), None)
    sources = [] if picture is None else list(picture.iter("source"))
    lists = [
        element.get(name, "")
        for element in [image, *sources]
        if element.get("type", "") in READABLE_TYPES
        for name in ("srcset", "data-srcset")
    ]
    candidates = sorted((int(width), address) for text in lists for address, width in CANDIDATE.findall(text))
    if candidates:
        return next((address for width, address in candidates if width >= WANTED_WIDTH), candidates[-1][1])
    addresses = [image.get(name, "").strip() for name in (*LAZY_NAMES, "src")]
    return next((address for address in addresses if address and not address.lower().startswith("data:")), "")

"""Turns the elements that a page has beside those of an article into blocks, or into words of a line."""

from lxml.html import HtmlElement

from newsreader.text.html.allowlists import split_set

SECTION_TAGS = ["div", "section", "article", "main", "center", "body"]
BLOCK_TAGS = split_set(
    "div section article main center body p h1 h2 h3 h4 h5 h6 ul ol dl li dt dd menu dir table caption thead tbody tfoot "
    "tr td th blockquote pre listing xmp figure figcaption form fieldset aside nav header footer hgroup hr address details "
    "summary dialog search legend script style iframe noscript"
)
HEADING_TAGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
INLINE_TAGS = split_set(
    "a abbr acronym area audio b bdi bdo big blink br button canvas cite code data del dfn em embed font i img input ins "
    "kbd label link map mark marquee meta nobr object output param picture progress q rb rp rt rtc ruby s samp select "
    "slot small source span strike strong sub sup svg time track tt u var video wbr"
)
# Elements of a line that are none if blocks stand in them; links stay what they are.
LOOSE_TAGS = split_set("span font b i em strong big small u ins del mark label button output data slot nobr cite q")


def normalise_elements(tree: HtmlElement) -> None:
    """Give every element one of the tags that a browser shows it as, in place."""
    write_out_summaries(tree)
    # The elements inside one come after it: seen from the end, they are what they will be.
    for element in reversed(list(tree.iterfind("body//*"))):
        if element.tag in LOOSE_TAGS and holds_blocks(element):
            element.tag = "div"
        elif element.tag not in BLOCK_TAGS | INLINE_TAGS:
            element.tag = "div" if holds_blocks(element) or stands_alone(element) else "span"


def write_out_summaries(tree: HtmlElement) -> None:
    """Turn what opens into a section, and what stands over it into a heading."""
    for element in tree.iter("summary", "details", "dialog", "fieldset", "hgroup", "form"):
        has_heading = element.tag != "summary" or element.find(".//p") is not None or holds_heading(element)
        element.tag = "div" if has_heading else "h3"
    for element in tree.iter("legend"):
        element.tag = "p"
    for element in tree.iter("search"):
        element.tag = "nav"


def holds_heading(element: HtmlElement) -> bool:
    """Return whether there is a heading in an element."""
    return next(element.iter(*HEADING_TAGS), None) is not None


def holds_blocks(element: HtmlElement) -> bool:
    """Return whether a block stands directly in an element, or in a link in it."""
    return any(is_block(child) for child in element)


def is_block(element: HtmlElement) -> bool:
    """Return whether an element is a block, or a link around some."""
    return element.tag in BLOCK_TAGS or (element.tag == "a" and any(child.tag in BLOCK_TAGS for child in element))


def stands_alone(element: HtmlElement) -> bool:
    """Return whether an element of unknown kind is a block of text: among others in a section, with no words beside it."""
    while is_bare(element):
        parent = element.getparent()
        if parent.tag in {*SECTION_TAGS, "aside", "header", "footer"}:
            return True
        if parent.tag in BLOCK_TAGS | INLINE_TAGS:
            return False
        element = parent
    return False


def is_bare(element: HtmlElement) -> bool:
    """Return whether no words stand directly before or after an element."""
    previous, following = element.getprevious(), element.getnext()
    before = element.getparent().text if previous is None else previous.tail
    neighbours = [near.tag for near in (previous, following) if near is not None]
    return not (before or "").strip() and not (element.tail or "").strip() and INLINE_TAGS.isdisjoint(neighbours)

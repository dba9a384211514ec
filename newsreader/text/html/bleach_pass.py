"""The first engine: bleach, with bounds on what one page may cost."""

from bleach._vendor.html5lib import getTreeBuilder
from bleach._vendor.html5lib.treewalkers.base import TreeWalker
from bleach.html5lib_shim import BleachHTMLParser, BleachHTMLTokenizer
from bleach.sanitizer import Cleaner

from newsreader.text.html import allowlists as vocabulary

MAX_DEPTH = 200
MAX_MARKUP = 100_000  # tags and references
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 200
MAX_NAME = 1_000
# An element put elsewhere than its tag stands (misnested, or loose in a table) costs a look at all its siblings.
MAX_REPAIRS = 5_000


class Refused(ValueError):
    """A page past a cap, with one plain sentence for people."""


def bleached(html: str) -> str:
    """What bleach leaves of `html`; ValueError where it is too deep or too tangled to read."""
    try:
        return _cleaner().clean(html)
    except Refused:
        raise
    except Exception as error:  # the parser bleach carries stumbles over some malformed pages
        raise ValueError("The HTML of this page is too damaged to be read.") from error


def refuse_dense(html: str) -> None:
    """ValueError where `html` has more tags and references than an article could."""
    tags = html.count("<")
    if tags + html.count("&") > MAX_MARKUP or tags - html.count("</") > MAX_ELEMENTS:
        raise Refused("This page has too many tags to be read safely.")


def _cleaner():
    cleaner = Cleaner(
        tags=vocabulary.ALLOWED_TAGS | vocabulary.DROPPED_TAGS,
        attributes=vocabulary.ALLOWED_ATTRIBUTES,
        protocols=vocabulary.URL_SCHEMES,
        strip=True,
    )
    cleaner.parser = BoundedParser(
        tags=cleaner.tags, strip=True, consume_entities=False, namespaceHTMLElements=False, tree=BoundedTree
    )
    cleaner.walker = Walker
    return cleaner


class BoundedParser(BleachHTMLParser):
    """Bleach's parser on a tokenizer that keeps the caps."""

    def _parse(self, stream, innerHTML=False, container="div", scripting=True, **options):
        self.innerHTMLMode, self.container, self.scripting = innerHTML, container, scripting
        self.tokenizer = BoundedTokenizer(self.consume_entities, stream=stream, parser=self, **options)
        self.reset()
        self.mainLoop()


class BoundedTokenizer(BleachHTMLTokenizer):
    """Bleach's tokenizer, which reads names letter by letter and compares each attribute of a tag with all before it."""

    def tagNameState(self):
        return self.refuse(len(self.currentToken["name"]) > MAX_NAME) or super().tagNameState()

    def beforeAttributeNameState(self):
        return self.refuse(len(self.currentToken["data"]) > MAX_ATTRIBUTES) or super().beforeAttributeNameState()

    def attributeNameState(self):
        return self.refuse(len(self.currentToken["data"][-1][0]) > MAX_NAME) or super().attributeNameState()

    def refuse(self, is_past_cap: bool) -> None:
        if is_past_cap:
            raise Refused("This page has a tag that is too long to be read safely.")


class OpenElements(list):
    """The parser's stack, which refuses to grow past the caps."""

    opened = repaired = 0

    def append(self, element):
        self.opened += 1
        if len(self) > MAX_DEPTH:
            raise Refused(f"This page is nested more than {MAX_DEPTH} levels deep.")
        if self.opened > MAX_ELEMENTS:
            raise Refused("This page has too many elements to be read safely.")
        super().append(element)

    def insert(self, index, element):
        self.repair()
        super().insert(index, element)

    def repair(self):
        self.repaired += 1
        if self.repaired > MAX_REPAIRS:
            raise Refused("The HTML of this page is too tangled to be read safely.")


class BoundedTree(getTreeBuilder("etree")):
    """The tree that the parser builds, within the caps."""

    def reset(self):
        super().reset()
        self.openElements = OpenElements()

    def getTableMisnestedNodePosition(self):
        self.openElements.repair()
        return super().getTableMisnestedNodePosition()


class Walker(TreeWalker):
    """Walks the tree in linear time (the parser's own looks at all siblings each step) and past dropped elements."""

    def __iter__(self):
        yield from self.text(self.tree.text or "")
        open_elements, rest = [], [iter(self.tree)]
        while rest:
            element = next(rest[-1], None)
            if element is None:
                rest.pop()
                if open_elements:
                    yield from self.leave(open_elements.pop())
            elif isinstance(element.tag, str) and element.tag in vocabulary.ALLOWED_TAGS:
                yield from self.enter(element)
                open_elements.append(element)
                rest.append(iter(element))
            else:
                yield from self.text(element.tail or "")

    def enter(self, element):
        attributes = {(None, name): value for name, value in element.attrib.items()}
        if element.tag in vocabulary.VOID_TAGS:
            yield from self.emptyTag(None, element.tag, attributes)
        else:
            yield self.startTag(None, element.tag, attributes)
            yield from self.text(element.text or "")

    def leave(self, element):
        if element.tag not in vocabulary.VOID_TAGS:
            yield self.endTag(None, element.tag)
        yield from self.text(element.tail or "")

"""The links within an article, such as those to its notes and back: their targets get ids of our own, all other ids go."""

from collections.abc import Iterator, Mapping
from itertools import count

from newsreader.text.html.blocks import Block, iterate_blocks
from newsreader.text.html.inline import InlineElement, InlineRun
from newsreader.text.html.links import resolve_link


def link_targets(article: Block, base_url: str) -> None:
    """Lead every link within the article to its target: p1, p2 ... are top-level blocks, n1 ... blocks in them, r1 ... inline.

    A link whose target is gone leads to the page at `base_url`, or is unwrapped.
    """
    separate_elements(article)
    elements = list(iterate_elements(article))
    ids = choose_ids(article, elements)
    for element in elements:
        address = element.attributes.get("href", "")
        if address.startswith("#"):
            set_or_remove(element, "href", ids.get(address) or resolve_link(address, base_url))
    drop_idle_elements(article, elements)


def separate_elements(article: Block) -> None:
    """Give each block inline elements of its own: what goes on from an earlier block is another one, and no target."""
    seen: set[InlineElement] = set()
    for block in iterate_blocks(article):
        own = {element for run in block.runs for element in run.path}
        copies = {element: InlineElement(element.tag, {**element.attributes}) for element in own & seen}
        for copy in copies.values():
            copy.attributes.pop("id", None)
        replace_elements(block, copies)
        seen |= own


def replace_elements(block: Block, others: Mapping[InlineElement, InlineElement | None]) -> None:
    """Put other inline elements in the place of some in a block, or none."""
    for index, (path, text) in enumerate(block.runs if others else ()):
        block.runs[index] = InlineRun(tuple(filter(None, (others.get(part, part) for part in path))), text)


def iterate_elements(article: Block) -> Iterator[Block | InlineElement]:
    """Yield all blocks and inline elements of the article, each once, in document order."""
    for block in iterate_blocks(article):
        yield block
        path: tuple[InlineElement, ...] = ()
        for run in block.runs:
            yield from (element for element in run.path if element not in path)
            path = run.path


def choose_ids(article: Block, elements: list[Block | InlineElement]) -> dict[str, str]:
    """Give the first element with each id that a link leads to an id of ours; return these addresses by the page's."""
    linked = {element.attributes.get("href") for element in elements}
    numbers = {id(block): f"p{number}" for number, block in enumerate(article.blocks, start=1)}
    nested, inline = count(1), count(1)
    ids: dict[str, str] = {}
    for element in elements:
        address, name = f"#{element.attributes.pop('id', '')}", ""
        if address in linked and address not in ids:
            name = numbers.get(id(element)) or (
                f"n{next(nested)}" if isinstance(element, Block) else f"r{next(inline)}"
            )
            ids[address] = f"#{name}"
        set_or_remove(element, "id", name if id(element) not in numbers else None)
    return ids


def set_or_remove(element: Block | InlineElement, name: str, value: str | None) -> None:
    """Set an attribute in its alphabetical place; without a value, remove it."""
    others = {other: told for other, told in element.attributes.items() if other != name}
    element.attributes = dict(sorted((others | ({name: value} if value else {})).items()))


def drop_idle_elements(article: Block, elements: list[Block | InlineElement]) -> None:
    """Unwrap links that lead nowhere and spans that say nothing; a link that is only a target becomes a span."""
    idle: dict[InlineElement, None] = {}
    for element in elements:
        if isinstance(element, InlineElement) and element.tag in {"a", "span"}:
            element.tag = "a" if "href" in element.attributes else "span"
            idle |= {} if element.attributes else {element: None}
    for block in iterate_blocks(article):
        replace_elements(block, idle)

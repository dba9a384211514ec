"""Writes the canonical tree as HTML that every parser reads back as the same tree."""

from newsreader.text.html.allowlists import IMAGE_TAG, VOID_TAGS
from newsreader.text.html.blocks import Block
from newsreader.text.html.inline import InlineElement, InlineRun


def render_article(article: Block) -> str:
    """Return the HTML of the top-level blocks, numbered p1, p2, ..., one after the other."""
    numbered = enumerate(article.blocks, start=1)
    return "\n".join(_render_block(block, {"id": f"p{number}", **block.attributes}) for number, block in numbered)


def _render_block(block: Block, attributes: dict[str, str]) -> str:
    start_tag = render_start_tag(block.tag, attributes)
    if block.tag in VOID_TAGS or block.tag == IMAGE_TAG:
        return start_tag
    if not block.blocks:
        return f"{start_tag}{render_runs(block.runs)}</{block.tag}>"
    # Each level of blocks takes one stack frame: depth is capped far below Python's own limit.
    images = [_render_block(child, child.attributes) for child in block.blocks if child.tag == IMAGE_TAG]
    children = [_render_block(child, child.attributes) for child in block.blocks if child.tag != IMAGE_TAG]
    lines = "\n".join(["", *children, ""]) if children else ""  # the images add nothing to the text
    return f"{start_tag}{''.join(images)}{lines}</{block.tag}>"


def render_runs(runs: list[InlineRun]) -> str:
    """Return the HTML of the runs, each inline element opened once for adjacent runs."""
    parts: list[str] = []
    path: tuple[InlineElement, ...] = ()
    for run in runs:
        parts += [*_render_path_change(path, run.path), "<br>\n" if run.text is None else escape_text(run.text)]
        path = run.path
    return "".join([*parts, *_render_path_change(path, ())])


def _render_path_change(before: tuple[InlineElement, ...], after: tuple[InlineElement, ...]) -> list[str]:
    """Return the tags between two runs: those that close the elements of one, and open those of the other."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] is after[shared]:
        shared += 1
    closing = [f"</{inline.tag}>" for inline in reversed(before[shared:])]
    return closing + [render_start_tag(inline.tag, inline.attributes) for inline in after[shared:]]


def render_start_tag(tag: str, attributes: dict[str, str]) -> str:
    """Return the start tag of an element."""
    rendered = "".join(f' {name}="{escape_attribute(value)}"' for name, value in attributes.items())
    return f"<{tag}{rendered}>"


def escape_attribute(value: str) -> str:
    """Return the value escaped for use in double quotes."""
    return escape_text(value).replace('"', "&quot;")


def escape_text(text: str) -> str:
    """Return the text with exactly the three characters escaped that could be markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""Writes the canonical tree as HTML that every parser reads back as the same tree."""

from newsreader.text.html.blocks import Block
from newsreader.text.html.inline import Inline, Run


def article_html(article: Block) -> str:
    """The top-level blocks, numbered p1, p2, ..., one after the other."""
    numbered = enumerate(article.blocks, start=1)
    return "\n".join(_block(block, {"id": f"p{number}", **block.attributes}) for number, block in numbered)


def _block(block, attributes):
    opening = opened(block.tag, attributes)
    if not block.blocks:
        return f"{opening}{inline_html(block.runs)}</{block.tag}>"
    # A block's own frame is the only one on the stack for its level: depth is capped far below Python's own limit.
    inner = "\n".join([_block(inner, inner.attributes) for inner in block.blocks])
    return f"{opening}\n{inner}\n</{block.tag}>"


def inline_html(runs: list[Run]) -> str:
    """The runs, each inline element opened once for all its neighbours."""
    parts, path = [], ()
    for run in runs:
        parts += [*_turned(path, run.path), "<br>\n" if run.text is None else escaped(run.text)]
        path = run.path
    return "".join([*parts, *_turned(path, ())])


def _turned(before: tuple[Inline, ...], after: tuple[Inline, ...]):
    """The tags that lead from one path of open elements to another."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] is after[shared]:
        shared += 1
    closing = [f"</{inline.tag}>" for inline in reversed(before[shared:])]
    return closing + [opened(inline.tag, inline.attributes) for inline in after[shared:]]


def opened(tag: str, attributes: dict[str, str]) -> str:
    """The start tag."""
    written = "".join(f' {name}="{quoted(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>"


def quoted(value: str) -> str:
    """The value as it stands in double quotes."""
    return escaped(value).replace('"', "&quot;")


def escaped(text: str) -> str:
    """The text with exactly the three characters escaped that could be markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""Notes within a Markdown file: written anew from what their parser makes of them, so that none reaches beyond its end."""

import re

from markdown_it.tree import SyntaxTreeNode

from annotations.notes import MARKDOWN_PARSER

# What Markdown and its dialects (Pandoc, Obsidian) read as markup within a line.
MARKUP_CHARACTERS = re.compile(r"([\\`*_{}\[\]<>#|~$&^]|%(?=%)|(?<=%)%|=(?==)|(?<==)=)")
BLOCK_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=:]))")  # what begins a list or a division, or underlines a heading
SAFE_ADDRESS = re.compile(r"(https?|mailto):[^\s<>]+$", re.IGNORECASE)
DOUBLE_STARS = re.compile(r"(?<!\\)\*\*")
BACKTICKS = re.compile("`+")
EMPHASIS = {"em": "*", "strong": "**"}


def escape_markdown(words: str) -> str:
    """Return the words on one line, so that Markdown reads them as words."""
    return BLOCK_START.sub(r"\1\\", escape_signs(" ".join(words.split())))


def escape_signs(words: str) -> str:
    """Return the words so that nothing in them is markup, unless it begins a line."""
    return MARKUP_CHARACTERS.sub(r"\\\1", words)


def write_note(note: str) -> str:
    """Return a note as it is rendered, in plain blocks of Markdown: a heading is bold, and all that it opens is closed."""
    return "\n".join(write_blocks(SyntaxTreeNode(MARKDOWN_PARSER.parse(note))))


def write_blocks(node: SyntaxTreeNode) -> list[str]:
    """Return the lines of the blocks in a node, with an empty one between two, unless they stand close in a list."""
    lines: list[str] = []
    is_close = True
    for child in node.children:
        if block := write_block(child):
            lines += block if is_close else ["", *block]
            is_close = child.type == "paragraph" and child.hidden
    return lines


def write_block(node: SyntaxTreeNode) -> list[str]:
    """Return the lines of one block."""
    if node.type in ("fence", "code_block"):
        return write_code_block(node.content)
    if node.type in ("bullet_list", "ordered_list"):
        return write_list(node)
    if node.type == "blockquote":
        return [f"> {line}".rstrip() for line in write_blocks(node)]
    if node.type == "hr":
        return ["* * *"]
    if node.type == "heading":
        return write_heading(write_inline(node))
    return [BLOCK_START.sub(r"\1\\", line) for line in write_inline(node).split("\n") if line.strip()]


def write_code_block(code: str) -> list[str]:
    """Return code between fences longer than any within it; its language is left out, since Obsidian runs some."""
    fence = "`" * max(3, find_longest_run(code) + 1)
    return [fence, *code.removesuffix("\n").split("\n"), fence]


def find_longest_run(code: str) -> int:
    """Return the number of backticks in the longest run of them."""
    return max(map(len, BACKTICKS.findall(code)), default=0)


def write_list(node: SyntaxTreeNode) -> list[str]:
    """Return the items of a list, one after the other."""
    first = int(node.attrs.get("start", 1))
    lines: list[str] = []
    for number, item in enumerate(node.children, first):
        marker = "- " if node.type == "bullet_list" else f"{number}. "
        head, *rest = write_blocks(item) or [""]
        lines += [f"{marker}{head}".rstrip(), *(f"{' ' * len(marker)}{line}".rstrip() for line in rest)]
    return lines


def write_heading(words: str) -> list[str]:
    """Return a heading as a bold line: the headings of the file are its own."""
    line = " ".join(DOUBLE_STARS.sub("", words).split())
    return [f"**{line}**"] if line else []


def write_inline(node: SyntaxTreeNode) -> str:
    """Return the words in a node with their markup."""
    return "".join(map(write_piece, node.children))


def write_piece(node: SyntaxTreeNode) -> str:
    """Return one piece of a line; a break ends in two spaces, which every program reads as one."""
    if node.type in ("softbreak", "hardbreak"):
        return "  \n"
    if node.type == "code_inline":
        return write_code(node.content)
    if node.type == "link":
        return write_link(node)
    if node.type in EMPHASIS:
        return f"{EMPHASIS[node.type]}{write_inline(node)}{EMPHASIS[node.type]}"
    return write_inline(node) if node.children else escape_signs(node.content)


def write_code(code: str) -> str:
    """Return code within a line, between more backticks than it holds."""
    marks = "`" * (find_longest_run(code) + 1)
    padding = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{marks}{padding}{code}{padding}{marks}" if code.strip() else ""


def write_link(node: SyntaxTreeNode) -> str:
    """Return a link to a page or a mail address; of any other, its words."""
    words, address = write_inline(node), str(node.attrs.get("href", ""))
    if not SAFE_ADDRESS.match(address):
        return words
    return f"<{address}>" if node.info == "auto" else f"[{words}](<{address}>)"

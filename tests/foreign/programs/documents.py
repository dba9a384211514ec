"""What pandoc reads in our Markdown, HTML and DOCX: the words of the block quotations, and headings."""

import json
import sys
from pathlib import Path

import pypandoc
from answers import write

folder = Path(sys.argv[1])


def read(name: str, kind: str) -> dict:
    """The quotations and the headings of a document."""
    tree = json.loads(pypandoc.convert_file(str(folder / name), "json", format=kind))
    quotations, headings = [], []
    collect(tree["blocks"], quotations, headings)
    return {"quotations": quotations, "headings": headings, "text": say(tree["blocks"])}


def collect(blocks: list, quotations: list, headings: list) -> None:
    """Gather the words of quotations and headings, at whatever depth."""
    for block in blocks:
        if isinstance(block, list):
            collect(block, quotations, headings)
        elif isinstance(block, dict) and block.get("t") == "BlockQuote":
            quotations.append(say(block["c"]))
        elif isinstance(block, dict) and block.get("t") == "Header":
            headings.append(say(block["c"]))
        elif isinstance(block, dict) and isinstance(block.get("c"), list):
            collect(block["c"], quotations, headings)


def say(node) -> str:
    """The words of a part of a document."""
    if isinstance(node, list):
        return "".join(map(say, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return content
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "CodeBlock", "Math", "RawInline", "RawBlock"):
        return content[1]
    if kind == "Quoted":
        marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return marks[0] + say(content[1]) + marks[1]
    return say(content) + (" " if kind in ("Para", "Plain", "Header") else "")


write(
    version=pypandoc.get_pandoc_version(),
    md=read("study.md", "markdown"),
    commonmark=read("study.md", "commonmark_x"),
    html=read("study.html", "html"),
    docx=read("study.docx", "docx"),
)

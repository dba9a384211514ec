"""Markdown files: no note reaches beyond its end, and every tag has a token and a note of its own."""

import io
import re
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from annotations.exchange.markdown import write_folder, write_markdown
from annotations.exchange.note_markdown import write_note
from annotations.exchange.sections import TagDefinition
from annotations.exchange.tag_tokens import name_tokens
from annotations.notes import render_note
from cases import each
from exchange.samples import DETAILS, list_passages, make_passage

GREEDY_NOTES = [
    "<!-- check with the engineer",
    "See:\n\n```\nN1 14.2",
    "~~~~ python\nx = 1\n~~~",
    "<div>\n<script>",
    "<?php",
    "<![CDATA[ and",
    "<pre>\nkept as it is",
    "# Why now?",
    "Why now?\n===",
    "Why now?\n---\nmore",
    "---\ntitle: mine\n---",
    "[Harbour reopens]: https://elsewhere.example 'x'",
    "[^1]: a footnote\n\n    goes on",
    "- first\n\n  - second\n\n    third\n-",
    "1) one\n2) two\n\n       code",
    "a | b\n--|--\n1 | 2",
    "| a line block",
    ": a definition\n::: {.warning}",
    "> a quotation\nthat goes on",
    "> ```\n> open",
    "- ```\n  open",
    "$$\nx",
    "%% a comment of Obsidian",
    "==marked",
    "`open and ``more",
    "**bold *and",
    "[open](<https://x.example",
    "\\",
    "ends in a backslash\\",
    "```dataviewjs\ndv.list()\n```",
    "{% raw %} {{ x }}",
    "*[HTML]: abbreviation\n@cited [@also]",
    "    indented code\n\n\ttab",
    "\u2028# line separator\u0085## next line",
    "&lt;!-- an entity &#60;script>",
]
SIGNS = st.text("`~<>!-#=*_[]()|:$%+1. \n\\ab/", max_size=60)
READERS = [MarkdownIt("commonmark"), MarkdownIt("commonmark").enable(["table", "strikethrough"])]
TAGS = [
    "C",
    "C++",
    "C#",
    "👍",
    "👎",
    "👍🏽",
    "👩‍🚒",
    "red line",
    "Red-Line",
    "2026",
    "1️⃣",
    "***",
    "‼️",
    "F#",
    "A+",
    "+1",
    "con",
]
NO_TAG = re.compile("[\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\\[\\]\\\\\\s]")  # ends a tag in Obsidian


def read_passages(page: str, reader: MarkdownIt) -> tuple[list[str], list[str]]:
    """Return the first line of every quotation of the page itself, and its headings."""
    blocks = SyntaxTreeNode(reader.parse(page)).children
    quotations = [find_words(block) for block in blocks if block.type == "blockquote"]
    headings = [node.children[0].content for block in blocks for node in block.walk() if node.type == "heading"]
    return quotations, headings


def find_words(block: SyntaxTreeNode) -> str:
    """Return the first line of words in a block."""
    return next((node.content for node in block.walk() if node.type == "inline"), "")


def write_three(note: str) -> str:
    passages = [make_passage(number, exact=f"Passage {number}", note=note) for number in (1, 2, 3)]
    return "".join(write_markdown(list_passages(*passages), DETAILS))


def find_faults(note: str) -> list[str]:
    """Return what a note does to the file around it."""
    page = write_three(note)
    faults = []
    for reader in READERS:
        quotations, headings = read_passages(page, reader)
        faults += [f"passages {quotations}"] * ([words for words in quotations if words.startswith("Passage")] != SHOWN)
        faults += [f"headings {headings}"] * (headings != ["Harbour study"])
    return faults


SHOWN = ["Passage 1", "Passage 2", "Passage 3"]


@each("note", GREEDY_NOTES)
def test_no_note_swallows_what_follows(note):
    assert find_faults(note) == []
    outside = re.sub(r"(?ms)^ *(`{3,})\n.*?^ *\1$", "", write_three(note))
    assert not re.search(r"(?m)^(---|\.\.\.|:::|%|\|)|(?<!\\)(\$\$|<!|<\w+>|\{%|\[\^)|%%(?!\n)", outside)


@given(SIGNS)
def test_no_signs_of_a_note_swallow_what_follows(note):
    assert find_faults(note) == []


@each(
    "note",
    [
        "Who *says* **so**, and `why`?",
        "- one\n- two\n  1. three\n\nAnd [a link](https://x.example/a_(b)) and https://y.example/a_b.",
        "First line\nsecond line\n\n> quoted\n> twice\n\n```\nlet x = `a`\n```",
        "5. five\n6. six `` a`b ``\n\n***",
        "1\\. no list, a < b & c > d, 2 * 3 * 4 and snake_case_name",
    ],
)
def test_a_note_reads_as_on_its_page(note):
    assert render_note(write_note(note)) == render_note(note)


def test_tags_that_look_different_have_tokens_of_their_own_that_obsidian_reads():
    tokens = name_tokens(TAGS)
    assert len({token.casefold() for token in tokens.values()}) == len(TAGS)
    assert [token for token in tokens.values() if NO_TAG.search(token) or not token.strip("0123456789")] == []
    expected = {"C": "c", "C++": "c-plus-plus", "C#": "c-sharp", "👍": "👍", "red line": "red-line", "2026": "tag-2026"}
    assert {name: tokens[name] for name in expected} == expected


def test_every_tag_of_a_folder_has_a_note_that_links_lead_to():
    details = DETAILS._replace(codebook=[TagDefinition(name, "", 1, "", "active") for name in TAGS])
    passages = [make_passage(number, article="C++", slug="c", tags=[name]) for number, name in enumerate(TAGS)]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(write_folder(list_passages(*passages), details))))
    names = [name.rpartition("/")[2].removesuffix(".md") for name in archive.namelist()]
    assert len({name.casefold() for name in names}) == len(names) == len(TAGS) + 2
    (article,) = (archive.read(name).decode() for name in archive.namelist() if name.startswith("articles/"))
    links = re.findall(r"\[\[(.*?)\]\]", article)
    headings = [re.search("(?m)^# (.*)$", archive.read(f"tags/{link}.md").decode())[1] for link in links]
    assert [heading.replace("\\", "") for heading in headings] == TAGS


def test_an_article_and_a_tag_of_one_name_have_two_notes():
    passage = make_passage(1, article="Red-line", tags=["red line"])
    archive = zipfile.ZipFile(io.BytesIO(b"".join(write_folder(list_passages(passage), DETAILS))))
    assert "tags/red-line.md" in archive.namelist() and "articles/Red-line 2.md" in archive.namelist()

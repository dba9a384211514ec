"""What the help page and the documents show of the language is understood as it stands there."""

import re
from html import unescape
from pathlib import Path

from newsreader.search.parser import parse

ROOT = Path(__file__).resolve().parents[2]
SEARCH, TAGS = (ROOT / "docs/search.md").read_text().partition("## Tag expressions")[::2]
CODE = re.compile(r"<code>(.*?)</code>")
ROW = re.compile(r"^\| (`.*`) \|", re.M)


def problems_of(examples: list[str], **mode) -> dict[str, tuple[str, ...]]:
    """What is wrong with each of the examples, if anything is."""
    assert examples
    found = {example: parse(unescape(example).replace("\\|", "|"), **mode).problems for example in examples}
    return {example: problems for example, problems in found.items() if problems}


def test_the_help_page_shows_what_is_understood(visitor):
    page = visitor.get("/help/").content.decode()
    listed, tags = page[page.index('class="asking"') :].partition('id="tags"')[::2]
    assert problems_of(CODE.findall(listed.split("</dl>")[0]), relations=True) == {}
    assert problems_of(CODE.findall(tags.split("</dl>")[0]), bare="tag") == {}


def test_the_document_shows_what_is_understood():
    examples = [example for row in ROW.findall(SEARCH) for example in re.findall(r"`(.*?)`", row)]
    assert {"ferry NOT strike", 'tag:"red line" OVERLAPPING tag:cost'} <= {*examples}
    assert problems_of(examples, relations=True) == {}


def test_the_short_and_the_long_spelling_mean_the_same():
    pairs = re.findall(r"^\| `(.*?)` \| `(.*?)` \|", TAGS, re.M)
    assert len(pairs) == 7
    for short, long in pairs:
        query = parse(short, bare="tag")
        assert query.problems == () and query == parse(long, bare="tag") == parse(long, relations=True), short


def test_fields_for_expressions_lead_to_the_help(alice_client, project):
    for page in ("passages", "desk"):
        assert 'href="/help/#tags"' in alice_client.get(f"/projects/{project.slug}/{page}/").content.decode()

"""Every string of the interface is marked for translation."""

import re
from html.parser import HTMLParser
from itertools import chain

from django.template.base import DebugLexer, Token, TokenType
from lxml import html

from cases import each
from pseudo import find_latin, pseudo_language, turn_greek
from routes import fill_in, is_admin, list_routes
from test_templates import TEMPLATES

LETTERS = re.compile(r"[^\W\d_]{2,}")
# Attributes that people read or hear.
SPOKEN = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
}
CODE = {"code", "kbd", "pre", "script", "style"}
NAMES = {"Newsreader", "News", "reader", "https", "POST", "Alt", "Ctrl", "Esc", "Shift", "Enter", "Tab"}
# Tags whose string constants are names for programs.
PROGRAM_TAGS = {"extends", "icon", "load", "static", "static_if_found", "url", "cache", "trans", "translate"}
# The attributes in a block of their own, which is put into a tag of the base template.
ATTRIBUTE_BLOCK = re.compile(r"""^\s*([\w-]+="[^"]*"\s*)+$""", re.M)
# A constant in a tag that looks like words: it begins with a capital letter or has a space, and is not in _().
CONSTANT = re.compile(r"""(?<!_\()(["'])([A-Z][^"']*|[^"'/]*[a-z] [^"'/]*)\1""")


class Words(HTMLParser):
    """Collects what people read of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open_code: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note the attributes that people read."""
        if tag in CODE:
            self.open_code.append(tag)
        is_button = tag == "input" and dict(attributes).get("type") in ("submit", "button", "reset")
        spoken = SPOKEN | {"value"} if is_button else SPOKEN
        self.words += [value or "" for name, value in attributes if name in spoken]

    def handle_endtag(self, tag: str) -> None:
        """Leave an element of code."""
        if tag in self.open_code:
            self.open_code.remove(tag)

    def handle_data(self, data: str) -> None:
        """Note the text."""
        if not self.open_code:
            self.words.append(data)


def find_unmarked(source: str) -> list[str]:
    """Return the words of a template that no translation reaches, in its text, its attributes and the constants of its tags."""
    outside, words, is_marked = [], [], False
    for token in DebugLexer(source).tokenize():
        if name := name_tag(token):
            is_marked = name == "blocktranslate" if "blocktrans" in name else is_marked
            if name not in PROGRAM_TAGS:
                words += [match[2] for match in CONSTANT.finditer(drop_path(token.contents))]
        elif token.token_type == TokenType.VAR:
            words += [match[2] for match in CONSTANT.finditer(token.contents)]
        elif token.token_type == TokenType.TEXT and not is_marked:
            outside.append(token.contents)
    page = Words()
    page.feed(ATTRIBUTE_BLOCK.sub("", "".join(outside)))
    words += page.words
    return [" ".join(each.split()) for each in words if set(LETTERS.findall(each)) - NAMES]


def name_tag(token: Token) -> str:
    """Return the name of a block tag; empty for anything else."""
    return token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""


def drop_path(contents: str) -> str:
    """Return an include without the path of its template."""
    return re.sub(r'^include\s+"[^"]*"', "", contents)


@each(
    ("source", "unmarked"),
    [
        ("<p>Some words {{ value }}</p>", ["Some words"]),
        ('<p>{% translate "Some words" %} {{ value }}</p>', []),
        ("<p>{% blocktranslate trimmed %}Some <b>words</b>{% endblocktranslate %} and more</p>", ["and more"]),
        ('<input type="submit" value="Save" placeholder="Search">', ["Search", "Save"]),
        ('{% include "a/b c.html" with label="Show all" %}', ["Show all"]),
        ('{% include "a/b.html" with label=_("Show all") kind="plain" %}', []),
        ('{{ name|default:"No name" }}<kbd>Shift</kbd><script>let words = 1</script>', ["No name"]),
    ],
)
def test_what_is_not_marked_is_found(source, unmarked):
    assert sorted(find_unmarked(source)) == sorted(unmarked)


def test_every_string_of_a_template_is_marked():
    templates = [path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in {".html", ".txt"}]
    found = {str(path.relative_to(TEMPLATES)): find_unmarked(path.read_text()) for path in templates}
    assert {name: words for name, words in found.items() if words} == {}


def read_words(page: str) -> list[str]:
    """Return what people read of a page, without what is marked as not to be translated."""
    tree = html.fromstring(page)
    for part in tree.xpath(
        "//script | //style | //noscript | //textarea | //code | //kbd | //pre | //*[@translate='no']"
    ):
        part.drop_tree()
    spoken = [tree.xpath(f"//*[not(self::abbr)]/@{name}") for name in SPOKEN]
    return [*tree.xpath("//text()"), *chain.from_iterable(spoken)]


def test_every_address_is_shown_in_the_language_of_the_page(route_parts, alice_client):
    found = {}
    turn_greek()
    with pseudo_language():
        for route in dict.fromkeys(route for route in list_routes() if not is_admin(route)):
            answer = alice_client.get(address := fill_in(route, route_parts))
            is_page = answer.get("Content-Type", "").startswith("text/html") and not answer.streaming and answer.content
            if is_page and (words := find_latin(read_words(answer.content.decode()), address)):
                found[route] = words
    assert found == {}

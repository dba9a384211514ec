"""How templates are laid out: lines that fit beside one another, files that fit on a screen or two."""

import re
from pathlib import Path

from django.template import Template
from django.templatetags.i18n import BlockTranslateNode
from django.utils.translation import trim_whitespace

from newsreader.template_loader import drop_source_indentation

TEMPLATES = Path(__file__).parents[1] / "templates"
SUFFIXES = {".html", ".svg", ".txt", ".css"}
LONGEST_LINE = 120  # characters
LONGEST_TEMPLATE = 100  # lines


def lines_of_templates() -> dict[str, list[str]]:
    """Return the lines of every template, by its name."""
    files = (path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in SUFFIXES)
    return {str(path.relative_to(TEMPLATES)): path.read_text().splitlines() for path in files}


def test_no_line_of_a_template_is_longer_than_120_characters():
    long = [
        f"{name}:{number} has {len(line)} characters"
        for name, lines in lines_of_templates().items()
        for number, line in enumerate(lines, 1)
        if len(line) > LONGEST_LINE
    ]
    assert long == [], "\n".join(long)


def test_no_template_is_longer_than_100_lines():
    long = [
        f"{name} has {len(lines)} lines"
        for name, lines in lines_of_templates().items()
        if len(lines) > LONGEST_TEMPLATE
    ]
    assert long == [], "\n".join(long)


def test_times_are_written_by_the_filters_of_one_module_alone():
    """`day`, `weekday`, `moment`, `clock`, `plain_day` and `iso_day` of templatetags/ui.py; |date and |time know other formats."""
    other = re.compile(
        r"\|\s*(date|time|timesince|timeuntil|naturaltime|naturalday|localtime|utc)\b|<time\b|\{%\s*now\b"
    )
    found = [
        f"{name}:{number}"
        for name, lines in lines_of_templates().items()
        for number, line in enumerate(lines, 1)
        if other.search(line) and "{% now 'Z' %}" not in line  # what the scripts of Django's admin count with
    ]
    assert found == []


def test_a_loaded_template_asks_for_the_sentences_that_are_in_the_catalogue():
    changed = {
        str(path.relative_to(TEMPLATES)): sorted(before - after)
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (before := list_sentences(path.read_text()))
        != (after := list_sentences(drop_source_indentation(path.read_text())))
    }
    assert changed == {}


def list_sentences(source: str) -> set[str]:
    """The sentences that a template asks to be translated, as it asks for them."""
    nodes = Template(source).nodelist.get_nodes_by_type(BlockTranslateNode)
    return {
        trim_whitespace(node.render_token_list(tokens)[0])
        for node in nodes
        for tokens in (node.singular, node.plural)
        if tokens
    }

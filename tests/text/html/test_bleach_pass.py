"""The second engine: what it takes away, and that it may be handed a page in pieces."""

import ast
from pathlib import Path

import pytest
from hypothesis import given

import newsreader
from newsreader.text.html import bleach_pass as bleaching
from newsreader.text.html import sanitizer
from newsreader.text.html.bleach_pass import bleach_html
from newsreader.text.html.sanitizer import first, remove_forbidden_characters
from soup import soups

ROOT = Path(newsreader.__file__).parent.parent


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<p onclick="alert(1)" lang="en">x</p>', '<p lang="en">x</p>'),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<p><img onerror="alert(1)" src="javascript:a">x</p>', "<p><img>x</p>"),
        ("<p>a &lt;b&gt; &amp;amp;<br>c</p>", "<p>a &lt;b&gt; &amp;amp;<br>c</p>"),
    ],
)
def test_what_the_first_engine_let_pass_the_second_takes_away(html, left):
    assert bleach_html(html) == left


@given(html=soups())
def test_in_pieces_a_page_is_cleaned_as_in_one(html):
    html = first(first(remove_forbidden_characters(html)))
    whole, most = bleach_html(html), bleaching.MAX_TAGS
    bleaching.MAX_TAGS = 2
    try:
        assert bleach_html(html) == whole
    finally:
        bleaching.MAX_TAGS = most


def test_pieces_that_the_second_engine_reads_otherwise_are_refused():
    cleaner = bleaching.Cleaner(tags={"p"}, strip=True)
    with pytest.raises(ValueError, match="too damaged"):
        bleaching.bleached_piece(cleaner, bleaching.Piece(["<p>", "<p>"], "x", ["<p>", "<p>"]))


def test_one_module_knows_the_second_engine_and_only_its_public_names():
    found = {}
    for path in [*ROOT.glob("newsreader/**/*.py"), *ROOT.glob("annotations/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if any(name.split(".")[0] in {"bleach", "html5lib"} for name in [module, *names]):
                found.setdefault(path.name, []).append((module, *names))
    assert found == {Path(bleaching.__file__).name: [("bleach.sanitizer", "Cleaner")]}


def test_only_the_door_calls_the_second_engine():
    assert sanitizer.bleach_html is bleach_html
    users = [path for path in ROOT.glob("*/**/*.py") if "bleach_html" in path.read_text() and "tests" not in path.parts]
    assert {path.name for path in users} == {"sanitizer.py", Path(bleaching.__file__).name}

"""Parts of pages that are kept: what is left of the white space of their templates."""

import pytest

from newsreader.fragments import drop_indentation
from newsreader.template_loader import drop_source_indentation


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul>\n    <li\n      >One</li>\n\n    </ul>", "<ul>\n<li>One</li>\n</ul>"),
        ("<a>one</a> <a>two</a>", "<a>one</a> <a>two</a>"),
        ("<p> two  words\n   and more </p>", "<p> two  words\n   and more </p>"),
        ('<i title="a\n  b">\nx\n</i>', '<i title="a\n  b">\nx\n</i>'),
        ("a &gt;  b", "a &gt;  b"),
    ],
)
def test_only_white_space_that_nobody_sees_is_dropped(html, expected):
    assert drop_indentation(html) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<ul\n    id="x"\n  >\n    <li>One</li>\n\n</ul>', '<ul id="x">\n<li>One</li>\n</ul>'),
        ("<p>\n    one\n    {% if x %}two{% endif %}\n</p>", "<p>\none\n{% if x %}two{% endif %}\n</p>"),
        ("<b>one</b> <i>two</i>", "<b>one</b> <i>two</i>"),
        ("{% if a < b %}\n  c > d\n{% endif %}", "{% if a < b %}\nc > d\n{% endif %}"),
        ("<a {% if x %}\n  href='y'{% endif %}>", "<a {% if x %} href='y'{% endif %}>"),
    ],
)
def test_a_template_is_loaded_without_its_indentation(source, expected):
    assert drop_source_indentation(source) == expected

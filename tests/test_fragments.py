"""Parts of pages that are kept: what is left of the white space of their templates."""

import pytest

from newsreader.fragments import drop_indentation


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

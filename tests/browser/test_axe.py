"""That axe sees what is wrong, also where the Content-Security-Policy lets nobody else in."""

import pytest

from accessibility import find_low_contrast

PAGE = '<!doctype html><html lang="en"><title>A page</title><main><h1>Brevik</h1>{}</main>'
WORDS = '<p style="color:{}">Words.</p>'
WHITE = '<div style="background:#333;height:200px"><div style="background:#fff;height:60px"><p style="color:#111{}">Words.</p></div></div>'
BUTTON = '<button style="color:#bbb;background:#fff"{}>Words</button>'
# Text that can be read, and text that cannot though it is almost the same.
UNLIKE = {
    "an element beside it is behind it": (
        "<p>Words.</p>",
        '<div style="position:relative"><p>Words.</p><b style="position:absolute;inset:0;z-index:-1;background:#333"></b></div>',
    ),
    "what it stands on ends before it": (WHITE.format(""), WHITE.format(";position:relative;top:80px")),
    "the other one is of something disabled": (BUTTON.format(" disabled"), BUTTON.format("")),
    "it is smaller": ('<p style="font-size:30px;color:#888">Words.</p>', '<p style="font-size:12px;color:#888">Words.</p>'),
    "all around it is dimmed": ("<div><p>Words.</p></div>", '<div style="opacity:.4"><p>Words.</p></div>'),
}  # fmt: skip


def served(page, content: str) -> None:
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Content-Type": "text/html"}
    page.route("http://brevik.test/", lambda route: route.fulfill(body=PAGE.format(content), headers=headers))
    page.goto("http://brevik.test/")


def test_axe_finds_nothing_on_a_good_page(page, axe):
    served(page, WORDS.format("#111"))
    assert axe(page) == []


def test_axe_tells_which_element_is_hard_to_read(page, axe):
    served(page, WORDS.format("#ccc"))
    (finding,) = axe(page)
    assert finding.startswith("color-contrast (serious)")
    assert "\n  p\n" in finding


def test_text_is_judged_once_where_more_is_painted_alike(page):
    passed: set[str] = set()
    served(page, WORDS.format("#111"))
    assert find_low_contrast(page, passed) == []
    looks = set(passed)
    served(page, WORDS.format("#111") + WORDS.format("#222"))
    assert find_low_contrast(page, passed) == []
    assert len(looks) == 2 and len(passed) == 3
    served(page, WORDS.format("#111") + WORDS.format("#ccc"))
    (finding,) = find_low_contrast(page, passed)
    assert finding.startswith("color-contrast (serious)") and "\n  p:nth-child(3)\n" in finding


@pytest.mark.parametrize("case", UNLIKE)
def test_text_that_is_painted_otherwise_is_judged_apart(page, axe, case):
    good, bad = UNLIKE[case]
    passed: set[str] = set()
    served(page, good)
    assert find_low_contrast(page, passed) == []
    served(page, good + bad)
    found = find_low_contrast(page, passed)
    assert len(found) == 1
    assert found == axe(page, "color-contrast")

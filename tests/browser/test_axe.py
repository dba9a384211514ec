"""That axe sees what is wrong, also where the Content-Security-Policy lets nobody else in."""

PAGE = (
    '<!doctype html><html lang="en"><title>A page</title><main><h1>Brevik</h1><p style="color:{ink}">Words.</p></main>'
)


def served(page, ink: str) -> None:
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Content-Type": "text/html"}
    page.route("http://brevik.test/", lambda route: route.fulfill(body=PAGE.format(ink=ink), headers=headers))
    page.goto("http://brevik.test/")


def test_axe_finds_nothing_on_a_good_page(page, axe):
    served(page, "#111")
    assert axe(page) == []


def test_axe_tells_which_element_is_hard_to_read(page, axe):
    served(page, "#ccc")
    (finding,) = axe(page)
    assert finding.startswith("color-contrast (serious)")
    assert "\n  p\n" in finding

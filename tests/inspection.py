"""A page looked at as everybody sees it: on a phone and on a desk, on every paper."""

from collections.abc import Callable

from playwright.sync_api import Page

WATCH = """document.addEventListener("securitypolicyviolation",
  event => (window.stopped ??= []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"""
# Two frames, so that scripts have followed a new size; what would fade is at its end at once.
SETTLED = """async theme => {
  document.documentElement.dataset.theme = theme;
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const one of document.getAnimations()) if (one.effect.getComputedTiming().endTime < Infinity) one.finish();
}"""
# Size, theme and the rules that may hold in one and not in another; where none are named, all are tried. Contrast is what takes longest.
VIEWS = [
    ((360, 780), "sepia", ["color-contrast", "target-size"]),
    ((1440, 900), "dark", ["color-contrast"]),
    ((1440, 900), "light", []),
]


def watch(page: Page) -> None:
    """Note from now on what the Content-Security-Policy stops."""
    page.add_init_script(WATCH)


def faults_of(page: Page, address: str, axe: Callable) -> list[str]:
    """What breaks, is stopped, is too wide or is held against the page by axe, in any view of it."""
    said = []
    page.once("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": VIEWS[0][0][0], "height": VIEWS[0][0][1]})
    if "#" in address:
        page.goto("about:blank")  # or an address that differs by its # alone would not be loaded again
    page.goto(address)
    for size, theme, rules in VIEWS:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(SETTLED, theme)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found = axe(page, *rules) + ([f"{wide} px too wide"] if wide > 0 else [])
        said += [f"{theme}, {size[0]} px wide: {fault}" for fault in found]
    return said + page.evaluate("window.stopped ?? []")

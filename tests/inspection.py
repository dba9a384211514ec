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
# How much wider than the window a page is, from left to right and from right to left.
OVERFLOW = """() => {
  const root = document.documentElement, own = root.dir, found = {};
  for (root.dir of ["ltr", "rtl"]) found[root.dir] = root.scrollWidth - innerWidth;
  root.dir = own;
  return Object.entries(found).filter(([dir, wide]) => wide > 0).map(([dir, wide]) => `${wide} px too wide, ${dir}`);
}"""
# Fields that are too narrow for their placeholder: a value of the same words would have to be scrolled.
CUT_PLACEHOLDERS = """() => {
  for (const fold of document.querySelectorAll("details:not(.menu)")) fold.open = true;
  return [...document.querySelectorAll("[placeholder]")].filter(field => {
    const value = field.value;
    field.value = field.placeholder;
    const isCut = field.checkVisibility() && field.scrollWidth > field.clientWidth;
    field.value = value;
    return isCut;
  }).map(field => field.placeholder);
}"""
# Size, theme and the rules that may hold in one and not in another; where none are named, all are tried. Contrast is what takes longest.
VIEWS = [
    ((320, 780), "sepia", ["color-contrast", "target-size"]),
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
        found = axe(page, *rules) + page.evaluate(OVERFLOW)
        said += [f"{theme}, {size[0]} px wide: {fault}" for fault in found]
    return said + page.evaluate("window.stopped ?? []")


def find_cut_placeholders(page: Page) -> list[str]:
    """The placeholders that are longer than their fields, in whatever is folded too."""
    return page.evaluate(CUT_PLACEHOLDERS)

"""What axe-core holds against a page as it stands, one sentence a finding."""

from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()  # axe-core itself; the package only carries it
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CONTRAST = "color-contrast"  # takes four times as long as all other rules
# Left to preload, axe asks for every @import again beside the page, where there is nothing, and is still asking when the test ends.
RUN = """async ([context, options]) => {
  const results = await axe.run(context, { preload: false, resultTypes: ["violations"], ...options });
  results.sentences = results.violations.flatMap(({id, impact, help, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id} (${impact}): ${help}\\n  ${target.join(" ")}\\n  ${failureSummary}`));
  return results;
}"""
FINDINGS = f"async options => (await ({RUN})([document, options])).sentences"
# Text that is painted like text that passed, in any theme on any page, passes as well. Alike are colours, size and weight, and what
# lies behind: the backgrounds of all elements around it. Where one of those does not reach as far as the text, or where
# the background of any other element meets it, axe looks each time.
UNLIKE_PASSED = f"""async passed => {{
  const INK = ["color", "fontSize", "fontWeight", "textShadow", "webkitTextStroke"];
  const GROUND = ["backgroundColor", "backgroundImage", "backgroundClip", "opacity", "filter", "mixBlendMode"];
  const CLEAR = "rgba(0, 0, 0, 0)|none|border-box|1|none|normal";
  const layers = new Map(), grounds = [], texts = [], looks = new Map(), known = new Set(passed);
  const pick = (style, names) => names.map(name => style[name]).join("|");
  const linesOf = node => {{
    if (node.matches("input, select, textarea")) return [...node.getClientRects()];
    const range = new Range(), written = [...node.childNodes].filter(child => child.nodeType === Node.TEXT_NODE && child.data.trim());
    return written.flatMap(child => (range.selectNode(child), [...range.getClientRects()]));
  }};
  for (const node of document.querySelectorAll("html, body, body *")) {{
    const style = getComputedStyle(node), ground = pick(style, GROUND), lines = linesOf(node);
    layers.set(node, (layers.get(node.parentElement) ?? "") + (ground === CLEAR ? "" : `${{ground}};`));
    if (ground !== CLEAR && !node.matches("html, body")) grounds.push([node, node.getBoundingClientRect()]);
    if (lines.length) texts.push([node, lines, `${{pick(style, INK)}} on ${{layers.get(node)}}`]);
  }}
  const within = (line, box) => line.left >= box.left && line.right <= box.right && line.top >= box.top && line.bottom <= box.bottom;
  const meet = (line, box) => line.left < box.right && line.right > box.left && line.top < box.bottom && line.bottom > box.top;
  const isOdd = (node, lines) => grounds.some(([other, box]) =>
    other.contains(node) ? !lines.every(line => within(line, box)) : lines.some(line => meet(line, box)));
  for (const [node, lines, look] of texts) {{
    const odd = isOdd(node, lines);
    if (odd || !known.has(look)) looks.set(node, odd ? null : look);
  }}
  if (!looks.size) return [[], []];
  const options = {{ runOnly: ["{CONTRAST}"], elementRef: true, resultTypes: ["violations", "passes"] }};
  const results = await ({RUN})([{{ include: [...looks.keys()] }}, options]);
  const alike = results.passes.flatMap(({{nodes}}) => nodes.map(({{element}}) => looks.get(element))).filter(look => look);
  return [results.sentences, [...new Set(alike)]];
}}"""


def find_violations(page: Page, *rules: str, without: tuple[str, ...] = ()) -> list[str]:
    """Return what breaks these rules, or where none are named, WCAG 2.0 to 2.2, A and AA, `without` some."""
    _prepare(page)
    wanted = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    return page.evaluate(FINDINGS, {"runOnly": wanted, "rules": {rule: {"enabled": False} for rule in without}})


def find_low_contrast(page: Page, passed: set[str]) -> list[str]:
    """Return what has too little contrast; text that is painted like some that `passed` is not looked at again."""
    _prepare(page)
    found, alike = page.evaluate(UNLIKE_PASSED, list(passed))
    passed.update(alike)
    return found


def _prepare(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)

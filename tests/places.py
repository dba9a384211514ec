"""Hands for browser tests of the reading page: they point at words as people do."""

import time

FIND = """([words, nth]) => {
  const root = document.getElementById("text"), text = root.textContent;
  let from = -1;
  for (let n = 0; n <= nth; n++) from = text.indexOf(words, from + 1);
  if (from < 0) throw new Error(`no such words: ${words}`);
  const at = (offset, forward) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const length = walker.currentNode.data.length;
      if (offset < length || (offset === length && !forward)) return [walker.currentNode, offset];
      offset -= length;
    }
  };
  const range = new Range();
  range.setStart(...at(from, true));
  range.setEnd(...at(from + words.length, false));
  range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  window.found = range;
  const lines = [...range.getClientRects()].filter(line => line.width > 0);
  const box = line => ({ left: line.left, right: line.right, middle: (line.top + line.bottom) / 2 });
  return [box(lines[0]), box(lines.at(-1))];
}"""


def where(page, words: str, nth: int = 0) -> list[dict]:
    """The first and the last line of these words on the screen, scrolled to."""
    return page.evaluate(FIND, [words, nth])


def drag_over(page, words: str, nth: int = 0) -> None:
    """Selects the words with the mouse, from left to right."""
    first, last = where(page, words, nth)
    page.mouse.move(first["left"] + 1, first["middle"])
    page.mouse.down()
    page.mouse.move(last["right"] - 1, last["middle"], steps=4)
    page.mouse.up()


def click_on(page, words: str) -> None:
    first, _ = where(page, words)
    page.mouse.click((first["left"] + first["right"]) / 2, first["middle"])


def opened(page, article, project, mark: str = ""):
    """The page, showing the article with the project's layer, its scripts at work."""
    page.goto(f"{article.get_absolute_url()}?project={project.slug}{mark}")
    wait_until(page, "document.querySelector('.cards').matches('[data-aligned]') || innerWidth < 832")
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def wait_until(page, expression: str, seconds: float = 60) -> None:
    """Wait until the expression is true in the page.

    It is asked from outside each time: a page that asks itself again uses eval, which our policy forbids.
    """
    until = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < until, f"never true: {expression}"
        page.wait_for_timeout(20)

"""Everything that people bring in, hostile: nothing of it runs in a real browser, and the CSP has nothing to report."""

import pytest

from annotations.models import Highlight, Tag
from newsreader.models import Article, Reading
from text.html.hostile import SNIPPETS
from texts import extracted

GROUPS = 4
# Whatever a snippet left open is closed, so that it cannot hide the next.
END = "--></script></style></textarea></title></template></noscript></svg></math></select></table>"
# Remembers whatever would have run, and whatever the policy stopped.
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (...all) => { window.ran.push(name, ...all); };
document.addEventListener("securitypolicyviolation", event => window.ran.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def printable(snippet: str) -> str:
    """What of a snippet can be sent in a form at all: no lone surrogates, no NUL."""
    return snippet.encode(errors="ignore").decode().replace("\x00", "")


def watched(page, base: str) -> list:
    """What runs, is stopped or asks another server, from now on, in this page."""
    seen = []
    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(base) else seen.append(request.url))
    page.on("console", lambda said: seen.append(said.text) if "Content Security Policy" in said.text else None)
    return seen


def poke(page) -> list:
    """Wakes what waits for a pointer or the focus, and returns what ran."""
    page.evaluate("""() => { for (const node of document.querySelectorAll("main *")) for (const name of
      ["pointerover", "mouseover", "mouseenter", "focus", "toggle", "animationstart"]) node.dispatchEvent(new Event(name)); }""")
    return page.evaluate("window.ran")


def article_of(snippets: list[str]) -> Article:
    body = "".join(f"<p>Before.</p>{snippet}{END}<p>After.</p>" for snippet in snippets)
    words = printable(snippets[0])
    return Article.objects.store(
        extracted(body, title=words, byline=words, standfirst=words, site=f"Source {words}"[:110])
    ).article


@pytest.mark.parametrize("group", range(GROUPS))
def test_nothing_hostile_runs_from_an_article_a_note_or_a_tag(signed_in_page, live_server, alice, project, group):
    snippets = SNIPPETS[group::GROUPS]
    article = article_of(snippets)
    revision = article.current()
    for place, snippet in enumerate(printable(snippet)[:3000] for snippet in snippets):
        tags = Tag.objects.get_or_create_named(project, [snippet], by=alice)
        spot = {"start": place, "end": place + 3, "note": f"{snippet}\n\n[x]({snippet}) <{snippet}>"}
        Highlight.objects.make(project=project, revision=revision, author=alice, tags=tags, **spot)
    page = signed_in_page(alice)
    seen = watched(page, live_server.url)
    where = f"project={project.slug}"
    for address in (f"{article.get_absolute_url()}?{where}", f"{article.get_absolute_url()}sentences/?{where}"):
        page.goto(address)
        assert page.evaluate("document.readyState") == "complete"
        assert (poke(page), seen) == ([], [])
    assert page.locator("text=Before.").count() > 0


@pytest.mark.parametrize("group", range(GROUPS))
def test_nothing_hostile_runs_from_what_changed_in_an_article(signed_in_page, live_server, alice, group):
    article = article_of(SNIPPETS[group::GROUPS])
    Reading.objects.get_for(alice, article).mark(read=True)
    article.revise(extracted(f"<p>New.</p>{''.join(SNIPPETS[group::GROUPS][::-1])}{END}<p>After all.</p>").html)
    page = signed_in_page(alice)
    seen = watched(page, live_server.url)
    for part in ("revisions/1..2/?show=all", "revisions/2..1/", "revisions/", ""):
        page.goto(f"{article.get_absolute_url()}{part}")
        assert (poke(page), seen) == ([], [])


def test_nothing_hostile_runs_from_titles_and_lists(signed_in_page, live_server, alice, project):
    snippets = [*map(printable, SNIPPETS)]
    for number, snippet in enumerate(snippets):
        made = extracted(f"<p>Text {number}.</p>", title=snippet or "x", byline=snippet, standfirst=snippet)
        Article.objects.store(made)
    Tag.objects.get_or_create_named(project, snippets, by=alice)
    page = signed_in_page(alice)
    seen = watched(page, live_server.url)
    pages = -(-len(SNIPPETS) // 25)
    for address in [f"/?page={n}&project={project.slug}" for n in range(1, pages + 1)] + [
        f"/projects/{project.slug}/tags/",
        f"/projects/{project.slug}/passages/",
        f"/projects/{project.slug}/",
    ]:
        page.goto(address)
        assert (poke(page), seen) == ([], []), address

"""The same articles, highlights and codebook in another program, Taguette, and what its pages take beside ours.

`make foreign` installs it into .tools/foreign, and so does this, with the other programs in Python; its own modules put the
project into a database of its own.
"""

import json
import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from benchmarks.browsing import Reader
from benchmarks.painting import READABLE, window
from benchmarks.reading import WORDS, address
from benchmarks.shelf import Shelf
from benchmarks.timing import Row, compared, interleaved
from chromium import launched
from foreign.run import TOOLS, install_python_programs
from serving import HOUSE, free_port

OFTEN = {0: 10, 100: 30, 1_000: 50}  # at least so many times as many opens a second, by the number of highlights
LIST, FIRST_VIEW = 0.25, 0.5
USER_ROW = "INSERT INTO users (login, created, disabled) VALUES ('admin', '2026-01-01 00:00:00.000000', 0)"
MEMBER_ROW = "INSERT INTO project_members (project_id, user_login, privileges) VALUES (1, 'admin', 'ADMIN')"
TOKEN, USER = re.compile(r"\?token=(\S+)"), re.compile(r"user=([^;]+)")
TEXT_IS_THERE = "document.body.innerText.length > 2000"


class Site:
    """Where pages are asked for, by whom, and with which cookie in a browser."""

    def __init__(self, port: int, cookie: str, value: str):
        self.address, self.cookie, self.value = f"http://127.0.0.1:{port}", cookie, value
        self.reader = Reader(port, value)
        self.reader.cookies = f"{cookie}={value}"

    def seconds(self, *paths: str) -> float:
        return sum(self.reader.get(path).seconds for path in paths)

    def first_view(self, browser, path: str) -> float:
        """Seconds from the start of the navigation until the text is painted in a browser that has seen nothing of the site."""
        with window(browser, self.address, self.value, self.cookie) as page:
            page.goto(self.address + path, wait_until="load")
            page.wait_for_function(TEXT_IS_THERE)
            return page.evaluate(READABLE) / 1000


def rows(port: int, session: str, shelf: Shelf, rounds: int, views: int) -> list[Row]:
    """Opens of an article, the list of one tag's highlights, and the first view in Chromium."""
    install_python_programs()
    ours = Site(port, "sessionid", session)
    with tempfile.TemporaryDirectory(prefix="newsreader-peers-") as folder:
        fill(Path(folder), shelf)
        with served(Path(folder)) as theirs, launched() as browser:
            times = interleaved(requests(ours, theirs, shelf), rounds) | interleaved(
                looks(ours, theirs, shelf, browser), views
            )
    opens = [
        compared(
            f"opens a second with {count:,} highlights, to Taguette's",
            times["their", count],
            times["our", count],
            often,
        )
        for count, often in OFTEN.items()
    ]
    return [
        *(row._replace(at_least=True) for row in opens),
        compared("list of one tag's highlights, to Taguette's", times["our", "list"], times["their", "list"], LIST),
        compared("first view in Chromium, to Taguette's", times["our", "view"], times["their", "view"], FIRST_VIEW),
    ]


def requests(ours: Site, theirs: Site, shelf: Shelf) -> dict[tuple, Callable[[], float]]:
    """What is asked for until the text and the list are there: one page of ours, a page and its JSON of theirs."""
    acts: dict[tuple, Callable[[], float]] = {}
    for number, count in enumerate(OFTEN, 1):
        api = f"/api/project/1/document/{number}"
        acts["our", count] = partial(ours.seconds, address(shelf.revisions[WORDS, count]))
        acts["their", count] = partial(theirs.seconds, f"/project/1/document/{number}", api, f"{api}/contents")
    tag = quote(shelf.tags[1].name)
    acts["our", "list"] = partial(ours.seconds, f"{shelf.project.get_absolute_url()}passages/?tag={tag}")
    acts["their", "list"] = partial(
        theirs.seconds, f"/project/1/highlights/{tag}", f"/api/project/1/highlights/{tag}?page=1"
    )
    return acts


def looks(ours: Site, theirs: Site, shelf: Shelf, browser) -> dict[tuple, Callable[[], float]]:
    return {
        ("our", "view"): partial(ours.first_view, browser, address(shelf.revisions[WORDS, 0])),
        ("their", "view"): partial(theirs.first_view, browser, "/project/1/document/1"),
    }


def fill(folder: Path, shelf: Shelf) -> None:
    """Has Taguette's own modules put the articles and highlights into its database, as `make foreign` does."""
    revisions = [shelf.revisions[WORDS, count] for count in OFTEN]
    articles = [{"title": revision.article.title, "page": revision.html} for revision in revisions]
    passages = [passage for revision in revisions for passage in passages_of(shelf, revision)]
    (folder / "articles.json").write_text(json.dumps(articles))
    (folder / "passages.json").write_text(json.dumps(passages))
    program = HOUSE / "tests" / "foreign" / "programs" / "qualitative.py"
    subprocess.run([TOOLS / "bin" / "python", program, folder], check=True, stdout=subprocess.DEVNULL)
    with sqlite3.connect(folder / "taguette.sqlite3") as database:
        database.execute(USER_ROW)
        database.execute(MEMBER_ROW)


def passages_of(shelf: Shelf, revision) -> Iterator[dict]:
    for one in shelf.project.highlights.filter(revision=revision).prefetch_related("tags"):
        yield {
            "article": revision.article.title,
            "text": revision.text,
            "start": one.start,
            "words": one.exact,
            "tags": [tag.name for tag in one.tags.all()],
        }


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Taguette for one person, as it is started at home, and signed in."""
    port, database = free_port(), folder / "taguette.sqlite3"
    command = [TOOLS / "bin" / "taguette", "--no-browser", "--port", str(port), "--database", database]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield Site(port, "user", sign_in(port, find_token(process.stdout)))
    finally:
        process.terminate()
        process.wait(60)


def find_token(said: Iterable[str]) -> str:
    """The token in the address that Taguette prints when it answers."""
    return next(found[1] for line in said if (found := TOKEN.search(line)))


def sign_in(port: int, token: str) -> str:
    """The cookie of whoever opens that address."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/?token={token}")
    cookies = connection.getresponse().headers.get_all("Set-Cookie")
    connection.close()
    return next(found[1] for cookie in cookies if (found := USER.match(cookie)))

"""100,000 highlights as comma-separated values, against raw SQL plus csv; and the memory that takes, against 10,000."""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from benchmarks.newsroom import filled
from benchmarks.timing import Row, compared, interleaved

HIGHLIGHTS, ARTICLES, FEW = 100_000, 10_000, 10_000
RAW = """
SELECT h.id, a.title, s.name, a.published_at, a.url, u.username, h.created_at, h.start, h."end", h.exact, h.prefix, h.suffix,
  (SELECT {joined} FROM annotations_highlighttag p JOIN annotations_tag t ON t.id = p.tag_id WHERE p.highlight_id = h.id),
  h.note, a.byline, a.language, r.number
FROM annotations_highlight h JOIN newsreader_article a ON a.id = h.article_id JOIN newsreader_source s ON s.id = a.source_id
  JOIN auth_user u ON u.id = h.author_id JOIN newsreader_revision r ON r.id = h.revision_id
WHERE h.project_id = {project} AND h.deleted_at IS NULL AND a.status = 'published' ORDER BY h.id DESC
"""
# What a process of its own says of its memory, in KB, once it has exported that project.
ALONE = """
import sys, resource, django; django.setup()
from django.test import Client
from django.conf import settings
from django.contrib.auth import get_user_model
settings.ALLOWED_HOSTS.append("testserver")
client = Client(); client.force_login(get_user_model().objects.get(username="exporting"))
size = sum(map(len, client.get(sys.argv[1]).streaming_content))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Nowhere:
    """A file that forgets."""

    def write(self, line: str) -> None:
        pass


def rows(rounds: int, scale: int = 1) -> Iterator[Row]:
    """Fills two projects of the database it finds, divided by `scale`."""
    reader = get_user_model().objects.create_user("exporting")
    client = Client()
    client.force_login(reader)
    large, taken = filled(reader, ARTICLES // scale, HIGHLIGHTS // scale)
    print(
        f"{HIGHLIGHTS // scale:,} highlights on {ARTICLES // scale:,} articles were made in {taken:.0f} s", flush=True
    )
    small, _ = filled(reader, ARTICLES // scale, FEW // scale)
    acts = {"ours": partial(ours, client, address(large)), "raw": partial(raw, large)}
    times = interleaved(acts, rounds)
    yield compared("100,000 highlights as CSV, against raw SQL plus csv", times["ours"], times["raw"], 3)
    for kind in ("csv", "xlsx"):
        much, little = (memory(address(project, kind)) for project in (large, small))
        detail = f"{much / 1024:.0f} : {little / 1024:.0f} MB"
        yield Row(f"memory for 100,000 as {kind.upper()}, against 10,000", much / little, 1.3, None, detail)


def address(project, kind: str = "csv") -> str:
    return f"/projects/{project.slug}/export/?format={kind}"


def ours(client: Client, address: str) -> float:
    begun = time.perf_counter()
    size = sum(map(len, client.get(address).streaming_content))
    taken = time.perf_counter() - begun
    if size < 10_000:
        raise RuntimeError(f"{address} answered {size} bytes")
    return taken


def raw(project) -> float:
    """The same rows in the same order by a plain cursor, written by csv."""
    joined, key = "group_concat(t.name, '; ')", f"'{project.pk.hex}'"
    if connection.vendor == "postgresql":
        joined, key = "string_agg(t.name, '; ')", f"'{project.pk}'"
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(RAW.format(joined=joined, project=key))
        writer = csv.writer(Nowhere())
        for row in iter(cursor.fetchone, None):
            writer.writerow(row)
    return time.perf_counter() - begun


def memory(address: str) -> int:
    """The most that a process of its own holds when it exports, in KB."""
    command = [sys.executable, "-c", ALONE, address]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    return int(said.stdout)

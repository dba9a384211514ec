"""Addresses of the version in which search and tags had a language each: they find now what they found then.

What is expected was taken from that version, not from the one parser that reads them today.
"""

import csv
import io
import re
from html import unescape

import pytest

from annotations.models import Desk, Tag
from newsreader.models import Article
from storm import marked, report
from texts import extracted

HERE = "/projects/harbour-study"
MARK = re.compile(r"<mark class=\"hue[^>]*>(.*?)</mark>", re.S)
ROW = re.compile(r'<tr class="desk-tag">.*?(?:<bdi>|<b class="expression"[^>]*>)(.*?)</b(.*?)</tbody>', re.S)
TITLE = re.compile(r"<h3\s*>.*?<a\s+href=[^>]*>(.*?)</a>", re.S)
MARKED = [
    ("Storm", "12 people", "alice", ["loss", "figure"], ""),
    ("Storm", "people were killed", "bob", ["loss"], ""),
    ("Storm", "until Friday", "alice", ["delay"], "How long?"),
    ("Storm", "Two cranes", "alice", ["loss", "machine"], ""),
    ("Storm", "the mayor said", "bob", ["red line"], "Who else?"),
    ("Storm", "Insurers came", "alice", ["research and development"], ""),
    ("Ferries", "Ferries run again", "bob", ["red line", "C++"], ""),
    ("Ferries", "ten crowns", "alice", ["loss", "the “deal”"], "In cash"),
]
EVERY = "12 people, Ferries run again, Insurers came, Two cranes, people were killed, ten crowns, the mayor said, until Friday"

LIBRARY = {
    "q=storm": "Storm",
    "q=storms+insurers": "Storm",
    "q=%22before+the+second%22": "Storm",
    "q=ferr*": "Ferries",
    "q=storm+-ferries": "Storm",
    "q=storm+NOT+ferries": "Storm",
    "q=mayor+OR+crowns": "Ferries, Storm",
    "q=mayor+%7C+crowns": "Ferries, Storm",
    "q=(mayor+OR+crowns)+ferries": "Ferries",
    "q=source:quay": "Storm",
    "q=source:%22The+Pier%22": "Ferries",
    "q=author:molnar": "Storm",
    "q=before:2027+after:2026-11-18+ferries": "Ferries",
    "q=lang:en": "Ferries, Storm",
    "q=is:unread+water": "Storm",
    "q=has:highlights+storm": "Storm",
    "q=has:notes+crowns": "Ferries",
    "q=tag:red-line": "Ferries, Storm",
    "q=tag:%22Red+line%22+-tag:cost": "Ferries, Storm",
    "q=tag:delay": "Storm",
    "q=tag:nothing": "",
    "q=by:bob": "Ferries, Storm",
    "q=in:harbour-study": "Ferries, Storm",
    "q=sorce:quay": "",
    "q=CROWNS+WITHIN+ZONES": "Ferries",
    "q=CROWNS+OVERLAPPING+ZONES": "Ferries",
    "q=OVERLAPPING": "Ferries",
    "q=(storm": "Storm",
    "q=storm)+OR": "Storm",
    "q=((((((((storm))))))))": "Storm",
    "tag=red-line&source=the-pier": "Ferries",
    "q=storm&tag=loss": "Storm",
}
PASSAGES = {
    "": EVERY,
    "tag=loss": "12 people, Two cranes, people were killed, ten crowns",
    "tag=loss&tag=figure": "12 people",
    "any=figure&any=delay": "12 people, until Friday",
    "tag=loss&not=figure": "Two cranes, people were killed, ten crowns",
    "tag=Red+line": "Ferries run again, the mayor said",
    "q=crane": "Two cranes",
    "q=%22two+cranes%22": "Two cranes",
    "q=lines": "Ferries run again, the mayor said",
    "q=tag:loss+-tag:figure": "Two cranes, people were killed, ten crowns",
    "q=tag:%22research+and+development%22": "Insurers came",
    "q=tag:c%2B%2B": "Ferries run again",
    "q=by:bob+OR+has:notes": "Ferries run again, people were killed, ten crowns, the mayor said, until Friday",
    "q=source:pier": "Ferries run again, ten crowns",
    "q=people+within+2+sentences": "",
    "q=ten+OVERLAPPING": "",
    "q=is:unread": "",
    "tags=loss": "12 people, Two cranes, people were killed, ten crowns",
    "tags=LOSS+and+figure": "12 people",
    "tags=loss+not+figure": "Two cranes, people were killed, ten crowns",
    "tags=loss+but+not+figure": "Two cranes, people were killed, ten crowns",
    "tags=loss+and+not+(figure+or+machine)": "people were killed, ten crowns",
    "tags=figure+or+delay": "12 people, until Friday",
    "tags=figure+or+loss+and+machine": "12 people, Two cranes",
    "tags=not+loss": "Ferries run again, Insurers came, the mayor said, until Friday",
    "tags=not+not+loss": "12 people, Two cranes, people were killed, ten crowns",
    "tags=harm": "",
    "tags=harm*": "12 people, Two cranes, people were killed, ten crowns, until Friday",
    "tags=harm*+not+loss": "until Friday",
    "tags=%22harm%22*": "12 people, Two cranes, people were killed, ten crowns, until Friday",
    "tags=red+line": "Ferries run again, the mayor said",
    "tags=red-line": "Ferries run again, the mayor said",
    "tags=%22red+line%22": "Ferries run again, the mayor said",
    "tags=%22research+and+development%22+or+figure": "12 people, Insurers came",
    "tags=research-and-development": "Insurers came",
    "tags=the+%E2%80%9Cdeal%E2%80%9D": "ten crowns",
    "tags=C%2B%2B": "Ferries run again",
    "tags=loss+overlapping+figure": "12 people, people were killed",
    "tags=figure+OVERLAPPING+loss+and+not+figure": "12 people",
    "tags=loss+within+1+sentence+of+delay": "12 people, Two cranes, people were killed",
    "tags=loss+within+0+of+figure": "12 people, people were killed",
    "tags=delay+Within+1+Sentences+loss": "until Friday",
    "tags=figure+within+2+sentences+of+machine": "12 people",
    "tags=not+(delay+within+1+of+loss)": EVERY.removesuffix(", until Friday"),
    "tags=(loss)+and+(figure+or+machine)": "12 people, Two cranes",
    "tags=nothing+like+it": "",
    "tags=loss+or+nothing+like+it": "12 people, Two cranes, people were killed, ten crowns",
    "tags=loss+and+(": EVERY,
    "tags=loss+within+many+of+delay": EVERY,
    "tags=loss+overlapping+figure&reader=bob": "people were killed",
    "tags=loss&source=the-pier": "ten crowns",
    "tags=harm*&any=figure&not=machine&q=people": "12 people",
}
DESKS = {
    "row=loss&row=red+line": {
        "loss": "12 people, Two cranes, people were killed, ten crowns",
        "red line": "Ferries run again, the mayor said",
    },
    "row=loss+not+figure&row=%22research+and+development%22": {
        "loss not figure": "Two cranes, people were killed, ten crowns",
        "research and development": "Insurers came",
    },
    "row=harm*&row=figure+or+delay&columns=reader": {
        "harm*": "12 people, Two cranes, people were killed, ten crowns, until Friday",
        "figure or delay": "12 people, until Friday",
    },
    "row=loss+overlapping+figure&row=loss+within+1+sentence+of+delay&columns=article": {
        "loss overlapping figure": "12 people, people were killed",
        "loss within 1 sentence of delay": "12 people, Two cranes, people were killed",
    },
    "row=red-line&tags=loss+or+red+line&columns=author": {"red line": "Ferries run again, the mayor said"},
    "row=loss&tags=loss+but+not+figure": {"loss": "Two cranes, people were killed, ten crowns"},
    "row=figure&row=machine&q=tag:loss&columns=week": {"figure": "12 people", "machine": "Two cranes"},
    "row=loss+and+(&row=delay": {"delay": "until Friday"},
    "row=the+%E2%80%9Cdeal%E2%80%9D&row=C%2B%2B": {"the “deal”": "ten crowns", "C++": "Ferries run again"},
    "columns=source&q=cranes+OR+crowns": {
        "loss": "Two cranes, ten crowns",
        "machine": "Two cranes",
        "the “deal”": "ten crowns",
    },
}
CHARTS = {
    "chart=sources&format=csv&tags=loss+not+figure": [
        "Tag,passages,The Quay,The Quay (%),The Pier,The Pier (%)",
        "All passages,3,2,67,1,33",
        "loss,3,2,67,1,33",
        "machine,1,1,100,0,0",
        "the “deal”,1,0,0,1,100",
    ],
    "chart=readers&format=csv&tags=harm*": [
        "Tag,passages,alice,alice (%),bob,bob (%)",
        "All passages,5,4,80,1,20",
        "loss,4,3,75,1,100",
        "figure,1,1,25,0,0",
        "delay,1,1,25,0,0",
        "machine,1,1,25,0,0",
        "the “deal”,1,1,25,0,0",
    ],
    "chart=together&format=csv&tags=loss+overlapping+figure": [
        "Tag,passages,loss,figure",
        "loss,2,2",
        "figure,1,1,1",
    ],
    "chart=sources&format=csv&q=tag:red-line+OR+cranes": [
        "Tag,passages,The Quay,The Quay (%),The Pier,The Pier (%)",
        "All passages,3,2,67,1,33",
        "red line,2,1,50,1,50",
        "loss,1,1,100,0,0",
        "machine,1,1,100,0,0",
        "C++,1,0,0,1,100",
    ],
}


@pytest.fixture
def alices(alice_client, project, alice, bob):
    """Alice's browser, in a project with eight passages on two articles; harm stands above loss and delay."""
    ferries = extracted(
        "<p>Ferries run again. It costs ten crowns within the overlapping zones.</p>",
        title="Ferries",
        site="The Pier",
        byline="Ida Moe",
    )
    articles = {"Storm": report(byline="Ines Molnar"), "Ferries": Article.objects.store(ferries).article}
    people = {"alice": alice, "bob": bob}
    for title, words, reader, names, note in MARKED:
        tags = Tag.objects.get_or_create_named(project, names, by=alice)
        marked(articles[title], project, people[reader], words, tags=tags, note=note)
    harm = Tag.objects.add_tag(project, "harm", by=alice)
    Tag.objects.filter(project=project, name__in=["loss", "delay"]).update(parent=harm)
    project.record("tag moved", alice)
    return alice_client


def page_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer).decode()


def quotes_in(page: str) -> str:
    return ", ".join(sorted({unescape(words) for words in MARK.findall(page)}))


def titles_in(page: str) -> str:
    return ", ".join(sorted(re.sub("<[^>]*>", "", title).strip() for title in TITLE.findall(page)))


def rows_in(page: str) -> dict[str, str]:
    return {unescape(label): quotes_in(cells) for label, cells in ROW.findall(page)}


def exported_rows(page: str) -> dict[str, str]:
    """The quotations of an exported desk, by row."""
    found: dict[str, set[str]] = {}
    for line in csv.DictReader(io.StringIO(page.removeprefix("\ufeff"), newline="")):
        found.setdefault(line["row"], set()).add(line["quote"])
    return {row: ", ".join(sorted(quotes)) for row, quotes in found.items()}


def test_searches_of_the_library_find_what_they_found(alices):
    found = {query: titles_in(page_of(alices, f"/?project=harbour-study&{query}")) for query in LIBRARY}
    assert found == LIBRARY


def test_lists_of_passages_show_what_they_showed(alices):
    assert {query: quotes_in(page_of(alices, f"{HERE}/passages/?{query}")) for query in PASSAGES} == PASSAGES


def test_exports_of_passages_hold_what_they_held(alices):
    for query, expected in PASSAGES.items():
        lines = csv.DictReader(
            io.StringIO(page_of(alices, f"{HERE}/export/?format=csv&{query}").removeprefix("\ufeff"))
        )
        assert (query, ", ".join(sorted(line["quote"] for line in lines))) == (query, expected)


def test_desks_lay_out_what_they_laid_out(alices):
    assert {query: rows_in(page_of(alices, f"{HERE}/desk/?{query}")) for query in DESKS} == DESKS


def test_saved_desks_lay_out_what_they_laid_out(alices, project, alice):
    desks = {query: Desk.objects.create_desk(project, f"Desk {n}", query, by=alice) for n, query in enumerate(DESKS)}
    assert {query: rows_in(page_of(alices, desk.get_absolute_url())) for query, desk in desks.items()} == DESKS


def test_exports_of_desks_hold_what_they_held(alices):
    asked = {query: rows for query, rows in DESKS.items() if "row=" in query}
    found = {query: exported_rows(page_of(alices, f"{HERE}/export/?format=csv&{query}")) for query in asked}
    assert found == {query: {row: words for row, words in rows.items() if words} for query, rows in asked.items()}


def test_charts_count_what_they_counted(alices):
    found = {query: page_of(alices, f"{HERE}/charts/?{query}").removeprefix("\ufeff").splitlines() for query in CHARTS}
    assert found == CHARTS

"""The table of all trips, as docs/formats.md has it."""

import json
from importlib import metadata
from pathlib import Path

from django.http import HttpResponse
from django.test import Client

from foreign.inward import bring_in
from foreign.messy import make_messy
from foreign.outward import send_out
from foreign.study import Study, make_study
from foreign.trips import Trip, ask

EXPORTS = {"xlsx": "xlsx", "md": "md", "docx": "docx", "html": "html", "bib": "bib", "ris": "ris", "csl": "csl.json"}
PROJECT_EXPORTS = {"jsonld": "study.jsonld", "qdpx": "study.qdpx"}
MAX_LOST = 90  # characters
HEAD = "| program | direction | what | sent | arrived | in another place | lost, the first of it |\n|---|---|---|---|---|---|---|"


def print_table(folder: Path, tools: Path) -> None:
    """Make all trips by way of the folder, and print a row for each."""
    study, client = make_study(), Client()
    client.force_login(study.owner)
    write_files(study, client, folder)
    versions = read_versions(tools)
    print(HEAD)
    for trip in [*send_out(study, folder, tools), *bring_in(study, client, folder)]:
        print(render_row(trip, versions.get(trip.program.lower(), "")), flush=True)


def render_row(trip: Trip, version: str) -> str:
    """Return the row of a trip."""
    lost = trip.lost[:MAX_LOST].replace("|", "¦").replace("`", "´") if trip.arrived < trip.sent else ""
    cells = [f"{trip.program} {version}".strip(), *trip[1:5], trip.wrong or "", lost and f"`{lost}`"]
    return f"| {' | '.join(map(str, cells))} |"


def read_versions(tools: Path) -> dict[str, str]:
    """Return the versions of the programs, by their names in small letters."""
    found = metadata.distributions(path=[str(path) for path in tools.glob("lib/python*/site-packages")])
    package = json.loads((tools / "node_modules/@recogito/text-annotator/package.json").read_text())
    others = {"@recogito/text-annotator": package["version"], **ask(tools, "versions.py", tools)}
    return {one.metadata["Name"].lower(): one.version for one in found} | others


def write_files(study: Study, client: Client, folder: Path) -> None:
    """Write all our exports of the study, and the articles and passages that other programs work on."""
    root = study.project.get_absolute_url()
    for name, suffix in EXPORTS.items():
        write_answer(client.get(f"{root}export/", {"format": name}), folder / f"study.{suffix}")
    for name, file_name in PROJECT_EXPORTS.items():
        write_answer(client.get(f"{root}exchange/{name}/"), folder / file_name)
    write_answer(client.get(f"{root}tags/export/csv/"), folder / "codebook.csv")
    texts = {article.title: article.current() for article in study.articles}
    addresses = {one.title: one.url or f"http://testserver{one.get_absolute_url()}" for one in study.articles}
    articles = [
        {"title": title, "address": addresses[title], "html": revision.html, "page": make_messy(revision.html)}
        for title, revision in texts.items()
    ]
    passages = [
        {**one._asdict(), "text": texts[one.article].text, "address": addresses[one.article]} for one in study.passages
    ]
    (folder / "articles.json").write_text(json.dumps(articles), encoding="utf-8")
    (folder / "passages.json").write_text(json.dumps(passages), encoding="utf-8")


def write_answer(answer: HttpResponse, path: Path) -> None:
    """Write what was answered; nothing where there is no such export."""
    if answer.status_code == 200:
        path.write_bytes(b"".join(answer.streaming_content) if answer.streaming else answer.content)

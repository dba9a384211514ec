"""A project of Taguette: our articles as documents, our passages highlighted in it, and the files that it exports."""

import asyncio
import io
import json
import sys
from pathlib import Path

import bs4
from answers import write
from taguette import convert, database, export, extract, import_codebook

folder = Path(sys.argv[1])
articles = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
passages = json.loads((folder / "passages.json").read_text(encoding="utf-8"))


def open_project():
    """A new project in a database of its own."""
    (folder / "taguette.sqlite3").unlink(missing_ok=True)
    session = database.connect(f"sqlite:///{folder / 'taguette.sqlite3'}")()
    project = database.Project(name="study", description="")
    session.add(project)
    session.flush()
    return session, project


def add_documents(session, project) -> dict:
    """The articles as documents, by their titles."""
    documents = {}
    for article in articles:
        body = asyncio.run(convert.to_html(article["page"].encode(), "text/html", "page.html", {}))
        direction = database.TextDirection.LEFT_TO_RIGHT
        documents[article["title"]] = database.Document(
            name=article["title"][:50],
            description="",
            filename="page.html",
            project=project,
            text_direction=direction,
            contents=body,
        )
    session.add_all(documents.values())
    session.flush()
    return documents


def add_highlights(session, project, documents: dict) -> None:
    """The passages with their tags; offsets count the bytes of the text in UTF-8."""
    names = {name for one in passages for name in one["tags"]}
    tags = {name: database.Tag(project=project, path=name, description="") for name in sorted(names)}
    session.add_all(tags.values())
    texts = {
        title: bs4.BeautifulSoup(document.contents, "html5lib").get_text() for title, document in documents.items()
    }
    for one in passages:
        document, text = documents[one["article"]], texts[one["article"]]
        start, end = (len(text[:at].encode()) for at in locate(text, one))
        snippet = extract.extract(document.contents, start, end)
        given = [tags[name] for name in one["tags"]]
        session.add(
            database.Highlight(document=document, start_offset=start, end_offset=end, snippet=snippet, tags=given)
        )
    session.commit()


def locate(text: str, one: dict) -> tuple[int, int]:
    """Where a passage of our text stands in Taguette's, whose white space is that of the page."""
    letters = [at for at, letter in enumerate(text) if not letter.isspace()]
    begun = "".join(text[at] for at in letters).index("".join(one["text"].split()))
    start = begun + len("".join(one["text"][: one["start"]].split()))
    end = start + len("".join(one["words"].split()))
    return letters[start], letters[end - 1] + 1


def list_tags(session, project) -> list:
    """The tags, with the counts that their export wants."""
    tags = session.query(database.Tag).filter_by(project_id=project.id).order_by(database.Tag.path).all()
    for tag in tags:
        tag.highlights_count = tag.documents_count = 1
    return tags


def read_codebook() -> list[str] | str:
    """The tags that Taguette reads in our codebook; how it fails, where it does."""
    try:
        return [tag["path"] for tag in import_codebook.list_tags(io.BytesIO((folder / "codebook.csv").read_bytes()))]
    except (import_codebook.InvalidCodebook, OSError, LookupError) as error:
        return f"{type(error).__name__}: {error}"


session, project = open_project()
documents = add_documents(session, project)
add_highlights(session, project, documents)
with open(folder / "taguette.csv", "w", encoding="utf-8", newline="") as file:
    export.highlights_csv(session, project.id, "", file)
export.highlights_xslx(session, project.id, "", str(folder / "taguette.xlsx"))
with open(folder / "taguette-codebook.csv", "w", encoding="utf-8", newline="") as file:
    export.codebook_csv(list_tags(session, project), file)
export.codebook_xml(list_tags(session, project), str(folder / "taguette.qdc"))
write(codebook=read_codebook(), highlights=session.query(database.Highlight).count(), documents=len(documents))

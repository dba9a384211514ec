"""Valid files of every format that can be imported, in our own words: what the mutations begin with."""

import csv
import io
import json
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean
from texts import PAGE

TESTS = Path(__file__).resolve().parent.parent
ADDRESS = "https://quay.example/harbour"
PROJECT_XML, CODEBOOK_XML = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
KEYS = [f"0193a7c0-0000-7000-8000-{number:012}" for number in range(20)]  # such as ours are
# On the article of texts.PAGE, whose title is "Harbour reopens": (words, before, after, start, tags, note).
PASSAGES = [
    ("reopened on Monday", "harbour of Brevik ", " after", 22, ["red line", "harbour"], "Who *says* so?"),
    ("Two cranes fell", "", ", the mayor", None, ["loss"], ""),
    ("the mayor said: “We will rebuild them both.”", "Two cranes fell, ", " Nobody", None, ["C++", "C#"], "See https://a.example."),
    ("slowly.\nWhat was lost\nTwo cranes", "", "", None, ["across blocks"], ""),
    ("Naïve figures, 12 million in all", "", "", None, ["🚢", "military option"], "first\n\n# second"),
    ("words that no article has", "", "", None, ["nowhere"], "lost"),
]  # fmt: skip
PLAIN_TEXT = "The pier at Vardal\nA pier of two floors was opened.\nSeven people came; it rained 🌧 on all of them."
NEW_TEXT = "The pier at Vardal\n\nA pier  with two spaces was opened.\nSeven people came; it rained 🌧 on all of them.\n"


def pages() -> list[bytes]:
    """Saved pages: our own, and one that has most of what a page can have."""
    ours = sorted([*(TESTS / "importing" / "pages").glob("*.html"), *(TESTS / "pages").glob("page-*.html")])
    return [FULL_PAGE.encode(), *(path.read_bytes() for path in ours)]


def plain_texts() -> list[bytes]:
    """Articles as plain text, wrapped and not."""
    wrapped = (
        "A night on the pier\n\n" + "It rained on the pier for most of the night, and nobody\ncame to see it.\n\n" * 3
    )
    return [
        NEW_TEXT.encode(),
        wrapped.encode(),
        "Ünïcode, “quoted”\n\nمرحبا بالعالم\n\n日本語の文章です。".encode("utf-16"),
    ]


def mhtml_pages() -> list[bytes]:
    """A page as browsers save it with its pictures, in one file."""
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "Night ferry to Skarholm"
    message["Snapshot-Content-Location"] = "https://quay.example/ferry"
    message.set_content(FULL_PAGE, subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image", "png", cid="<picture@quay.example>")
    return [message.as_bytes().replace(b"\n", b"\r\n")]


def web_annotations() -> list[bytes]:
    """A collection as we write it, and a list as others do."""
    tags = [{"id": f"urn:uuid:{KEYS[10]}", "newsreader:name": "Positions", "newsreader:headingOnly": True}]
    child = {"id": f"urn:uuid:{KEYS[11]}", "newsreader:name": "red line", "newsreader:parent": tags[0]["id"]}
    tags += [child | {"newsreader:definition": "What nobody gives up.", "newsreader:colour": 4}]
    items = [make_annotation(number, *passage) for number, passage in enumerate(PASSAGES)]
    collection = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "total": len(items)}
    page = {"type": "AnnotationPage", "items": items}
    variants = [
        {"type": ["Annotation"], "bodyValue": "A note", "target": items[0]["target"]},
        {"type": "Annotation", "motivation": "tagging", "body": {"value": "loss"}, "target": [items[1]["target"]] * 2},
        {"type": "Annotation", "body": "https://a.example/tag", "target": f"{ADDRESS}#top"},
    ]
    whole = collection | {"newsreader:codebook": tags, "first": page}
    return [encode(whole), encode([*variants, *items])]


def make_annotation(
    number: int, words: str, prefix: str, suffix: str, start: int | None, tags: list, note: str
) -> dict:
    """An annotation of the W3C's model."""
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    bodies += (
        [{"type": "TextualBody", "purpose": "commenting", "value": note, "format": "text/markdown"}] if note else []
    )
    target = {"source": ADDRESS, "selector": make_selectors(words, prefix, suffix, start)}
    created = {"created": "2026-11-02T08:00:00Z", "modified": "2026-11-03T08:00:00+01:00"}
    annotation = {"id": f"https://reader.example/highlights/{KEYS[number]}/", "type": "Annotation", "body": bodies}
    return annotation | {"target": target, "creator": {"name": "dora", "nickname": "dora"}} | created


def make_selectors(words: str, prefix: str, suffix: str, start: int | None) -> list[dict]:
    """The selectors of a passage."""
    quote = {"type": "TextQuoteSelector", "exact": words, "prefix": prefix, "suffix": suffix}
    place = {"type": "TextPositionSelector", "start": start, "end": start and start + len(words)}
    return [quote] if start is None else [place, quote]


def hypothesis_exports() -> list[bytes]:
    """The rows of the API, with a page note and a reply, and the file that the client exports."""
    rows = [make_row(number, *passage) for number, passage in enumerate(PASSAGES)]
    rows.append({"id": "note", "uri": ADDRESS, "text": "A page note", "tags": [], "target": [{"source": ADDRESS}]})
    rows.append(
        {"id": "reply", "uri": ADDRESS, "text": "A reply", "references": ["h0"], "target": [{"source": ADDRESS}]}
    )
    exported = {"export_date": "2026-11-20T08:00:00Z", "export_userid": "acct:dora@hypothes.is", "annotations": rows}
    return [encode({"total": len(rows), "rows": rows}), encode(exported)]


def make_row(number: int, words: str, prefix: str, suffix: str, start: int | None, tags: list, note: str) -> dict:
    """An annotation as Hypothesis has it."""
    target = [{"source": ADDRESS, "selector": make_selectors(words, prefix, suffix, start)}]
    row = {"id": f"h{number}", "uri": f"{ADDRESS}/?utm_source=x", "user": "acct:dora@hypothes.is", "tags": tags}
    times = {"created": "2026-11-02T08:00:00.1+00:00", "updated": "2026-11-02T09:00:00.1+00:00"}
    group = {"group": "__world__", "hidden": False, "document": {"title": ["Harbour reopens"]}}
    return row | times | group | {"text": note, "target": target, "permissions": {"read": ["group:__world__"]}}


def taguette_rows() -> list[list]:
    """The table of highlights: a row for each tag of a highlight."""
    rows: list[list] = [["id", "document", "tag", "content"]]
    for number, (words, _, _, _, tags, _) in enumerate(PASSAGES, start=1):
        rows += [[number, "Harbour reopens", tag, words] for tag in tags]
    return rows


def taguette_tables() -> list[bytes]:
    """The table of highlights with commas, and as half of Europe's spreadsheets save it."""
    return [write_table(taguette_rows()), write_table(taguette_rows(), delimiter=";", mark=True)]


def taguette_workbooks() -> list[bytes]:
    """The table of highlights as a workbook."""
    workbook, file = Workbook(), io.BytesIO()
    workbook.active.title = "highlights"
    for row in taguette_rows():
        workbook.active.append(row)
    workbook.save(file)
    return [file.getvalue()]


def codebook_tables() -> list[bytes]:
    """Codebooks as tables: under the names of columns that programs read, and those that they write."""
    rows = [
        ["Positions", "What somebody wants."],
        ["red line", "What nobody gives up.\nNever."],
        ["C++", "=1+1"],
        ["🚢", ""],
    ]
    counted = [[*row, number, 1] for number, row in enumerate(rows)]
    taguette = [["tag", "description", "number of highlights", "number of documents"], *counted]
    return [write_table([["name", "description"], *rows]), write_table(taguette)]


ARTICLES = [
    [
        "Tides",
        "https://pier.example/tides",
        "The Pier",
        "2026-11-02T08:15:00+00:00",
        "en",
        "draft",
        "<p>High <b>water</b>.</p>",
        "",
    ],
    ["=1+1", "", "Sums", "2026-11-02", "", "published", "", "One line.\n\nAnother, “quoted”.\n"],
]
ARTICLE_COLUMNS = ["title", "url", "source", "published_at", "language", "status", "html", "text"]


def article_tables() -> list[bytes]:
    """Articles as tables."""
    return [write_table([ARTICLE_COLUMNS, *ARTICLES]), write_table([ARTICLE_COLUMNS, *ARTICLES], mark=True)]


def article_lists() -> list[bytes]:
    """Articles as JSON."""
    return [json.dumps([dict(zip(ARTICLE_COLUMNS, row, strict=True)) for row in ARTICLES]).encode()]


def write_table(rows: list[list], delimiter: str = ",", mark: bool = False) -> bytes:
    """A table as separated values."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def refi_projects() -> list[bytes]:
    """Projects with one text of the library and one that is new, as files of the archive and within the XML."""
    known = text_of(clean(PAGE))
    return [
        pack(make_entries(known, text, is_inside)) for text in (NEW_TEXT, PLAIN_TEXT) for is_inside in (False, True)
    ]


def make_entries(known: str, new: str, is_inside: bool) -> dict[str, bytes]:
    """The entries of a project; its texts are inside its XML, or entries of their own."""
    known_source = make_source("a", "Harbour reopens", known, PASSAGES[:3], is_inside)
    new_source = make_source("b", "The pier", new, NEW_PASSAGES, is_inside)
    texts = {} if is_inside else {"sources/a.txt": known.encode(), "sources/b.txt": new.encode("utf-8-sig")}
    return texts | {"project.qde": make_project(known_source + new_source)}


NEW_PASSAGES = [
    ("A pier  with two spaces", "", "", None, ["red line"], "Two of them"),
    ("A pier of two floors", "", "", None, ["red line"], "Two of them"),
    ("Seven people came", "", "", None, ["C++"], ""),
    ("rained 🌧 on all", "", "", None, ["C++", "red line"], ""),
]
CODES = f"""<Code guid="{KEYS[10]}" name="Positions" isCodable="false"><Code guid="{KEYS[11]}" name="red line" isCodable="true"
color="#1b9e77">
<Description>What nobody gives up.

Not for: wishes</Description></Code></Code><Code guid="{KEYS[12]}" name="C++" isCodable="true"/>"""


def make_project(sources: str) -> bytes:
    """The XML of a project."""
    users = f'<Users><User guid="{KEYS[15]}" name="dora"/></Users>'
    notes = f'<Notes><Note guid="{KEYS[16]}" name="n"><PlainTextContent>A note on its own.</PlainTextContent></Note></Notes>'
    sets = f'<Sets><Set guid="{KEYS[17]}" name="s"><MemberCode targetGUID="{KEYS[12]}"/></Set></Sets>'
    codebook = f"<CodeBook><Codes>{CODES}</Codes></CodeBook>"
    attributes = f'xmlns="{PROJECT_XML}" name="Harbour study" origin="Another program 1.0"'
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f"{head}<Project {attributes}>{users}{codebook}<Sources>{sources}</Sources>{notes}{sets}</Project>".encode()


def make_source(key: str, title: str, text: str, passages: list, is_inside: bool) -> str:
    """The element of a text with its selections."""
    found = [(text.index(passage[0]), passage) for passage in passages if passage[0] in text]
    selections = "".join(make_selection(f"{key}{number}", *each) for number, each in enumerate(found))
    content = f"<PlainTextContent>{text.replace('&', '&amp;')}</PlainTextContent>" if is_inside else ""
    path = "" if is_inside else f' plainTextPath="internal://{key}.txt"'
    description = f"<Description>Source: The Quay\n{ADDRESS if key == 'a' else ''}</Description>"
    return f'<TextSource guid="{key}" name="{title}"{path}>{content}{description}{selections}</TextSource>'


def make_selection(key: str, start: int, passage: tuple) -> str:
    """The element of a passage with its codings."""
    words, _, _, _, tags, note = passage
    made = f'creatingUser="{KEYS[15]}" creationDateTime="2026-11-02T08:00:00Z"'
    place = f'startPosition="{start}" endPosition="{start + len(words)}"'
    codes = [KEYS[11] if tag == "red line" else KEYS[12] for tag in tags]
    coded = "".join(f'<Coding guid="c{key}{code}" {made}><CodeRef targetGUID="{code}"/></Coding>' for code in codes)
    noted = f'<Description>{note}</Description><NoteRef targetGUID="{KEYS[16]}"/>' if note else ""
    return f'<PlainTextSelection guid="{key}" name="s" {place} {made}>{noted}{coded}</PlainTextSelection>'


def refi_codebooks() -> list[bytes]:
    """A codebook on its own, a .qdc file."""
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    sets = f'<Sets><Set guid="{KEYS[17]}" name="s"><MemberCode guid="{KEYS[12]}"/></Set></Sets>'
    return [f'{head}<CodeBook xmlns="{CODEBOOK_XML}" origin="Another"><Codes>{CODES}</Codes>{sets}</CodeBook>'.encode()]


def pack(entries: dict[str, bytes]) -> bytes:
    """A ZIP file of these entries."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


def encode(tree) -> bytes:
    """The tree as JSON in UTF-8."""
    return json.dumps(tree, ensure_ascii=False, indent=1).encode()


FULL_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Night ferry to Skarholm | The Quay</title>
<link rel="canonical" href="https://quay.example/ferry"><meta property="og:site_name" content="The Quay">
<meta name="author" content="Ines Molnar"><meta property="article:published_time" content="2026-11-02T08:00:00+01:00">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "@id": "#a",
"headline": "Night ferry to Skarholm", "author": [{"@type": "Person", "name": "Ines Molnar"}, {"@id": "#p"}],
"datePublished": "2026-11-02", "url": "https://quay.example/ferry"}, {"@type": "Person", "@id": "#p", "name": "Bo Lund"}]}</script>
<style>p { color: red }</style></head><body class="page"><header><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<main><article><h1>Night ferry to Skarholm</h1><p class="byline">By Ines Molnar</p><time datetime="2026-11-02">2 Nov</time>
<p>The ferry sails again, with forty people on board and a crew of six who had waited all winter.</p>
<h2 id="what">What it costs</h2><p>A ticket costs 12&nbsp;crowns, <em>half</em> of what it was; the <a href="/line">line</a> pays.</p>
<blockquote><p>“We did not think it would sail,” said the mate.</p></blockquote>
<ul><li>Monday<ul><li>at noon</li></ul></li><li value="3">Friday</li></ul>
<table><caption>Fares</caption><thead><tr><th>Class</th><th>Price</th></tr></thead><tr><td>Deck</td><td>12</td></tr></table>
<figure><img src="cid:picture@quay.example" alt="The ferry"><figcaption>The ferry in May. Photo: Bo Lund</figcaption></figure>
<details><summary>How long does it take?</summary><p>About nine hours, if the wind is kind to the ship.</p></details>
<p>Press <button>Book</button> to book. H<sub>2</sub>O and E = mc<sup>2</sup>, 5&lt;6 &amp; 7&gt;6, 🚢 and \u200fمرحبا\u200e.</p>
<aside class="related"><p>Read more: the last ferry</p></aside><pre>  two
   lines</pre><p hidden>Nobody reads this.</p><footer><p>Correction: an earlier version named the wrong mate.</p></footer>
</article></main><footer><p>All rights reserved.</p></footer><script>alert(1)</script></body></html>
"""

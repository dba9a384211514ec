"""Small documents for tests: PDF files and Word documents."""

import zlib
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document

CREATED = datetime(2026, 11, 18, 21, 10)
LINES = [
    "At least twelve people were on board when the ferry left the pier on Sunday night, and the harb-",
    "our master said that nobody had counted the horses. The long-term plan is a bridge.",
    "",
    "The council votes on Tuesday. A long-",
    "term lease would follow, its speaker said.",
]


def make_pdf(
    *pages: list[str], title: str = "", author: str = "", created: str = "", size: int = 12, extra: bytes = b""
) -> bytes:
    """Return a PDF with a page for each list of lines, of which an empty one is a gap."""
    bodies = [draw_page(lines, size) for lines in pages]
    font = 3 + 2 * len(bodies)
    kids = b" ".join(b"%d 0 R" % (3 + 2 * number) for number in range(len(bodies)))
    info = "".join(
        f"/{name} ({value}) "
        for name, value in (("Title", title), ("Author", author), ("CreationDate", created))
        if value
    )
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, len(bodies))]
    for number, body in enumerate(bodies):
        resources = b"/Resources <</Font <</F1 %d 0 R>>>>" % font
        contents = b"/Contents %d 0 R" % (4 + 2 * number)
        objects.append(b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s %s>>" % (resources, contents))
        objects.append(make_stream(body))
    objects += [b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>", b"<<%s>>" % info.encode("latin-1")]
    return join_objects(objects, b"/Root 1 0 R /Info %d 0 R" % (font + 1), extra)


def draw_page(lines: list[str], size: int) -> bytes:
    """Return the operators that draw these lines from the top; a line that begins with # is a heading."""
    drawn, y = [], 780.0
    for line in lines:
        points = size + 8 if line.startswith("# ") else size
        text = line.removeprefix("# ").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /F1 {points} Tf 1 0 0 1 60 {y:.1f} Tm ({text}) Tj ET" if line else "")
        y -= points * 1.2
    return "\n".join(drawn).encode("latin-1")


def make_stream(data: bytes, packed: bool = True) -> bytes:
    """Return a stream object."""
    body = zlib.compress(data, 9) if packed else data
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), b" /Filter /FlateDecode" if packed else b"", body)


def join_objects(objects: list[bytes], trailer: bytes, extra: bytes = b"") -> bytes:
    """Return a PDF of these objects, with a table of where each begins."""
    file, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    file += extra
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(file)
    size = len(objects) + 1
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return bytes(file) + b"trailer <</Size %d %s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start)


def make_docx(*paragraphs: str, title: str = "", author: str = "", **parts: Any) -> bytes:
    """Return a Word document; a paragraph that begins with # is a heading. `parts` replace or add entries of the archive."""
    document = Document()
    document.core_properties.title, document.core_properties.author = title, author
    document.core_properties.created = CREATED
    for words in paragraphs:
        document.add_heading(words[2:], 1) if words.startswith("# ") else document.add_paragraph(words)
    file = BytesIO()
    document.save(file)
    return add_parts(file.getvalue(), parts) if parts else file.getvalue()


def add_parts(file: bytes, parts: dict[str, Any]) -> bytes:
    """Return an archive with entries added or replaced."""
    target = BytesIO()
    with ZipFile(BytesIO(file)) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, parts.pop(name, None) or before.read(name))
        for name, content in parts.items():
            after.writestr(name, content)
    return target.getvalue()

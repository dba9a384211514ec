"""What a file is that cannot be imported, so that its owner knows which one to choose."""

import re

from newsreader.text.translation import gettext_noop

UNKNOWN_FORMAT = gettext_noop(
    "This file format is not supported. Choose W3C annotations (JSON-LD), an export of Hypothesis (JSON), "
    "highlights from Taguette or from here (CSV or XLSX), a REFI-QDA project (.qdpx) or a codebook (.qdc, CSV or XLSX)."
)
TEXT_OF_ARTICLE = gettext_noop(
    "This file cannot be imported: it is a document. Only highlights can be imported here; add the text itself to the library."
)
PICTURE = gettext_noop("This file cannot be imported: it is an image, which holds no highlights.")
WEB_PAGE = gettext_noop(
    "This file cannot be imported: it is a web page. Only highlights can be imported here; add the page itself to the library."
)
PROJECT_DATABASE = gettext_noop(
    "This file cannot be imported: it is a project of another program, such as ATLAS.ti, MAXQDA, NVivo or Taguette. Export it "
    "there as REFI-QDA (.qdpx), from Taguette as highlights (CSV), and import that file."
)
OTHER_ARCHIVE = gettext_noop(
    "This file cannot be imported: it is a ZIP file, but not a REFI-QDA project: it contains no project.qde. "
    "If it is a project of ATLAS.ti, MAXQDA or NVivo, export "
    "it there as REFI-QDA (.qdpx); otherwise unpack it and import its files."
)
OLD_OFFICE = gettext_noop(
    "This file cannot be imported: it is a file of an older Office program. Save a table as XLSX or CSV "
    "and import that."
)
OTHER_TABLE = gettext_noop(
    "This file cannot be imported: it is an OpenDocument file. Save a table as XLSX or CSV and import that."
)
BIBLIOGRAPHY = gettext_noop(
    "This file cannot be imported: it is a list of references, without highlights. Export your annotations or highlights instead."
)

SIGNATURES = [  # of the first bytes
    (re.compile(rb"\s*%PDF-|\{\\rtf"), TEXT_OF_ARTICLE),
    (
        re.compile(
            rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\0|MM\0\*|BM....\0\0\0\0|....ftyp(heic|avif|mif1)",
            re.S,
        ),
        PICTURE,
    ),
    (re.compile(rb"\s*<svg\b|\s*<\?xml[^>]*>\s*(<!--.*?-->\s*)?<svg\b", re.S | re.I), PICTURE),
    (re.compile(rb"SQLite format 3\0|\x01\x0f\0\0\x08"), PROJECT_DATABASE),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), OLD_OFFICE),
    (
        re.compile(rb"(\xef\xbb\xbf)?\s*(<!--.*?-->\s*)*<(!doctype\s+html|html)\b|From: <Saved by", re.I | re.S),
        WEB_PAGE,
    ),
    (re.compile(rb"(\xef\xbb\xbf)?\s*(TY  - |@[a-z]+\{[^,{}\s]+,\s)", re.I), BIBLIOGRAPHY),
]
ARCHIVES = [  # by an entry of the ZIP file
    (re.compile(r"word/document\.xml|ppt/presentation\.xml|META-INF/container\.xml"), TEXT_OF_ARTICLE),
    (re.compile(r"content\.xml"), OTHER_TABLE),
]
PROJECT_NAME = re.compile(r"\.(nvpx?|mx(\d\d|3|4|5)?|mqda|atlproj\d*|atlcb|hpr\d*|sqlite3?)$", re.IGNORECASE)
SAMPLE_BYTES = 4_096


def describe_file(data: bytes) -> str:
    """Return a sentence about what these bytes are: a message of the catalogue."""
    head = data[:SAMPLE_BYTES]
    return next((message for signature, message in SIGNATURES if signature.match(head)), UNKNOWN_FORMAT)


def describe_archive(names: list[str]) -> str:
    """Return a sentence about what a ZIP file with these entries is: a message of the catalogue."""
    return next((message for entry, message in ARCHIVES if any(map(entry.fullmatch, names))), OTHER_ARCHIVE)


def is_project_name(name: str) -> bool:
    """Return whether programs for qualitative analysis give their projects such file names."""
    return bool(PROJECT_NAME.search(name))

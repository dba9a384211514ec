"""Reads articles out of a table: CSV, or a JSON list of objects. Each row has its text as HTML, or as plain text."""

import csv
import io
import json
import re
from datetime import datetime
from typing import Any

from newsreader.importing.cleaning import NO_ARTICLE_FOUND, clean_article_html
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.languages import normalise_code
from newsreader.importing.files import render_paragraph, split_plain_paragraphs
from newsreader.importing.table_columns import COLUMNS, Table, describe_columns, find_delimiter
from newsreader.text.dates import is_datable
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_TABLE_BYTES, MAX_ROWS = 5_000_000, 200
STATUSES = ("", "draft", "published", "withdrawn")  # as they are exported
LIMITS = {"title": 300, "url": 2000, "source": 120, "byline": 200, "standfirst": 500, "language": 35}
# What a spreadsheet would take for a formula; one apostrophe before it is ours.
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")
NO_TABLE = gettext_noop("This is neither CSV with column names in its first line nor a JSON list of objects.")
TABLE_TOO_LARGE = gettext_noop("This file is larger than 5 MB. Split it into smaller files.")
TOO_MANY_ROWS = gettext_noop("This file has more than 200 rows. Split it into smaller files.")
NO_COLUMN = gettext_noop("The file has no column “html” or “text”.")
NO_TEXT = gettext_noop("This row has no text.")


def read_article_table(file: bytes) -> Table:
    """Return a table whose rows have canonical `html`, or the `error` for which a row is none; ArticleImportError for no table."""
    if len(file) > MAX_TABLE_BYTES:
        raise ArticleImportError(_(TABLE_TOO_LARGE))
    try:
        text = file.decode("utf-8-sig")
        rows = read_json(text) if text.lstrip()[:1] in ("[", "{") else read_csv(text)
    except (ValueError, csv.Error, RecursionError) as error:
        raise ArticleImportError(_(NO_TABLE)) from error
    if len(rows) > MAX_ROWS:
        raise ArticleImportError(_(TOO_MANY_ROWS))
    fields, columns, ignored = describe_columns(rows)
    if not {"html", "text"} & set(fields.values()):
        raise ArticleImportError(_(NO_COLUMN))
    named = ({name: row.get(heading, "") for heading, name in fields.items()} for row in rows)
    return Table([read_row(row) for row in named], columns, ignored)


def read_json(text: str) -> list[dict[str, str]]:
    """Return the objects of a JSON list; ValueError where it is none."""
    rows = json.loads(text)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError
    return [{heading: read_value(value) for heading, value in row.items()} for row in rows]


def read_value(value: Any) -> str:
    """Return a value of JSON as the text of a cell: a list of texts with commas, and nothing for what is no text."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value if isinstance(value, str) else ""


def read_csv(text: str) -> list[dict[str, str]]:
    """Return the rows of separated values, by the headings in the first line; one row too many at most."""
    csv.field_size_limit(MAX_TABLE_BYTES)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=find_delimiter(text), strict=True)
    rows = [row for row, _number in zip(reader, range(MAX_ROWS + 1), strict=False)]
    return [{heading: unescape_formula(row[heading] or "") for heading in reader.fieldnames or []} for row in rows]


def read_row(row: dict[str, str]) -> dict[str, str]:
    """Return a row with canonical HTML, or with an `error`."""
    fields = {name: row.get(name, "").strip() for name in COLUMNS}
    try:
        check_fields(fields)
        if fields["html"]:
            fields["html"] = clean_article_html(fields["html"], fields["url"])
        else:
            paragraphs = split_plain_paragraphs(fields["text"])
            fields["html"] = clean_article_html("\n".join(map(render_paragraph, paragraphs)), "")
    except ArticleImportError as error:
        why = _(NO_TEXT) if str(error) == _(NO_ARTICLE_FOUND) else str(error)
        return fields | {"html": "", "text": "", "error": why}
    return fields | {"text": "", "error": ""}


def check_fields(fields: dict[str, str]) -> None:
    """Raise ArticleImportError where a field has a value that no article can have."""
    for name, limit in LIMITS.items():
        if len(fields[name]) > limit:
            raise ArticleImportError(
                _("“%(name)s” is longer than %(limit)s characters.") % {"name": name, "limit": limit}
            )
    if fields["url"] and not re.match(r"https?://[^\s/]+", fields["url"]):
        raise ArticleImportError(_("The URL must begin with https:// or http://."))
    if fields["status"] not in STATUSES:
        raise ArticleImportError(_("The status must be “draft”, “published” or “withdrawn”."))
    if fields["language"] and not normalise_code(fields["language"]):
        raise ArticleImportError(_("The language must be a code such as en, pt-BR or ar."))
    published = read_moment(fields["published_at"])
    if published and not is_datable(published):
        raise ArticleImportError(_("Enter a year between 1000 and 9998."))


def read_moment(text: str) -> datetime | None:
    """Return a day or a moment in ISO 8601, None for an empty cell; raise ArticleImportError for anything else."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise ArticleImportError(
            _("The date of publication must be written as 2026-11-30 or 2026-11-30T08:15.")
        ) from error


def escape_formula(text: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """Return a cell without the apostrophe that `escape_formula` writes."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text

"""What the index holds, and what it would hold if it were written anew."""

from django.db import connection

from newsreader.search import postgres, sqlite
from newsreader.search.indexes import INDEXES


def find_stale_entries() -> list[str]:
    """The entries that are not what their rows say now, that are missing, and those of nothing."""
    return [fault for model, index in INDEXES.items() for fault in compare_entries(model, index)]


def compare_entries(model, index) -> list[str]:
    kept, fresh = read_stored_entries(index), build_expected_entries(model, index)
    return [
        f"{index.table} {key}: {kept.get(key)} is not {fresh.get(key)}"
        for key in kept.keys() | fresh.keys()
        if kept.get(key) != fresh.get(key)
    ]


def read_stored_entries(index) -> dict:
    columns = ", ".join(index.columns)
    more = "rowid, stems" if connection.vendor == "sqlite" else f"{index.key_column}, words::text"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {more}, {columns} FROM {index.table}")
        return {key: tuple(row) for key, *row in cursor.fetchall()}


def build_expected_entries(model, index) -> dict:
    entries = index.load_entries(list(model.objects.values_list("pk", flat=True)))
    if connection.vendor == "sqlite":
        rows = {index.number_key(entry.key): sqlite.build_row(index, entry) for entry in entries}
        return {key: (row[-1], *row[-1 - len(index.columns) : -1]) for key, row in rows.items()}
    return {
        entry.key: (normalise_tsvector(index, entry), *(entry.columns[name] for name in index.columns))
        for entry in entries
    }


def normalise_tsvector(index, entry) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector::text", [postgres.build_tsvector(index, entry)])
        return cursor.fetchone()[0]

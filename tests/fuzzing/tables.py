"""Changes of tables of separated values."""

import csv
import io
from random import Random

from fuzzing.mutations import MAX_BYTES, mutate_words, pick_number


def mutate_table(chance: Random, data: bytes) -> bytes:
    """The table with some of its rows, columns and cells changed, and sometimes in another dialect."""
    text = data.decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    for _ in range(chance.randint(1, 4)):
        chance.choice(TABLE_CHANGES)(chance, rows)
    out = io.StringIO(newline="")
    dialects = {
        "delimiter": chance.choice([delimiter] * 6 + ["\t", ";", ","]),
        "lineterminator": chance.choice(["\r\n", "\n", "\r"]),
    }
    csv.writer(out, quoting=chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), **dialects).writerows(rows)
    encoding = chance.choice(["utf-8"] * 8 + ["utf-8-sig", "utf-16", "cp1252"])
    return out.getvalue().encode(encoding, "replace" if encoding == "cp1252" else "surrogatepass")[:MAX_BYTES]


def change_cell(chance: Random, rows: list) -> None:
    row = chance.choice([row for row in rows if row] or [[""]])
    at = chance.randrange(len(row))
    row[at] = chance.choice([mutate_words(chance, row[at]), mutate_words(chance, row[at]), str(pick_number(chance))])


def exchange_cells(chance: Random, rows: list) -> None:
    one, other = (chance.choice([row for row in rows if row] or [[""]]) for _ in range(2))
    first, second = chance.randrange(len(one)), chance.randrange(len(other))
    one[first], other[second] = other[second], one[first]


def change_rows(chance: Random, rows: list) -> None:
    at = chance.randrange(len(rows) or 1)
    changes = [
        rows[:at] + rows[at + 1 :],
        rows[:at] + rows[at : at + 1] * 2 + rows[at + 1 :],
        [*rows[:at], [], *rows[at:]],
    ]
    rows[:] = chance.choice(
        [*changes, rows * 3, chance.sample(rows, len(rows)), [row[: chance.randint(0, 5)] for row in rows]]
    )


def change_columns(chance: Random, rows: list) -> None:
    width = max(map(len, rows), default=0)
    order = chance.sample(range(width), chance.randint(0, width)) + chance.choice([[], [0], list(range(width))])
    rows[:] = [[row[at] for at in order if at < len(row)] for row in rows]


TABLE_CHANGES = [change_cell, change_cell, change_cell, exchange_cells, change_rows, change_columns]

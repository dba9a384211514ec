"""Changes of ZIP files, and of the XML in them."""

import io
import warnings
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from fuzzing.mutations import mutate_bytes
from fuzzing.xml import mutate_xml


def mutate_archive(chance: Random, data: bytes) -> bytes:
    """The archive with one of its entries changed, or their names, number and order."""
    entries = read_entries(data)
    xml = [at for at, (_, content) in enumerate(entries) if content[:200].lstrip().startswith(b"<")]
    at = chance.choice(xml) if xml and chance.random() < 0.85 else chance.randrange(len(entries))
    name, content = entries[at]
    change = mutate_xml if at in xml and chance.random() < 0.9 else mutate_bytes
    entries[at] = (name, change(chance, content))
    if chance.random() < 0.15:
        change_entries(chance, entries)
    return write_entries(entries, chance.choice([ZIP_DEFLATED, ZIP_DEFLATED, ZIP_STORED]))


def change_entries(chance: Random, entries: list[tuple[str, bytes]]) -> None:
    """Change the names, the number or the order of the entries of an archive."""
    at = chance.randrange(len(entries))
    name, content = entries[at]
    names = [name.upper(), f"./{name}", f"../{name}", name.replace("/", "\\"), f"{name}\0", "é" + name, "", name[::-1]]
    changes = [
        [],
        [(name, content)] * 2,
        [(chance.choice(names), content)],
        [(name, b"")],
        [(name, content), ("x" * 400, b"")],
    ]
    entries[at : at + 1] = chance.choice(changes)
    chance.shuffle(entries)


def read_entries(data: bytes) -> list[tuple[str, bytes]]:
    """The entries of an archive; none where it is damaged."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return []


def write_entries(entries: list[tuple[str, bytes]], compression: int = ZIP_DEFLATED) -> bytes:
    """The archive of these entries, of which several may have one name."""
    file = io.BytesIO()
    with ZipFile(file, "w", compression) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in entries:
            archive.writestr(name or "_", content)
    return file.getvalue()

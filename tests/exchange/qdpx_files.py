"""Small REFI-QDA projects as other programs write them."""

import io
from zipfile import ZipFile

NAMESPACE = "urn:QDA-XML:project:1.0"


def code(guid: str, name: str, inner: str = "", codable: str = "true") -> str:
    """A code; `inner` are its description, notes and the codes below it."""
    return f'<Code guid="{guid}" name="{name}" isCodable="{codable}">{inner}</Code>'


def coding(*guids: str, by: str = "") -> str:
    """Codings of a selection or a source."""
    user = f' creatingUser="{by}"' if by else ""
    return "".join(f'<Coding guid="k-{guid}"{user}><CodeRef targetGUID="{guid}"/></Coding>' for guid in guids)


def selection(start: int, end: int, inner: str = "", name: str = "", by: str = "u", guid: str = "s") -> str:
    """A selection of plain text."""
    place = f'name="{name}" startPosition="{start}" endPosition="{end}" creatingUser="{by}"'
    return f'<PlainTextSelection guid="{guid}-{start}-{end}" {place}>{inner}</PlainTextSelection>'


def pack(
    *texts: tuple[str, str | bytes, str], codes: str = "", rest: str = "", more: str = "", origin: str = "P"
) -> bytes:
    """A .qdpx of texts (title, content, what is in the source); `more` are other sources, `rest` what comes after them."""
    file, sources = io.BytesIO(), ""
    with ZipFile(file, "w") as archive:
        for number, (title, content, inner) in enumerate(texts):
            archive.writestr(f"sources/T{number}.txt", content)
            sources += f'<TextSource guid="T{number}" name="{title}" plainTextPath="internal://T{number}.txt">{inner}</TextSource>'
        users = '<Users><User guid="u" name="una"/><User guid="v" name="vera"/></Users>'
        codebook = f"<CodeBook><Codes>{codes}</Codes></CodeBook>" if codes else ""
        body = f"{users}{codebook}<Sources>{sources}{more}</Sources>{rest}"
        archive.writestr("project.qde", f'<Project xmlns="{NAMESPACE}" name="p" origin="{origin}">{body}</Project>')
    return file.getvalue()

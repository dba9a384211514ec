"""Small e-books for tests."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
LONG = "Forty people were on board when she left the pier on Sunday night, and a horse. " * 4
PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">
<head><title/></head><body><section><h1>{title}</h1><p>{text}&nbsp;<a id="x"/>End.</p><script>alert(1)</script></section></body></html>"""


def package(*names: str) -> str:
    items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in names)
    order = "".join(f'<itemref idref="{name}"/>' for name in names)
    return f"""<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title>The harbour</dc:title><dc:creator>Mirela Anders</dc:creator><dc:creator>Tove Lind</dc:creator>
      <dc:language>en</dc:language><dc:date>2026-11-18T00:00:00Z</dc:date></metadata>
      <manifest>{items}</manifest><spine>{order}</spine></package>"""


def make_book(files: dict[str, str], container: str = CONTAINER) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, text in {"META-INF/container.xml": container, **files}.items():
            archive.writestr(name, text)
    return target.getvalue()


def chapters(**texts: str) -> bytes:
    pages = {f"OPS/{name}.xhtml": PAGE.format(title=name.title(), text=text) for name, text in texts.items()}
    return make_book({"OPS/book.opf": package(*texts), **pages})

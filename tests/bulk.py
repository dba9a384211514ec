"""Many small files to import, for tests and for the run of 2,000."""

import hashlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from newsreader.bulk_import.queueing import GivenFile, create_import
from newsreader.models import Article, ArticleImport, ImportItem, Revision, Source

PAGE = """<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="{site}">{link}</head>
<body><h1>{title}</h1><p>Forty people were on board when ferry {number} left the pier on Sunday night.</p></body></html>"""


def make_page(number: int) -> bytes:
    """Return a page of one of seven sources; each tenth has the address of the one before, each fifteenth has no text."""
    if number % 15 == 14:
        return b"<p>Nothing</p>"
    address = f"https://quay.example/{number - 1 if number % 10 == 9 else number}"
    link = f'<link rel="canonical" href="{address}">' if number % 2 or number % 10 == 8 else ""
    return PAGE.format(title=f"Ferry {number // 2 % 95}", site=f"Quay {number % 7}", number=number, link=link).encode()


def make_files(number: int) -> dict[str, bytes]:
    """Return so many pages by their names."""
    return {f"{one:04}.html": make_page(one) for one in range(number)}


def make_zip(files: dict[str, bytes]) -> bytes:
    """Return an archive of these files."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def queue_files(files: dict[str, bytes], addresses: Iterable[str] = (), **fields) -> ArticleImport:
    """Return an import of these files, which waits for a worker."""
    given = [GivenFile(Path(name).name, lambda data=data: BytesIO(data)) for name, data in files.items()]
    return create_import(given, addresses, **{"by": None, "source": "", "draft": False} | fields)


def describe_library() -> str:
    """Return a digest of all that an import leaves behind, but for keys and times."""
    articles = Article.objects.order_by("slug").values_list(
        "slug", "title", "url", "source__name", "status", "revision"
    )
    revisions = Revision.objects.order_by("article__slug", "number").values_list("article__slug", "number", "digest")
    items = ImportItem.objects.order_by("number").values_list(
        "number", "name", "state", "article__slug", "articles", "why"
    )
    rows = [
        list(articles),
        list(revisions),
        list(items),
        list(Source.objects.order_by("slug").values_list("slug", "name")),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()

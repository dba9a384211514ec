"""`manage.py import_articles`: import saved pages and web addresses as articles."""

import sys
from argparse import ArgumentParser, RawTextHelpFormatter
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from newsreader.bulk_import.queueing import create_import, list_given_files
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.files import list_pages, read_page
from newsreader.importing.importer import extract_from_file, extract_from_web
from newsreader.models import Article

OUTCOMES = ["imported", "already here", "failed"]
OUTCOME_WIDTH = max(map(len, OUTCOMES))


class Command(BaseCommand):
    help = "Imports files, folders of them, and web addresses; what is here already is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawTextHelpFormatter
        parser.add_argument("places", nargs="+", metavar="PATH-or-URL", help="a file, a folder of them, or an address")
        parser.add_argument("--source", default="", help="the outlet; else it is what each page says")
        parser.add_argument("--draft", action="store_true", help="for curators only, until it is published")

        parser.add_argument(
            "--background",
            action="store_true",
            help="have a worker import them, also what is in ZIP archives; the site shows the progress and the results",
        )

    def handle(self, *, places: list[str], source: str, draft: bool, background: bool, **options: Any) -> None:
        if background:
            self.queue_places(places, source, draft)
            return
        status = Article.Status.DRAFT if draft else Article.Status.PUBLISHED
        pages = [page for place in places for page in expand_place(place)]
        counts: Counter[str] = Counter()
        for page in tqdm(pages, unit="page", leave=False, disable=None if len(pages) > 1 else True):
            outcome, line = import_place(page, source, status)
            counts[outcome] += 1
            with tqdm.external_write_mode(file=sys.stderr):
                self.stdout.write(f"{outcome:<{OUTCOME_WIDTH}}  {line}")
        self.stdout.write(", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES) + ".")
        if counts["failed"]:
            sys.exit(1)

    def queue_places(self, places: list[str], source: str, draft: bool) -> None:
        """Have a worker import what is at these places, and say where the site shows how far it is."""
        paths = [path for place in places if not is_address(place) for path in list_pages(Path(place))]
        if missing := [path for path in paths if not path.is_file()]:
            raise CommandError(f"{missing[0]}: There is no such file, or no file in it that can be read.")
        addresses = [place for place in places if is_address(place)]
        job = create_import(list_given_files(paths), addresses, by=None, source=source, draft=draft)
        self.stdout.write(f"{job.items.count()} queued -> {job.get_absolute_url()}")


def import_place(place: str | Path, source: str, status: str) -> tuple[str, str]:
    """Import one page, and return its outcome and a line about it."""
    try:
        found = extract_place(place)
        article, created = Article.objects.store(found, source=source, status=status)
    except ArticleImportError as error:
        return "failed", f"{place}: {error}"
    facts = f"{article.source}, {article.words:,} words" if created else article.source
    problem = f" {found.problem}" if created and found.problem else ""
    return OUTCOMES[not created], f"{article} ({facts}) -> {article.get_absolute_url()}{problem}"


def expand_place(place: str) -> Sequence[str | Path]:
    """Return an address as it is, or the pages at a path."""
    return [place] if is_address(place) else list_pages(Path(place))


def extract_place(place: str | Path) -> Extracted:
    """Return the article at an address, or in a saved page."""
    return extract_from_file(place.name, read_page(place)) if isinstance(place, Path) else extract_from_web(place)


def is_address(place: str) -> bool:
    """Return whether a place is a web address and no path."""
    return "://" in place

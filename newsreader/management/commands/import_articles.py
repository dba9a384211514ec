"""`manage.py import_articles`: saved pages and web addresses become articles."""

import sys
from argparse import RawTextHelpFormatter
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand
from tqdm import tqdm

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.files import list_pages, read_page
from newsreader.importing.importer import extract_from_file, extract_from_web
from newsreader.models import Article

OUTCOMES = ["imported", "already here", "failed"]
WIDTH = max(map(len, OUTCOMES))


class Command(BaseCommand):
    help = "Imports saved HTML pages, folders of them, and web addresses; what is here already is left as it is."

    def add_arguments(self, parser):
        parser.formatter_class = RawTextHelpFormatter
        parser.add_argument(
            "places", nargs="+", metavar="PATH-or-URL", help="a saved page, a folder of them, or an address"
        )
        parser.add_argument("--source", default="", help="the outlet; else it is what each page says")
        parser.add_argument("--draft", action="store_true", help="for curators only, until it is published")

    def handle(self, *, places, source, draft, **options):
        status = Article.Status.DRAFT if draft else Article.Status.PUBLISHED
        every = [place for given in places for place in unfolded(given)]
        counts = Counter()
        for place in tqdm(every, unit="page", leave=False, disable=None if len(every) > 1 else True):
            outcome, said = imported(place, source, status)
            counts[outcome] += 1
            with tqdm.external_write_mode(file=sys.stderr):
                self.stdout.write(f"{outcome:<{WIDTH}}  {said}")
        self.stdout.write(", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES) + ".")
        if counts["failed"]:
            sys.exit(1)


def imported(place: str | Path, source: str, status: str) -> tuple[str, str]:
    """What became of one place, and a line about it."""
    try:
        article, created = Article.objects.store(extracted_from(place), source=source, status=status)
    except ArticleImportError as error:
        return "failed", f"{place}: {error}"
    what = f"{article.source}, {article.words:,} words" if created else article.source
    return OUTCOMES[not created], f"{article} ({what}) -> {article.get_absolute_url()}"


def unfolded(given: str) -> list[str | Path]:
    """The address, or the pages at a path."""
    return [given] if is_address(given) else list_pages(Path(given))


def extracted_from(place: str | Path) -> Extracted:
    return extract_from_file(place.name, read_page(place)) if isinstance(place, Path) else extract_from_web(place)


def is_address(given: str) -> bool:
    return "://" in given

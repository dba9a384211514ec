"""`manage.py empty_bin`: remove for good what was deleted longer ago than the bin keeps it."""

from typing import Any

from django.core.management.base import BaseCommand

from annotations.models.bin import empty_bins


class Command(BaseCommand):
    help = "Removes highlights for good that were deleted more than NEWSREADER_BIN_DAYS ago; workers do so every day."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{empty_bins():,} highlights removed.")

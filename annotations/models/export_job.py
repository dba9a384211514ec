"""Files that take long to write: made ahead, for who asked for them."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from time import time

from django.conf import settings
from django.core.cache import cache
from django.db import connections, models, transaction
from django.utils import timezone

from annotations.exchange.sections import ExportDetails, Section
from annotations.identifiers import uuid7
from annotations.models.project import Project

A_DAY = timedelta(days=1)
SILENCE = 120  # seconds without a word, after which its process is taken to have stopped
AT_ONCE = 3  # for one person
OFTEN = 0.5  # seconds between two words about how far it is


class Busy(Exception):
    """As many files as one person may have made at once are being made; nothing was written."""


class ExportQuerySet(models.QuerySet):
    """Files that were asked for."""

    def of(self, user):
        """Those the user asked for, of projects the user may still see."""
        return self.filter(made_by=user, project__in=Project.objects.visible_to(user))

    def begin(self, project, by, **fields) -> "Export":
        """A new one; files that are a day old go. Busy where the person has too many under way."""
        with transaction.atomic():
            self.tidy()
            running = self.filter(made_by=by, state="running", made_at__gt=timezone.now() - A_DAY)
            if sum(not export.stopped for export in running) >= AT_ONCE:
                raise Busy
            export = self.create(project=project, made_by=by, **fields)
        export.tell(0)
        return export

    def tidy(self) -> None:
        for export in self.filter(made_at__lt=timezone.now() - A_DAY):
            export.path.unlink(missing_ok=True)
            export.delete()


class Export(models.Model):
    """A file of passages: who asked for it, for what, and how it went."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="exports")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    query = models.TextField(blank=True)
    format = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    total = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="running")  # running, done or failed
    made_at = models.DateTimeField(default=timezone.now)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return self.name

    @property
    def path(self) -> Path:
        return settings.DATA_DIR / "exports" / str(self.pk)

    @property
    def key(self) -> str:
        return f"export-{self.pk}"

    @property
    def done(self) -> int:
        """How many passages are written."""
        return min(cache.get(self.key, 0), self.total) if self.state == "running" else self.total

    @property
    def stopped(self) -> bool:
        """Whether nothing was heard for so long that its process must have stopped."""
        return self.state == "running" and cache.get(self.key) is None

    def tell(self, done: int) -> None:
        """How far it is. Not in the database: SQLite lets nobody write who is in the middle of reading."""
        cache.set(self.key, done, SILENCE)

    def fill(self, write: Callable, sections: Iterable[Section], about: ExportDetails) -> None:
        """Writes the file, and says how it went; for a thread of its own."""
        try:
            self.put(write(self.counted(sections), about))
            state = "done"
        except Exception:
            logging.getLogger(__name__).exception("An export failed")
            state = "failed"
        connections.close_all()
        Export.objects.filter(pk=self.pk).update(state=state)
        connections.close_all()

    def put(self, pieces: Iterable[str | bytes]) -> None:
        self.path.parent.mkdir(exist_ok=True)
        with self.path.open("wb") as file:
            for piece in pieces:
                file.write(piece.encode() if isinstance(piece, str) else piece)

    def counted(self, sections: Iterable[Section]) -> Iterator[Section]:
        """The same sections; whoever reads their lines tells how far it is."""
        self.number, self.told = 0, time()
        for section in sections:
            yield Section(section.headings, self.counting(section.items))

    def counting(self, lines: Iterable) -> Iterator:
        for line in lines:
            self.number += 1
            if time() - self.told > OFTEN:
                self.told = time()
                self.tell(self.number)
            yield line

"""The images of articles as this site keeps them: rows, and files by their content, which no reader's browser gets elsewhere."""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from newsreader.models.revision import Revision
from newsreader.models.scopes import is_readable_by
from newsreader.private_files import FOLDER_MODE, open_private
from newsreader.text.html.images import NO_IMAGES, ShownImage, compute_image_key, list_image_addresses
from newsreader.users import AnyUser

MAX_IMAGES = 40  # of one article, in all of its texts
MAX_BYTES = 20_000_000  # of one article
LOST_AFTER = 24 * 3600  # seconds
BATCH_SIZE = 500  # files that are looked up at a time


class ArticleImageQuerySet(models.QuerySet["ArticleImage"]):
    """Images: who may see them, and which wait to be fetched."""

    def visible_to(self, user: AnyUser) -> Self:
        """Return the images of articles that the user may see."""
        return self.filter(is_readable_by(user, "article__"))

    def kept(self) -> Self:
        """Return those of which there is a file."""
        return self.exclude(digest="")

    def waiting(self) -> Self:
        """Return those that nobody has tried to fetch yet."""
        return self.filter(fetched_at=None)

    def expect(self, revision: Revision) -> list[str]:
        """Let the images of a text wait to be fetched that are not here, and return their keys."""
        keys = list(map(compute_image_key, list_image_addresses(revision.html)))
        images = self.filter(article=revision.article_id)
        known = dict(images.values_list("key", "digest"))
        new = [key for key in keys if key not in known][: max(0, MAX_IMAGES - len(known))]
        self.bulk_create([self.model(article_id=revision.article_id, key=key) for key in new], ignore_conflicts=True)
        images.filter(key__in=keys, digest="").update(fetched_at=None)
        return [key for key in keys if key in new or known.get(key) == ""]

    def load_shown(self, revision: Revision) -> Mapping[str, ShownImage]:
        """Return the images of a text as they are drawn, by their keys; one that could not be fetched has no address."""
        if not settings.NEWSREADER_IMAGES or "<img" not in revision.html:
            return NO_IMAGES
        images = self.filter(article=revision.article_id).exclude(fetched_at=None)
        return {image.key: image.describe() for image in images}


class ArticleImage(models.Model):
    """An image that stands in a text of an article, by the key of its address; one without a digest is not here.

    Its words (description, caption, credit) and its place are in the text.
    """

    article = models.ForeignKey("newsreader.Article", on_delete=models.CASCADE, related_name="images")
    key = models.CharField(max_length=32)  # compute_image_key
    digest = models.CharField(max_length=64, blank=True, db_index=True)  # of its file
    width = models.PositiveIntegerField(default=0)  # pixels
    height = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)  # bytes
    why = models.TextField(blank=True)  # it is not here
    fetched_at = models.DateTimeField(null=True)

    objects = ArticleImageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="article_image_key")]
        indexes = [models.Index(fields=["article"], name="article_image_waiting", condition=models.Q(fetched_at=None))]

    def __str__(self) -> str:
        return gettext("%(width)s × %(height)s pixels") % {"width": self.width, "height": self.height}

    def describe(self) -> ShownImage:
        """Return what a page draws of it."""
        address = reverse("image", args=[self.digest]) if self.digest else ""
        return ShownImage(address, self.width, self.height)

    def keep(self, file: bytes, width: int, height: int) -> None:
        """Keep its file, which other articles may have too, and the size in pixels."""
        digest = sha256(file).hexdigest()
        with hold_files():
            write_file(digest, file)
            self.record(digest=digest, width=width, height=height, size=len(file), why="")
        if self.fetched_at is None:  # the article was deleted meanwhile
            remove_unused_files([digest])

    def refuse(self, why: str) -> None:
        """Write down why there is none."""
        self.record(why=why)

    def record(self, **fields: Any) -> None:
        """Write down what came of fetching it, as long as its article is there."""
        fields["fetched_at"] = timezone.now()
        if ArticleImage.objects.filter(pk=self.pk).update(**fields):
            vars(self).update(fields)


def get_image_path(digest: str) -> Path:
    """Return where the file with this digest is, or would be."""
    return get_folder() / digest[:2] / f"{digest}.webp"


def get_folder() -> Path:
    """Return the folder of all images."""
    return Path(settings.DATA_DIR) / "images"


def write_file(digest: str, file: bytes) -> None:
    """Write a file that is not there; it has its name only once it is whole."""
    path = get_image_path(digest)
    if path.exists():
        return
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.part")
    try:
        with open_private(partial) as output:
            output.write(file)
            output.flush()
            os.fsync(output.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def remove_unused_files(digests: Iterable[str]) -> None:
    """Remove the files with these digests that no article has."""
    waiting = sorted(set(digests) - {""})
    while waiting:
        batch, waiting = waiting[:BATCH_SIZE], waiting[BATCH_SIZE:]
        with hold_files():
            used = ArticleImage.objects.filter(digest__in=batch).values_list("digest", flat=True)
            for digest in set(batch) - set(used):
                get_image_path(digest).unlink(missing_ok=True)


def remove_lost_files() -> None:
    """Remove the files that no article has, or that are not whole, since a process was killed; the newest may be on their way."""
    old = list(filter(is_old, get_folder().glob("*/*")))
    for path in old:
        if path.suffix == ".part":
            path.unlink(missing_ok=True)
    remove_unused_files(path.stem for path in old if path.suffix == ".webp")


def is_old(path: Path) -> bool:
    """Return whether a file was written long ago; one that another process removes meanwhile was not."""
    try:
        return path.stat().st_mtime < time() - LOST_AFTER
    except FileNotFoundError:
        return False


@contextmanager
def hold_files() -> Iterator[None]:
    """Let no other process write or remove images while the block runs: else one could remove what another counts on."""
    get_folder().mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    descriptor = os.open(get_folder() / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)

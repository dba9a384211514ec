"""Static files under names that carry their content's hash, compressed, each page's styles and scripts in one file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.files.storage import Storage as FileStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsreader.bundling import MODULES, STYLE_SHEETS, bundle

OWN_FOLDERS = ("css/", "js/")
BUNDLES = {*STYLE_SHEETS, *MODULES}
Files = dict[str, tuple[FileStorage, str]]  # the storage and the path in it, by the name of a static file


class Storage(CompressedManifestStaticFilesStorage):
    """Puts the files of `newsreader.bundling` together before they are hashed and compressed."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.addresses: dict[str, str] = {}  # of the files that were asked for, by name, until others are collected
        super().__init__(*arguments, **options)

    def url(self, name: str | None, force: bool = False) -> str:
        """Return the address of a file, which is the same until files are collected again."""
        if settings.DEBUG or not name:
            return super().url(name, force)
        if name not in self.addresses:
            self.addresses[name] = super().url(name, force)
        return self.addresses[name]

    def post_process(self, paths: Files, dry_run: bool = False, **options: Any) -> Iterator[tuple[str, str, bool]]:
        """Process the collected files; the sources of a bundle are only in the bundle."""
        self.addresses.clear()
        bundles, parts = InMemoryStorage(), set()

        def read(name: str) -> str:
            parts.add(name)
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        for name in sorted(BUNDLES & paths.keys()):
            bundles.save(name, ContentFile(bundle(name, read).encode()))
        parts = {name for name in parts - BUNDLES if name.startswith(OWN_FOLDERS)}
        served = {name: (bundles, name) if name in BUNDLES else paths[name] for name in paths.keys() - parts}
        yield from super().post_process(served, dry_run, **options)
        if not dry_run:
            self.delete_files(parts)


def read_source(name: str) -> str:
    """Return the text of a static file as it is in the sources."""
    path = finders.find(name)
    if not path:
        raise FileNotFoundError(name)
    return Path(path).read_text(encoding="utf-8")

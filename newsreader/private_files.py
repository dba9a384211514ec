"""Files that nobody but their owner may read, whatever the process lets others do by default."""

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def open_private(path: Path) -> BinaryIO:
    """Open an empty file for writing."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE), "wb")


def keep_to_owner(folder: Path) -> None:
    """Take a folder and what is in it from everybody but its owner; what is somebody else's, or goes meanwhile, stays as it is."""
    for path in [folder, *folder.rglob("*")]:
        with suppress(OSError):
            if not path.is_symlink():
                path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)

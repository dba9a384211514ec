"""The data folder of an installation, and the secret key that all its processes share."""

import os
import secrets
from pathlib import Path

from newsreader.private_files import keep_to_owner

BASE_DIR = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """Return the folder of everything that is kept; it need not be there yet."""
    return Path(os.environ.get("NEWSREADER_DATA", BASE_DIR / "data"))


def secret_key() -> str:
    """Return the key that is given or kept; where there is neither, one for this process alone."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    try:
        return key_path().read_text()
    except FileNotFoundError:
        return secrets.token_urlsafe(64)


def key_path() -> Path:
    """Return where the secret key is kept."""
    return data_dir() / "secret_key"


def is_prepared() -> bool:
    """Return whether the data folder is there, and a secret key that lasts."""
    return data_dir().is_dir() and ("SECRET_KEY" in os.environ or key_path().exists())


def prepare() -> None:
    """Make what a server needs before it reads the settings; what is there already stays as it is."""
    make_data_dir()
    make_secret_key()


def make_data_dir() -> None:
    """Make the data folder where it is missing, and keep it and all that is or will be in it to its owner."""
    hide_new_files()
    data_dir().mkdir(parents=True, exist_ok=True)
    keep_to_owner(data_dir())


def hide_new_files() -> None:
    """Let nobody but its owner read what this process writes from now on."""
    os.umask(0o077)


def make_secret_key() -> None:
    """Write a secret key that its owner alone may read, unless one is given or kept."""
    if os.environ.get("SECRET_KEY"):
        return
    try:
        with os.fdopen(os.open(key_path(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass

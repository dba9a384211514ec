"""Finds the Chromium that browser tests drive; run as a script it installs one where it may."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
HINT = (
    "No Chromium found. Install one (Debian: apt-get install chromium) or name it: make test CHROMIUM=/path/to/chrome"
)


def find() -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, else the first on the PATH."""
    wanted = os.environ.get("CHROMIUM")
    return shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched():
    """A headless browser of Playwright's; it ends with the block."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield browser
        browser.close()


def install() -> None:
    """Asks Debian for its Chromium; only root on Debian can."""
    if os.environ.get("CHROMIUM") or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("Installing Debian’s Chromium.", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "update"], env=quiet, check=False)
    subprocess.run(["apt-get", "-qq", "-y", "install", "chromium"], env=quiet, check=False)


if __name__ == "__main__":
    find() or install()
    if not find():
        sys.exit(HINT)

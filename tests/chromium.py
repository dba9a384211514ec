"""Finds the Chromium that browser tests drive; run as a script it installs one where it may.

Debian packs Chromium's headless shell apart: the same engine without the windows and menus of a browser, which take two thirds of the
time of a short test. What is measured or shown to people is measured and shown in a whole browser where there is one.
"""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

SHELL = "chromium-headless-shell"
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    "--renderer-process-limit=1",  # a new page of a window starts no process
]
HINT = "No Chromium found. Install one (Debian: apt-get install chromium-headless-shell) or name it: make test CHROMIUM=/path/to/chrome"


def find(shell: bool = False) -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, else the first on the PATH, the shell first or last."""
    wanted = os.environ.get("CHROMIUM")
    names = [SHELL, *BROWSERS] if shell else [*BROWSERS, SHELL]
    return shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, names)), None)


@contextmanager
def launched(shell: bool = False):
    """A headless browser of Playwright's, the shell if there is one and it will do; it ends with the block."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(shell), args=FLAGS)
        yield browser
        browser.close()


def install() -> None:
    """Ask Debian for the shell, and for a whole Chromium where that is not to be had; only root on Debian can."""
    if os.environ.get("CHROMIUM") or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("Installing Debian’s Chromium.", flush=True)
    apt("update")
    apt("-y", "install", SHELL)
    if not find():
        apt("-y", "install", "chromium")


def apt(*arguments: str) -> None:
    impatient = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=15"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *impatient, *arguments], env=quiet, check=False)


if __name__ == "__main__":
    shutil.which(SHELL) or install()
    if not find():
        sys.exit(HINT)

"""`make foreign`: files go to other programs and come back, and a table says how much of them arrives.

The programs are installed into .tools/foreign, in the versions that tests/foreign-requirements.txt and NODE_PACKAGES name.
"""

import logging
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test.utils import setup_test_environment

from serving import HOUSE, adopt, scratch_data

TOOLS = HOUSE / ".tools" / "foreign"
REQUIREMENTS = HOUSE / "tests" / "foreign-requirements.txt"
NODE_PACKAGES = ["@recogito/text-annotator@4.1.1", "jsdom@29.1.1"]


def main() -> int:
    """Install the programs, send them our files and import theirs, and print the table."""
    install()
    kept = os.environ.get("KEEP")  # a folder in which the files are to stay
    with scratch_data() as environment, tempfile.TemporaryDirectory(prefix="newsreader-foreign-") as folder:
        adopt(environment)
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        settings.WHITENOISE_AUTOREFRESH = True
        logging.disable()
        setup_test_environment()
        call_command("migrate", verbosity=0)
        from foreign.table import print_table

        print_table(Path(kept or folder), TOOLS)
    return 0


def install() -> None:
    """Install the programs; quick where that was done since their versions changed."""
    install_python_programs()
    npm = ["npm", "install", "--prefix", TOOLS, "--no-audit", "--no-fund", "--silent", *NODE_PACKAGES]
    run_once(f"node-{hash_version(repr(NODE_PACKAGES).encode())}", [npm])


def install_python_programs() -> None:
    """Install those that are written in Python, Taguette among them."""
    venv = [sys.executable, "-m", "venv", TOOLS]
    pip = [TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run_once(f"python-{hash_version(REQUIREMENTS.read_bytes())}", [venv, [*pip, "--requirement", REQUIREMENTS]])


def run_once(name: str, commands: list[list[str | Path]]) -> None:
    """Run the commands, unless that was done under this name."""
    done = TOOLS / f"done-{name}"
    if not done.exists():
        for command in commands:
            subprocess.run(command, check=True)
        done.touch()


def hash_version(versions: bytes) -> str:
    """Return what names these versions."""
    return sha256(versions).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())

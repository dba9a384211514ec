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
    done = TOOLS / f"done-{hash_versions()}"
    if done.exists():
        return
    subprocess.run([sys.executable, "-m", "venv", TOOLS], check=True)
    pip = [TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", REQUIREMENTS], check=True)
    npm = ["npm", "install", "--prefix", TOOLS, "--no-audit", "--no-fund", "--silent", *NODE_PACKAGES]
    subprocess.run(npm, check=True)
    done.touch()


def hash_versions() -> str:
    """What names the versions of all programs."""
    return sha256(REQUIREMENTS.read_bytes() + repr(NODE_PACKAGES).encode()).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())

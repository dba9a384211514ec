"""`make messages`: every string of the interface, in one list that a person can read: locale/en/LC_MESSAGES/django.po.

Writes the module of what scripts say, too.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from newsreader.script_messages import MODULE, render_module

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
SOURCES = ["newsreader", "annotations", "templates", "manage.py", "pyproject.toml"]
TITLE = "# Every string of the interface, in the order of the files that use it. Made by `make messages`.\n"
# What is true of any catalogue, or changes with each run.
HEADER = re.compile(r"\A(#.*\n)+(#, fuzzy\n)?msgid \"\"\nmsgstr \"\"\n(\".*\"\n)+")
HEADER_LINES = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""


def build_catalogue() -> str:
    """Return the catalogue of the code and the templates as they are."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            source = ROOT / name
            shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy / name)
        (copy / CATALOGUE).parent.mkdir(parents=True)
        command = [
            sys.executable,
            "manage.py",
            "makemessages",
            "-l",
            "en",
            "-e",
            "html,txt,py",
            "--no-wrap",
            "--add-location=file",
        ]
        made = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        if made.returncode:
            sys.exit(made.stderr)
        return HEADER.sub(lambda _: TITLE + HEADER_LINES, (copy / CATALOGUE).read_text())


def main(arguments: list[str]) -> None:
    """Write the catalogue; with --check, only say whether it is up to date."""
    if not shutil.which("xgettext"):
        sys.exit("xgettext was not found. On Debian: apt-get install gettext")
    catalogue, file = build_catalogue(), ROOT / CATALOGUE
    if "--check" in arguments:
        sys.exit(
            None if file.exists() and file.read_text() == catalogue else f"{CATALOGUE} is out of date: make messages"
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(catalogue)
    settings.configure(USE_I18N=False)
    (ROOT / MODULE).write_text(render_module())


if __name__ == "__main__":
    main(sys.argv[1:])

"""What the documents promise, held against the code."""

import re
from pathlib import Path

from cases import each

HOUSE = Path(__file__).resolve().parent.parent
README = (HOUSE / "README.md").read_text()
READ = re.compile(r"""(?:env\.\w+\(|environ\.get\()"([A-Z_]+)\"""")
PLACES = ["newsreader/installation.py", "newsreader/settings.py", "annotations/management/commands/quickstart.py"]


@each("name", sorted({name for place in PLACES for name in READ.findall((HOUSE / place).read_text())}))
def test_the_readme_explains_every_setting(name):
    assert f"`{name}`" in README


@each("target", re.findall(r"^(\w+):", (HOUSE / "Makefile").read_text(), re.MULTILINE))
def test_make_help_names_every_command(target):
    assert target in ("help", "chromium", "gettext") or f"make {target} " in (HOUSE / "Makefile").read_text()

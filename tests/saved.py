"""Saved news pages to import: our own, and those of the folder that NEWSREADER_PAGES names."""

import os
from pathlib import Path

HERE = Path(__file__).parent
OTHERS = os.environ.get("NEWSREADER_PAGES")
SAVED = sorted([*(HERE / "importing" / "pages").glob("*.html"), *(HERE / "pages").glob("page-*.html")])
SAVED += sorted(Path(OTHERS).glob("*.html")) if OTHERS else []

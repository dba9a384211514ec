"""Saved news pages to import: our own, and those of the folder that NEWSREADER_PAGES names."""

import os
from pathlib import Path

HERE = Path(__file__).parent
FOLDERS = [HERE / "intake" / "pages", *map(Path, filter(None, [os.environ.get("NEWSREADER_PAGES")]))]
SAVED = [
    *sorted((HERE / "pages").glob("page-*.html")),
    *(path for folder in FOLDERS for path in sorted(folder.glob("*.html"))),
]

"""Extracts an article in a process that can be killed, with little time and memory."""

import json
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import with_language
from newsreader.importing.limits import refuse_large_page

PROJECT_ROOT = Path(__file__).resolve().parent.parent.parent.parent
WORKER_COMMAND = [sys.executable, "-m", "newsreader.importing.sandbox.worker"]
WORKER_ENVIRONMENT = {"PYTHONPATH": str(PROJECT_ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
MAX_SECONDS = 30
KILLED_CODES = {-signal.SIGXCPU, -signal.SIGKILL}
TOO_SLOW = "This page takes too long to read."
UNREADABLE_PAGE = "This page could not be read."


def extract_safely(page: bytes | str, url: str = "", content_type: str = "") -> Extracted:
    """Return the article in a page as `extract` does; raise ArticleImportError also if that takes too much time or memory."""
    if isinstance(page, str):
        page, content_type = page.encode("utf-8", "ignore"), "text/html; charset=utf-8"
    refuse_large_page(page)
    header = json.dumps({"url": url, "content_type": content_type}).encode()
    answer = run_worker(header + b"\n" + page)
    if "error" in answer:
        raise ArticleImportError(answer["error"])
    published = answer.pop("published")
    # The model of languages is loaded here once, not for each page in a worker, which might not even unpack it.
    return with_language(Extracted(**answer, published=published and datetime.fromisoformat(published)))


def run_worker(request: bytes) -> dict[str, Any]:
    """Return the worker's answer; raise ArticleImportError if it was killed or failed."""
    try:
        worker = subprocess.run(  # noqa: S603
            WORKER_COMMAND, input=request, capture_output=True, timeout=MAX_SECONDS, env=WORKER_ENVIRONMENT
        )
    except subprocess.TimeoutExpired as error:
        raise ArticleImportError(TOO_SLOW) from error
    if worker.returncode in KILLED_CODES:
        raise ArticleImportError(TOO_SLOW)
    if worker.returncode:
        raise ArticleImportError(UNREADABLE_PAGE)
    return json.loads(worker.stdout)

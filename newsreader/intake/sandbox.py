"""Reads a page where it can be killed: in a process with little time and memory."""

import json
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from newsreader.intake.caps import refuse_large
from newsreader.intake.errors import IntakeError
from newsreader.intake.extracted import Extracted
from newsreader.intake.languages import with_language

HOUSE = Path(__file__).resolve().parent.parent.parent
CHILD = [sys.executable, "-m", "newsreader.intake.child"]
ENVIRONMENT = {"PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
MAX_SECONDS = 30
KILLED = {-signal.SIGXCPU, -signal.SIGKILL}
TOO_LONG = "This page takes too long to read."
BROKEN = "This page could not be read."


def extract_safely(page: bytes | str, url: str = "", content_type: str = "") -> Extracted:
    """The article in a page, as extraction.extract finds it. IntakeError also where that takes too long or too much."""
    if isinstance(page, str):
        page, content_type = page.encode("utf-8", "ignore"), "text/html; charset=utf-8"
    refuse_large(page)
    answer = answer_of_child(json.dumps({"url": url, "content_type": content_type}).encode() + b"\n" + page)
    if "error" in answer:
        raise IntakeError(answer["error"])
    published = answer.pop("published")
    # The model of languages is loaded here once, not for each page in a child, which might not even unpack it.
    return with_language(Extracted(**answer, published=published and datetime.fromisoformat(published)))


def answer_of_child(question: bytes) -> dict:
    """What the child answers. IntakeError where it was killed or broke."""
    try:
        child = subprocess.run(CHILD, input=question, capture_output=True, timeout=MAX_SECONDS, env=ENVIRONMENT)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise IntakeError(TOO_LONG) from error
    if child.returncode in KILLED:
        raise IntakeError(TOO_LONG)
    if child.returncode:
        raise IntakeError(BROKEN)
    return json.loads(child.stdout)

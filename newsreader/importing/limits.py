"""How much of a page is taken."""

from newsreader.importing.errors import IntakeError

MAX_BYTES = 2_000_000
MAX_DEPTH = 200
TOO_LARGE = f"This page is larger than {MAX_BYTES // 1_000_000} MB."
TOO_DEEP = f"This page is nested more than {MAX_DEPTH} levels deep."


def refuse_large(page: bytes) -> None:
    """IntakeError where a page is larger than 2 MB."""
    if len(page) > MAX_BYTES:
        raise IntakeError(TOO_LARGE)

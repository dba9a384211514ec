"""Exit with 0 where the server of this container answers /healthz, else with 1. Needs nothing but Python."""

import os
import sys
from http.client import HTTPConnection, HTTPException

SECONDS = 4


def main() -> int:
    """Ask once; return 0 for an answer of 200, else 1."""
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": allowed_host(os.environ.get("ALLOWED_HOSTS", ""))})
        return int(connection.getresponse().status != 200)
    except (OSError, HTTPException):
        return 1


def allowed_host(allowed: str) -> str:
    """Return a name under which Django answers, given the value of ALLOWED_HOSTS."""
    first = allowed.split(",")[0].strip().removeprefix(".")
    return first if first not in ("", "*") else "127.0.0.1"


if __name__ == "__main__":
    sys.exit(main())

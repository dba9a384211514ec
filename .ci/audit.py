"""Look up the pinned requirements in the OSV database of known vulnerabilities: `make audit`.

Fails where one is found. Where the database cannot be reached it says so and passes, since that says nothing about the code.
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / ".tools" / "audit"
DATABASE = os.environ.get("AUDIT_URL", "https://api.osv.dev/v1/query")
AUDITED = ["requirements.txt", "requirements-server.txt", "requirements-extras.txt", "tests/requirements.txt"]
A_QUERY = {"package": {"name": "django", "ecosystem": "PyPI"}, "version": "1.0"}


def main() -> int:
    """Return the exit code: that of pip-audit, or 0 where the database cannot be reached."""
    if not is_reachable(DATABASE):
        print(f"Not audited: the database of vulnerabilities at {DATABASE} cannot be reached from here.")
        return 0
    install()
    requirements = [argument for path in AUDITED for argument in ("--requirement", path)]
    service = ["--vulnerability-service", "osv", "--osv-url", DATABASE]
    audit = [TOOL / "bin" / "pip-audit", "--no-deps", "--disable-pip", "--progress-spinner", "off", *service]
    return subprocess.run([*audit, *requirements], cwd=ROOT, check=False).returncode  # noqa: S603


def is_reachable(address: str) -> bool:
    """Return whether the address answers a query with JSON within ten seconds."""
    try:
        with urllib.request.urlopen(address, data=json.dumps(A_QUERY).encode(), timeout=10) as answer:  # noqa: S310
            return isinstance(json.load(answer), dict)
    except (OSError, ValueError):
        return False


def install() -> None:
    """Install pip-audit into .tools/audit; quick where it is there already."""
    if not (TOOL / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", TOOL], check=True)  # noqa: S603
    pip = [TOOL / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", ROOT / ".ci" / "audit.txt"], check=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())

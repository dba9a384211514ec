"""`make fuzz`: mutants of valid files are sent to the site, and what it says is compared with what it does.

SEED, MUTATIONS (of each format) and FORMATS choose what is tried; NUMBER tries one mutant again.
"""

import logging
import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.test.utils import setup_test_environment

from serving import adopt, scratch_data


def main() -> int:
    """Try the mutants, print the table and the faults, and return 1 where there is one."""
    seed, number = int(os.environ.get("SEED") or 1), os.environ.get("NUMBER")
    chosen, mutants = (os.environ.get("FORMATS") or "").split(), int(os.environ.get("MUTATIONS") or 2000)
    with scratch_data() as environment:
        adopt(environment)
        prepare()
        return try_formats(chosen, seed, [int(number)] if number else range(mutants))


def prepare() -> None:
    """Make the tables, with settings that only a scratch database may have."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.CACHES["pages"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.WHITENOISE_AUTOREFRESH = True
    logging.disable()  # a page that fails is reported as a fault
    setup_test_environment()
    call_command("migrate", verbosity=0)


def try_formats(chosen: list[str], seed: int, numbers: list[int] | range) -> int:
    """Try the mutants of these numbers of every format, or the chosen ones; return 1 where there is a fault."""
    from fuzzing.formats import FORMATS
    from fuzzing.library import open_library
    from fuzzing.trials import HEAD, try_format

    if unknown := set(chosen) - set(FORMATS):
        sys.exit(f"No formats are called {', '.join(sorted(unknown))}. There are {', '.join(FORMATS)}.")
    print(HEAD, flush=True)
    with open_library() as library:
        rows = [try_format(library, name, seed, numbers) for name in chosen or FORMATS]
    return int(any(row.faults for row in rows))


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python
"""Runs Django's commands with Newsreader's settings."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError

from newsreader.installation import data_dir, hide_new_files, is_prepared


def main() -> None:
    """Run a command; where the database fails because nothing was set up yet, say how to do that."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsreader.settings")
    hide_new_files()
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        if is_prepared():
            raise
        sys.exit(f"{error}\nNewsreader is not set up in {data_dir()} yet. First run: manage.py quickstart --no-serve")


if __name__ == "__main__":
    main()

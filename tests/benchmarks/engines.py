"""The databases that rows are measured on: SQLite, and PostgreSQL where one answers; each in a process and a folder of its own."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from multiprocessing import get_context
from typing import Any

import psycopg
from django.core.management import call_command

from serving import adopt, scratch_data

ADDRESSES = [f"postgres://{user}@127.0.0.1:5432/postgres" for user in ("root", "postgres")]  # where .ci/run looks, too


def find_postgres() -> str | None:
    """The address of a PostgreSQL: the one that DATABASE_URL names, else the first of ADDRESSES at which one answers."""
    given = os.environ.get("DATABASE_URL", "")
    for address in [given] if given.startswith("postgres") else ADDRESSES:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            continue
        return address
    return None


@contextmanager
def environments(postgres: str | None) -> Iterator[dict[str, dict]]:
    """For each engine the environment of a Newsreader without data; `postgres` is the address of the second."""
    with ExitStack() as stack:
        found = {"SQLite": stack.enter_context(scratch_data())}
        if postgres:
            url = stack.enter_context(scratch_database(postgres))
            found["PostgreSQL"] = stack.enter_context(scratch_data()) | {"DATABASE_URL": url}
        else:
            print("No PostgreSQL answers: measured on SQLite only.", flush=True)
        yield found


@contextmanager
def scratch_database(address: str) -> Iterator[str]:
    """The address of a database that is made, and dropped at the end."""
    name = f"newsreader_bench_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{address.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def call(environment: dict, module: str, function: str, *given: Any) -> Any:
    """What a function of a module of these benchmarks returns, called by a new process on the data of that environment."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_call_here, environment, module, function, given).result()


def _call_here(environment: dict, module: str, function: str, given: tuple) -> Any:
    adopt(environment)
    call_command("migrate", verbosity=0)
    return getattr(import_module(f"benchmarks.{module}"), function)(*given)

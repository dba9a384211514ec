"""Many cases in one test: the fixtures are set up once, and every case that fails is named."""

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any


def each(names: str | Sequence[str], cases: Iterable) -> Callable:
    """Call the test once for each case, as a subtest; it must leave behind nothing that the next case would see.

    `names` and `cases` are those of `pytest.mark.parametrize`: one name takes values, a tuple of names takes tuples.
    """
    given = [{names: case} if isinstance(names, str) else dict(zip(names, case, strict=True)) for case in cases]
    assert given, f"no cases of {names}"
    return lambda check: _tried_on(given, check)


def _tried_on(given: list[dict], check: Callable) -> Callable:
    @functools.wraps(check)
    def test(**fixtures: Any) -> None:
        for case in given:
            with fixtures["subtests"].test(**case):
                check(**case, **_wanted_by(check, fixtures))

    kept = [name for name in inspect.signature(check).parameters if name not in given[0] and name != "subtests"]
    kinds = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in [*kept, "subtests"]]
    test.__signature__ = inspect.Signature(kinds)
    return test


def _wanted_by(check: Callable, fixtures: Mapping) -> dict:
    return {name: value for name, value in fixtures.items() if name in inspect.signature(check).parameters}

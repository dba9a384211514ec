"""Collection of garbage goes on afterwards, whatever happened meanwhile."""

import gc

import pytest

from newsreader.collection import paused_collection


@paused_collection()
def work(error: Exception | None = None) -> bool:
    if error:
        raise error
    return gc.isenabled()


@paused_collection()
def work_twice() -> tuple[bool, bool]:
    return work(), gc.isenabled()


def test_it_waits_until_the_outermost_is_done():
    assert work_twice() == (False, False)
    assert gc.isenabled()


def test_it_goes_on_after_an_error():
    with pytest.raises(ValueError, match="x"):
        work(ValueError("x"))
    assert gc.isenabled()

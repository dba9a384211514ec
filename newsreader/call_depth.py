"""Room for deep calls.

CPython keeps the frames of a thread in chunks of 16 KB, and returns a chunk to the system as soon as its first frame ends. A loop that
calls a function just where a chunk ends costs a mmap, a page fault and a munmap for each call. Pages are made at great depth,
in many loops: this took a fifth of their time. A function whose frame claims a large stack gets a chunk that holds it, and what
it calls finds room in the same chunk.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any

STACK_SIZE = 100_000  # slots of 8 bytes that nothing uses: the chunk has 1 MB then, of which 250 KB remain


def _call(function: Callable[..., Any], *args: Any) -> Any:
    """Call the function with these arguments in a chunk of frames that has room, and return what it returns."""
    return function(*args)


call_with_room: Callable[..., Any] = FunctionType(_call.__code__.replace(co_stacksize=STACK_SIZE), globals())

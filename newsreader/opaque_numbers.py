"""Numbers of rows as pages name them: in an order that says nothing of how many other rows there are."""

import hmac
import re
from hashlib import sha256

from django.conf import settings

HALF = 31  # bits; two halves are a number that every engine takes
MASK = (1 << HALF) - 1
ROUNDS = range(4)
OPAQUE = re.compile(r"x[0-9a-f]{16}\Z")
MAX_DIGITS = 18


def hide_number(number: int) -> str:
    """Return a number as a page names it, "0" for 0; `reveal_number` reads it.

    A Feistel network of four rounds, keyed with the secret of the site (Luby and Rackoff 1988).
    """
    if not number:
        return "0"
    left, right = number >> HALF, number & MASK
    for step in ROUNDS:
        left, right = right, left ^ scramble(step, right)
    return f"x{left << HALF | right:016x}"


def reveal_number(text: str) -> int:
    """Return the number that a page named, 0 for anything else; a plain number is itself, as older pages name it."""
    if text.isdecimal() and len(text) <= MAX_DIGITS:
        return int(text)
    if not OPAQUE.match(text):
        return 0
    left, right = int(text[1:], 16) >> HALF & MASK, int(text[1:], 16) & MASK
    for step in reversed(ROUNDS):
        left, right = right ^ scramble(step, left), left
    return left << HALF | right


def scramble(step: int, half: int) -> int:
    """Return what a round makes of half a number."""
    message = f"{step}:{half}".encode()
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), message, sha256)[:4]) & MASK

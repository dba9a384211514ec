"""Changes of plain bytes and of words, drawn from a seeded generator."""

import unicodedata
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]

MAX_BYTES = 1_000_000  # that a mutation may make of a file
NASTY_WORDS = [
    *["", " ", "\n", "\0", "\ufeff", "\u200b", "\u00ad", "\u00a0", "\u2028", "\x1b[31m", "\ud800", "\ufffd"],
    *["-1", "0", "1e999", "NaN", "9" * 40, "٣", "=1+1", "@SUM(A1)", "+1", "a" * 400, "🚢" * 100, "e\u0301" * 60],
    *["<b>", "</p>", "<script>alert(1)</script>", "]]>", "&amp;", "&#0;", "&bogus;", "%s%(x)s{0}", "../../etc/passwd"],
    *["http://", "https://[::1", "javascript:alert(1)", "http://quay.example:99999/", "https://quay.example/harbour"],
    *["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30", "2026-11-02", "12345-01-01", "24:00"],
    *[
        "military option",
        "MILITARY OPTION",
        "C",
        "C++",
        "a,b",
        "a;b",
        "a\tb",
        "مرحبا \u202e שלום",
        "'; DROP TABLE x; --",
    ],
]
ENCODINGS = ["utf-16", "utf-16-le", "utf-8-sig", "latin-1", "cp1252", "utf-32", "utf-7", "shift_jis"]


def pick_number(chance: Random, near: int = 0) -> int:
    """A number that may hurt: huge, negative, or next to the one given."""
    return chance.choice([0, 1, -1, near - 1, near + 1, near * 10, -near, 2**31, 2**63, 10**30, 999_999_999, near + 7])


def mutate_words(chance: Random, words: str) -> str:
    """Other words, mostly like these."""
    return chance.choice(WORD_CHANGES)(chance, words)


def replace_words(chance: Random, words: str) -> str:
    return chance.choice(NASTY_WORDS)


def insert_words(chance: Random, words: str) -> str:
    at = chance.randint(0, len(words))
    return words[:at] + chance.choice(NASTY_WORDS) + words[at:]


def cut_words(chance: Random, words: str) -> str:
    start, end = sorted((chance.randint(0, len(words)), chance.randint(0, len(words))))
    return chance.choice([words[:start], words[start:], words[start:end], words[:start] + words[end:]])


def change_spaces(chance: Random, words: str) -> str:
    return words.replace(
        " ", chance.choice(["  ", "\u00a0", "\n", "\t", "\r\n", "", " \u00ad", "\u200b "]), chance.choice([1, -1])
    )


def change_form(chance: Random, words: str) -> str:
    return unicodedata.normalize(
        chance.choice(["NFC", "NFD", "NFKC"]), chance.choice([words, words.upper(), words.title()])
    )


def repeat_words(chance: Random, words: str) -> str:
    return words * min(chance.choice([2, 3, 40, 400]), 1 + 20_000 // (len(words) + 1))


WORD_CHANGES = [replace_words, insert_words, cut_words, change_spaces, change_form, repeat_words]


def mutate_bytes(chance: Random, data: bytes) -> bytes:
    """The file with one to three changes that know nothing of its format."""
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(BYTE_CHANGES)(chance, data)[:MAX_BYTES]
    return data


def flip_bits(chance: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20]) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncate(chance: Random, data: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def splice(chance: Random, data: bytes) -> bytes:
    start, end, at = (chance.randint(0, len(data)) for _ in range(3))
    return data[:at] + data[min(start, end) : max(start, end)] + data[at:]


def drop_bytes(chance: Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at + chance.choice([1, 2, 10, 100]) :]


def insert_bytes(chance: Random, data: bytes) -> bytes:
    at = chance.randint(0, len(data))
    noise = chance.choice(
        [b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xe2\x82", b'"', b"\n", b"<!--", chance.randbytes(8)]
    )
    return data[:at] + noise + data[at:]


def reencode(chance: Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def change_line_ends(chance: Random, data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(
        b"\n", chance.choice([b"\r\n", b"\r", b"\n\n", b" ", b"\x0b", b"\xc2\x85"])
    )


def change_lines(chance: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    change = chance.randrange(4)
    if change == 0:
        del lines[at]
    elif change == 1:
        lines.insert(at, lines[other])
    elif change == 2:
        chance.shuffle(lines)
    return b"".join(lines)


BYTE_CHANGES = [flip_bits, truncate, splice, drop_bytes, insert_bytes, reencode, change_line_ends, change_lines]

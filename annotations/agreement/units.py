"""The units about which coders agree or not: the words of a text."""

import regex

# Between two boundaries of Unicode's rules for words stands a word, a number, a sign or white space.
PART = regex.compile(r"(?w)\b.+?\b", regex.DOTALL)
COUNTED = regex.compile(r"[\p{L}\p{N}]")


def tokens(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) code points of the words and numbers of a text, as Unicode's rules split it (UAX 29).

    Punctuation and other signs are no units. Of scripts without spaces each character is one, but of those for which the rules
    need a dictionary (Thai, Lao, Khmer, Burmese) what stands between two spaces or signs.
    """
    return [match.span() for match in PART.finditer(text) if COUNTED.search(match[0])]

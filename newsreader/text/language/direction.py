"""The writing direction of a text."""

from itertools import islice
from unicodedata import bidirectional

from newsreader.text.html.allowlists import split_set

RIGHT_TO_LEFT = split_set("ar arc azb bal ckb dv fa glk he iw ji ks lrc mzn nqo pnb prs ps sd sdh syr ug ur yi")
RIGHT_TO_LEFT_SCRIPTS = split_set("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa")
LEFT_TO_RIGHT_SCRIPTS = split_set("latn cyrl grek deva hans hant")
DIRECTION_WEIGHTS = {"L": -1, "R": 1, "AL": 1}
SAMPLE_LENGTH = 1_000  # strong characters


def detect_direction(language: str, text: str) -> str:
    """Return "rtl" or "ltr": the direction of most of the first strong characters of `text`, or of `language` if it has none."""
    strong = (DIRECTION_WEIGHTS[kind] for kind in map(bidirectional, text) if kind in DIRECTION_WEIGHTS)
    balance = sum(islice(strong, SAMPLE_LENGTH))
    return "rtl" if balance > 0 or (balance == 0 and _is_right_to_left(language)) else "ltr"


def _is_right_to_left(language: str) -> bool:
    subtags = set(language.lower().replace("_", "-").split("-"))
    if subtags & LEFT_TO_RIGHT_SCRIPTS:
        return False
    return bool(subtags & RIGHT_TO_LEFT_SCRIPTS or subtags & RIGHT_TO_LEFT)

"""Which way a text runs."""

from itertools import islice
from unicodedata import bidirectional

from newsreader.text.html.allowlists import words

RIGHT_TO_LEFT = words("ar arc azb bal ckb dv fa glk he iw ji ks lrc mzn nqo pnb prs ps sd sdh syr ug ur yi")
RIGHT_TO_LEFT_SCRIPTS = words("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa")
LEFT_TO_RIGHT_SCRIPTS = words("latn cyrl grek deva hans hant")
SIGNS = {"L": -1, "R": 1, "AL": 1}
LOOKED_AT = 1_000


def direction_of(language: str, text: str) -> str:
    """ "rtl" or "ltr": what most of the first strong characters of `text` say, or its language where there are none."""
    strong = (SIGNS[kind] for kind in map(bidirectional, text) if kind in SIGNS)
    balance = sum(islice(strong, LOOKED_AT))
    return "rtl" if balance > 0 or (balance == 0 and _is_right_to_left(language)) else "ltr"


def _is_right_to_left(language):
    subtags = set(language.lower().replace("_", "-").split("-"))
    if subtags & LEFT_TO_RIGHT_SCRIPTS:
        return False
    return bool(subtags & RIGHT_TO_LEFT_SCRIPTS or subtags & RIGHT_TO_LEFT)

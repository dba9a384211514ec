"""The markup of a page without the white space that no reader sees, so that tests need not know how templates are laid out."""

import re

BLOCKS = (
    "article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 head "
    "header html legend li link main meta nav ol optgroup option p script section select summary table tbody td template th "
    "thead title tr ul"
)
CONTROLS = "a button input label select textarea"
AROUND_A_BLOCK = re.compile(rf" ?(</?(?:{BLOCKS.replace(' ', '|')})\b[^>]*>) ?")
INSIDE_A_CONTROL = re.compile(rf"(<(?:{CONTROLS.replace(' ', '|')})\b[^>]*>) | (</(?:{CONTROLS.replace(' ', '|')})>)")
BETWEEN_CONTROLS = re.compile(r"(<input\b[^>]*>|</(?:button|label|select|textarea)>) (?=<)")

VERBATIM = re.compile(r"(<(article|pre)\b.*?</\2>)", re.S)


def markup(response) -> str:
    """Return what a response says, each run of white space as one space and none where browsers draw none.

    The text of an article and preformatted text stay as they are.
    """
    parts = VERBATIM.split(response.content.decode())
    return "".join(part if number % 3 else squeezed(part) for number, part in enumerate(parts) if number % 3 < 2)


def squeezed(text: str) -> str:
    """Return markup with each run of white space as one space and none where browsers draw none."""
    text = re.sub(r"\s+", " ", text)
    text = AROUND_A_BLOCK.sub(r"\1", text.replace(" >", ">"))
    text = INSIDE_A_CONTROL.sub(r"\1\2", text)
    return BETWEEN_CONTROLS.sub(r"\1", text)

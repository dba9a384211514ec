"""The rows of the form that shows and hides highlights by their tags.

Written here and not in templates because a codebook may have a hundred tags, and every answer to a change has the form.
"""

from html import escape

from newsreader.text.translation import gettext as _


def render_tag_row(number: int, name: str, hue: int, count: int, *, shown: bool) -> str:
    """Return the row of a tag, the first of which has number 1; without a name, that of highlights without a tag."""
    checked = " checked" if shown else ""
    return (
        f'<li><label class="check"><input type="checkbox" id="tag-here-{number}" name="tag" value="{escape(name)}"{checked}> '
        f'<span class="stroke hue-{hue}"></span>{escape(name or _("no tag"))}</label> <span class="num">{count}</span></li>'
    )

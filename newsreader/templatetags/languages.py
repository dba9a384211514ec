"""The names of languages."""

from django import template
from django.conf.locale import LANG_INFO

register = template.Library()
# Codes that pages use and Django's own table spells otherwise.
OTHER_NAMES = {"zh": "Chinese", "iw": "Hebrew", "no": "Norwegian", "fil": "Filipino", "la": "Latin", "yi": "Yiddish"}


@register.filter("language")
def language_name(code: str) -> str:
    """Return the English name of a language such as pt-BR or ar; the code itself where it has none here."""
    code = code.lower().replace("_", "-")
    for candidate in (code, code.split("-")[0]):
        name = OTHER_NAMES.get(candidate) or LANG_INFO.get(candidate, {}).get("name")
        if name:
            return name
    return code

"""The names of languages."""

from django import template
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext, gettext_noop

register = template.Library()
# Codes that pages use and Django's own table spells otherwise.
OTHER_NAMES = {
    "zh": gettext_noop("Chinese"),
    "iw": gettext_noop("Hebrew"),
    "no": gettext_noop("Norwegian"),
    "fil": gettext_noop("Filipino"),
    "la": gettext_noop("Latin"),
    "yi": gettext_noop("Yiddish"),
}


@register.filter("language")
def language_name(code: str) -> str:
    """Return the name of a language such as pt-BR or ar, in the language of the page; the code itself where it has none here."""
    return gettext(find_english_name(code))


@register.filter
def is_plain_english(code: str) -> bool:
    """Return whether a language is English, of no country that has its own name for it."""
    return find_english_name(code) == "English"


def find_english_name(code: str) -> str:
    """Return the English name of a language, which is what Django's catalogues translate; the code itself where it has none here."""
    code = code.lower().replace("_", "-")
    for candidate in (code, code.split("-")[0]):
        name = OTHER_NAMES.get(candidate) or LANG_INFO.get(candidate, {}).get("name")
        if name:
            return name
    return code

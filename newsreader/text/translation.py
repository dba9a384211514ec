"""The words of folders that know no Django, in the language of the page: English until an application installs another."""

from collections.abc import Callable


class Translator:
    """Looks a message up and writes a number; in English until `install`."""

    def __init__(self) -> None:
        self.gettext: Callable[[str], str] = str
        self.ngettext: Callable[[str, str, int], str] = choose_english
        self.format_number: Callable[[int], str] = "{:,}".format
        self.get_language: Callable[[], str | None] = lambda: "en"

    def install(
        self,
        gettext: Callable[[str], str],
        ngettext: Callable[[str, str, int], str],
        format_number: Callable[[int], str],
        get_language: Callable[[], str | None],
    ) -> None:
        """Use these functions, which know the language of the moment, from now on."""
        self.gettext, self.ngettext = gettext, ngettext
        self.format_number, self.get_language = format_number, get_language


def choose_english(singular: str, plural: str, number: int) -> str:
    """Return the form of a message that English uses with this number."""
    return singular if number == 1 else plural


translator = Translator()


def gettext(message: str) -> str:
    """Return the translation of a message."""
    return translator.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the translation of a message in its form for this number."""
    return translator.ngettext(singular, plural, number)


def gettext_noop(message: str) -> str:
    """Return a message as it is, marked for the catalogue: whoever shows it translates it."""
    return message


def format_number(number: int) -> str:
    """Return a number with separators between its thousands."""
    return translator.format_number(number)


def get_language() -> str:
    """Return the code of the language of the moment; what is cached in words is cached by it."""
    return translator.get_language() or ""

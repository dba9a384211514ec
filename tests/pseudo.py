"""A language that nobody speaks: English with accents, 40 % longer, written from right to left."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.cache import caches
from django.db.models import QuerySet
from django.test import override_settings
from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR
from playwright.sync_api import Page

from annotations.models import Decision, Desk, Event, Highlight, Placement, Project, Reply, Tag
from newsreader.models import Article, Feed, FeedEntry, FeedFetch, ImportItem, Revision, Source

CODE = "ug"  # a language from right to left whose formats of dates and numbers are ours
GROWTH = 0.4
ASCII = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTS = str.maketrans(ASCII, "åƀçđéƒĝĥîĵķłɱñöþǫŕšŧûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶŁṀÑÖÞǪŔŠŦÛṼŴẊÝŽ")
GREEK = str.maketrans(ASCII, "αβχδεφγηιξκλμνοπψρστυϋωϗψζΑΒΧΔΕΦΓΗΙΞΚΛΜΝΟΠΨΡΣΤΥΫΩϏΨΖ")
# Places for values, markup and entities stay as they are.
PLACES = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w[^>]*>|&\w+;|&#\d+;)")
MARKUP = re.compile(r"(<[^>]*>|&#?\w+;)")

WRITTEN = {
    Source: ["name", "about"],
    Article: ["title", "standfirst", "byline", "excerpt"],
    Revision: ["html", "text"],
    Project: ["name", "about"],
    Tag: ["name", "definition", "use_for", "not_for"],
    Highlight: ["exact", "prefix", "suffix", "note", "note_html"],
    Desk: ["name", "commentary"],
    Reply: ["text", "html"],
    Decision: ["reason"],
    Feed: ["title", "why"],
    FeedFetch: ["why"],
    FeedEntry: ["title", "why"],
    ImportItem: ["name", "why"],
}
WORDS = """() => {
  const spoken = ["alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "label", "placeholder", "title"];
  const found = [document.title];
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest("script, style, noscript, textarea, code, kbd, pre, [translate=no]")) continue;
    for (const name of spoken) if (one.hasAttribute(name) && !one.matches("abbr")) found.push(one.getAttribute(name));
    if (one.matches("input[type=submit], input[type=button]")) found.push(one.value);
    for (const node of (one.content ?? one).childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
  }
  return found;
}"""
LATIN = re.compile(r"[A-Za-z]{2,}")
# Addresses, slugs and names of files.
ADDRESS = re.compile(r"https?://\S*|\b\w+(-\w+){2,}(\.\w+)?|\b\w+\.csv")
# Names: of the product, of people and tags in the fixtures, of a field of a query, of styles and formats, and codes as the admin
# has them.
NAMES = set("Newsreader News reader alice bob ana ben chidi chloe curator red line cost overlapping condition".split())
NAMES |= set("source APA MLA Chicago BibTeX CSL JSON RIS UTC en fr ar ja".split())


def lengthen(words: str) -> str:
    """Return words with accents; vowels are doubled until they are 40 % longer."""
    missing = round(GROWTH * sum(letter.isalpha() for letter in words))
    letters = []
    for letter in words:
        twice = missing > 0 and letter in "aeiouAEIOU"
        letters.append(letter + letter.lower() if twice else letter)
        missing -= twice
    return "".join(letters).translate(ACCENTS) + max(missing, 0) * "ē"


def translate(message: str) -> str:
    """Return a message in the pseudo-language; its places for values stay."""
    words = message.rsplit(CONTEXT_SEPARATOR, 1)[-1]
    return "".join(part if number % 2 else lengthen(part) for number, part in enumerate(PLACES.split(words)))


def to_greek(text: str) -> str:
    """Return a text whose ASCII letters are Greek; its length and its markup stay."""
    return "".join(part if number % 2 else part.translate(GREEK) for number, part in enumerate(MARKUP.split(text)))


class PseudoTranslations(NullTranslations):
    """A catalogue that has every message."""

    domain = "django"

    def to_language(self) -> str:
        """Return the code of the language, as Django asks its catalogues."""
        return CODE

    def gettext(self, message: str) -> str:
        """Return the translation of a message."""
        return translate(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation of a message with a number."""
        return translate(msgid1 if n == 1 else msgid2)


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Show the site in the pseudo-language, in every thread that has chosen no language of its own."""
    with override_settings(LANGUAGE_CODE=CODE, LANGUAGES=[*settings.LANGUAGES, (CODE, "Pseudo")]):
        trans_real._translations[CODE], trans_real._default = PseudoTranslations(), None
        caches["fragments"].clear()
        try:
            yield
        finally:
            del trans_real._translations[CODE]
            trans_real._default = None
            caches["fragments"].clear()


def turn_greek() -> None:
    """Turn what people wrote into Greek letters of the same length: any ASCII letters of a page are then words of the interface."""
    for model, names in WRITTEN.items():
        for row in model._base_manager.all():
            values = {name: to_greek(getattr(row, name)) for name in names}
            QuerySet(model).filter(pk=row.pk).update(**values)
    for placement in Placement.objects.exclude(changes=[]):
        changes = [[*place, to_greek(before), to_greek(after)] for *place, before, after in placement.changes]
        QuerySet(Placement).filter(pk=placement.pk).update(changes=changes)
    for event in Event.objects.filter(data__has_key="name"):
        data = event.data | {"name": to_greek(event.data["name"])}
        QuerySet(Event).filter(pk=event.pk).update(data=data)


def find_untranslated(page: Page, address: str) -> list[str]:
    """Return the words of a page that no translation reached; those of its address may be repeated on it."""
    return [f"not translated: {words}" for words in find_latin(page.evaluate(WORDS), address)]


def find_latin(texts: Iterable[str], address: str) -> list[str]:
    """Return the texts with words in ASCII letters that are neither names nor in the address."""
    known = NAMES | set(LATIN.findall(unquote_plus(address)))
    words = dict.fromkeys(ADDRESS.sub("", " ".join(text.split())) for text in texts)
    return [each for each in words if set(LATIN.findall(each)) - known]

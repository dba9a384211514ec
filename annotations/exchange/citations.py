"""Articles as they are cited, with the passages quoted from them; each form of citation has a module of its own."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from annotations.exchange.bylines import AuthorName, parse_byline
from newsreader.text.characters import clean_characters
from newsreader.text.html.plaintext import cut_characters
from newsreader.text.language.slugs import strip_accents

KEY_STOP_WORDS = set(
    "a an and are as at be by de der des die do el en for from how in is it la las le les of on or the to un una what why".split()
)
WHOLE_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
UNSAFE_IN_ADDRESS = re.compile(r'[\s"<>\\^`{|}]')
MAX_QUOTATION_LENGTH = 2_000  # code points of one passage; the rest is read at its link


class Quotation(NamedTuple):
    """A quoted passage and the address at which it is read here."""

    words: str
    link: str

    @property
    def line(self) -> str:
        """The words on one line between quotation marks, and their address."""
        words = put_on_one_line(self.words)
        ellipsis = " …" if len(words) > MAX_QUOTATION_LENGTH else ""
        return f"“{cut_characters(words, MAX_QUOTATION_LENGTH)}{ellipsis}” {put_on_one_line(self.link)}".strip()


class CitedArticle(NamedTuple):
    """An article as it is cited; `article` tells it from all others, a blank says that a thing is not known.

    `accessed` is the day on which its text was taken from its original address.
    """

    article: str
    title: str
    source: str
    byline: str
    published: date | None
    url: str
    language: str
    accessed: date | None
    quotations: tuple[Quotation, ...] = ()

    @property
    def names(self) -> list[AuthorName]:
        """The authors in the order of the byline."""
        return parse_byline(put_on_one_line(self.byline), put_on_one_line(self.source))

    @property
    def address(self) -> str:
        """The original address, as a link may be; empty where there is none."""
        return clean_address(self.url)

    @property
    def is_article(self) -> bool:
        """Whether it is cited as an article of a newspaper; what has an address and no date is a page."""
        return bool(self.published or not self.address)

    @property
    def key(self) -> str:
        """A key such as `silva2026harbour-4fa11c5b`: the same in every file, and another for every article."""
        author = self.names[0].inverted.split(",")[0].split()[-1:] if self.names else []
        first = next(filter(None, [*map(reduce_to_ascii, author), reduce_to_ascii(self.source), "article"]))
        year = f"{self.published.year:04}" if self.published else "nd"
        title_words = map(reduce_to_ascii, put_on_one_line(self.title).split())
        title_word = next((word for word in title_words if word and word not in KEY_STOP_WORDS), "")
        digest = sha256(self.article.encode("utf-8", "replace")).hexdigest()[:8]
        return f"{first[:20]}{year}{title_word[:20]}-{digest}"


def put_on_one_line(words: str) -> str:
    """Return the words without line breaks and without characters that no text may hold."""
    return " ".join(clean_characters(words).split())


def reduce_to_ascii(words: str) -> str:
    """Return the letters a to z and the digits of these words, in lower case and without accents."""
    return re.sub("[^a-z0-9]", "", strip_accents(words).casefold().translate(WHOLE_LETTERS))


def clean_address(url: str) -> str:
    """Return the address percent-encoded where it has to be; empty where it is none of the web."""
    address = UNSAFE_IN_ADDRESS.sub(lambda match: quote(match[0]), clean_characters(url).strip())
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def group_by_article(articles: Iterable[CitedArticle]) -> Iterator[CitedArticle]:
    """Yield each article once, in the order given, with all its quotations.

    Those of one article must follow each other, as they do in the order of articles; so only one article is held.
    """
    for _, group in groupby(articles, key=attrgetter("article")):
        first, *others = group
        quotations = [quotation for cited in others for quotation in cited.quotations]
        yield first._replace(quotations=(*first.quotations, *quotations))

"""Citations of articles with the passages quoted from them: RIS and CSL-JSON; the other forms have modules of their own."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from annotations.exchange.bylines import AuthorName, parse_byline
from newsreader.text.characters import readable
from newsreader.text.language.slugs import folded

KEY_STOP_WORDS = set(
    "a an and are as at be by de der des die do el en for from how in is it la las le les of on or the to un una what why".split()
)
UNSAFE_IN_ADDRESS = re.compile(r'[\s"<>\\^`{|}]')  # may stand in no address
MAX_QUOTATION_LENGTH = 2_000  # code points of one passage; the rest is read at its link


class Quotation(NamedTuple):
    """A quoted passage and the address at which it is read here."""

    words: str
    link: str

    @property
    def line(self) -> str:
        """The words on one line between quotation marks, and their address."""
        words = put_on_one_line(self.words)
        return f"“{words[:MAX_QUOTATION_LENGTH]}{' …' if len(words) > MAX_QUOTATION_LENGTH else ''}” {put_on_one_line(self.link)}".strip()


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
        return parse_byline(put_on_one_line(self.byline), put_on_one_line(self.source))

    @property
    def address(self) -> str:
        """The original address, as a link may be; empty where there is none."""
        return clean_address(self.url)

    @property
    def key(self) -> str:
        """Such as `silva2026harbour-4fa1`: the same in every file, and another for every article."""
        who = self.names[0].inverted.split(",")[0].split()[-1:] if self.names else []
        words = [*map(reduce_to_ascii, who), reduce_to_ascii(self.source), "article"]
        telling = [
            word
            for word in map(reduce_to_ascii, put_on_one_line(self.title).split())
            if word and word not in KEY_STOP_WORDS
        ]
        year = f"{self.published.year:04}" if self.published else "nd"
        mark = sha256(self.article.encode("utf-8", "replace")).hexdigest()[:8]
        return f"{next(filter(None, words))[:20]}{year}{''.join(telling[:1])[:20]}-{mark}"


def put_on_one_line(words: str) -> str:
    """The words without line breaks and without characters that no text may hold."""
    return " ".join(readable(words).split())


def reduce_to_ascii(words: str) -> str:
    """The letters a to z and the digits of these words."""
    return re.sub("[^a-z0-9]", "", folded(words).lower())


def clean_address(url: str) -> str:
    """The address if it is one of the web, with what may stand in none percent-encoded; else nothing."""
    kept = UNSAFE_IN_ADDRESS.sub(lambda sign: quote(sign[0]), readable(url).strip())
    try:
        parts = urlsplit(kept)
    except ValueError:
        return ""
    return kept if parts.scheme in ("http", "https") and parts.netloc else ""


def group_by_article(records: Iterable[CitedArticle]) -> Iterator[CitedArticle]:
    """One record for each article, in the order given, with all its quotations.

    Those of an article must follow each other, as they do in the order of articles; so no more than one article is held.
    """
    for _, group in groupby(records, key=lambda record: record.article):
        first, *others = group
        more = [quotation for record in others for quotation in record.quotations]
        yield first._replace(quotations=(*first.quotations, *more))


def write_ris(records: Iterable[CitedArticle]) -> Iterator[str]:
    """The records as a RIS file, an article at a time."""
    for cited in group_by_article(records):
        fields = [(tag, put_on_one_line(value)) for tag, value in list_ris_fields(cited)]
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value or tag == "ER") + "\r\n"


def list_ris_fields(cited: CitedArticle) -> list[tuple[str, str]]:
    """Each tag with its value, in their order."""
    published, accessed = format_ris_date(cited.published), format_ris_date(cited.accessed if cited.address else None)
    return [
        *(("TY", "NEWS"), ("ID", cited.key)),
        *(("AU", name.inverted) for name in cited.names),
        *(("TI", cited.title), ("T2", cited.source), ("PY", published[:4]), ("DA", published)),
        *(("UR", cited.address), ("Y2", accessed), ("LA", cited.language)),
        *(("N1", quotation.line) for quotation in cited.quotations),
        ("ER", ""),
    ]


def format_ris_date(moment: date | None) -> str:
    return f"{moment.year:04}/{moment:%m/%d}/" if moment else ""


def write_csl(records: Iterable[CitedArticle]) -> Iterator[str]:
    """The records as one CSL-JSON list, an article at a time."""
    before = "[\n"
    for cited in group_by_article(records):
        fields = (
            f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in make_csl_item(cited).items()
        )
        yield before + "{\n" + ",\n".join(fields) + "\n}"
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def make_csl_item(cited: CitedArticle) -> dict:
    """One article as citation processors read it; what is not known is left out."""
    item = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": put_on_one_line(cited.title),
        "container-title": put_on_one_line(cited.source),
        "author": [{"literal": name.words} for name in cited.names],
        "issued": make_csl_date(cited.published),
        "accessed": make_csl_date(cited.accessed if cited.address else None),
        "URL": cited.address,
        "language": put_on_one_line(cited.language),
        "note": " ".join(quotation.line for quotation in cited.quotations),
    }
    return {name: value for name, value in item.items() if value}


def make_csl_date(moment: date | None) -> dict:
    return {"date-parts": [[moment.year, moment.month, moment.day]]} if moment else {}

"""Citations as RIS, for reference managers."""

from collections.abc import Iterable, Iterator
from datetime import date

from annotations.exchange.citations import CitedArticle, group_by_article, put_on_one_line


def write_ris(articles: Iterable[CitedArticle]) -> Iterator[str]:
    """Yield a RIS file, an article at a time."""
    for cited in group_by_article(articles):
        fields = [(tag, put_on_one_line(value)) for tag, value in list_ris_fields(cited)]
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value or tag == "ER") + "\r\n"


def list_ris_fields(cited: CitedArticle) -> list[tuple[str, str]]:
    """Return each (tag, value) pair in its order."""
    published, accessed = format_ris_date(cited.published), format_ris_date(cited.accessed if cited.address else None)
    return [
        *(("TY", "NEWS"), ("ID", cited.key)),
        *(("AU", name.inverted) for name in cited.names),
        *(("TI", cited.title), ("T2", cited.source), ("PY", published[:4]), ("DA", published)),
        *(("UR", cited.address), ("Y2", accessed), ("LA", cited.language)),
        *(("N1", quotation.line) for quotation in cited.quotations),
        ("ER", ""),
    ]


def format_ris_date(day: date | None) -> str:
    """Return the day as RIS writes it; empty where it is not known."""
    return f"{day.year:04}/{day:%m/%d}/" if day else ""

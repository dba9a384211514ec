"""Citations as CSL-JSON, for citation processors such as Pandoc."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from annotations.exchange.bylines import AuthorName, split_name
from annotations.exchange.citations import CitedArticle, group_by_article, put_on_one_line


def write_csl(articles: Iterable[CitedArticle]) -> Iterator[str]:
    """Yield one CSL-JSON list, an article at a time."""
    separator = "[\n"
    for cited in group_by_article(articles):
        fields = [
            f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in make_csl_item(cited).items()
        ]
        yield separator + "{\n" + ",\n".join(fields) + "\n}"
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def make_csl_item(cited: CitedArticle) -> dict[str, Any]:
    """Return one article as citation processors read it; what is not known is left out."""
    item = {
        "id": cited.key,
        "type": "article-newspaper" if cited.is_article else "webpage",
        "title": put_on_one_line(cited.title),
        "container-title": put_on_one_line(cited.source),
        "author": [make_csl_name(name) for name in cited.names],
        "issued": make_csl_date(cited.published),
        "accessed": make_csl_date(cited.accessed if cited.address else None),
        "URL": cited.address,
        "language": put_on_one_line(cited.language),
        "note": " ".join(quotation.line for quotation in cited.quotations),
    }
    return {name: value for name, value in item.items() if value}


def make_csl_name(name: AuthorName) -> dict[str, str]:
    """Return a person in parts; an organisation, and a name whose parts are unclear, whole."""
    parts = split_name(name)
    return {key: words for key, words in parts._asdict().items() if words} if parts else {"literal": name.words}


def make_csl_date(day: date | None) -> dict[str, list[list[int]]]:
    """Return the day as CSL writes it; empty where it is not known."""
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}

"""Passages as citations of their articles, one for each; lines have to come article by article."""

from collections.abc import Callable, Iterable, Iterator

from . import bibtex, citations
from .citations import Cited, Quotation
from .sections import About, Section


def cited_in(sections: Iterable[Section], about: About) -> Iterator[Cited]:
    """Each passage as a citation of its article, accessed on the day it was highlighted; days are those of `about`'s time zone."""
    zone = about.at.tzinfo
    for section in sections:
        for line in section.lines:
            day = line.published_at and line.published_at.astimezone(zone).date()
            quotations = (Quotation(line.exact, about.permalink(line)),)
            read = line.created_at.astimezone(zone).date()
            yield Cited(
                line.slug, line.article, line.source, line.byline, day, line.url, line.language, read, quotations
            )


def writing(write: Callable) -> Callable:
    return lambda sections, about: write(cited_in(sections, about))


bib, ris, csl = writing(bibtex.bibtex), writing(citations.ris), writing(citations.csl)

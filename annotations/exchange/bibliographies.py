"""Citations as formats of an export: its lines are articles as they are cited, those of one article together."""

from collections.abc import Callable, Iterable

from annotations.exchange import bibtex, citations
from annotations.exchange.sections import About, Section


def writing(write: Callable) -> Callable:
    """A writer of sections out of one of citations, which stand under no headings."""

    def written(sections: Iterable[Section], about: About):
        return write(cited for section in sections for cited in section.lines)

    return written


bib, ris, csl = writing(bibtex.bibtex), writing(citations.ris), writing(citations.csl)

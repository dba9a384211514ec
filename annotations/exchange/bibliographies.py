"""Citations as formats of an export: sections of cited articles instead of sections of passages."""

from collections.abc import Callable, Iterable, Iterator

from annotations.exchange import bibtex, citations
from annotations.exchange.citations import CitedArticle
from annotations.exchange.sections import ExportDetails, Section

CitationWriter = Callable[[Iterable[CitedArticle]], Iterator[str]]
SectionWriter = Callable[[Iterable[Section], ExportDetails], Iterator[str]]


def make_section_writer(write: CitationWriter) -> SectionWriter:
    """Return a writer of sections made of one of citations, which stand under no headings."""

    def write_sections(sections: Iterable[Section], details: ExportDetails) -> Iterator[str]:
        return write(cited for section in sections for cited in section.lines)

    return write_sections


export_bibtex = make_section_writer(bibtex.write_bibtex)
export_ris = make_section_writer(citations.write_ris)
export_csl = make_section_writer(citations.write_csl)

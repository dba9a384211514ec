"""Citations as formats of an export: sections of cited articles instead of sections of passages."""

from collections.abc import Callable, Iterable, Iterator

from annotations.exchange.bibtex import write_bibtex
from annotations.exchange.citations import CitedArticle
from annotations.exchange.csl_json import write_csl
from annotations.exchange.ris import write_ris
from annotations.exchange.sections import ExportDetails, Section

CitationWriter = Callable[[Iterable[CitedArticle]], Iterator[str]]
SectionWriter = Callable[[Iterable[Section[CitedArticle]], ExportDetails], Iterator[str]]


def make_section_writer(write: CitationWriter) -> SectionWriter:
    """Return a writer of sections, made of one of citations, which stand under no headings."""

    def write_sections(sections: Iterable[Section[CitedArticle]], details: ExportDetails) -> Iterator[str]:
        return write(cited for section in sections for cited in section.items)

    return write_sections


export_bibtex = make_section_writer(write_bibtex)
export_ris = make_section_writer(write_ris)
export_csl = make_section_writer(write_csl)

"""The formats of a codebook without highlights."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from annotations.exchange.codebook_csv import write_codebook_csv
from annotations.exchange.record import TagRecord
from annotations.exchange.refi_write import write_qdc
from annotations.exchange.webannotation import write_codebook_json
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop


class CodebookFormat(NamedTuple):
    """A format of tags with their definitions, to be imported into another project or program."""

    name: str
    purpose: str
    lacks: str
    media_type: str
    suffix: str
    write: Callable[[list[TagRecord]], Iterator[str]]

    def translate(self) -> "CodebookFormat":
        """Return the format with its words in the language of the page."""
        return self._replace(name=_(self.name), purpose=_(self.purpose), lacks=_(self.lacks))


CODEBOOK_FORMATS = {
    "qdc": CodebookFormat(
        gettext_noop("Codebook: REFI-QDA (.qdc)"),
        gettext_noop("The tags with their definitions, for ATLAS.ti, MAXQDA, NVivo and similar software."),
        gettext_noop("Leaves out highlights. “Use for” and “not for” are added to the description."),
        "application/xml; charset=utf-8",
        "qdc",
        write_qdc,
    ),
    "csv": CodebookFormat(
        gettext_noop("Codebook: CSV"),
        gettext_noop("One row per tag with its definition, for spreadsheets and Taguette."),
        gettext_noop("Leaves out highlights. Text that could be read as a formula is prefixed with an apostrophe."),
        "text/csv; charset=utf-8",
        "csv",
        write_codebook_csv,
    ),
    "json": CodebookFormat(
        gettext_noop("Codebook: JSON"),
        gettext_noop("The tags with everything that is known of them, to import into another project."),
        gettext_noop("Leaves out highlights."),
        "application/ld+json; charset=utf-8",
        "json",
        write_codebook_json,
    ),
}

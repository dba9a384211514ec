"""Reads a REFI-QDA codebook, a .qdc file: the codes of a project without its texts."""

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.record import UnreadableFileError
from annotations.exchange.refi_archive import parse_xml
from annotations.exchange.refi_codes import read_codes
from annotations.exchange.refi_terms import XML_NAMESPACE
from newsreader.text.translation import gettext_noop

NO_TEXTS = gettext_noop(
    "This is the project.qde of a REFI-QDA project, without its texts. Choose the whole .qdpx file."
)


def read_qdc(data: bytes) -> ImportBundle:
    """Return the tags of a codebook; UnreadableFileError, with a sentence for people, where it is none."""
    root = parse_xml(data)
    if root.tag == f"{{{XML_NAMESPACE}}}Project":
        raise UnreadableFileError(NO_TEXTS)
    if root.tag.rpartition("}")[2] != "CodeBook":
        raise UnreadableFileError(gettext_noop("The XML in this file is not a REFI-QDA codebook."))
    bundle = ImportBundle(gettext_noop("REFI-QDA codebook"))
    read_codes(bundle, root, set(), lambda codes: [])
    return bundle

"""A few mutants of each format; `make fuzz` tries thousands."""

from annotations.exchange.detect import read_bundle
from annotations.exchange.record import UnreadableFileError
from cases import each
from fuzzing.checks import require_plain
from fuzzing.formats import FORMATS, find_imported, load_files, make_mutant
from fuzzing.library import open_library, undone
from newsreader.importing.article_table import read_article_table
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.article import extract
from newsreader.importing.files import parse_pasted_text

SEED = 1
READERS = {"page": extract, "mhtml": extract, "text": lambda data: parse_pasted_text(data.decode("utf-8", "replace"))}
READERS |= {"articles-csv": read_article_table, "articles-json": read_article_table}
SLOW = {"page": 8, "mhtml": 4}  # mutants that are read here; 30 of every other format
SENT = [
    "text",
    "w3c",
    "hypothesis",
    "taguette-csv",
    "qdpx",
    "taguette-xlsx",
    "qdc",
    "codebook-csv",
    "mhtml",
    "articles-json",
]


@each("name", FORMATS)
def test_a_mutant_is_read_or_refused_in_a_sentence(name):
    for number in range(SLOW.get(name, 30)):
        mutant = make_mutant(name, SEED, number, load_files(name)).data
        try:
            READERS.get(name, read_bundle)(mutant)
        except (UnreadableFileError, ArticleImportError) as refused:
            require_plain(str(refused))


def test_the_site_does_with_files_what_it_says(db, subtests):
    with open_library() as library:
        for name in set(FORMATS) - {"page", "mhtml"}:
            with subtests.test(format=name):
                assert find_imported(library, name)[1] == []
        for name in SENT:
            with subtests.test(format=name), undone():
                FORMATS[name].drive(library, make_mutant(name, SEED, 1, load_files(name)))

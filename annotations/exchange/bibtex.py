"""Citations as BibTeX, which BibLaTeX reads too."""

from collections.abc import Iterable, Iterator

from annotations.exchange.bylines import Name
from annotations.exchange.citations import Cited, gathered, on_a_line

# Commands for what TeX would act on. A brace is written as a word, since BibTeX counts even `\{` as one.
SIGNS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&$#_"},
    }
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def bibtex(records: Iterable[Cited]) -> Iterator[str]:
    """The records as a BibTeX file, an article at a time, each with its quoted passages as an annotation."""
    for cited in gathered(records):
        kind = "article" if cited.published or not cited.address else "online"
        fields = "".join(f"  {name} = {value},\n" for name, value in fields_of(cited, kind).items() if value)
        yield f"@{kind}{{{cited.key},\n{fields}}}\n\n"


def fields_of(cited: Cited, kind: str) -> dict[str, str]:
    """The fields by name, each as it is written in the file; what is not known is empty."""
    published, accessed = cited.published, cited.accessed if cited.address else None
    return {
        "author": braced(" and ".join(map(author, cited.names))),
        "title": braced(braced(escaped(cited.title))),  # twice: no style may lower its capitals
        "journal" if kind == "article" else "organization": braced(braced(escaped(cited.source))),
        "year": braced(f"{published.year:04}") if published else "",
        "month": MONTHS[published.month - 1] if published else "",
        "date": braced(published.isoformat()) if published else "",
        "url": braced(cited.address),
        "urldate": braced(accessed.isoformat()) if accessed else "",
        "language": braced(escaped(cited.language)),
        "annote": braced("\n\n".join(escaped(quotation.line) for quotation in cited.quotations)),
    }


def author(name: Name) -> str:
    """A person as `Family, Given`; any other name in braces, lest it be taken apart."""
    inverted = escaped(name.inverted)
    return inverted if name.inverted != name.words else braced(inverted)


def escaped(words: str) -> str:
    return on_a_line(words).translate(SIGNS)


def braced(words: str) -> str:
    return f"{{{words}}}" if words.strip("{}") else ""

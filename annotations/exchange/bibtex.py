"""Citations as BibTeX, which BibLaTeX reads too."""

from collections.abc import Iterable, Iterator

from annotations.exchange.bylines import AuthorName
from annotations.exchange.citations import CitedArticle, group_by_article, put_on_one_line

# Commands for what TeX would act on. A brace is written as a word, since BibTeX counts even `\{` as one.
TEX_COMMANDS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "%&$#_"},
    }
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def write_bibtex(articles: Iterable[CitedArticle]) -> Iterator[str]:
    """Yield a BibTeX file, an article at a time, each with its quoted passages as an annotation."""
    for cited in group_by_article(articles):
        kind = "article" if cited.is_article else "online"
        fields = "".join(f"  {name} = {value},\n" for name, value in make_bibtex_fields(cited, kind).items() if value)
        yield f"@{kind}{{{cited.key},\n{fields}}}\n\n"


def make_bibtex_fields(cited: CitedArticle, kind: str) -> dict[str, str]:
    """Return the fields by name, each as it is written in the file; what is not known is empty."""
    published, accessed = cited.published, cited.accessed if cited.address else None
    return {
        "author": add_braces(" and ".join(map(format_author, cited.names))),
        "title": add_braces(add_braces(escape_tex(cited.title))),  # twice: no style may lower its capitals
        "journal" if kind == "article" else "organization": add_braces(add_braces(escape_tex(cited.source))),
        "entrysubtype": "{newspaper}" if kind == "article" and cited.source.strip() else "",
        "year": add_braces(f"{published.year:04}") if published else "",
        "month": MONTHS[published.month - 1] if published else "",
        "date": add_braces(published.isoformat()) if published else "",
        "url": add_braces(cited.address),
        "urldate": add_braces(accessed.isoformat()) if accessed else "",
        "language": add_braces(escape_tex(cited.language)),
        "annote": add_braces("\n\n".join(escape_tex(quotation.line) for quotation in cited.quotations)),
    }


def format_author(name: AuthorName) -> str:
    """Return a person as `Family, Given`; any other name in braces, lest it be taken apart."""
    inverted = escape_tex(name.inverted)
    return inverted if name.inverted != name.words else add_braces(inverted)


def escape_tex(words: str) -> str:
    """Return the words on one line, with commands for what TeX would act on."""
    return put_on_one_line(words).translate(TEX_COMMANDS)


def add_braces(words: str) -> str:
    """Return the words in braces; empty where there are none."""
    return f"{{{words}}}" if words.strip("{}") else ""

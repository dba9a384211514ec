"""The line of citation in the styles of the APA, of Chicago (notes and bibliography, as in a bibliography) and of the MLA.

Texts pass through the processor with control characters for markup, which no text of an article holds; the line is
escaped whole afterwards. So nothing that an article says can become markup. A line takes 7 to 30 ms.
"""

import re
from datetime import date
from functools import lru_cache
from html import escape
from threading import Lock
from typing import NamedTuple

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source import BibliographySource, Date, Reference
from citeproc.source import Name as StyledName
from citeproc.string import String

from annotations.exchange.bylines import NAME_SUFFIX, AuthorName
from annotations.exchange.citations import CitedArticle, put_on_one_line

TITLE, ISOLATE, END, ITALIC, UPRIGHT, ADDRESS = "\x01\x02\x03\x04\x05\x06"
MARKS = re.compile(f"[{TITLE}{ISOLATE}{END}{ITALIC}{UPRIGHT}]")
STOP_TWICE = re.compile(f"([.?!。？！؟][{END}{UPRIGHT}]+”?)\\.(?=\\s|$)")
STOP_OUTSIDE = re.compile(f'(‘[^{TITLE}{END}]*(?=’)|(?=["”]))(["’”]){END}(”?)\\.(?=\\s|$)')  # not after an apostrophe
INNER_QUOTES = re.compile('“([^“”]*)”|(?<!\\w)"([^"]*)"(?!\\w)')
FIRST_LETTER = re.compile(r"^[\"'“‘«(\[]*[^\W\d_]")
MINOR_WORDS = set(
    "a an and as at but by down for from in into nor of on onto or over so the till to up upon via with yet".split()
)
CSL = {"csl": "http://purl.org/net/xbiblio/csl"}
LOCK = Lock()  # a parsed style keeps the state of what it renders


class Style(NamedTuple):
    """A style of citation: its name, its CSL file, and where a newspaper article differs.

    `headlines` says that titles stand in quotation marks and title case, and given names in full.
    `source_first` says that an article without an author goes under the name of its newspaper.
    """

    name: str
    file: str
    headlines: bool
    source_first: bool = False


STYLES = {
    "apa": Style("APA", "apa", headlines=False),
    "chicago": Style("Chicago", "chicago-notes-bibliography", headlines=True, source_first=True),
    "mla": Style("MLA", "modern-language-association", headlines=True),
}
DEFAULT_STYLE = "apa"


class MarkedText:
    """A formatter for citeproc that escapes nothing and writes italics with marks."""

    preformat = Oblique = Bold = Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)

    @staticmethod
    def Italic(text: object) -> str:
        """Return the text between the marks of italics; the name is citeproc's."""
        return f"{ITALIC}{text}{UPRIGHT}"


def citation_text(cited: CitedArticle, style: str = DEFAULT_STYLE) -> str:
    """Return the citation as plain text on one line; `style` is a key of STYLES."""
    return MARKS.sub("", marked_line(cited, STYLES[style])).replace(ADDRESS, cited.address)


def citation_html(cited: CitedArticle, style: str = DEFAULT_STYLE) -> str:
    """Return the citation as safe HTML with the original address as a link; `style` is a key of STYLES."""
    address = escape(cited.address)
    tags = str.maketrans(
        {
            TITLE: f'<bdi lang="{escape(put_on_one_line(cited.language))}">',
            ISOLATE: "<bdi>",
            END: "</bdi>",
            ITALIC: "<cite>",
            UPRIGHT: "</cite>",
            ADDRESS: f'<a href="{address}" rel="noopener noreferrer">{address}</a>',
        }
    )
    return escape(marked_line(cited, STYLES[style])).translate(tags)


def marked_line(cited: CitedArticle, style: Style) -> str:
    """Return the citation with marks in place of markup and of the address."""
    source = BibliographySource()
    source.add(Reference("article", "article-newspaper", **reference_fields(cited, style)))
    with LOCK:
        bibliography = CitationStylesBibliography(load_style(style), source, MarkedText)
        bibliography.register(Citation([CitationItem("article")]))
        line = "".join(map(str, bibliography.bibliography()))
    return correct_line(line)


@lru_cache(maxsize=len(STYLES))
def load_style(style: Style) -> CitationStylesStyle:
    """Return a parsed CSL style without what citeproc-py misreads.

    It knows no `initialize="false"`, so a style that has it on its authors loses the initials;
    and it writes the labels of variables that an item lacks, of which ours has none with a label.
    """
    parsed = CitationStylesStyle(style.file, locale="en-US", validate=False)
    for label in parsed.root.xpath("//csl:label[@variable]", namespaces=CSL):
        label.getparent().remove(label)
    if style.headlines:
        parsed.root.attrib.pop("initialize-with", None)
    return parsed


def reference_fields(cited: CitedArticle, style: Style) -> dict:
    """Return the variables of the article by citeproc's names; what is not known is left out.

    Without an author, a heading stands in its place, since citeproc-py would write the title twice.
    """
    source, names = marked_source(cited), cited.names
    source_stays = names or not (style.source_first and put_on_one_line(cited.title))
    fields = {
        "title": String(marked_title(cited, style)) if names else "",
        "container_title": String(source) if source_stays else "",
        "author": [styled_name(name) for name in names] or literal_name(heading(cited, style)),
        "issued": styled_date(cited.published),
        "accessed": styled_date(cited.accessed if cited.address else None),
        "URL": String(ADDRESS) if cited.address else "",
        "language": "und",  # title case is ours: citeproc-py stops at quotation marks
    }
    return {name: value for name, value in fields.items() if value}


def marked_source(cited: CitedArticle) -> str:
    """Return the name of the newspaper between marks."""
    source = put_on_one_line(cited.source)
    return f"{ISOLATE}{source}{END}" if source else ""


def marked_title(cited: CitedArticle, style: Style) -> str:
    """Return the title between marks, as the style writes titles of articles."""
    title = put_on_one_line(cited.title)
    if cited.language[:2].lower() == "en":
        title = title_case(title) if style.headlines else capitalise(title)
    if style.headlines and put_on_one_line(cited.source):
        title = INNER_QUOTES.sub(lambda found: f"‘{found[1] or found[2] or ''}’", title)
    return f"{TITLE}{title}{END}" if title else ""


def heading(cited: CitedArticle, style: Style) -> str:
    """Return what an article without an author goes under."""
    title, source = marked_title(cited, style), marked_source(cited)
    if not source or not title:
        return title and f"{ITALIC}{title}{UPRIGHT}"
    title = f"“{title}”" if style.headlines else title
    return f"{ITALIC}{source}{UPRIGHT}. {title}" if style.source_first else title


def title_case(title: str) -> str:
    """Return an English title with capitals on all but minor words; a word with a capital stays as it is."""
    first, *middle, last = ["", *title.split(" ")]
    cased = [first]
    for word in middle:
        minor = word in MINOR_WORDS and cased[-1] and not cased[-1].endswith((":", "?", "!"))
        cased.append(word if minor else capitalise_parts(word))
    return " ".join([*cased[1:], capitalise_parts(last)])


def capitalise_parts(word: str) -> str:
    """Return the word with a capital; a hyphenated word with one on each part that is not minor."""
    first, *others = word.split("-")
    return "-".join([capitalise(first), *(part if part in MINOR_WORDS else capitalise(part) for part in others)])


def capitalise(words: str) -> str:
    """Return the words with a capital first, unless the first has one elsewhere, as in iPhone."""
    first = words.split(" ", 1)[0]
    return FIRST_LETTER.sub(lambda found: found[0].upper(), words) if first.islower() else words


def styled_name(name: AuthorName) -> StyledName:
    """Return the name in its parts where they are plain; else whole, so that no style inverts or abbreviates it."""
    family, _, given = name.inverted.partition(", ")
    if not all(part[:1].isupper() for part in re.split("[-. ]+", given.rstrip("."))):
        return literal_name(f"{ISOLATE}{name.words}{END}")[0]
    elder = NAME_SUFFIX.search(family)
    parts = {"family": NAME_SUFFIX.sub("", family), "given": given, "suffix": elder[1] if elder else ""}
    return StyledName(**{part: words for part, words in parts.items() if words})


def literal_name(words: str) -> list[StyledName]:
    """Return a name that no style takes apart, in a list; none where the words are blank."""
    return [StyledName(literal=words)] if words else []


def styled_date(day: date | None) -> Date | None:
    """Return a day as citeproc knows it."""
    return Date(year=day.year, month=day.month, day=day.day) if day else None


def correct_line(line: str) -> str:
    """Return the line with one stop after a title, inside quotation marks, as American styles have it.

    citeproc-py also says “Retrieved” without a day where an undated article has no day of access.
    """
    once = STOP_OUTSIDE.sub(rf"\1.\2{END}\3", STOP_TWICE.sub(r"\1", line))
    return once.replace(f"{END}”.", f"{END}.”").replace(f"Retrieved {ADDRESS}", ADDRESS)

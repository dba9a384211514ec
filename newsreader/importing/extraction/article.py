"""From a page to an article: its text as canonical HTML and what the page says of it."""

from newsreader.importing.cleaning import NOTHING_FOUND, cleaned
from newsreader.importing.errors import IntakeError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.addresses import canonical
from newsreader.importing.extraction.body import main_text
from newsreader.importing.extraction.dates import published
from newsreader.importing.extraction.languages import language_of
from newsreader.importing.extraction.metadata import Metadata, joined_address
from newsreader.importing.extraction.page import tree_of
from newsreader.importing.extraction.titles import site_of, title_of
from newsreader.importing.fetching.encoding import decoded
from newsreader.importing.limits import refuse_large
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import direction_of

LEAST_TEXT = 40  # characters


def extract(page: bytes | str, url: str = "", content_type: str = "") -> Extracted:
    """The article in a page that came from `url`. IntakeError, a sentence for people, where there is none or it is too much."""
    if isinstance(page, bytes):
        refuse_large(page)
    tree = tree_of(decoded(page, content_type))
    metadata = Metadata(tree)
    title, byline = title_of(metadata), metadata.byline()
    site, address = site_of(metadata, title), canonical(metadata, url)
    html = cleaned(main_text(tree, [title, byline, site]), base_of(metadata, url or address))
    text = text_of(html)
    if len("".join(text.split())) < LEAST_TEXT:
        raise IntakeError(NOTHING_FOUND)
    language = language_of(metadata, text)
    return Extracted(
        title=title,
        html=html,
        byline=byline,
        site=site,
        language=language,
        direction=direction_of(language, text),
        published=published(metadata),
        url=address,
        standfirst=standfirst_of(metadata, text),
    )


def base_of(metadata: Metadata, url: str) -> str:
    """The address that relative links of the page start from."""
    base = metadata.tree.find(".//base[@href]")
    return url if base is None else joined_address(url, base.get("href"))


def standfirst_of(metadata: Metadata, text: str) -> str:
    """The page's summary, unless it only repeats how the text begins."""
    summary = metadata.summary()
    beginning = " ".join(text[: 2 * len(summary) + 200].split())
    return "" if summary.rstrip(" .…")[:200] in beginning else summary

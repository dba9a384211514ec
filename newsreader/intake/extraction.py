"""From a page to an article: its text as canonical HTML and what the page says of it."""

from newsreader.intake.addresses import canonical
from newsreader.intake.body import main_text
from newsreader.intake.caps import refuse_large
from newsreader.intake.cleaning import NOTHING_FOUND, cleaned
from newsreader.intake.dates import published
from newsreader.intake.encoding import decoded
from newsreader.intake.errors import IntakeError
from newsreader.intake.extracted import Extracted
from newsreader.intake.languages import stated_language, with_language
from newsreader.intake.metadata import Metadata, joined_address
from newsreader.intake.page import tree_of
from newsreader.intake.titles import site_of, title_of
from newsreader.text.direction import direction_of
from newsreader.text.plaintext import text_of

LEAST_TEXT = 40  # characters


def extract(page: bytes | str, url: str = "", content_type: str = "") -> Extracted:
    """The article in a page that came from `url`. IntakeError, a sentence for people, where there is none or it is too much."""
    return with_language(extract_as_stated(page, url, content_type))


def extract_as_stated(page: bytes | str, url: str = "", content_type: str = "") -> Extracted:
    """The same, without a language where the page states none."""
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
    language = stated_language(metadata, text)
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

"""Extracts the article of a page: its text as canonical HTML, and its metadata."""

from lxml.html import HtmlElement

from newsreader.importing.cleaning import NO_ARTICLE_FOUND, clean_article_html
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.addresses import find_canonical_url
from newsreader.importing.extraction.body import MainText, extract_chosen_text, extract_main_text
from newsreader.importing.extraction.dates import find_published
from newsreader.importing.extraction.languages import find_stated_language, with_language
from newsreader.importing.extraction.live_blog import Post, add_posts, read_posts
from newsreader.importing.extraction.markdown import extract_markdown
from newsreader.importing.extraction.metadata import Metadata, join_url
from newsreader.importing.extraction.next_page import find_next_page
from newsreader.importing.extraction.page import parse_page
from newsreader.importing.extraction.reduction import reduce_page
from newsreader.importing.extraction.site_rules import Rules, SiteRules
from newsreader.importing.extraction.titles import find_site, find_title
from newsreader.importing.fetching.encoding import decode_page
from newsreader.importing.file_types import refuse_other_files
from newsreader.importing.limits import refuse_large_file
from newsreader.importing.mhtml import SavedPage, is_mhtml, read_mhtml
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean
from newsreader.text.language.direction import detect_direction
from newsreader.text.translation import gettext as _

MARKDOWN = "text/markdown"  # the beginning of its content type
MIN_TEXT_LENGTH = 40  # characters


def extract(page: bytes | str, url: str = "", content_type: str = "") -> Extracted:
    """Return the article in a page from `url`; raise ArticleImportError if there is none or it is past a cap."""
    return with_language(extract_as_stated(page, url, content_type))


def extract_as_stated(
    page: bytes | str, url: str = "", content_type: str = "", rules: Rules | None = None
) -> Extracted:
    """Return the same, without a language where the page states none; by the rules of its site, where there are any."""
    if content_type.startswith(MARKDOWN):
        return extract_markdown(decode_page(page, content_type))
    if isinstance(page, bytes):
        page, url, content_type = open_page(page, url, content_type)
    tree = parse_page(reduce_page(decode_page(page, content_type)))
    metadata = Metadata(tree, url)
    site_rules = SiteRules(tree, rules or [])
    title, byline = find_title(metadata), site_rules.find_byline() or metadata.find_byline()
    site, address = find_site(metadata, title), find_canonical_url(metadata, url)
    site_rules.remove_no_text()
    base, posts = find_base_url(metadata, url or address), read_posts(metadata.data)
    if site_rules.keep_body():
        main = extract_chosen_text(tree)
    else:
        main = extract_page_text(tree, [title, byline, site], has_posts=bool(posts))
    html = clean_article_html(main.html, base) if not posts else clean_live_blog(main.html, posts, base)
    text = text_of(html)
    if len("".join(text.split())) < MIN_TEXT_LENGTH:
        raise ArticleImportError(_(NO_ARTICLE_FOUND))
    language = find_stated_language(metadata, text)
    return Extracted(
        title=title,
        html=html,
        byline=byline,
        site=site,
        language=language,
        direction=detect_direction(language, text),
        published=find_published(metadata),
        url=address,
        standfirst=find_standfirst(metadata, text),
        left_out=main.left_out,
        next_page=find_next_page(tree, url) if url else "",
    )


def extract_page_text(tree: HtmlElement, known_texts: list[str], *, has_posts: bool) -> MainText:
    """Return the text of a page; none where the page shows none but has posts in its data."""
    try:
        return extract_main_text(tree, known_texts)
    except ArticleImportError:
        if not has_posts:
            raise
        return MainText("", [])


def clean_live_blog(html: str, posts: list[Post], base_url: str) -> str:
    """Return canonical HTML of a page with these posts; raise ArticleImportError past a cap."""
    try:
        return clean(add_posts(clean(html, base_url), posts), base_url)
    except ValueError as error:
        raise ArticleImportError(str(error)) from error


def open_page(page: bytes, url: str, content_type: str) -> SavedPage:
    """Return the page in a file with its address; raise ArticleImportError if the file is none, or too large."""
    refuse_large_file(page)
    refuse_other_files(page)
    if not is_mhtml(page):
        return SavedPage(page, url, content_type)
    saved = read_mhtml(page)
    return saved._replace(url=url or saved.url)


def find_base_url(metadata: Metadata, url: str) -> str:
    """Return the address that relative links of the page are resolved against."""
    base = metadata.tree.find(".//base[@href]")
    return url if base is None else join_url(url, base.get("href"))


def find_standfirst(metadata: Metadata, text: str) -> str:
    """Return the page's summary, unless it only repeats the beginning of the text."""
    summary = metadata.find_summary()
    beginning = " ".join(text[: 2 * len(summary) + 200].split())
    return "" if summary.rstrip(" .…")[:200] in beginning else summary

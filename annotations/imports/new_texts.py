"""Texts of a file that the library has not: which of them become articles, and how."""

from collections import Counter
from html import escape

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from annotations.exchange.bundle import ImportBundle, ImportProblem, TextSource
from annotations.imports.matching import ArticleMatcher
from annotations.imports.plan import ImportPlan
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import guess_language, list_possible_languages
from newsreader.models import Article
from newsreader.models.source import extract_host
from newsreader.text.html.limits import refuse_dense
from newsreader.text.html.sanitizer import clean, refuse_large

DEFAULT_SOURCE = "Imported"
ARTICLE_NOT_ALLOWED = gettext_noop("“%(title)s” is not in the library, and only curators can add articles.")
NO_TEXT = gettext_noop("“%(title)s” has no text.")
TEXT_TOO_LARGE = gettext_noop("“%(title)s” is too long for an article.")
SAME_TEXT = gettext_noop("“%(title)s” has the same text as “%(other)s”: both become one article.")
ADDRESS_TAKEN = gettext_noop("“%(title)s” is imported without its address %(address)s, which another article has.")


def match_texts(bundle: ImportBundle, matcher: ArticleMatcher) -> dict[str, Article | None]:
    """Return the article that each text of the file is, by the text's GUID; None where the library has none.

    Of several articles with its words it is the one of its outlet, or else the first: they have the same places.
    """
    articles: dict[str, Article | None] = {}
    for guid, text in bundle.texts.items():
        found = matcher.find_article(text) if text.text.strip() else None
        same = matcher.by_digest.get(matcher.get_digest(text), []) if text.text.strip() else []
        articles[guid] = found or next(iter(same), None)
    return articles


class TextPlanner:
    """Plans new articles for the texts that the library has not; of those that cannot become one, a problem says why."""

    def __init__(self, plan: ImportPlan, bundle: ImportBundle, matcher: ArticleMatcher, importer: User) -> None:
        self.plan, self.bundle, self.matcher, self.importer = plan, bundle, matcher, importer
        self.counts = Counter(record.article for record in bundle.records)
        self.first_texts: dict[tuple[str, str, str], TextSource] = {}  # by digest and what tells their source
        self.addresses: set[str] = set()

    def plan_texts(self, articles: dict[str, Article | None]) -> None:
        """Plan what becomes of each text that is no article yet."""
        for guid, text in self.bundle.texts.items():
            if articles[guid] is None and (message := self.find_problem(text)):
                values = {"title": text.title}
                self.plan.problems.append(ImportProblem("", message, values=values, codings=self.counts[guid]))
                self.plan.refused_texts.add(guid)
            elif articles[guid] is None:
                self.plan_text(text)

    def find_problem(self, text: TextSource) -> str:
        """Return why a text cannot become an article; "" where it can."""
        if not text.text.strip():
            return NO_TEXT
        if not self.importer.is_staff:
            return ARTICLE_NOT_ALLOWED
        return "" if fits_article(text) else TEXT_TOO_LARGE

    def plan_text(self, text: TextSource) -> None:
        """Plan the article of a text; one whose words another text of the same source has is no article of its own."""
        digest, outlet = self.matcher.get_digest(text), get_outlet(text)
        sources = [(digest, "name", outlet.lower()), (digest, "host", extract_host(text.address))]
        keys = [key for key in sources if key[2]]
        if first := next((self.first_texts[key] for key in keys if key in self.first_texts), None):
            self.plan.same_texts[text.guid] = first.guid
            self.plan.add_notice(SAME_TEXT, title=text.title, other=first.title)
            return
        self.first_texts |= dict.fromkeys(keys, text)
        self.plan.new_texts[text.guid] = self.without_taken_address(text)

    def without_taken_address(self, text: TextSource) -> TextSource:
        """Return the text without its address where an article, or a text before it, has that."""
        if text.address and text.address in self.addresses | self.matcher.by_url.keys():
            self.plan.add_notice(ADDRESS_TAKEN, title=text.title, address=text.address)
            return text._replace(address="")
        self.addresses.add(text.address)
        return text


def get_outlet(text: TextSource) -> str:
    """Return the name of the source under which a text is kept."""
    return text.outlet.strip() or DEFAULT_SOURCE


def render_text(text: TextSource, *, numbered: bool = False) -> str:
    """Return a plain text as HTML in which every line is a paragraph; `numbered` as they are kept."""
    lines = (line for line in text.text.split("\n") if line.strip())
    if numbered:
        return "\n".join(f'<p id="p{number}">{escape(line)}</p>' for number, line in enumerate(lines, 1))
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def fits_article(text: TextSource) -> bool:
    """Return whether `convert_text` takes a text, without cleaning it."""
    html = render_text(text, numbered=True)
    try:
        refuse_large(html)
        refuse_dense(html)
    except ValueError:
        return False
    return True


def convert_text(text: TextSource) -> Extracted:
    """Return a plain text as an article in which every line is a paragraph; ValueError where it is too long."""
    html = clean(render_text(text))
    language = guess_language(text.text, list_possible_languages(text.text))
    return Extracted(text.title, html, language=language, url=text.address, site=get_outlet(text))

"""Match the entries of an imported file with articles of the library, and their quotes with places in the texts."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_noop

from annotations.anchoring.folding import FoldedText
from annotations.anchoring.placement import Placement
from annotations.anchoring.quotes import Selector, anchor, anchor_foreign, stands_unmoved
from annotations.exchange.bundle import ImportBundle, ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord
from annotations.models.project import Project
from newsreader.importing.extraction.addresses import normalise_url
from newsreader.models import Article, Revision
from newsreader.models.article import ArticleQuerySet
from newsreader.models.revision import compute_digest
from newsreader.users import AnyUser

QUERY_BATCH_SIZE = 500  # values of one query
CUT_TITLE_LENGTH = 50  # at which Taguette cuts the names of documents
MAX_CUT_TITLES = 200  # of one file: each is a query
MAX_ENTRIES_WITH_PROPOSALS = 50  # for more unplaced entries no similar words are looked for
MAX_SEARCH_COST = 5_000_000_000  # code points that searching for the quotes of one file may cost
OCCURRENCE_COST = 2_000  # code points that comparing one more occurrence of a quote costs
MAX_COUNTED_OCCURRENCES = 1_000
FOLDING_COST = 200  # code points that folding one costs
MAX_FOLDED_LENGTH = 20_000_000  # code points of folded texts that are kept
MAX_SEARCHED_QUOTE = 1_000  # code points of a quote for which similar words are looked for
MAX_PROPOSED_QUOTES = 3
TOO_MUCH_TO_SEARCH = gettext_noop("There is too much to match in this file. Import it in parts.")
NO_ARTICLE = gettext_noop("No article in the library has this URL, text or title.")
NO_ARTICLE_NAMED = gettext_noop("No article in the library has this URL, text or title: “%(name)s”.")
NO_PLACE = gettext_noop("These words are not in “%(title)s”.")
AMBIGUOUS_PLACE = gettext_noop(
    "These words occur more than once in “%(title)s”, and it is unclear which place is meant."
)

Entry = HighlightRecord | TextSource


class MatchedPlace(NamedTuple):
    """Where a quote stands, in code points of a revision's text."""

    revision: Revision
    start: int
    end: int


class ArticleMatcher:
    """The articles that the entries of one file may be about, found by a few queries."""

    def __init__(self, bundle: ImportBundle, project: Project, user: AnyUser) -> None:
        usable = Article.objects.visible_to(user).usable_in(project.pk)
        articles = usable.only("pk", "slug", "title", "url", "revision", "language")
        entries: list[Entry] = [*bundle.records, *bundle.texts.values()]
        self.host = bundle.host
        self.digests = {guid: compute_digest(text.text) for guid, text in bundle.texts.items()}
        self.found: dict[tuple[object, ...], Article | None] = {}
        addresses = {get_entry_address(entry) for entry in entries}
        urls = {url for address in addresses for url in list_equivalent_urls(address)}
        records_addresses = {record.source for record in bundle.records}
        slugs = {parse_article_slug(address, self.host) for address in records_addresses} - {""}
        digests = {record.digest for record in bundle.records if record.digest} | set(self.digests.values())
        self.by_slug = group_articles(articles, "slug", slugs)
        self.by_url = group_articles(articles, "url", urls)
        titles = {entry.title for entry in entries} - {""}
        self.by_title = group_articles(articles, "title", titles)
        self.by_title |= group_by_cut_title(articles, titles - self.by_title.keys())
        self.by_digest = group_articles(articles, "revisions__digest", digests)

    def find_article(self, entry: Entry) -> Article | None:
        """Return the one article that an entry is about; None where there is none, or more than one."""
        key = get_entry_address(entry), self.get_digest(entry), entry.title, isinstance(entry, TextSource)
        if key not in self.found:
            self.found[key] = self.match_article(*key)
        return self.found[key]

    def match_article(self, address: str, digest: str, title: str, is_text: bool) -> Article | None:
        """Return the one article that an entry with this address, digest and title is about, an entry that may be a text."""
        with_text, with_title = self.by_digest.get(digest, []), self.by_title.get(title, [])
        with_url = [article for url in list_equivalent_urls(address) for article in self.by_url.get(url, [])]
        with_slug = self.by_slug.get(parse_article_slug(address, self.host), [])
        with_both = [article for article in with_text if article in with_title]
        # A title identifies an article only where nothing else is known: two outlets print one headline.
        last_resort = [] if address or is_text else with_title
        candidates = (with_url, with_slug, with_text, with_both, last_resort)
        return next((unique[0] for unique in map(keep_unique, candidates) if unique), None)

    def get_digest(self, entry: Entry) -> str:
        """Return the digest of the text that an entry is about, as computed from the file or as stated there; else ""."""
        if isinstance(entry, TextSource):
            return self.digests.get(entry.guid, "")
        return self.digests.get(entry.article) or entry.digest


def get_entry_address(entry: Entry) -> str:
    """Return the address at which an entry says that its text was read."""
    return entry.address if isinstance(entry, TextSource) else entry.source


def parse_article_slug(url: str, host: str) -> str:
    """Return the slug in an address of this library (known under `host`); "" for any other address."""
    parts = urlsplit(normalise_url(url))
    if not host or parts.netloc != host.lower() or not parts.path.startswith("/articles/"):
        return ""
    try:
        return resolve(parts.path).kwargs.get("slug", "")
    except Resolver404:
        return ""


def list_equivalent_urls(url: str) -> list[str]:
    """Return the addresses that mean the same page: with http or https, with www or not, with a slash at the end or not."""
    normalised = normalise_url(url)
    if not normalised:
        return []
    parts = urlsplit(normalised)
    host, path = parts.netloc.removeprefix("www."), parts.path.rstrip("/")
    hosts, paths = (host, f"www.{host}"), (path, f"{path}/")
    variants = [urlunsplit((s, h, p, parts.query, "")) for s in ("https", "http") for h in hosts for p in paths]
    return list(dict.fromkeys([normalised, *variants]))


def group_articles(articles: ArticleQuerySet, field: str, values: Iterable[str]) -> dict[str, list[Article]]:
    """Return the articles that have one of these values in a field, by the value."""
    sorted_values = [value.replace("\0", "") for value in sorted(values)]
    groups: dict[str, list[Article]] = {}
    for start in range(0, len(sorted_values), QUERY_BATCH_SIZE):
        batch = sorted_values[start : start + QUERY_BATCH_SIZE]
        matches = articles.order_by("pk").filter(**{f"{field}__in": batch})
        pairs = matches.values_list("pk", field)
        by_key = matches.in_bulk() if field != "revisions__digest" else articles.in_bulk({key for key, _ in pairs})
        for key, value in dict.fromkeys(pairs):
            groups.setdefault(value, []).append(by_key[key])
    return groups


def group_by_cut_title(articles: ArticleQuerySet, titles: Iterable[str]) -> dict[str, list[Article]]:
    """Return the articles whose title begins with one of these that is as long as Taguette's names are at most, by that one."""
    cut_titles = sorted(title for title in titles if len(title) == CUT_TITLE_LENGTH)[:MAX_CUT_TITLES]
    groups: dict[str, list[Article]] = {}
    for title in cut_titles:
        found = articles.order_by("pk").filter(title__startswith=title.replace("\0", ""))
        groups[title] = [article for article in found if article.title.startswith(title)]  # SQLite ignores capitals
    return groups


def keep_unique(articles: list[Article]) -> list[Article]:
    """Return a list of the article where all of these are the same one, else an empty list."""
    return articles[:1] if len({article.pk for article in articles}) == 1 else []


def load_revisions(article_ids: set[int]) -> dict[int, list[Revision]]:
    """Return the revisions of each of these articles, the newest first."""
    revisions_by_article: dict[int, list[Revision]] = {}
    keys = sorted(article_ids)
    for start in range(0, len(keys), QUERY_BATCH_SIZE):
        revisions = Revision.objects.filter(article__in=keys[start : start + QUERY_BATCH_SIZE])
        revisions = revisions.order_by("article", "-number").only("pk", "article_id", "number", "text", "digest")
        for revision in revisions:
            revisions_by_article.setdefault(revision.article_id, []).append(revision)
    return revisions_by_article


class QuoteFinder:
    """Finds the quotes of one file in the texts of the library, up to a cost, so that no file keeps it busy for minutes."""

    def __init__(self) -> None:
        self.remaining = MAX_SEARCH_COST  # code points
        self.folded: dict[str, FoldedText] = {}  # by the texts
        self.folded_length = 0

    def can_search(self, record: HighlightRecord, revisions: list[Revision]) -> bool:
        """Subtract what searching for an entry costs, and return whether it is still searched for."""
        words = FoldedText(record.exact).words if self.remaining > 0 else ""
        for revision in revisions:
            if self.remaining > 0:
                text = self.fold(revision)
                others = min(max(text.words.count(words) - 1, 0), MAX_COUNTED_OCCURRENCES) if words else 0
                self.remaining -= 4 * len(text.words) + OCCURRENCE_COST * others + FOLDING_COST * len(record.exact)
        return self.remaining > 0

    def fold(self, revision: Revision) -> FoldedText:
        """Return the folded text of a revision, which is kept for the next entry."""
        text = revision.text
        if text not in self.folded:
            if self.folded_length > MAX_FOLDED_LENGTH:
                self.folded, self.folded_length = {}, 0
            self.folded[text] = FoldedText(text)
            self.folded_length += len(text)
            self.remaining -= FOLDING_COST * len(text)
        return self.folded[text]

    def match_place(
        self, record: HighlightRecord, revisions: list[Revision], title: str, *, propose: bool
    ) -> MatchedPlace | ImportProblem:
        """Return where the quote stands beyond doubt, else why it could not be placed, with similar words if `propose`."""
        ordered = order_revisions(record, revisions)
        placements = [(revision, locate_quote(self.fold(revision), record)) for revision in ordered]
        for state in ("same", "moved"):
            for revision, placement in placements:
                if placement.state == state:
                    return MatchedPlace(revision, placement.start, placement.end)
        if any(placement.state == "ambiguous" for _, placement in placements):
            return ImportProblem(record.exact, AMBIGUOUS_PLACE, values={"title": title})
        near = propose_quotes(record, ordered) if propose else ()
        return ImportProblem(record.exact, NO_PLACE, near, {"title": title})


def order_revisions(record: HighlightRecord, revisions: list[Revision]) -> list[Revision]:
    """Return the revisions, those first whose text the record says it is about."""
    return sorted(revisions, key=lambda revision: revision.digest != record.digest)


def find_unmoved(record: HighlightRecord, revisions: list[Revision]) -> MatchedPlace | None:
    """Return the place that the record gives itself, where the first of the revisions has its words there, letter for letter.

    This is what `match_place` returns, without a search.
    """
    first = next(iter(order_revisions(record, revisions)), None)
    selector = make_selector(record)
    return MatchedPlace(first, selector.start, selector.end) if first and stands_unmoved(first.text, selector) else None


def locate_quote(text: FoldedText, record: HighlightRecord) -> Placement:
    """Anchor the quote by what the record has of its context and its place.

    Offsets without the digest of a text are those of another program, which counts in a text of its own.
    """
    return anchor_foreign(text, make_selector(record), is_place_foreign=not record.digest)


def make_selector(record: HighlightRecord) -> Selector:
    """Return what a record says of its quote's words, context and place."""
    return Selector(record.exact, record.prefix, record.suffix, record.start or 0, record.end or 0)


def propose_quotes(record: HighlightRecord, revisions: list[Revision]) -> tuple[str, ...]:
    """Return words of the first revision that are like the quote; they are shown, nobody is asked to choose."""
    text = revisions[0].text if revisions else ""
    selector = Selector(record.exact[:MAX_SEARCHED_QUOTE], record.prefix, record.suffix, 0, 0)
    return tuple(text[start:end] for start, end in anchor(text, selector).proposals[:MAX_PROPOSED_QUOTES])

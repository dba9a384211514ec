"""Match the entries of an imported file with articles of the library, and their quotes with places in the texts."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from django.urls import Resolver404, resolve

from annotations.anchoring.graphemes import is_inside
from annotations.anchoring.placement import Placement
from annotations.anchoring.quotes import Selector, anchor
from annotations.exchange.bundle import ImportBundle, ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord
from newsreader.importing.extraction.addresses import normalise_url
from newsreader.models import Article, Revision
from newsreader.models.article import ArticleQuerySet
from newsreader.models.revision import compute_digest
from newsreader.users import AnyUser

QUERY_BATCH_SIZE = 500  # values of one query
MAX_ENTRIES_WITH_PROPOSALS = 50  # for more unplaced entries no similar words are looked for
MAX_SEARCH_COST = 5_000_000_000  # code points that searching for the quotes of one file may cost
OCCURRENCE_COST = 2_000  # code points that comparing one more occurrence of a quote costs
MAX_COUNTED_OCCURRENCES = 1_000
MAX_SEARCHED_QUOTE = 1_000  # code points of a quote for which similar words are looked for
MAX_PROPOSED_QUOTES = 3
TOO_MUCH_TO_SEARCH = "There is too much to look for in this file. Bring it in in parts."
NO_ARTICLE = "No article of the library has this address, this text or this title."
NO_PLACE = "These words are not in “{}”."
AMBIGUOUS_PLACE = "These words stand in more than one place of “{}”, and which was meant cannot be told."

Entry = HighlightRecord | TextSource


class MatchedPlace(NamedTuple):
    """Where a quote stands, in code points of a revision's text."""

    revision: Revision
    start: int
    end: int


class ArticleMatcher:
    """The articles that the entries of one file may be about, found by a few queries."""

    def __init__(self, bundle: ImportBundle, user: AnyUser) -> None:
        articles = Article.objects.visible_to(user).only("pk", "slug", "title", "url", "revision")
        entries: list[Entry] = [*bundle.records, *bundle.texts.values()]
        self.host = bundle.host
        self.digests = {guid: compute_digest(text.text) for guid, text in bundle.texts.items()}
        urls = {url for entry in entries for url in list_equivalent_urls(get_entry_address(entry))}
        slugs = {parse_article_slug(get_entry_address(record), self.host) for record in bundle.records} - {""}
        digests = {record.digest for record in bundle.records if record.digest} | set(self.digests.values())
        self.by_slug = group_articles(articles, "slug", slugs)
        self.by_url = group_articles(articles, "url", urls)
        self.by_title = group_articles(articles, "title", {entry.title for entry in entries} - {""})
        self.by_digest = group_articles(articles, "revisions__digest", digests)

    def find_article(self, entry: Entry) -> Article | None:
        """Return the one article that an entry is about; None where there is none, or more than one."""
        address = get_entry_address(entry)
        with_text, with_title = self.by_digest.get(self.get_digest(entry), []), self.by_title.get(entry.title, [])
        with_url = [article for url in list_equivalent_urls(address) for article in self.by_url.get(url, [])]
        with_slug = self.by_slug.get(parse_article_slug(address, self.host), [])
        with_both = [article for article in with_text if article in with_title]
        # A title identifies an article only where nothing else is known: two outlets print one headline.
        last_resort = [] if address or isinstance(entry, TextSource) else with_title
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


class SearchBudget:
    """What searching for the quotes of one file may still cost, so that no file keeps the library busy for minutes."""

    def __init__(self) -> None:
        self.remaining = MAX_SEARCH_COST  # code points

    def spend(self, record: HighlightRecord, revisions: list[Revision]) -> bool:
        """Take off what searching for an entry costs, and return whether it is still searched for."""
        if self.remaining > 0:
            for revision in revisions:
                others = min(revision.text.count(record.exact) - 1, MAX_COUNTED_OCCURRENCES)
                self.remaining -= 4 * len(revision.text) + OCCURRENCE_COST * others
        return self.remaining > 0


def match_place(
    record: HighlightRecord, revisions: list[Revision], title: str, *, propose: bool
) -> MatchedPlace | ImportProblem:
    """Return where the quote stands beyond doubt, else why it could not be placed, with similar words if `propose`."""
    ordered = sorted(revisions, key=lambda revision: revision.digest != record.digest)
    containing = [revision for revision in ordered if record.exact in revision.text]
    placements = [(revision, locate_quote(revision.text, record)) for revision in containing]
    for state in ("same", "moved"):
        for revision, placement in placements:
            if placement.state == state and not splits_character(revision.text, placement):
                return MatchedPlace(revision, placement.start, placement.end)
    if placements:
        return ImportProblem(record.exact, AMBIGUOUS_PLACE.format(title))
    return ImportProblem(record.exact, NO_PLACE.format(title), propose_quotes(record, ordered) if propose else ())


def locate_quote(text: str, record: HighlightRecord) -> Placement:
    """Anchor the quote; one without context and offsets that stands once in the text is the `same` there."""
    start, end = record.start or 0, record.end or 0
    has_context = record.prefix or record.suffix
    if not has_context and record.start is None and text.find(record.exact) == text.rfind(record.exact):
        start = text.find(record.exact)
        end = start + len(record.exact)
    return anchor(text, Selector(record.exact, record.prefix, record.suffix, start, end))


def splits_character(text: str, placement: Placement) -> bool:
    """Return whether a place begins or ends within what a reader takes for one character."""
    return is_inside(text, placement.start) or is_inside(text, placement.end)


def propose_quotes(record: HighlightRecord, revisions: list[Revision]) -> tuple[str, ...]:
    """Return words of the first revision that are like the quote; they are shown, nobody is asked to choose."""
    text = revisions[0].text if revisions else ""
    selector = Selector(record.exact[:MAX_SEARCHED_QUOTE], record.prefix, record.suffix, 0, 0)
    return tuple(text[start:end] for start, end in anchor(text, selector).proposals[:MAX_PROPOSED_QUOTES])

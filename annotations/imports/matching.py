"""Which article of the library an entry of a file is about, and where its words stand there."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from django.urls import Resolver404, resolve

from annotations.anchoring.graphemes import is_inside
from annotations.anchoring.quotes import Selector, anchor
from annotations.exchange.bundle import ImportBundle, ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord
from newsreader.importing.extraction.addresses import normalise_url
from newsreader.models import Article, Revision
from newsreader.models.revision import compute_digest

A_BATCH = 500
PROPOSED_MOST = 50  # entries for which similar words are looked for
READ_MOST = 5_000_000_000  # code points that looking for the entries of one file may cost
A_LOOK = 2_000  # what looking at one of several places costs, in code points that are searched
TIRED = "There is too much to look for in this file. Bring it in in parts."
NO_ARTICLE = "No article of the library has this address, this text or this title."
NO_PLACE = "These words are not in “{}”."
UNSURE = "These words stand in more than one place of “{}”, and which was meant cannot be told."


class Spot(NamedTuple):
    revision: Revision
    start: int
    end: int


class Library:
    """The articles that the entries of one file may mean, found by a few queries."""

    def __init__(self, parcel: ImportBundle, user):
        articles = Article.objects.visible_to(user).only("pk", "slug", "title", "url", "revision")
        self.texts = parcel.texts
        self.digests = {guid: compute_digest(text.text) for guid, text in parcel.texts.items()}
        urls = {form for one in [*parcel.records, *parcel.texts.values()] for form in forms_of(address_in(one))}
        titles = {one.title for one in [*parcel.records, *parcel.texts.values()]} - {""}
        self.host = parcel.host
        self.by_slug = grouped(articles, "slug", {slug_in(address_in(one), self.host) for one in parcel.records} - {""})
        digests = {record.digest for record in parcel.records if record.digest} | set(self.digests.values())
        self.by_url = grouped(articles, "url", urls)
        self.by_title = grouped(articles, "title", titles)
        self.by_digest = grouped(articles, "revisions__digest", digests)

    def article_of(self, one: HighlightRecord | TextSource) -> Article | None:
        """The one article that an entry is about; None where there is none, or more than one."""
        digest = self.digest_in(one)
        printed, address = self.by_digest.get(digest, []), address_in(one)
        addressed = [found for form in forms_of(address) for found in self.by_url.get(form, [])]
        ours, titled = self.by_slug.get(slug_in(address, self.host), []), self.by_title.get(one.title, [])
        both = [article for article in printed if article in titled]
        # A title tells an article only where nothing else is said: two outlets print one headline.
        last = [] if address or isinstance(one, TextSource) else titled
        return next((found[0] for found in map(single, (addressed, ours, printed, both, last)) if found), None)

    def digest_in(self, one: HighlightRecord | TextSource) -> str:
        guid = one.guid if isinstance(one, TextSource) else one.article
        return self.digests.get(guid) or getattr(one, "digest", "")


def address_in(one: HighlightRecord | TextSource) -> str:
    return one.address if isinstance(one, TextSource) else one.source


def slug_in(url: str, host: str) -> str:
    """The slug that an address of this library names; empty for any other address."""
    parts = urlsplit(normalise_url(url))
    if not host or parts.netloc != host.lower() or not parts.path.startswith("/articles/"):
        return ""
    try:
        return resolve(parts.path).kwargs.get("slug", "")
    except Resolver404:
        return ""


def forms_of(url: str) -> list[str]:
    """The addresses that mean the same page: with http or https, with www or not, with a slash at the end or not."""
    plain = normalise_url(url)
    if not plain:
        return []
    parts = urlsplit(plain)
    host, path = parts.netloc.removeprefix("www."), parts.path.rstrip("/")
    hosts, paths = (host, f"www.{host}"), (path, f"{path}/")
    every = [urlunsplit((s, h, p, parts.query, "")) for s in ("https", "http") for h in hosts for p in paths]
    return list(dict.fromkeys([plain, *every]))


def grouped(articles, field: str, values: Iterable[str]) -> dict[str, list[Article]]:
    """The articles by their value of this field."""
    values, found = [value.replace("\0", "") for value in sorted(values)], {}
    for start in range(0, len(values), A_BATCH):
        rows = articles.order_by("pk").filter(**{f"{field}__in": values[start : start + A_BATCH]})
        keys = rows.values_list("pk", field)
        whole = rows.in_bulk() if field != "revisions__digest" else articles.in_bulk({key for key, _ in keys})
        for key, value in dict.fromkeys(keys):
            found.setdefault(value, []).append(whole[key])
    return found


def single(articles: list[Article]) -> list[Article]:
    return articles[:1] if len({article.pk for article in articles}) == 1 else []


def texts_of(articles: set[int]) -> dict[int, list[Revision]]:
    """The revisions of these articles, the newest first."""
    found: dict[int, list[Revision]] = {}
    keys = sorted(articles)
    for start in range(0, len(keys), A_BATCH):
        rows = Revision.objects.filter(article__in=keys[start : start + A_BATCH]).order_by("article", "-number")
        for revision in rows.only("pk", "article_id", "number", "text", "digest"):
            found.setdefault(revision.article_id, []).append(revision)
    return found


class Effort:
    """What looking for the entries of one file has cost, so that no file keeps the library busy for minutes."""

    def __init__(self):
        self.left = READ_MOST

    def allows(self, record: HighlightRecord, revisions: list[Revision]) -> bool:
        """Whether this entry is still looked for."""
        if self.left > 0:
            for revision in revisions:
                self.left -= 4 * len(revision.text) + A_LOOK * min(revision.text.count(record.exact) - 1, 1_000)
        return self.left > 0


def spot_of(record: HighlightRecord, revisions: list[Revision], title: str, *, propose: bool) -> Spot | ImportProblem:
    """Where the words stand beyond doubt, else why they could not be placed."""
    ordered = sorted(revisions, key=lambda revision: revision.digest != record.digest)
    bearing = [revision for revision in ordered if record.exact in revision.text]
    found = [(revision, place_in(revision.text, record)) for revision in bearing]
    for state in ("same", "moved"):
        for revision, place in found:
            if place.state == state and not cuts(revision.text, place):
                return Spot(revision, place.start, place.end)
    if found:
        return ImportProblem(record.exact, UNSURE.format(title))
    return ImportProblem(record.exact, NO_PLACE.format(title), near(record, ordered) if propose else ())


def place_in(text: str, record: HighlightRecord):
    """As `anchor` says; a quote without context that stands once in the text is there."""
    start, end = record.start or 0, record.end or 0
    bare = not record.prefix and not record.suffix
    if bare and record.start is None and text.find(record.exact) == text.rfind(record.exact):
        start = text.find(record.exact)
        end = start + len(record.exact)
    selector = Selector(record.exact, record.prefix, record.suffix, start, end)
    return anchor(text, selector)


def cuts(text: str, place) -> bool:
    """Whether a place begins or ends within what a reader takes for one character."""
    return is_inside(text, place.start) or is_inside(text, place.end)


def near(record: HighlightRecord, revisions: list[Revision]) -> tuple[str, ...]:
    """Words of the current text that are like the quote; nobody is asked about them here."""
    text = revisions[0].text if revisions else ""
    places = anchor(text, Selector(record.exact[:1000], record.prefix, record.suffix, 0, 0)).proposals
    return tuple(text[start:end] for start, end in places[:3])

"""The agreement that a query string asks for: kept until the project changes, since every figure follows from its highlights."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language

from annotations.agreement.disagreements import Difference, count_divided, find_differences
from annotations.agreement.measures import Measures, measure
from annotations.agreement.patterns import CodedText
from annotations.agreement.queries import (
    CodedArticle,
    CurrentText,
    find_articles,
    list_coders,
    list_members,
    list_shared_articles,
    load_articles,
    load_codings,
    load_texts,
)
from annotations.agreement.selection import (
    LIST_PARAMETERS,
    MAX_ARTICLES,
    MAX_ARTICLES_AT_ONCE,
    Choices,
    Extent,
    Selection,
    read_articles,
    read_coders,
    read_round,
    read_tags,
    read_unit,
)
from annotations.agreement.signing import Coding, Signer, make_key
from annotations.agreement.units import tokens
from annotations.models.access import make_kind_of_reader, name_kind
from annotations.models.assignment import Assignment
from annotations.models.codebook import codebook_of
from annotations.models.project import Project
from newsreader.caching import page_cache
from newsreader.text.language.sentences import split_sentences
from newsreader.users import AnyUser
from newsreader.views.filters import read_values

CACHE_SECONDS = 600
Track = Callable[[list[CodedText]], Iterable[CodedText]]
SPLITTERS = {"tokens": tokens, "sentences": split_sentences}


class LeftOut(NamedTuple):
    """What of the chosen articles is not counted: highlights on edited words by state, those without a tag, and articles."""

    states: dict[str, int]
    untagged: int
    articles: tuple[CodedArticle, ...]  # that fewer than two of the coders highlighted


class Agreement(NamedTuple):
    """What is compared and what comes of it; `measures` is None where there is nothing to compare."""

    selection: Selection
    choices: Choices
    articles: dict[int, CodedArticle]  # that are compared
    measures: Measures | None
    differences: list[Difference]
    keys: list[str]  # what names each disagreement while no coder changes it
    divided: Counter[tuple[str, str]]  # how many of them divide each two coders
    left_out: LeftOut


class Comparison(NamedTuple):
    """The texts that are compared, and all highlights of the chosen coders on the chosen articles."""

    agreement: Agreement
    coded: list[CodedText]
    texts: dict[int, CurrentText]
    codings: list[Coding]
    articles: dict[int, CodedArticle]


def load_agreement(project: Project, user: AnyUser, query: QueryDict) -> Agreement | None:
    """Return the agreement that the query asks for, out of the cache if the project has not changed since.

    None where it compares more articles than can be compared while somebody waits.
    """
    digest = sha256(repr((get_language(), normalize_query(query))).encode("utf-8", "surrogatepass")).hexdigest()
    reader = make_kind_of_reader(project, user)
    key = f"agreement-{project.pk}-{project.version}-{project.codebook}-{name_kind(reader)}-{digest}"
    kept = None if project.sight else page_cache.get(key)
    if kept is None:
        extent = read_extent(project, reader, query)
        if len(extent.chosen) <= MAX_ARTICLES_AT_ONCE:
            kept = compare_extent(project, reader, query, extent).agreement
            if not project.sight:
                page_cache.set(key, kept, CACHE_SECONDS)
    return kept


def load_choices(project: Project, user: AnyUser, query: QueryDict) -> Agreement:
    """Return what there is to choose from and what is chosen, with nothing compared yet."""
    extent = read_extent(project, user, query)
    articles = load_articles({*extent.chosen, *extent.shared[:MAX_ARTICLES]})
    unit = read_unit(query, extent.faults)
    selection = Selection(tuple(extent.coders), (), tuple(extent.chosen), unit, tuple(extent.faults))
    choices = Choices(extent.known, [articles[key] for key in extent.shared[:MAX_ARTICLES]], extent.rounds)
    return Agreement(selection, choices, {}, None, [], [], Counter(), LeftOut({}, 0, ()))


def normalize_query(query: QueryDict) -> str:
    """Return the query without what chooses among the disagreements, in one order."""
    asked = sorted((name, values) for name, values in query.lists() if name not in LIST_PARAMETERS)
    return urlencode(asked, doseq=True, errors="surrogatepass")


def count_compared_articles(project: Project, user: AnyUser, query: QueryDict) -> int:
    """Return how many articles the query asks to compare."""
    return len(read_extent(project, user, query).chosen)


def compare(project: Project, user: AnyUser, query: QueryDict, track: Track = iter) -> Comparison:
    """Read what is asked for, and compare it; `track` yields the texts one after the other."""
    return compare_extent(project, user, query, read_extent(project, user, query), track)


def compare_extent(
    project: Project, user: AnyUser, query: QueryDict, extent: Extent, track: Track = iter
) -> Comparison:
    """Read the articles and coders that were found, and compare them."""
    selection, choices, articles, codings = read_everything(project, user, query, extent)
    texts = load_texts(selection.articles)
    coded = code_texts(selection, codings, texts)
    compared = {text.key: articles[text.key] for text in coded}
    differences = [difference for text in track(coded) for difference in find_differences(text, selection.tags)]
    agreement = Agreement(
        selection,
        choices,
        compared,
        measure(coded, selection.coders, selection.tags) if coded and selection.tags else None,
        differences,
        name_differences(differences, codings),
        count_divided(differences),
        list_left_out(codings, [articles[key] for key in selection.articles if key not in compared]),
    )
    return Comparison(agreement, coded, texts, codings, articles)


def name_differences(differences: Iterable[Difference], codings: Iterable[Coding]) -> list[str]:
    """Return of each disagreement the key by which a decision about it is found."""
    of_articles: dict[int, list[Coding]] = {}
    for coding in codings:
        if not coding.left_out:
            of_articles.setdefault(coding.article, []).append(coding)
    signers = {article: Signer(of_article) for article, of_article in of_articles.items()}
    return [make_key(signers[one.text].sign(one.passages)) for one in differences]


def read_everything(
    project: Project, user: AnyUser, query: QueryDict, extent: Extent
) -> tuple[Selection, Choices, dict[int, CodedArticle], list[Coding]]:
    """Return what is compared, what there is to choose from, and the articles and highlights that are compared."""
    coders, known, chosen, shared, faults, rounds = extent
    codebook = codebook_of(project)
    articles = load_articles({*chosen, *shared[:MAX_ARTICLES]})
    codings = load_codings(project, user, chosen, coders)
    used = {tag for coding in codings for tag in coding.tags}
    tags = read_tags(query, [key for key in codebook if key in used], codebook, faults)
    latest = tuple(key for key in articles if key in chosen)
    selection = Selection(tuple(coders), tuple(tags), latest, read_unit(query, faults), tuple(faults))
    choices = Choices(known, [articles[key] for key in shared[:MAX_ARTICLES]], rounds)
    return selection, choices, articles, codings


def read_extent(project: Project, user: AnyUser, query: QueryDict) -> Extent:
    """Return who and which articles are compared; reads no highlight."""
    faults: list[str] = []
    known, rounds = list_coders(project, user), Assignment.objects.list_rounds(project)
    chosen = read_round(query, rounds, faults)
    coders = read_coders(query, known, set(chosen.coders) if chosen else list_members(project), faults)
    shared = list_shared_articles(project, user, coders)
    shared = [article for article in shared if not chosen or article in chosen.articles]
    asked = find_articles(project, user, read_values(query, "article"))
    named = tuple((one.name, one == chosen) for one in rounds)
    return Extent(coders, known, read_articles(query, asked, shared, faults), shared, faults, named)


def code_texts(selection: Selection, codings: Iterable[Coding], texts: Mapping[int, CurrentText]) -> list[CodedText]:
    """Return the chosen articles that two of the coders highlighted, each with the passages of those who did."""
    layers: dict[int, dict[str, list[tuple[int, int, str]]]] = {}
    for coding in codings:
        if not coding.left_out:
            layer = layers.setdefault(coding.article, {}).setdefault(coding.coder, [])
            layer += [(coding.start, coding.end, tag) for tag in coding.tags if tag in selection.tags]
    return [
        CodedText(
            key,
            len(texts[key].text),
            SPLITTERS[selection.unit](texts[key].text),
            {coder: layers[key][coder] for coder in selection.coders if coder in layers[key]},
        )
        for key in selection.articles
        if key in texts and len(layers.get(key, ())) > 1
    ]


def list_left_out(codings: Sequence[Coding], articles: Sequence[CodedArticle]) -> LeftOut:
    """Return what of the chosen articles and coders is not counted."""
    states = Counter(coding.left_out for coding in codings if coding.left_out)
    untagged = sum(not coding.tags and not coding.left_out for coding in codings)
    return LeftOut(dict(states), untagged, tuple(articles))

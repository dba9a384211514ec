"""How many of the passages that were asked for have each tag: by day, by source, by reader, beside each other tag."""

from collections import Counter
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Count, F, UUIDField, Value, When
from django.utils.timezone import localtime

from annotations.models.codebook import Codebook
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag

COLUMN_FIELDS = {
    "timeline": ["article__dated_at"],
    "sources": ["article__source__slug", "article__source__name"],
    "readers": ["author__username"],
}


class PassageCounts(NamedTuple):
    """Numbers of passages: in all, with a tag at all, in each column, and by (tag, column).

    A tag is known by its slug, as in addresses; a column by its day, slug, or user name. `undated` are those in articles that
    do not say when they were published.
    """

    number: int
    tagged: int
    columns: dict
    names: dict
    cells: dict
    undated: int = 0


def count_passages(found, project, codebook: Codebook, chart: str) -> PassageCounts:
    """The numbers that a chart shows of these highlights; four queries at most, however many there are."""
    keys = found.order_by().values("pk")
    pairs = HighlightTag.objects.filter(project=project, highlight__in=keys).order_by()
    tagged = pairs.aggregate(number=Count("highlight", distinct=True))["number"]
    if chart == "together":
        return PassageCounts(keys.count(), tagged, {}, {}, count_tag_pairs(pairs, codebook))
    columns, names, undated = count_columns(Highlight.objects.filter(project=project, pk__in=keys).order_by(), chart)
    return PassageCounts(sum(columns.values()), tagged, columns, names, count_cells(pairs, codebook, chart), undated)


def count_columns(highlights, chart: str) -> tuple[Counter, dict, int]:
    """The number in each column, the columns' names, and how many are undated."""
    fields = COLUMN_FIELDS[chart] + (["article__published_at"] if chart == "timeline" else [])
    columns, names, undated = Counter(), {}, 0
    for value, *more, number in highlights.values_list(*fields).annotate(number=Count("pk")):
        columns[column := make_column_key(value)] += number
        names[column] = more[0] if chart == "sources" else value
        undated += number if chart == "timeline" and not more[0] else 0
    return columns, names, undated


def make_column_key(value) -> str | date:
    """A moment as the day it is here; any other value as it is."""
    return value if isinstance(value, str) else localtime(value).date()


def count_cells(pairs, codebook: Codebook, chart: str) -> Counter:
    field, cells = f"highlight__{COLUMN_FIELDS[chart][0]}", Counter()
    rows = pairs.annotate(one=choose_tag(codebook)).values_list("one", field)
    for tag, value, number in rows.annotate(number=choose_count(codebook)):
        if term := codebook.get(tag.hex):
            cells[term.slug, make_column_key(value)] += number
    return cells


def count_tag_pairs(pairs, codebook: Codebook) -> Counter:
    """How many have both tags of each pair, either way round, and each tag, as a pair with itself."""
    other = choose_tag(codebook, "highlight__highlighttag__")
    rows = pairs.annotate(one=choose_tag(codebook), other=other).values_list("one", "other")
    cells: Counter = Counter()
    for one, other, number in rows.annotate(number=choose_count(codebook)):
        if one.hex in codebook and other.hex in codebook:
            cells[codebook[one.hex].slug, codebook[other.hex].slug] = number
    return cells


def choose_tag(codebook: Codebook, of: str = ""):
    """The tag of a pair; where two tags share a slug, and so an address, the first of them."""
    twins = find_shared_slugs(codebook)
    field = F(f"{of}tag")
    whens = [When(**{f"{of}tag": UUID(key)}, then=Value(UUID(first), UUIDField())) for key, first in twins.items()]
    return Case(*whens, default=field, output_field=UUIDField()) if twins else field


def choose_count(codebook: Codebook) -> Count:
    """A highlight that has two tags of one slug counts once; to count apart costs time, so only where there are such."""
    return Count("highlight", distinct=True) if find_shared_slugs(codebook) else Count("pk")


def find_shared_slugs(codebook: Codebook) -> dict[str, str]:
    """The tags (keys) whose slug another before them has, each with the first one's key."""
    first: dict[str, str] = {}
    slugs = {key: term.slug.casefold() for key, term in codebook.items()}
    return {key: first[slug] for key, slug in slugs.items() if first.setdefault(slug, key) != key}

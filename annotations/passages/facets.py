"""What the filters of passages offer, and what they say: above the list, the desk, the charts and the exports alike."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.models.access import CONSENSUS, make_kind_of_reader, name_kind
from annotations.models.codebook import Codebook, describe_addresses, tag_keys
from annotations.models.project import Project
from annotations.models.tag_groups import TagGroup, group_tags
from annotations.passages.filters import STATE_LABELS, PassageFilter, list_passage_filters
from annotations.passages.passage import Passage
from annotations.passages.queries import all_passages
from newsreader.caching import page_cache
from newsreader.models import Article
from newsreader.users import AnyUser
from newsreader.views.filters import build_query_string

CACHE_SECONDS = 60
MISSING_LABELS = {
    "source": gettext_noop("No source “%(name)s” has passages here."),
    "reader": gettext_noop("No reader “%(name)s” has passages here."),
    "article": gettext_noop("There is no article “%(name)s”."),
}
FilterNames = dict[str, dict[str, str]]  # words for the values of each field


def make_filter_context(
    query: QueryDict, passage_filter: PassageFilter, codebook: Codebook, names: FilterNames
) -> dict[str, Any]:
    """Return what the bar of filters needs, and the filters that are on."""
    return {
        "codebook": codebook.values(),
        "with_options": build_query_string(query, options=1),
        "tag_groups": list_offered_groups(codebook) if passage_filter.options else [],
        "fields": build_tag_fields(passage_filter, codebook),
        "sources": names["source"],
        "readers": names["reader"],
        "states": STATE_LABELS,
        "article_title": names["article"].get(passage_filter.article, passage_filter.article),
        "chosen": list_passage_filters(query, passage_filter, names),
    }


def list_offered_groups(codebook: Codebook) -> list[TagGroup]:
    """Return the tags that a field offers: all but the headings."""
    return group_tags(codebook, kept=[tag.name for tag in codebook.values()])


def build_tag_fields(passage_filter: PassageFilter, codebook: Codebook) -> dict[str, list[dict[str, Any]]]:
    """Return the fields in which tags are chosen: one for each that is chosen, and one more."""
    any_tag = [_("any tag"), _("any")]
    one_of = build_fields("any", [_("One of"), _("or")], any_tag, passage_filter.any, 2, codebook)
    none_of = build_fields("not", [_("Not"), _("nor")], [_("none"), _("none")], passage_filter.none, 1, codebook)
    return {
        "tags": build_fields("tag", [_("Tag"), _("and also")], any_tag, passage_filter.tags, 2, codebook),
        "more": one_of + none_of,
    }


def build_fields(
    name: str, labels: list[str], blanks: list[str], values: list[str], min_fields: int, codebook: Codebook
) -> list[dict[str, Any]]:
    """Return a field for each value and a blank one, at least `min_fields`; the first label and blank are for the first field."""
    padded = values + [""] * max(1, min_fields - len(values))
    return [
        {
            "id": f"{name}-{n}",
            "name": name,
            "label": labels[n > 0],
            "blank": blanks[n > 0],
            "value": value,
            "key": (key := find_offered_tag(codebook, value)),
            "tag": codebook.get(key),
            "unknown": bool(value) and not key,
        }
        for n, value in enumerate(padded)
    ]


def find_offered_tag(codebook: Codebook, value: str) -> str:
    """Return the tag (key) that a value means and a field offers; "" where it means none, several or a heading."""
    keys = tag_keys(codebook, value) if value else []
    return keys[0] if len(keys) == 1 and not codebook[keys[0]].heading_only else ""


def load_filter_names(
    user: AnyUser,
    project: Project,
    passage_filter: PassageFilter,
    codebook: Codebook,
    passages: Iterable[Passage] = (),
) -> FilterNames:
    """Return the words for the values of each filter; titles are taken from `passages` where these have them."""
    sources, readers = load_cached_origins(project, user, passage_filter.layer)
    tags = describe_addresses(codebook)
    titles = {passage.article: passage.title for passage in passages}
    if passage_filter.article and passage_filter.article not in titles:
        articles = Article.objects.visible_to(user).filter(slug=passage_filter.article)
        titles = dict(articles.values_list("slug", "title"))
    return {
        "tag": tags,
        "any": tags,
        "not": tags,
        "source": sources,
        "reader": readers,
        "layer": {CONSENSUS: _("Consensus")},
        "article": titles,
        "state": {state: str(label) for state, label in STATE_LABELS.items()},
    }


def load_cached_origins(project: Project, user: AnyUser, layer: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the sources and the readers that a filter can name; kept until the project changes, a minute at most."""
    reader = make_kind_of_reader(project, user)
    load = all_passages().in_project(project, reader, layer).load_origins
    if project.sight:
        return load()
    key = f"passages-{project.pk}-{project.version}-{name_kind(reader)}-{layer}"
    return page_cache.get_or_set(key, load, CACHE_SECONDS)


def describe_missing(passage_filter: PassageFilter, codebook: Codebook, names: FilterNames) -> list[str]:
    """Return a sentence for each tag, source, reader and article that was asked for and is not there."""
    tags = [name for name in passage_filter.tag_names if not tag_keys(codebook, name)]
    values = {field: getattr(passage_filter, field) for field in MISSING_LABELS}
    return [_("The codebook has no tag “%(name)s”.") % {"name": name} for name in tags] + [
        _(MISSING_LABELS[field]) % {"name": value}
        for field, value in values.items()
        if value and value not in names[field]
    ]

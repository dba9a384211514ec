"""What the filters of passages offer, and what they say: above the list, the desk, the charts and the exports alike."""

from collections.abc import Iterable

from django.core.cache import cache

from annotations.models.codebook import tag_keys
from annotations.passages.filters import STATES, Wanted, chosen
from annotations.passages.queries import all_passages
from newsreader.models import Article

A_MINUTE = 60


def choices(query, wanted: Wanted, codebook: dict, names: dict) -> dict:
    """What a bar of filters needs, and the filters that are on; `names` as `names_in` gives them."""
    return {
        "codebook": codebook.values(),
        "fields": fields_of(wanted, codebook),
        "sources": names["source"],
        "readers": names["reader"],
        "states": STATES,
        "article_title": names["article"].get(wanted.article, wanted.article),
        "chosen": chosen(query, wanted, names),
    }


def fields_of(wanted: Wanted, codebook: dict) -> dict[str, list[dict]]:
    """The choices of tags: one for each that is chosen, and one more."""
    fields = {
        "tags": fields_for("tag", ["Tag", "and also"], ["any tag", "any"], wanted.tags, 2, codebook),
        "more": fields_for("any", ["One of", "or"], ["any tag", "any"], wanted.any, 2, codebook),
    }
    fields["more"] += fields_for("not", ["Not", "nor"], ["none", "none"], wanted.none, 1, codebook)
    return fields


def fields_for(name: str, labels: list[str], blanks: list[str], chosen: list[str], least: int, codebook) -> list[dict]:
    values = chosen + [""] * max(1, least - len(chosen))
    return [
        {
            "id": f"{name}-{n}",
            "name": name,
            "label": labels[n > 0],
            "blank": blanks[n > 0],
            "value": value,
            "unknown": bool(value) and not tag_keys(codebook, value),
        }
        for n, value in enumerate(values)
    ]


def names_in(user, project, wanted: Wanted, codebook: dict, passages: Iterable = ()) -> dict:
    """The words for the values of each filter; `passages` that are shown know some titles."""
    sources, readers = offered(project)
    tags = {term.slug: term.name for term in codebook.values()}
    titles = {passage.article: passage.title for passage in passages}
    if wanted.article and wanted.article not in titles:
        titles = dict(Article.objects.visible_to(user).filter(slug=wanted.article).values_list("slug", "title"))
    return {
        "tag": tags,
        "any": tags,
        "not": tags,
        "source": sources,
        "reader": readers,
        "article": titles,
        "state": STATES,
    }


def offered(project) -> tuple[dict, dict]:
    """The sources and the readers by which passages can be chosen; kept until the project changes, a minute at most."""
    key = f"passages-{project.pk}-{project.version}"
    return cache.get_or_set(key, lambda: all_passages().within(project).origins(), A_MINUTE)


def missing(wanted: Wanted, codebook: dict, names: dict) -> list[str]:
    """What was asked for and is not there, in words."""
    tags = [name for name in wanted.names if not tag_keys(codebook, name)]
    said = [f"The codebook has no tag “{name}”." for name in tags]
    places = {"source": "No source “{}” has passages here.", "reader": "No reader “{}” has passages here."}
    places["article"] = "There is no article “{}”."
    asked = {name: getattr(wanted, name) for name in places}
    return said + [places[name].format(value) for name, value in asked.items() if value and value not in names[name]]

"""Passages: a project's highlights over all articles, a page at a time or as a table."""

from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from annotations.models import Highlight, Project
from annotations.models.codebook import codebook_of, keys_of
from annotations.models.passage import COUNTED, Leaf
from annotations.views.groups import gather
from annotations.views.passage_filters import GROUPS, STATES, Wanted, chosen, found, narrowed, wanted_in
from newsreader.models import Article
from newsreader.views.filters import address

A_MINUTE = 60
ORDERS = {"latest": "latest first", "article": "by article", "source": "by source"}


@require_safe
def index(request, slug):
    """The passages that the query string asks for."""
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug).seen_by(request.user)
    request.project = project
    wanted, codebook = wanted_in(request.GET), codebook_of(project)
    passages = found(Highlight.objects.readable_by(request.user), project, wanted, codebook)
    if request.GET.get("format") == "csv":
        return redirect(reverse("export", args=[slug]) + address(request.GET))
    grouped = gather(request, project, wanted, passages, codebook) if wanted.group else {}
    leaf = Leaf([], None, None) if grouped else passages.leaf(wanted.order, **place_of(wanted))
    context = {"section": "passages", "project": project, "wanted": wanted, "leaf": leaf, "tally": passages.tally()}
    context |= grouped
    context |= words(request, context, codebook) | links(request, project, leaf)
    return answer(request, context)


def place_of(wanted: Wanted) -> dict:
    return {"after": wanted.after, "before": wanted.before, "context": wanted.context}


def permalink(site: str, key) -> str:
    return site + reverse("highlight", args=[key])


def words(request, context: dict, codebook: dict) -> dict:
    """What the filters offer, and what they say."""
    wanted, (sources, readers) = context["wanted"], offered(context["project"])
    names = names_of(request.user, wanted, codebook, sources, readers, context["leaf"].passages)
    return {
        "codebook": codebook.values(),
        "fields": fields_of(wanted, codebook),
        "sources": sources,
        "readers": readers,
        "orders": ORDERS,
        "groups": GROUPS,
        "states": STATES,
        "may_pin": context["project"].allows("desk"),
        "counted": COUNTED,
        "heading": ", ".join(names["tag"].get(name, name) for name in wanted.tags),
        "article_title": names["article"].get(wanted.article, wanted.article),
        "missing": missing(wanted, codebook, names),
        "chosen": chosen(request.GET, wanted, names),
    }


def links(request, project, leaf) -> dict:
    """The addresses of what lies around these passages."""
    return {
        "base": request.path,
        "everything": request.path,
        "earlier": address(narrowed(request.GET, before=leaf.before)),
        "later": address(narrowed(request.GET, after=leaf.after)),
        "charts": reverse("charts", args=[request.project.slug]) + address(narrowed(request.GET)),
        "export": reverse("export", args=[project.slug]) + address(narrowed(request.GET)),
        "on_desk": reverse("desk", args=[project.slug]) + address(narrowed(request.GET)),
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
            "unknown": bool(value) and not keys_of(codebook, value),
        }
        for n, value in enumerate(values)
    ]


def offered(project) -> tuple[dict, dict]:
    """The sources and the readers by which passages can be chosen; kept until the project changes, a minute at most."""
    key = f"passages-{project.pk}-{project.version}"
    return cache.get_or_set(key, lambda: Highlight.objects.within(project).origins(), A_MINUTE)


def names_of(user, wanted: Wanted, codebook: dict, sources: dict, readers: dict, passages: list) -> dict:
    """The words for the values of each filter."""
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


def missing(wanted: Wanted, codebook: dict, names: dict) -> list[str]:
    """What was asked for and is not there, in words."""
    tags = [name for name in wanted.names if not keys_of(codebook, name)]
    said = [f"The codebook has no tag “{name}”." for name in tags]
    places = {"source": "No source “{}” has passages here.", "reader": "No reader “{}” has passages here."}
    places["article"] = "There is no article “{}”."
    asked = {name: getattr(wanted, name) for name in places}
    return said + [places[name].format(value) for name, value in asked.items() if value and value not in names[name]]


def answer(request, context: dict):
    """The whole page, or for htmx what stands below the filters."""
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "annotations/_passages.html" if part else "annotations/passages.html", context)
    if part:
        response["HX-Push-Url"] = request.path + address(request.GET)  # without the fields that were left blank
    patch_vary_headers(response, ["HX-Request"])
    return response

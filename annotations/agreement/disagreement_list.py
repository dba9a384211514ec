"""The list of disagreements below the figures: one page of those that are asked for, with the versions of the coders."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.agreement.calculation import Agreement
from annotations.agreement.decided import describe_decision, load_coder_names
from annotations.agreement.disagreements import KINDS, Difference, select_differences
from annotations.agreement.queries import load_texts
from annotations.agreement.selection import ListFilter, read_list_filter
from annotations.agreement.versions import show_difference
from annotations.agreement.wording import KIND_LABELS, join_names
from annotations.models import Decision
from annotations.models.codebook import Codebook
from newsreader.views.filters import build_query_string

PAGE_SIZE = 10


def make_list_context(
    agreement: Agreement, query: QueryDict, bare: QueryDict, codebook: Codebook, decisions: Mapping[str, Decision]
) -> dict[str, Any]:
    """Return a page of the disagreements that are asked for; their texts are read in one query."""
    wanted = read_list_filter(query, agreement.selection, codebook)
    found = select_differences(agreement.differences, *wanted)
    page = Paginator(found, PAGE_SIZE).get_page(query.get("page"))
    texts = load_texts({difference.text for difference in page.object_list})
    keys = dict(zip(agreement.differences, agreement.keys, strict=True))
    decided = {one: decisions[keys[one]] for one in page.object_list if keys[one] in decisions}
    names = load_coder_names(list(decided.values()))
    shown = [
        (
            show_difference(difference, agreement.articles, texts, codebook),
            describe_decision(decided[difference], codebook, names) if difference in decided else "",
        )
        for difference in page.object_list
        if difference.text in texts
    ]
    return {
        "page": page,
        "shown": shown,
        "kinds": list_kind_links(agreement.differences, wanted, query, codebook),
        "wanted": wanted,
        "about": codebook[wanted.tag] if wanted.tag else None,
        "pair": join_names(wanted.pair),
        "all_differences": f"{build_query_string(bare)}#disagreements",
        "before": link_page(query, page.previous_page_number()) if page.has_previous() else "",
        "after": link_page(query, page.next_page_number()) if page.has_next() else "",
    }


def list_kind_links(
    differences: list[Difference], wanted: ListFilter, query: QueryDict, codebook: Codebook
) -> list[tuple[str, str, int, bool]]:
    """Return the label, address, number and whether it is chosen, of each kind of disagreement and of all."""
    rest = query.copy()
    for name in ("kind", "page"):
        rest.pop(name, None)
    numbers = Counter(difference.kind for difference in select_differences(differences, "", wanted.tag, wanted.pair))
    everything = (_("All"), f"{build_query_string(rest)}#disagreements", numbers.total(), not wanted.kind)
    return [everything] + [
        (
            str(KIND_LABELS[kind]),
            f"{build_query_string(rest, kind=kind)}#disagreements",
            numbers[kind],
            wanted.kind == kind,
        )
        for kind in KINDS
    ]


def link_page(query: QueryDict, number: int) -> str:
    """Return the address of another page of the disagreements."""
    copy = query.copy()
    copy["page"] = str(number)
    return f"?{copy.urlencode()}#disagreements"

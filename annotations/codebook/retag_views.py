"""Retagging many passages at once: those of a filter, or those of a tag that is split, one by one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.codebook.forms import RetagForm
from annotations.codebook.gone_tags import answer_for_gone_tag
from annotations.codebook.tree import select_tags
from annotations.codebook.views import GET_AND_POST, get_tag
from annotations.decorators import MemberRequest, project_required
from annotations.models import Project, Tag
from annotations.models.codebook import codebook_of, tag_keys
from annotations.models.retagging import retag, split_tag
from annotations.passages.filters import (
    PASSAGE_LIMITS,
    drop_page_parameters,
    parse_uuid,
    read_filter,
    select_passages,
)
from annotations.passages.queries import PassageQuerySet, all_passages
from annotations.undo_messages import say_done
from newsreader.views.filters import build_query_string, limit_query

SPLIT_PAGE_SIZE = 25
MAX_DIGITS = 9  # of a number in an address
MAX_TARGETS = 8  # tags into which one is split at a time


@require_http_methods(GET_AND_POST)
@project_required("codebook", GET_AND_POST)
@limit_query(PASSAGE_LIMITS)
def retag_passages(request: MemberRequest, project: Project) -> HttpResponse:
    """Show how many passages the query string selects, and a form; sent, give them other tags if they are as many still."""
    passages = select_wanted(request, project)
    number = passages.count()
    sent, initial = request.POST if request.method == "POST" else None, {"remove": find_only_tag(request, project)}
    form = RetagForm(sent, initial=initial, tags=select_active_tags(project))
    back = reverse("passages", args=[project.slug]) + build_query_string(drop_page_parameters(request.GET))
    changed_since = form.is_bound and request.POST.get("number") != str(number)
    if form.is_valid() and not changed_since:
        say_retagged(request, project, retag(project, passages, by=request.user, **form.get_tags()))
        return redirect(back)
    context = {
        "section": "passages",
        "project": project,
        "form": form,
        "number": number,
        "changed_since": changed_since,
        "back": back,
        "is_filtered": bool(request.GET),
    }
    status = 200 if not form.is_bound else 409 if changed_since else 422
    return render(request, "annotations/codebook/retag.html", context, status=status)


def find_only_tag(request: MemberRequest, project: Project) -> UUID | None:
    """Return the key of the tag that the query string names, None where it names none or several."""
    names = read_filter(request.GET, request.left_out).tags
    keys = tag_keys(codebook_of(project), names[0]) if len(names) == 1 else []
    return UUID(keys[0]) if len(keys) == 1 else None


def say_retagged(request: MemberRequest, project: Project, number: int) -> None:
    """Say how many highlights were retagged, with “Undo” where there were any."""
    text = ngettext("%(number)s highlight was retagged.", "%(number)s highlights were retagged.", number)
    text %= {"number": number}
    if number:
        say_done(request, project, text)
    else:
        messages.success(request, text)


def select_wanted(request: MemberRequest, project: Project) -> PassageQuerySet:
    """Return the passages that the query string selects, as on the page of passages."""
    passage_filter = read_filter(request.GET, request.left_out)
    return select_passages(
        all_passages().readable_by(request.user, project), project, passage_filter, codebook_of(project)
    )


def select_active_tags(project: Project) -> Any:
    """Return the tags that highlights may get."""
    return select_tags(project).filter(status=Tag.Status.ACTIVE, heading_only=False)


@require_http_methods(GET_AND_POST)
@project_required("codebook", GET_AND_POST)
@answer_for_gone_tag
def split_passages(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Show the tag's passages, a page at a time, with the tags (?to=) of which each may get one; sent, give them these."""
    tag = get_tag(project, pk)
    others = list(select_active_tags(project).exclude(pk=pk))
    targets = [other for other in others if str(other.pk) in request.GET.getlist("to")][:MAX_TARGETS]
    if request.method == "POST":
        return give_chosen_tags(request, tag, targets)
    context = {"section": "codebook", "project": project, "tag": tag, "others": others, "targets": targets}
    return render(request, "annotations/codebook/split.html", context | load_split_page(request, tag, bool(targets)))


def load_split_page(request: MemberRequest, tag: Tag, is_chosen: bool) -> dict[str, Any]:
    """Return a page of the tag's passages, once it is chosen into what it is split."""
    highlights = all_passages().readable_by(request.user).filter(project=tag.project_id, tags=tag)
    keys = highlights.order_by("article", "revision", "start", "pk").values_list("pk", flat=True)
    number = keys.count()
    start = read_start(request)
    if start >= number:
        start = max(number - SPLIT_PAGE_SIZE, 0)
    page = list(keys[start : start + SPLIT_PAGE_SIZE]) if is_chosen else []
    passages = all_passages().load_by_key(page)
    return {
        "passages": [passages[key] for key in page if key in passages],
        "number": number,
        "has_previous": start > 0,
        "has_next": start + SPLIT_PAGE_SIZE < number,
    }


def read_start(request: MemberRequest) -> int:
    """Return how many passages stand before the page (?start=)."""
    written = request.GET.get("start", "")
    return int(written) if written.isdecimal() and len(written) < MAX_DIGITS else 0


def give_chosen_tags(request: MemberRequest, tag: Tag, targets: Sequence[Tag]) -> HttpResponse:
    """Give each passage the tag that was chosen for it (`to-KEY`); those without a choice keep theirs."""
    by_key, choices = {str(target.pk): target for target in targets}, {}
    for name, value in request.POST.items():
        key = parse_uuid(name.removeprefix("to-"))
        if key and value in by_key:
            choices[key] = by_key[value]
    readable = all_passages().readable_by(request.user).filter(pk__in=choices).values_list("pk", flat=True)
    number = split_tag(tag, {key: choices[key] for key in readable}, by=request.user)
    go = request.POST.get("go", "")
    if number or not go:
        say_retagged(request, request.project, number)
    if left := sum(bool(value) for name, value in request.POST.items() if name.startswith("to-")) - number:
        text = ngettext(
            "%(number)s highlight stays as it is: it, its tag or the tag you chose was changed meanwhile.",
            "%(number)s highlights stay as they are: they, their tag or the tags you chose were changed meanwhile.",
            left,
        )
        messages.warning(request, text % {"number": left})
    query = request.GET.copy()
    query["start"] = str(find_next_start(read_start(request), go, number))
    return redirect(f"{request.path}?{query.urlencode()}")


def find_next_start(start: int, go: str, number: int) -> int:
    """Return where the page begins to which one goes, after so many passages of this one lost the tag."""
    steps = {"next": SPLIT_PAGE_SIZE - number, "previous": -SPLIT_PAGE_SIZE}
    return max(start + steps.get(go, 0), 0)

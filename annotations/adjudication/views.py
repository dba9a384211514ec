"""The adjudication of an article: disagreements one after the other, each decided by one form."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from annotations.adjudication.acts import DecisionError, Sent, act, take_agreed
from annotations.adjudication.cases import load_cases
from annotations.adjudication.next_article import build_agreement_query, find_next_article, find_round
from annotations.adjudication.page import make_context
from annotations.agreement.wording import join_names
from annotations.decorators import MemberRequest, project_required, render_refusal
from annotations.models import Adjudication, Assignment, Highlight, Project
from annotations.models.adjudication import MAX_REASON, find_adjudication, open_adjudication
from annotations.models.codebook import codebook_of
from newsreader.models import Article
from newsreader.views.filters import limit_query, read_values

MAX_CODERS = 12
BLIND = gettext_lazy("You read this article blind. You can adjudicate it when you are done or a curator reveals it.")
QUERY_LIMITS = {"coder": MAX_CODERS, "at": 1, "change": 1}


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("adjudicate", methods=("GET", "HEAD", "POST"))
@limit_query(QUERY_LIMITS)
def adjudicate(request: MemberRequest, project: Project, article: str) -> HttpResponse:
    """Show a disagreement (`at` is its number) with the versions of the coders; sent, decide it and go to the next."""
    found = get_object_or_404(Article.objects.visible_to(request.user), slug=article)
    if project.sight.hides(found.pk):
        return render_refusal(request, project, BLIND)
    adjudication = find_adjudication(project, found)
    if request.method == "POST":
        return answer_form(request, project, found, adjudication)
    if adjudication is None or request.GET.get("change"):
        return show_choice(request, project, found, adjudication)
    return show_case(request, project, found, adjudication)


def show_case(request: MemberRequest, project: Project, article: Article, adjudication: Adjudication) -> HttpResponse:
    """Return the page of one disagreement."""
    cases, at = load_cases(project, request.user, adjudication), request.GET.get("at", "")
    number = int(at) if at.isdecimal() and len(at) < 6 else cases.find_next(0)
    context: dict[str, Any] = make_context(project, adjudication, article, cases, number, codebook_of(project))
    context |= {"project": project, "article": article, "faults": request.left_out, "max_reason": MAX_REASON}
    coding_round = find_round(project, article.pk, cases.coders)
    context["back"] = build_agreement_query(article, coding_round)
    if adjudication.state == Adjudication.State.FINISHED:
        context["next_article"] = find_next_article(
            project, request.user, adjudication, list(cases.coders), coding_round
        )
        context["next_query"] = urlencode({"coder": cases.coders}, doseq=True)
    context["is_coder"] = request.user.get_username() in cases.coders
    return render(request, "annotations/adjudication/adjudicate.html", context)


def show_choice(
    request: MemberRequest, project: Project, article: Article, adjudication: Adjudication | None, fault: str = ""
) -> HttpResponse:
    """Return the page on which the coders are chosen: those the address names, else those of before, else all."""
    names = [coder.get_username() for coder in list_coders(request, project, article)]
    asked = read_values(request.GET, "coder") or request.POST.getlist("coder")
    before = list(adjudication.coders.values_list("username", flat=True)) if adjudication else []
    chosen = set(asked or before or names[:MAX_CODERS])
    context = {
        "project": project,
        "article": article,
        "adjudication": adjudication,
        "coders": [(name, name in chosen) for name in names],
        "rounds": list_round_links(project, article, names),
        "fault": fault,
    }
    return render(request, "annotations/adjudication/start.html", context, status=422 if fault else 200)


def list_round_links(project: Project, article: Article, names: list[str]) -> list[tuple[str, str, str]]:
    """Return the rounds in which the article was coded: name, coders, and the query that chooses those of these names."""
    found = []
    for one in Assignment.objects.list_rounds(project, article.pk):
        if coders := [name for name in one.coders if name in names]:
            query = urlencode({"change": 1, "coder": coders}, doseq=True)
            found.append((one.name, join_names(coders), query))
    return found


def list_coders(request: MemberRequest, project: Project, article: Article) -> list[User]:
    """Return everybody with a highlight on the article that the reader may read, by name."""
    highlights = Highlight.objects.readable_by(request.user, project).filter(article=article)
    coders = User.objects.filter(pk__in=highlights.order_by().values("author"))
    return sorted(coders, key=lambda coder: (coder.username.casefold(), coder.username))


def answer_form(
    request: MemberRequest, project: Project, article: Article, adjudication: Adjudication | None
) -> HttpResponse:
    """Do what was sent, and lead to the disagreement to decide next."""
    address = reverse("adjudicate", args=[project.slug, article.slug])
    if adjudication is None or request.POST.get("act") == "start":
        return start(request, project, article, address)
    try:
        number = act(gather(request, project, article, adjudication))
    except DecisionError as error:
        messages.error(request, str(error))
        at = request.POST.get("at", "")
        return redirect(f"{address}?at={at}" if at.isdecimal() and len(at) < 6 else address)
    return redirect(f"{address}?at={number}")


def start(request: MemberRequest, project: Project, article: Article, address: str) -> HttpResponse:
    """Compare the coders that were chosen, and take what they agree on."""
    names = set(request.POST.getlist("coder"))
    coders = [coder for coder in list_coders(request, project, article) if coder.get_username() in names]
    if not 2 <= len(coders) <= MAX_CODERS:
        fault = _("Choose two coders or more, twelve at most, who highlighted this article.")
        return show_choice(request, project, article, find_adjudication(project, article), fault)
    adjudication = open_adjudication(project, article, coders, by=request.user)
    take_agreed(gather(request, project, article, adjudication))
    return redirect(address)


def gather(request: MemberRequest, project: Project, article: Article, adjudication: Adjudication) -> Sent:
    """Return what was sent, with the disagreements as they are."""
    found = load_cases(project, request.user, adjudication)
    return Sent(project, adjudication, article.current(), request.user, request.POST, found)

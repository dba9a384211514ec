"""Merging duplicates from the list of articles: which one stays, what becomes of the highlights, and the way back."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.correction import MAX_LISTED, load_previewed_passages
from annotations.admin.scoped_admin import select_counted_highlights
from annotations.errors import MergeRefusedError
from annotations.models.assignment import Assignment
from annotations.models.merging import (
    MergePlan,
    check_assignments,
    check_mergeable,
    merge_articles,
    plan_merge,
    undo_merge,
)
from annotations.models.placement import Placement
from annotations.review.before_after import ChangedPassage
from newsreader.admin.bulk import BulkActions
from newsreader.admin.correction import compute_digest
from newsreader.curation.history import note
from newsreader.curation.tasks import queue_curation
from newsreader.http import UserRequest
from newsreader.models import Article
from newsreader.models.article import ArticleQuerySet

MAX_MERGED = 10  # articles at once


class MergePreview(NamedTuple):
    """What a merge would do to the highlights that the curator sees: numbers, and the first of those that change or stay."""

    same: int
    edited: int
    staying: int
    compared: int
    changed: list[ChangedPassage]
    lost: list[ChangedPassage]


class MergeForm(forms.Form):
    """Which of the articles stays."""

    kept = forms.ModelChoiceField(Article.objects.none(), label=_("Which article stays?"))
    previewed = forms.CharField(required=False)

    def __init__(self, *args: Any, articles: ArticleQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kept"]
        field.queryset = articles


class MergeActions(BulkActions):
    """The action that merges articles."""

    @admin.action(description=_("Merge duplicates…"), permissions=["change"])
    def merge(self, request: UserRequest, articles: ArticleQuerySet) -> HttpResponse | None:
        """Ask which article stays and show what becomes of the highlights; then merge."""
        if refusal := find_refusal(articles):
            self.message_user(request, refusal, messages.WARNING)
            return None
        chosen = Article.objects.filter(pk__in=list(articles.order_by().values_list("pk", flat=True)))
        form = MergeForm(request.POST if "kept" in request.POST else None, articles=chosen)
        kept = form.cleaned_data["kept"] if form.is_valid() else choose_kept(chosen)
        others = [article for article in chosen if article.pk != kept.pk]
        plan = plan_merge(kept, others)
        digest = digest_plan(plan, others)
        preview = preview_merge(plan, request)
        if form.is_valid() and form.cleaned_data["previewed"] == digest:
            try:
                self.do_merge(request, kept, others)
            except MergeRefusedError as error:
                self.message_user(request, str(error), messages.WARNING)
            return None
        context = {
            "kept": kept,
            "others": others,
            "digest": digest,
            "preview": preview,
            "is_assigned": Assignment.objects.filter(article__in=others).exists(),
            "refusal": find_assignment_refusal(kept, others),
            "has_changed": bool(form.is_bound and form["previewed"].value() and "preview" not in request.POST),
        }
        template, title = "admin/annotations/article_merge.html", gettext("Merge duplicates")
        return self.ask(request, chosen, form, template, title, **context)

    def do_merge(self, request: UserRequest, kept: Article, others: list[Article]) -> None:
        """Merge, note it in the histories, and say in numbers what was done."""
        number = merge_articles(kept, others, by=request.user)
        note(others, request.user, f"Merged into “{kept}” and withdrawn.")
        note([kept], request.user, f"Merged with {describe_titles(others)}.")
        by_keys = Article.objects.filter(pk__in=[kept.pk, *(other.pk for other in others)])
        by_keys.set_checked()
        merged = ngettext(
            "%(number)s article merged into “%(kept)s”.", "%(number)s articles merged into “%(kept)s”.", len(others)
        )
        moved = ngettext("%(number)s highlight moved.", "%(number)s highlights moved.", number)
        sentences = [merged % {"number": len(others), "kept": kept}, moved % {"number": number} if number else ""]
        page = reverse("admin:newsreader_article_change", args=[kept.pk])
        self.message_user(
            request, format_html('{} <a href="{}#merged">{}</a>', " ".join(sentences).strip(), page, gettext("Undo"))
        )


def find_refusal(articles: ArticleQuerySet) -> str:
    """Return why these articles cannot be merged; empty where they can."""
    if not 2 <= articles.count() <= MAX_MERGED:
        return gettext("Choose from two to ten articles to merge.")
    try:
        check_mergeable(articles)
    except MergeRefusedError as error:
        return str(error)
    return ""


def find_assignment_refusal(kept: Article, others: list[Article]) -> str:
    """Return why the assignments of these articles stand in the way of a merge; empty where they do not."""
    try:
        check_assignments(kept, others)
    except MergeRefusedError as error:
        return str(error)
    return ""


def choose_kept(articles: ArticleQuerySet) -> Article:
    """Return the article that is proposed to stay: a published one, with the latest highlight, or else the first that came."""
    ranked: Any = articles.annotate(last=Max("highlights__created_at")).order_by("pk")
    return max(ranked, key=lambda one: (one.is_published, one.last is not None, -one.pk))


def describe_titles(articles: list[Article]) -> str:
    """Return the titles of articles in quotation marks."""
    return ", ".join(f"“{article}”" for article in articles)


def digest_plan(plan: MergePlan, others: list[Article]) -> str:
    """Return a digest of what a merge would do, so that it is shown again where that changed."""
    places = sorted((str(one.highlight_id), one.state, one.start, one.end) for one in plan.moving)
    lost = sorted(str(one.highlight_id) for one in plan.lost)
    return compute_digest([plan.kept.pk, plan.kept.version, [(one.pk, one.version) for one in others], places, lost])


def preview_merge(plan: MergePlan, request: HttpRequest) -> MergePreview:
    """Return what is shown of a plan to a curator."""
    seen = set(select_counted_highlights(request.user).filter(pk__in=list_keys(plan)).values_list("pk", flat=True))
    moving, lost = ([one for one in rows if one.highlight_id in seen] for rows in (plan.moving, plan.lost))
    revision = plan.kept.current()
    changed = [one for one in moving if one.state == Placement.State.EDITED]
    return MergePreview(
        same=len(moving) - len(changed),
        edited=len(changed),
        staying=len(lost),
        compared=select_counted_highlights(request.user).filter(pk__in=plan.compared.values("pk")).count(),
        changed=load_previewed_passages(changed[:MAX_LISTED], revision),
        lost=load_previewed_passages(lost[:MAX_LISTED], revision),
    )


def list_keys(plan: MergePlan) -> list[Any]:
    """Return the keys of the highlights of a plan."""
    return [one.highlight_id for one in [*plan.moving, *plan.lost]]


def take_back_merge(model_admin: admin.ModelAdmin, request: Any, object_id: str) -> HttpResponse:
    """Take back the merge of an article into another, and say what came back."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("admin:newsreader_article_change", object_id)
    article = model_admin.get_object(request, object_id)
    if not article or not article.merged_into_id:
        raise Http404
    try:
        number = undo_merge(article, by=request.user)
    except MergeRefusedError as error:
        model_admin.message_user(request, str(error), messages.WARNING)
        return redirect("admin:newsreader_article_change", article.pk)
    note([article], request.user, "Undid the merge.")
    article.refresh_from_db()
    queue_curation()  # it may be scheduled again
    message = ngettext(
        "The merge was undone: %(number)s highlight is back. Status: %(status)s.",
        "The merge was undone: %(number)s highlights are back. Status: %(status)s.",
        number,
    )
    message = message if number else gettext("The merge was undone. Status: %(status)s.")
    model_admin.message_user(request, message % {"number": number, "status": article.get_status_display()})
    return redirect("admin:newsreader_article_change", article.pk)

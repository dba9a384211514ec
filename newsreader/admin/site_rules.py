"""Rules for the pages of a source: edited on a page of their own, and tried on the source’s last articles before they are saved."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from newsreader.curation.tasks import queue_curation
from newsreader.http import UserRequest
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.site_rules import parse_selector
from newsreader.models import Refetch, Revision, RuleTrial, SiteRule, Source
from newsreader.models.site_rule import MAX_RULES, MAX_SELECTOR, Rules
from newsreader.text.diff.comparison import Comparison

EMPTY_ROWS = 3


class RuleForm(forms.Form):
    """One rule; a row without a selector is none."""

    selector = forms.CharField(
        label=_("Selector"),
        required=False,
        max_length=MAX_SELECTOR,
        widget=forms.TextInput(
            {"placeholder": "div.story > p.intro", "spellcheck": "false", "autocapitalize": "off", "translate": "no"}
        ),
    )
    part = forms.ChoiceField(label=_("What it selects"), choices=SiteRule.Part.choices)

    def clean_selector(self) -> str:
        """Refuse what is no CSS selector."""
        selector = self.cleaned_data["selector"]
        try:
            if selector:
                parse_selector(selector)
        except ArticleImportError as error:
            raise forms.ValidationError(str(error)) from error
        return selector


RuleFormSet = forms.formset_factory(RuleForm, extra=EMPTY_ROWS, max_num=MAX_RULES, validate_max=True)


class TriedPage(NamedTuple):
    """One article on which rules were tried, with what they change; no passages where there is nothing to compare."""

    refetch: Refetch
    summary: str
    passages: list[Any]
    byline: tuple[str, str]
    why: str


def edit_rules(model_admin: admin.ModelAdmin, request: UserRequest, object_id: str) -> HttpResponse:
    """Show the rules of a source with what came of the last trial; POST tries them (`try`) or saves them."""
    source = model_admin.get_object(request, object_id)
    if not source or source.scope:
        raise Http404
    if not model_admin.has_change_permission(request, source):
        raise PermissionDenied
    trial = RuleTrial.objects.filter(source=source).first()
    saved = SiteRule.objects.list_for_source(source)
    shown = trial.rules if trial else saved
    if request.method == "POST":
        forms_given = RuleFormSet(request.POST, prefix="rules")
        if forms_given.is_valid():
            return act_on_rules(model_admin, request, source, read_rules(forms_given))
        shown = None
    else:
        forms_given = RuleFormSet(initial=shown, prefix="rules")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Rules for the pages of %(source)s") % {"source": source},
        "opts": model_admin.opts,
        "object": source,
        "original": source,
        "formset": forms_given,
        "is_unsaved": shown != saved,
        "saved": name_parts(saved),
        **describe_trial(trial),
        "is_old": bool(trial) and shown is None,
    }
    is_fragment = bool(request.htmx) and request.method == "GET"
    template = "_trial.html" if is_fragment else "rules.html"
    return TemplateResponse(request, f"admin/newsreader/source/{template}", context)


def read_rules(forms_given: Any) -> Rules:
    """Return the rules of a valid form; a row without a selector is none."""
    rows = [row for row in forms_given.cleaned_data if row.get("selector")]
    return [{"part": row["part"], "selector": row["selector"]} for row in rows]


def name_parts(rules: Rules) -> list[tuple[str, Any]]:
    """Return each selector with what it selects, in words."""
    return [(rule["selector"], SiteRule.Part(rule["part"]).label) for rule in rules]


def act_on_rules(model_admin: admin.ModelAdmin, request: UserRequest, source: Source, rules: Rules) -> HttpResponse:
    """Try rules on the last articles of a source, or save them; say what was done."""
    if "try" in request.POST:
        trial = RuleTrial.objects.start(source, rules, request.user)
        queue_curation()
        number = trial.pages.count()
        message = ngettext(
            "The rules are being tried on %(number)s article. Nothing has been saved yet.",
            "The rules are being tried on %(number)s articles. Nothing has been saved yet.",
            number,
        )
    else:
        SiteRule.objects.replace_rules(source, rules)
        RuleTrial.objects.filter(source=source).exclude(rules=rules).delete()
        number = len(rules)
        model_admin.log_change(request, source, f"Set the rules for its pages: {describe_rules(rules)}.")
        message = ngettext(
            "%(number)s rule saved. It applies to pages that are fetched from now on.",
            "%(number)s rules saved. They apply to pages that are fetched from now on.",
            number,
        )
    model_admin.message_user(request, message % {"number": number})
    return redirect("admin:newsreader_source_rules", source.pk)


def describe_rules(rules: Rules) -> str:
    """Return rules as the history of their source has them."""
    return "; ".join(f"{rule['selector']} ({rule['part']})" for rule in rules) or "none"


def describe_trial(trial: RuleTrial | None) -> dict[str, Any]:
    """Return what the page shows of a trial: how far it is, and what the rules change on each article."""
    if not trial:
        return {"trial": None, "tried": []}
    pages = list(trial.pages.select_related("article__source").order_by("pk"))
    done = [page for page in pages if page.state != Refetch.State.WAITING]
    return {
        "trial": trial,
        "tried_rules": name_parts(trial.rules),
        "total": len(pages),
        "done": len(done),
        "is_running": len(done) < len(pages),
        "tried": [compare_tried(page) for page in done],
    }


def compare_tried(page: Refetch) -> TriedPage:
    """Return what rules change on one article."""
    before, after = page.found.get("before", {}), page.found.get("after", {})
    why = page.why or after.get("why", "")
    byline = before.get("byline", ""), after.get("byline", "")
    if why or not after.get("html"):
        return TriedPage(page, "", [], byline, why)
    old, new = (Revision.from_html(found.get("html", ""), article=page.article) for found in (before, after))
    old.number, new.number = 1, 2
    comparison = Comparison(old, new)
    changes = old.html != new.html
    return TriedPage(
        page, comparison.summarise() if changes else "", comparison.group_rows() if changes else [], byline, ""
    )

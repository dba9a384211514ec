"""Import a file: first its plan is shown, then it is carried out, or nothing is; a worker imports a large file."""

from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotations.decorators import project_required, render_refusal
from annotations.errors import JobLimitError, PlanMismatchError, StaleError
from annotations.exchange.bundle import FILE_TOO_LARGE, MAX_ENTRIES, MAX_FILE_BYTES, ImportBundle
from annotations.exchange.bundle_json import dump_bundle
from annotations.exchange.record import HighlightRecord, UnreadableFileError
from annotations.exchange.refi_write import UNSUPPORTED
from annotations.imports.apply import apply_import
from annotations.imports.batches import Import
from annotations.imports.plan import ImportPlan
from annotations.imports.planning import plan_import
from annotations.imports.record_planner import MAX_QUOTE_IN_PROBLEM
from annotations.imports.tasks import PLAN_MISMATCH, import_file
from annotations.imports.waiting_files import (
    FILE_GONE,
    KEPT_SECONDS,
    extend_file,
    load_waiting,
    parse_bundle,
    remove_file,
    store_file,
)
from annotations.models import ImportJob, Project
from annotations.models.job import MAX_UNFINISHED_JOBS
from annotations.passages.filters import parse_uuid
from newsreader.http import Request, UserRequest
from newsreader.text.characters import clean_characters
from newsreader.text.html.plaintext import cut_characters
from newsreader.text.translation import format_number

MAX_DIRECT_HIGHLIGHTS = 500  # more of them take longer than a page should
MAX_DIRECT_TAGS = 500  # new ones
MAX_DIRECT_LENGTH, MAX_DIRECT_ON_NEW_TEXTS = 200_000, 100  # code points of all new texts; highlights on them
MAX_SHOWN_PROBLEMS = 200
MAX_SHOWN_PRIVATE = 50
MAX_FILE_NAME = 200  # characters
CHANGED_SINCE_PREVIEW = gettext_noop(
    "The library or the project changed in the meantime. Nothing was imported; check the new preview."
)


class Ticket(NamedTuple):
    """What somebody who has seen a plan agrees to; signed, it comes back with the form."""

    project_id: str
    user_id: int
    digest: str
    file_name: str
    fingerprint: str
    highlight_count: int
    is_large: bool  # so that a worker has to do it


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("highlight", methods=("GET", "HEAD", "POST"))
def import_highlights(request: UserRequest, project: Project) -> HttpResponse:
    """Show the form; the plan of a chosen file; and, where that was confirmed, carry it out."""
    if request.method != "POST":
        return render_import_page(request, project)
    try:
        if "ticket" in request.POST:
            return apply_ticket(request, project, request.POST.get("whole") or request.POST["ticket"])
        if "again" in request.POST:
            return preview_again(request, project, request.POST["again"])
        file_name, data = read_upload(request)
        bundle = parse_bundle(data, request.get_host(), file_name)
        contents = dump_bundle(bundle)
        store_file(request.user, contents)
        return render_preview(request, project, file_name, sha256(contents).hexdigest(), bundle)
    except UnreadableFileError as error:
        return render_import_page(request, project, status=422, error=str(error))


def render_import_page(request: Request, project: Project, status: int = 200, **context: Any) -> HttpResponse:
    """Return the page with the form, and with a plan or an error where the context has one."""
    context |= {
        "project": project,
        "section": "projects",
        "megabytes": MAX_FILE_BYTES // 1_000_000,
        "rows": MAX_ENTRIES,
        "cannot_hold": UNSUPPORTED,
    }
    return render(request, "annotations/imports/import.html", context, status=status)


def read_upload(request: Request) -> tuple[str, bytes]:
    """Return the name and the bytes of what was sent, as a file or pasted; UnreadableFileError where it is nothing or too large."""
    file = request.FILES.get("file")
    if file and (file.size or 0) > MAX_FILE_BYTES:
        raise UnreadableFileError(FILE_TOO_LARGE, megabytes=MAX_FILE_BYTES // 1_000_000)
    pasted = request.POST.get("pasted", "")
    if not file and not pasted.strip():
        raise UnreadableFileError(gettext_noop("Choose a file or paste its contents."))
    if not file:
        return _("pasted text"), pasted.encode("utf-8", "replace")
    return " ".join(clean_characters(file.name or "").split())[:MAX_FILE_NAME], file.read()


def render_preview(
    request: UserRequest,
    project: Project,
    file_name: str,
    digest: str,
    bundle: ImportBundle,
    *,
    status: int = 200,
    error: str = "",
) -> HttpResponse:
    """Return the page with the plan, and with a ticket by which exactly that can be confirmed."""
    plan = plan_import(project, request.user, bundle.leave_out_private())
    sign = partial(sign_ticket, request, project, file_name, digest)
    context = {
        "plan": plan,
        "file": file_name,
        "ticket": sign(plan),
        "faults": plan.problems[:MAX_SHOWN_PROBLEMS],
        "notices": plan.notices[:MAX_SHOWN_PROBLEMS],
        "error": error,
    }
    if bundle.private_records:
        whole_plan = plan_import(project, request.user, bundle)
        context |= describe_private_notes(bundle.private_records, plan, whole_plan) | {"whole_ticket": sign(whole_plan)}
    return render_import_page(request, project, status, **context)


def describe_private_notes(private: list[HighlightRecord], plan: ImportPlan, whole_plan: ImportPlan) -> dict[str, Any]:
    """Return what the preview says of private notes: `whole_plan` imports them, `plan` does not."""
    announced = set(plan.new_tags)
    return {
        "private_notes": list_private_notes(private[:MAX_SHOWN_PRIVATE], whole_plan),
        "private_tags": [tag for tag in whole_plan.new_tags if tag not in announced],
        "private_count": len(private),
        "added_count": whole_plan.highlight_count - plan.highlight_count,
    }


def list_private_notes(records: list[HighlightRecord], plan: ImportPlan) -> list[tuple[HighlightRecord, str]]:
    """Return private notes, each with the reason why it cannot be imported; "" where it can."""
    reasons = {problem.quote: problem.reason for problem in plan.problems}
    return [(record, reasons.get(cut_characters(record.exact, MAX_QUOTE_IN_PROBLEM), "")) for record in records]


def sign_ticket(request: UserRequest, project: Project, file_name: str, digest: str, plan: ImportPlan) -> str:
    """Return a ticket, signed, by which exactly this plan can be confirmed."""
    number = plan.highlight_count
    ticket = Ticket(str(project.pk), request.user.pk, digest, file_name, plan.fingerprint, number, is_large(plan))
    return signing.dumps(list(ticket), salt="import", compress=True)


def is_large(plan: ImportPlan) -> bool:
    """Return whether a plan takes longer than a page should, and than others should wait for one transaction."""
    return (
        plan.highlight_count > MAX_DIRECT_HIGHLIGHTS
        or len(plan.new_tags) > MAX_DIRECT_TAGS
        or sum(len(text.text) for text in plan.new_texts.values()) > MAX_DIRECT_LENGTH
        or len(plan.on_new_texts) > MAX_DIRECT_ON_NEW_TEXTS
    )


def apply_ticket(request: UserRequest, project: Project, signed_ticket: str) -> HttpResponse:
    """Import what was confirmed, or have a worker do it."""
    ticket = read_ticket(request, project, signed_ticket)
    if ticket.is_large:
        return queue_import(request, project, ticket)
    name, digest, host = ticket.file_name, ticket.digest, request.get_host()
    bundle = load_waiting(request.user, digest, host)
    try:
        plan = apply_import(Import(project, request.user, name), bundle, ticket.fingerprint)
    except StaleError:
        bundle = load_waiting(request.user, digest, host)
        return render_preview(request, project, name, digest, bundle, status=409, error=_(CHANGED_SINCE_PREVIEW))
    except PlanMismatchError:
        return render_import_page(request, project, status=409, error=_(PLAN_MISMATCH))
    remove_file(request.user, ticket.digest)
    messages.success(request, describe_import(plan, name))
    return redirect("tags" if plan.is_codebook else "passages", project.slug)


def describe_import(plan: ImportPlan, file_name: str) -> str:
    """Return what was made of a file."""
    number = len(plan.new_tags if plan.is_codebook else plan.highlights)
    if plan.is_codebook:
        message = ngettext(
            "Imported %(number)s tag from “%(file)s”.", "Imported %(number)s tags from “%(file)s”.", number
        )
    else:
        message = ngettext(
            "Imported %(number)s highlight from “%(file)s”.", "Imported %(number)s highlights from “%(file)s”.", number
        )
    return message % {"number": format_number(number), "file": file_name}


def read_ticket(request: UserRequest, project: Project, signed_ticket: str) -> Ticket:
    """Return the ticket, if it is this user's for this project and no older than its file; else UnreadableFileError."""
    try:
        ticket = Ticket(*signing.loads(signed_ticket, salt="import", max_age=KEPT_SECONDS))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise UnreadableFileError(FILE_GONE) from error
    if (ticket.project_id, ticket.user_id) != (str(project.pk), request.user.pk):
        raise UnreadableFileError(FILE_GONE)
    return ticket


def queue_import(request: UserRequest, project: Project, ticket: Ticket) -> HttpResponse:
    """Have a worker import a large file, once however often that is asked for."""
    extend_file(request.user, ticket.digest)
    fields = {
        "name": ticket.file_name,
        "digest": ticket.digest,
        "fingerprint": ticket.fingerprint,
        "total": ticket.highlight_count,
    }
    jobs = ImportJob.objects.requested_by(request.user).unfinished().filter(project=project, **fields)
    try:
        job = jobs.first() or ImportJob.objects.queue_job(
            import_file, project, request.user, host=request.get_host(), **fields
        )
    except JobLimitError:
        message = _("%(number)s files are being imported for you. Wait until one of them is done.")
        return render_refusal(request, project, message % {"number": MAX_UNFINISHED_JOBS})
    return redirect("import-job", project.slug, job.pk)


@never_cache
@require_safe
@project_required()
def show_import_job(request: Request, project: Project, pk: UUID) -> HttpResponse:
    """Show the progress of a large import, and its outcome."""
    template = "annotations/imports/_job_progress.html" if request.htmx else "annotations/imports/job.html"
    context = {"section": "projects", "project": project, "job": get_import_job(request, project, pk)}
    return render(request, template, context)


def preview_again(request: UserRequest, project: Project, key: str) -> HttpResponse:
    """Return the plan that the file of a failed job would have now."""
    job = get_import_job(request, project, parse_uuid(key))
    bundle = load_waiting(request.user, job.digest, request.get_host())
    return render_preview(request, project, job.name, job.digest, bundle)


def get_import_job(request: Request, project: Project, pk: UUID | None) -> ImportJob:
    """Return the user's own import of this key; Http404 for anyone else."""
    if not request.user.is_authenticated:
        raise Http404
    return get_object_or_404(ImportJob.objects.requested_by(request.user), pk=pk, project=project)

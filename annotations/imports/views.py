"""Bringing in a file: first what it would do is shown, then it is done, or nothing is; a large file by a worker."""

from hashlib import sha256

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotations.decorators import project_required, render_refusal
from annotations.errors import JobLimitError, StaleError
from annotations.exchange.bundle import MAX_ENTRIES, MAX_FILE_BYTES
from annotations.exchange.record import UnreadableFileError
from annotations.exchange.refi_write import UNSUPPORTED
from annotations.imports.apply import bring_in
from annotations.imports.plan import planned
from annotations.imports.tasks import import_file
from annotations.imports.waiting_files import AN_HOUR, GONE, keep_file, keep_longer, parcel_of, read_file, remove_file
from annotations.models import ImportJob, Project
from annotations.models.job import AT_ONCE
from annotations.passages.filters import key_of
from newsreader.text.characters import clean_characters

LARGE = 500  # highlights; more of them take longer than a page should
SHOWN_MOST = 200
CHANGED = "The library or the project changed in the meantime. Nothing was brought in; look at what would be done now."


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("highlight", methods=("GET", "HEAD", "POST"))
def index(request, project):
    """The form; what a chosen file would do; and, where that was agreed to, the doing of it."""
    if request.method != "POST":
        return page(request, project)
    try:
        if "ticket" in request.POST:
            return do(request, project, request.POST["ticket"])
        if "again" in request.POST:
            return show_again(request, project, request.POST["again"])
        name, data = sent(request)
        parcel = parcel_of(data, request.get_host())
        keep_file(request.user, data)
        return shown(request, project, name, data, parcel)
    except UnreadableFileError as error:
        return page(request, project, status=422, error=str(error))


def page(request, project, status: int = 200, **context):
    context |= {
        "project": project,
        "section": "projects",
        "megabytes": MAX_FILE_BYTES // 1_000_000,
        "rows": MAX_ENTRIES,
    }
    context["cannot_hold"] = UNSUPPORTED
    return render(request, "annotations/imports/import.html", context, status=status)


def sent(request) -> tuple[str, bytes]:
    """The name and the bytes of what was sent, as a file or pasted."""
    file = request.FILES.get("file")
    if file and file.size > MAX_FILE_BYTES:
        raise UnreadableFileError(f"This file is larger than {MAX_FILE_BYTES // 1_000_000} MB. Bring it in in parts.")
    pasted = request.POST.get("pasted", "")
    if not file and not pasted.strip():
        raise UnreadableFileError("Choose a file, or paste what is in it.")
    name = " ".join(clean_characters(file.name).split())[:200] if file else "pasted text"
    return name, file.read() if file else pasted.encode("utf-8", "replace")


def shown(request, project, name: str, data: bytes, parcel, *, status: int = 200, error: str = ""):
    """What would be done, with a ticket by which exactly that can be agreed to."""
    plan = planned(project, request.user, parcel)
    ticket = [str(project.pk), request.user.pk, sha256(data).hexdigest(), name, plan.fingerprint, plan.number]
    signed = signing.dumps(ticket, salt="import", compress=True)
    context = {"plan": plan, "file": name, "ticket": signed, "faults": plan.faults[:SHOWN_MOST], "error": error}
    return page(request, project, status, **context)


def do(request, project, ticket: str):
    """Brings in what was agreed to, or has a worker do it."""
    name, digest, fingerprint, total = read(request, project, ticket)
    if total > LARGE:
        return begin(request, project, name=name, digest=digest, fingerprint=fingerprint, total=total)
    data, host = read_file(request.user, digest), request.get_host()
    try:
        plan = bring_in(project, request.user, parcel_of(data, host), fingerprint, name)
    except StaleError:
        return shown(request, project, name, data, parcel_of(data, host), status=409, error=CHANGED)
    remove_file(request.user, digest)
    number = len(plan.arrivals)
    messages.success(request, f"Brought in {number:,} highlight{'' if number == 1 else 's'} from “{name}”.")
    return redirect(reverse("passages", args=[project.slug]))


def read(request, project, ticket: str) -> tuple[str, str, str, int]:
    """Name, digest, fingerprint and number of highlights, where the ticket is this reader's for this project."""
    try:
        key, user, digest, name, fingerprint, total = signing.loads(ticket, salt="import", max_age=AN_HOUR)
    except (signing.BadSignature, ValueError) as error:
        raise UnreadableFileError(GONE) from error
    if (key, user) != (str(project.pk), request.user.pk):
        raise UnreadableFileError(GONE)
    return name, digest, fingerprint, total


def begin(request: HttpRequest, project: Project, **fields) -> HttpResponse:
    """Have a worker import a large file, once however often that is asked for."""
    keep_longer(request.user, fields["digest"])
    job = ImportJob.objects.of(request.user).unfinished().filter(project=project, **fields).first()
    try:
        job = job or ImportJob.objects.begin(import_file, project, request.user, host=request.get_host(), **fields)
    except JobLimitError:
        return render_refusal(
            request, project, f"{AT_ONCE} files are being imported for you. Wait until one of them is done."
        )
    return redirect("import-job", project.slug, job.pk)


@never_cache
@require_safe
@project_required()
def progress(request: HttpRequest, project: Project, pk) -> HttpResponse:
    """How far the import of a large file is, and how it went."""
    context = {"section": "projects", "project": project, "job": mine(request, project, pk)}
    return render(
        request, "annotations/imports/_job_progress.html" if request.htmx else "annotations/imports/job.html", context
    )


def show_again(request: HttpRequest, project: Project, pk: str) -> HttpResponse:
    """What the file of a job that could not be done would do now."""
    job = mine(request, project, key_of(pk))
    data = read_file(request.user, job.digest)
    return shown(request, project, job.name, data, parcel_of(data, request.get_host()))


def mine(request: HttpRequest, project: Project, pk) -> ImportJob:
    if not request.user.is_authenticated:
        raise Http404
    return get_object_or_404(ImportJob.objects.of(request.user), pk=pk, project=project)

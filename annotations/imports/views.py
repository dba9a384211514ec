"""Bringing in a file: first what it would do is shown, then it is done, or nothing is."""

import os
import re
import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from annotations.decorators import in_project
from annotations.exchange.bundle import MOST_BYTES, MOST_ROWS
from annotations.exchange.detect import opened
from annotations.exchange.record import Unreadable
from annotations.exchange.refi_write import CANNOT_HOLD
from annotations.imports.apply import bring_in
from annotations.imports.plan import planned
from annotations.models import Stale
from newsreader.text.language.characters import clean_characters

AN_HOUR = 3600
SHOWN_MOST = 200
GONE = "The file is not kept any more: it waits for an hour. Choose it again."
CHANGED = "The library or the project changed in the meantime. Nothing was brought in; look at what would be done now."


@require_http_methods(["GET", "HEAD", "POST"])
@in_project("highlight", methods=("GET", "HEAD", "POST"))
def index(request, project):
    """The form; what a chosen file would do; and, where that was agreed to, the doing of it."""
    if request.method != "POST":
        return page(request, project)
    try:
        if "ticket" in request.POST:
            return do(request, project, request.POST["ticket"])
        name, data = sent(request)
        parcel = parcel_of(request, data)
        keep(request.user, data)
        return shown(request, project, name, data, parcel)
    except Unreadable as error:
        return page(request, project, status=422, error=str(error))


def parcel_of(request, data: bytes):
    """What is in the file, for this library."""
    parcel = opened(data)
    parcel.host = request.get_host()
    return parcel


def page(request, project, status: int = 200, **context):
    context |= {"project": project, "section": "projects", "megabytes": MOST_BYTES // 1_000_000, "rows": MOST_ROWS}
    context["cannot_hold"] = CANNOT_HOLD
    return render(request, "annotations/imports/import.html", context, status=status)


def sent(request) -> tuple[str, bytes]:
    """The name and the bytes of what was sent, as a file or pasted."""
    file = request.FILES.get("file")
    if file and file.size > MOST_BYTES:
        raise Unreadable(f"This file is larger than {MOST_BYTES // 1_000_000} MB. Bring it in in parts.")
    pasted = request.POST.get("pasted", "")
    if not file and not pasted.strip():
        raise Unreadable("Choose a file, or paste what is in it.")
    name = " ".join(clean_characters(file.name).split())[:200] if file else "pasted text"
    return name, file.read() if file else pasted.encode("utf-8", "replace")


def shown(request, project, name: str, data: bytes, parcel, *, status: int = 200, error: str = ""):
    """What would be done, with a ticket by which exactly that can be agreed to."""
    plan = planned(project, request.user, parcel)
    ticket = [str(project.pk), request.user.pk, sha256(data).hexdigest(), name, plan.imprint]
    signed = signing.dumps(ticket, salt="import", compress=True)
    context = {"plan": plan, "file": name, "ticket": signed, "faults": plan.faults[:SHOWN_MOST], "error": error}
    return page(request, project, status, **context)


def do(request, project, ticket: str):
    """Brings in what was agreed to."""
    name, digest, imprint = read(request, project, ticket)
    data = kept(request.user, digest)
    parcel = parcel_of(request, data)
    try:
        plan = bring_in(project, request.user, parcel, imprint, name)
    except Stale:
        return shown(request, project, name, data, parcel_of(request, data), status=409, error=CHANGED)
    place_of(request.user, digest).unlink(missing_ok=True)
    number = len(plan.arrivals)
    messages.success(request, f"Brought in {number:,} highlight{'' if number == 1 else 's'} from “{name}”.")
    return redirect(reverse("passages", args=[project.slug]))


def read(request, project, ticket: str) -> tuple[str, str, str]:
    """Name, digest and imprint, where the ticket is this reader's for this project."""
    try:
        key, user, digest, name, imprint = signing.loads(ticket, salt="import", max_age=AN_HOUR)
    except signing.BadSignature as error:
        raise Unreadable(GONE) from error
    if (key, user) != (str(project.pk), request.user.pk):
        raise Unreadable(GONE)
    return name, digest, imprint


def place_of(user, digest: str) -> Path:
    return Path(settings.DATA_DIR) / "imports" / f"{user.pk}-{digest}"


def keep(user, data: bytes) -> None:
    """Keeps the file for an hour, for its sender only; what has waited longer goes."""
    place = place_of(user, sha256(data).hexdigest())
    place.parent.mkdir(mode=0o700, exist_ok=True)
    for old in place.parent.iterdir():
        if re.fullmatch(r"\d+-[0-9a-f]{64}(\.part)?", old.name) and old.stat().st_mtime < time.time() - AN_HOUR:
            old.unlink(missing_ok=True)
    part = place.with_name(f"{place.name}.part")
    part.write_bytes(data)
    os.replace(part, place)


def kept(user, digest: str) -> bytes:
    try:
        return place_of(user, digest).read_bytes()
    except OSError as error:
        raise Unreadable(GONE) from error

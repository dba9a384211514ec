"""“For you”: where others name a reader, answer them, or an edited article changes their passages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations.models import Assignment, Notification
from annotations.replies.notices import load_notices
from newsreader.http import UserRequest
from newsreader.opaque_numbers import hide_number, reveal_number
from newsreader.views.redirects import get_next_url

PAGE_SIZE = 30
MAX_ASSIGNMENTS = 50


@require_safe
@login_required
def show_for_you(request: UserRequest) -> HttpResponse:
    """List what the reader has to read, and what concerns them, the latest first, a page at a time."""
    rows, before = Notification.objects.of(request.user), reveal_number(request.GET.get("before", ""))
    notices = load_notices(request.user, (rows.filter(pk__lt=before) if before else rows)[: PAGE_SIZE + 1])
    context = {
        "section": "for-you",
        "assignments": [] if before else Assignment.objects.list_open(request.user)[:MAX_ASSIGNMENTS],
        "notices": notices[:PAGE_SIZE],
        "last": hide_number(notices[0].notification.pk) if notices else "",
        "has_unread": any(notice.notification.read_at is None for notice in notices[:PAGE_SIZE]),
        "older": hide_number(notices[PAGE_SIZE - 1].notification.pk) if len(notices) > PAGE_SIZE else "",
        "is_later_page": bool(before),
    }
    return render(request, "annotations/replies/for_you.html", context)


@require_POST
@login_required
def mark_read(request: UserRequest) -> HttpResponse:
    """Mark one thing (`notification` is its key) as read, or all up to the `last` that was shown.

    What is opened that way (`opens`) is marked without a message.
    """
    rows = Notification.objects.filter(user=request.user)
    if key := reveal_number(request.POST.get("notification", "")):
        number = rows.filter(pk=key).mark_read()
    else:
        number = rows.filter(pk__lte=reveal_number(request.POST.get("last", ""))).mark_read()
    if "opens" in request.POST:
        return redirect(get_next_url(request, reverse("for-you")))
    text = ngettext("%(number)s marked as read.", "%(number)s marked as read.", number)
    messages.success(request, text % {"number": number} if number else _("Nothing was unread."))
    return redirect(get_next_url(request, reverse("for-you")))

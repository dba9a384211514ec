"""Messages about changes of many highlights, with the button that undoes the change."""

from django.contrib import messages
from django.urls import reverse

from annotations.models import Event, Project
from annotations.models.undoing import find_last_act
from newsreader.http import UserRequest
from newsreader.opaque_numbers import hide_number


def say_done(request: UserRequest, project: Project, text: str, act: Event | None = None) -> None:
    """Say what the reader did just now, with “Undo” where that can be undone; `act` is the event, if it is known."""
    act = act or find_last_act(project, request.user)
    way_back = f"undo:{reverse('undo', args=[project.slug])}?event={hide_number(act.pk)}" if act else ""
    messages.success(request, text, extra_tags=way_back)

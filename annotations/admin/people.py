"""Accounts in the admin, with what people do here, in words."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.scoped_admin import select_counted_highlights
from annotations.models import Membership, Project
from newsreader.admin.people import PersonAdmin
from newsreader.text.translation import format_number

MAX_LISTED = 50  # projects

admin.site.unregister(User)


@admin.register(User)
class MemberAdmin(PersonAdmin):
    """Accounts, with the projects that their owners are in and how many highlights they made."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the account, with what whoever asks may know of the person's work."""
        person: Any = super().get_object(request, object_id, from_field)
        if person:
            seen = Project.objects.all() if request.user.is_superuser else Project.objects.visible_to(request.user)
            memberships = Membership.objects.filter(
                user=person, project__in=seen.filter(deleted_at=None, personal=False)
            )
            person.shown_memberships = memberships.select_related("project").order_by("project__name")[:MAX_LISTED]
            person.shown_highlights = select_counted_highlights(request.user).filter(author=person).count()
        return person

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields that are shown and not edited; of a new account nothing is known."""
        return [*super().get_readonly_fields(request, obj), *(["projects", "highlights"] if obj else [])]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields, with what the person does here after the name."""
        account, *others = super().get_fieldsets(request, obj)
        work = (_("Work"), {"fields": ["projects", "highlights"]})
        return [account, work, *others] if obj else [account, *others]

    @admin.display(description=_("Projects"))
    def projects(self, person: Any) -> str:
        """Return the projects of the person that whoever asks may see, with the role in each."""
        rows = [(one.project, one.get_role_display()) for one in person.shown_memberships]
        if not rows:
            return gettext("None that you can see.")
        return format_html('<ul class="memberships">{}</ul>', format_html_join("", "<li><bdi>{}</bdi>, {}</li>", rows))

    @admin.display(description=_("Highlights"))
    def highlights(self, person: Any) -> str:
        """Return how many highlights of the person whoever asks may see."""
        number = person.shown_highlights
        text = ngettext("%(number)s highlight", "%(number)s highlights", number)
        return text % {"number": format_number(number)}

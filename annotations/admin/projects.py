"""Projects in the admin, with their members."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.scoped_admin import ScopedAdmin
from annotations.models import Membership, Project, Role


class MembershipForm(forms.ModelForm):
    """One member, named by user name, with a role."""

    user = forms.ModelChoiceField(
        User.objects.all(),
        to_field_name="username",
        widget=forms.TextInput(attrs={"aria-label": _("User name"), "autocomplete": "off"}),
        error_messages={"invalid_choice": _("No user has this name.")},
    )

    class Meta:
        model = Membership
        fields = ["user", "role"]
        widgets = {"role": forms.Select(attrs={"aria-label": _("Role")})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["user"] = self.instance.user.get_username()
            self.fields["user"].disabled = True


class MembershipFormSet(forms.BaseInlineFormSet):
    """The members of a project, of which one at least stays an owner."""

    def add_fields(self, form: Any, index: Any) -> None:
        """Name the box that removes a member after the member."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            label = _("Remove %(name)s") % {"name": form.instance.user} if form.instance.pk else _("Remove this row")
            form.fields["DELETE"].widget.attrs["aria-label"] = label

    def clean(self) -> None:
        """Refuse a project without an owner."""
        super().clean()
        deleted = self._should_delete_form  # type: ignore[attr-defined]  # the stubs lack it
        staying = [form.cleaned_data for form in self.forms if form.is_valid() and not deleted(form)]
        if not any(self.errors) and not any(fields.get("role") == Role.OWNER for fields in staying):
            raise forms.ValidationError(_("A project needs an owner."))

    def write_changes(self, curator: User) -> None:
        """Write what changed by the model's own verbs, new owners first: at no moment is a project without one."""
        self.save(commit=False)
        for member in self.new_objects:
            self.instance.add_member(member.user, member.role, by=curator)
        for member, _fields in sorted(self.changed_objects, key=lambda changed: changed[0].role != Role.OWNER):
            self.instance.memberships.get(pk=member.pk).change_role(member.role, by=curator)
        for member in self.deleted_objects:
            member.remove(by=curator)


class MembershipInline(admin.TabularInline):
    """The members on the page of a project."""

    model, form, formset, extra = Membership, MembershipForm, MembershipFormSet, 1

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the members in the order in which they came."""
        return super().get_queryset(request).select_related("user").order_by("pk")


@admin.register(Project)
class ProjectAdmin(ScopedAdmin):
    """Owners create and describe projects on the site; here curators choose who belongs to one and who may read it."""

    curator_permissions = ["view"]
    projects_lookup = "pk__in"
    list_display = ["name", "public", "personal", "members", "created_at"]
    list_filter = ["public", "personal"]
    search_fields = ["name", "about"]
    fields = ["name", "about", "public", "personal", "slug", "created_at"]
    readonly_fields = ["name", "about", "personal", "slug", "created_at"]
    inlines = [MembershipInline]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the projects with the number of their members."""
        return super().get_queryset(request).annotate(number=Count("memberships"))

    @admin.display(description=_("members"), ordering="number")
    def members(self, project: Any) -> int:
        return project.number

    def view_on_site(self, project: Project) -> str:
        return project.get_absolute_url()

    def save_model(self, request: Any, obj: Project, form: Any, change: bool) -> None:
        """Write whether the project is public, by the model's own verb."""
        project = Project.objects.get(pk=obj.pk)
        project.edit(project.fingerprint, by=request.user, public=obj.public)

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Write what changed of the members."""
        formset.write_changes(request.user)

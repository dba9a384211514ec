"""Projects with their members."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Count

from annotations.admin.scoped_admin import ReachAdmin
from annotations.models import Membership, Project, Role


class MembershipForm(forms.ModelForm):
    user = forms.ModelChoiceField(
        get_user_model().objects.all(),
        to_field_name="username",
        widget=forms.TextInput(attrs={"aria-label": "User name", "autocomplete": "off"}),
        error_messages={"invalid_choice": "Nobody here has this name."},
    )

    class Meta:
        model = Membership
        fields = ["user", "role"]
        widgets = {"role": forms.Select(attrs={"aria-label": "Role"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["user"] = self.instance.user.get_username()
            self.fields["user"].disabled = True


class Members(forms.BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            name = form.instance.user if form.instance.pk else "this row"
            form.fields["DELETE"].widget.attrs["aria-label"] = f"Remove {name}"

    def clean(self):
        super().clean()
        staying = [form.cleaned_data for form in self.forms if form.is_valid() and not self._should_delete_form(form)]
        if not any(self.errors) and not any(row.get("role") == Role.OWNER for row in staying):
            raise forms.ValidationError("A project needs an owner.")

    def keep(self, by) -> None:
        """Writes what changed by the model's own verbs, new owners first: at no moment is a project without one."""
        self.save(commit=False)
        for row in self.new_objects:
            self.instance.add_member(row.user, row.role, by=by)
        for row, _ in sorted(self.changed_objects, key=lambda changed: changed[0].role != Role.OWNER):
            self.instance.memberships.get(pk=row.pk).change_role(row.role, by=by)
        for row in self.deleted_objects:
            row.remove(by=by)


class MembershipInline(admin.TabularInline):
    model, form, formset, extra = Membership, MembershipForm, Members, 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user").order_by("pk")


@admin.register(Project)
class ProjectAdmin(ReachAdmin):
    """Projects are begun and described on the site, by those who own them; here one sees to who belongs and who may read."""

    curators_may = ["view"]
    within = "pk__in"
    list_display = ["name", "public", "personal", "members", "created_at"]
    list_filter = ["public", "personal"]
    search_fields = ["name", "about"]
    fields = ["name", "about", "public", "personal", "slug", "created_at"]
    readonly_fields = ["name", "about", "personal", "slug", "created_at"]
    inlines = [MembershipInline]
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("memberships"))

    @admin.display(ordering="number")
    def members(self, project):
        return project.number

    def view_on_site(self, project):
        return project.get_absolute_url()

    def save_model(self, request, project, form, change):
        kept = Project.objects.get(pk=project.pk)
        kept.edit(kept.fingerprint, by=request.user, public=project.public)

    def save_formset(self, request, form, formset, change):
        formset.keep(request.user)

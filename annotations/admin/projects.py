"""Projects with their members, and their codebooks."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html

from annotations.models import HighlightTag, Membership, Project, Role, Tag

from .reach import ReachAdmin

NOBODY = {"invalid_choice": "Nobody here has this name."}


class MembershipForm(forms.ModelForm):
    user = forms.ModelChoiceField(
        get_user_model().objects.all(),
        to_field_name="username",
        widget=forms.TextInput(attrs={"aria-label": "User name"}),
        error_messages=NOBODY,
    )

    class Meta:
        model = Membership
        fields = ["user", "role"]
        widgets = {"role": forms.Select(attrs={"aria-label": "Role"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["user"] = self.instance.user.get_username()


class Members(forms.BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = (
                f"Remove {form.instance.user if form.instance.pk else 'this row'}"
            )

    def clean(self):
        super().clean()
        staying = [form.cleaned_data for form in self.forms if form.is_valid() and not self._should_delete_form(form)]
        if not any(self.errors) and not any(row.get("role") == Role.OWNER for row in staying):
            raise forms.ValidationError("A project needs an owner.")


class MembershipInline(admin.TabularInline):
    model, form, formset, extra = Membership, MembershipForm, Members, 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user").order_by("pk")


@admin.register(Project)
class ProjectAdmin(ReachAdmin):
    """Projects are begun on the site, by those who own them."""

    curators_may = ["view"]
    within = "pk__in"
    list_display = ["name", "public", "personal", "members", "created_at"]
    list_filter = ["public", "personal"]
    search_fields = ["name", "about"]
    fields = ["name", "about", "public", "personal", "slug", "created_at"]
    readonly_fields = ["personal", "slug", "created_at"]
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
        """Only what was changed here: the project's counters go on meanwhile."""
        project.save(update_fields=form.changed_data)


@admin.register(Tag)
class TagAdmin(ReachAdmin):
    """Terms of the codebooks, which the site's own pages make, move and delete."""

    curators_may = ["view"]
    list_display = ["name", "line", "project", "status", "highlights"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter), "status", "colour"]
    list_select_related = ["project"]
    search_fields = ["name", "definition"]
    fields = ["name", "definition", "use_for", "not_for", "colour", "status", "project", "parent"]
    readonly_fields = ["project", "parent"]
    list_per_page = 100

    def get_queryset(self, request):
        carrying = HighlightTag.objects.filter(tag=OuterRef("pk"), highlight__deleted_at=None).order_by()
        number = carrying.values("tag").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(number=Coalesce(Subquery(number), 0))

    @admin.display(ordering="colour")
    def line(self, tag):
        return format_html('<span class="stroke hue-{}"></span> {}', tag.colour, tag.get_colour_display())

    @admin.display(ordering="number")
    def highlights(self, tag):
        return tag.number

    def view_on_site(self, tag):
        return tag.get_absolute_url()

    def save_model(self, request, tag, form, change):
        tag.version += 1
        super().save_model(request, tag, form, change)
        tag.record("tag edited", request.user, fields=form.changed_data)

"""What people send about projects and their members."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from annotations.errors import LastOwnerError
from annotations.models import Membership, Project, Role

LAST_OWNER = _("A project needs an owner. Make another member an owner first.")


class ProjectForm(forms.ModelForm):
    """What a project says of itself, against what was read (`imprint` is its fingerprint then)."""

    imprint = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Project
        fields = ["name", "about", "public"]
        labels = {"public": _("Public: everyone can read its highlights, codebook and passages")}
        help_texts = {"public": ""}
        error_messages = {
            "name": {
                "required": _("Enter a name for the project."),
                "max_length": _("A name can have at most 120 characters."),
            }
        }
        widgets = {
            "name": forms.TextInput({"class": "input", "dir": "auto", "autocomplete": "off"}),
            "about": forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
        }

    about = forms.CharField(
        label=_("About"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
        help_text=_("Its question, and which articles it covers."),
    )

    def create_project(self, owner: User) -> Project:
        """Return a new project of the owner."""
        fields = {name: self.cleaned_data[name] for name in ("about", "public")}
        return Project.objects.create_owned(self.cleaned_data["name"], owner=owner, **fields)

    def edit_project(self, project: Project, editor: User) -> None:
        """Write what changed; StaleError where somebody else changed the project since it was read."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        project.edit(self.cleaned_data["imprint"], by=editor, **fields)


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=Role.choices, error_messages={"required": _("Choose a role.")})

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def save(self, owner: User) -> bool:
        """Give the member the role; False, with an error, where nobody would own the project any more."""
        try:
            self.member.change_role(self.cleaned_data["role"], by=owner)
        except LastOwnerError:
            self.add_error(None, LAST_OWNER)
        return not self.errors

    def reason(self) -> str:
        """Return everything that stands against it, as sentences."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)


class MemberForm(forms.Form):
    """A new member by user name."""

    user = forms.CharField(
        label=_("User name"),
        max_length=150,
        error_messages={"required": _("Enter a user name.")},
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(
        choices=Role.choices, initial=Role.CODER, widget=forms.Select({"class": "input"}), label=_("Role")
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project

    def clean_user(self) -> User:
        """Return the active user of this name, who must not be a member already."""
        name = self.cleaned_data["user"]
        user = User.objects.filter(username=name, is_active=True).first()
        if not user:
            raise forms.ValidationError(_("No user named “%(name)s”.") % {"name": name})
        if self.project.memberships.filter(user=user).exists():
            raise forms.ValidationError(_("%(name)s is already a member.") % {"name": name})
        return user

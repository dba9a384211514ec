"""What people send about projects and their members."""

from typing import Any

from django import forms
from django.contrib.auth.models import User

from annotations.errors import LastOwnerError
from annotations.models import Membership, Project, Role

LAST_OWNER = "A project needs an owner. Make somebody else an owner first."


class ProjectForm(forms.ModelForm):
    """What a project says of itself, against what was read (`imprint` is its fingerprint then)."""

    imprint = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Project
        fields = ["name", "about", "public"]
        labels = {"public": "Public: everyone may read its highlights, its codebook and its passages"}
        help_texts = {"public": ""}
        error_messages = {
            "name": {"required": "Give the project a name.", "max_length": "A name may have 120 characters."}
        }
        widgets = {
            "name": forms.TextInput({"class": "input", "dir": "auto", "autocomplete": "off"}),
            "about": forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
        }

    about = forms.CharField(
        required=False,
        max_length=4000,
        widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"}),
        help_text="What it asks, and of which articles.",
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
    """Another role for a member, or the end of the membership."""

    role = forms.ChoiceField(choices=Role.choices, required=False)
    remove = forms.BooleanField(required=False)

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        if not (self.errors or self.cleaned_data["remove"] or self.cleaned_data["role"]):
            raise forms.ValidationError("Choose a role.")
        return self.cleaned_data

    def save(self, owner: User) -> str:
        """Do it, and return what was done, in words; empty, with an error, where nobody would own the project any more."""
        try:
            return self.remove_member(owner) if self.cleaned_data["remove"] else self.change_role(owner)
        except LastOwnerError:
            self.add_error(None, LAST_OWNER)
            return ""

    def remove_member(self, owner: User) -> str:
        """End the membership."""
        self.member.remove(by=owner)
        return f"{self.member.user} is not a member any more."

    def change_role(self, owner: User) -> str:
        """Give the member the role."""
        self.member.change_role(self.cleaned_data["role"], by=owner)
        return f"{self.member.user} is now {self.member.role} of the project."

    def reason(self) -> str:
        """Return everything that stands against it, as sentences."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)


class MemberForm(forms.Form):
    """A new member by user name."""

    user = forms.CharField(
        label="User name",
        max_length=150,
        error_messages={"required": "Whom? Give a user name."},
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(
        choices=Role.choices, initial=Role.CODER, widget=forms.Select({"class": "input"}), label="Role"
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project

    def clean_user(self) -> User:
        """Return the active user of this name, who must not be a member already."""
        name = self.cleaned_data["user"]
        user = User.objects.filter(username=name, is_active=True).first()
        if not user:
            raise forms.ValidationError(f"Nobody here is called “{name}”.")
        if self.project.memberships.filter(user=user).exists():
            raise forms.ValidationError(f"{name} is a member already.")
        return user

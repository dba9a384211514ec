"""What people send about projects and their members."""

from django import forms
from django.contrib.auth import get_user_model

from annotations.errors import LastOwnerError
from annotations.models import Membership, Project, Role

LAST_OWNER = "A project needs an owner. Make somebody else an owner first."


class ProjectForm(forms.ModelForm):
    """The words of a project, against those that were read (`imprint`)."""

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

    def begin(self, user) -> Project:
        """A new project of the user."""
        given = self.cleaned_data
        return Project.objects.create_owned(given["name"], owner=user, about=given["about"], public=given["public"])


class RoleForm(forms.Form):
    """Another role for a member, or the end of the membership."""

    role = forms.ChoiceField(choices=Role.choices, required=False)
    remove = forms.BooleanField(required=False)

    def __init__(self, *args, member: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean(self):
        if not (self.errors or self.cleaned_data["remove"] or self.cleaned_data["role"]):
            raise forms.ValidationError("Choose a role.")
        return self.cleaned_data

    def save(self, by) -> str:
        """Does it, unless nobody would own the project any more; what was done, in words."""
        try:
            return self.removed(by) if self.cleaned_data["remove"] else self.promoted(by)
        except LastOwnerError:
            self.add_error(None, LAST_OWNER)
            return ""

    def removed(self, by) -> str:
        self.member.remove(by=by)
        return f"{self.member.user} is not a member any more."

    def promoted(self, by) -> str:
        self.member.change_role(self.cleaned_data["role"], by=by)
        return f"{self.member.user} is now {self.member.role} of the project."

    def reason(self) -> str:
        """Everything that stands against it, as sentences."""
        return " ".join(message for messages in self.errors.values() for message in messages)


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

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.project = project

    def clean_user(self):
        name = self.cleaned_data["user"]
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        if not user:
            raise forms.ValidationError(f"Nobody here is called “{name}”.")
        if self.project.memberships.filter(user=user).exists():
            raise forms.ValidationError(f"{name} is a member already.")
        return user

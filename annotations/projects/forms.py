"""What people send about projects and their members."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.combining import combine_texts
from annotations.errors import InvitationLimitError, LastOwnerError, MemberExistsError, MemberGoneError
from annotations.models import Invitation, Membership, Project, Role
from newsreader.text.language.names import fold_name

TOO_MANY = _("A project can have at most 50 open links. Revoke one first.")
LAST_OWNER = _("A project needs an owner. Make another member an owner first.")
GONE = _("That person is no member any more.")


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


def combine_with_saved(project: Project, sent: QueryDict) -> QueryDict:
    """Return what was sent, with what the project says of itself by now, against its fingerprint."""
    combined = sent.copy()
    combined["about"] = combine_texts(project.about, sent.get("about", ""))
    combined["imprint"] = project.fingerprint
    return combined


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=Role.choices, error_messages={"required": _("Choose a role.")})

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def save(self, owner: User) -> bool:
        """Give the member the role; False, with an error, where they are gone, or nobody would own the project any more."""
        try:
            self.member.change_role(self.cleaned_data["role"], by=owner)
        except LastOwnerError:
            self.add_error(None, LAST_OWNER)
        except MemberGoneError:
            self.add_error(None, GONE)
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
        """Return the active user of this name."""
        name = self.cleaned_data["user"]
        user = User.objects.filter(username=name, is_active=True).first()
        if not user:
            raise forms.ValidationError(_("No user named “%(name)s”.") % {"name": name})
        return user

    def save(self, owner: User) -> bool:
        """Add the user; False, with an error, where they are a member already."""
        user = self.cleaned_data["user"]
        try:
            self.project.add_member(user, self.cleaned_data["role"], by=owner)
        except MemberExistsError:
            self.add_error("user", _("%(name)s is already a member.") % {"name": user.get_username()})
        return not self.errors


class MemberChoiceField(forms.ModelChoiceField):
    """A choice of members by their user names."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the user name of a membership."""
        return obj.user.get_username()


class HandOverForm(forms.Form):
    """Another member who becomes the owner in place of one."""

    member = MemberChoiceField(
        Membership.objects.none(),
        label=_("New owner"),
        empty_label=_("Choose a member"),
        error_messages={"required": _("Choose a member."), "invalid_choice": GONE},
        widget=forms.Select({"class": "input"}),
    )

    def __init__(self, *args: Any, owner: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        others = owner.project.memberships.select_related("project", "user").filter(user__is_active=True)
        field = cast(MemberChoiceField, self.fields["member"])
        field.queryset = others.exclude(pk=owner.pk).order_by("user__username")

    def save(self) -> bool:
        """Make the chosen member an owner, and the owner a curator; False, with an error, where one of them is none any more."""
        try:
            self.owner.hand_over_to(self.cleaned_data["member"])
        except MemberGoneError:
            self.add_error("member", _("Another owner changed the members. Check them and try again."))
        return not self.errors


class InvitationForm(forms.Form):
    """A new invitation link."""

    role = forms.ChoiceField(
        choices=[(role.value, role.label) for role in (Role.CODER, Role.VIEWER, Role.CURATOR)],
        label=_("Role"),
        widget=forms.Select({"class": "input"}),
    )
    days = forms.TypedChoiceField(
        choices=[(7, _("in 7 days")), (1, _("in 24 hours")), (30, _("in 30 days"))],
        coerce=int,
        label=_("Expires"),
        widget=forms.Select({"class": "input"}),
    )
    max_uses = forms.TypedChoiceField(
        choices=[
            (1, _("one person")),
            (5, _("up to 5 people")),
            (30, _("up to 30 people")),
            (200, _("up to 200 people")),
        ],
        coerce=int,
        label=_("For"),
        widget=forms.Select({"class": "input"}),
    )
    label = forms.CharField(
        label=_("Label (optional)"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"class": "input", "dir": "auto", "autocomplete": "off"}),
    )

    email = forms.EmailField(
        label=_("Send it to (optional)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"class": "input", "autocomplete": "off", "placeholder": "name@example.org"}),
        error_messages={"invalid": _("That is not an e-mail address.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.NEWSREADER_MAIL:
            del self.fields["email"]

    def create_invitation(self, project: Project, maker: User) -> Invitation | None:
        """Return the new invitation; None, with an error, where the project has too many open ones."""
        fields = {name: self.cleaned_data[name] for name in ("role", "max_uses", "label")}
        expires_at = timezone.now() + timedelta(days=self.cleaned_data["days"])
        try:
            return Invitation.objects.create_invitation(project, by=maker, expires_at=expires_at, **fields)
        except InvitationLimitError:
            self.add_error(None, TOO_MANY)
        return None


class DeletionForm(forms.Form):
    """The name of the project, typed to confirm that it is to be deleted."""

    name = forms.CharField(
        label=_("Type the name of the project to confirm"),
        error_messages={"required": _("Type the name of the project to delete it.")},
        widget=forms.TextInput({"class": "input", "dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project

    def clean_name(self) -> str:
        """Return the name, which must be the project's in any case and spacing."""
        name = self.cleaned_data["name"]
        if fold_name(name) != fold_name(self.project.name):
            raise forms.ValidationError(_("This is not the name of the project."))
        return name

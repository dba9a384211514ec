"""What curators send to assign articles to members."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from annotations.errors import AssignmentLimitError
from annotations.models import Assignment, Membership, Project
from annotations.models.assignment import LISTED, MAX_ASSIGNED, MAX_ROUND
from annotations.models.membership import PERMISSIONS
from annotations.models.project_article import belongs_to
from newsreader.models import Article

TOO_MANY = _("At most %(number)s assignments can be made at once. Choose fewer articles or coders.")


class KeyChoiceField(forms.ModelMultipleChoiceField):
    """A choice of rows by their keys."""

    def clean(self, value: Any) -> Any:
        """Return the rows; a number that no key can be is no choice."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class CoderChoiceField(KeyChoiceField):
    """A choice of members by their user names."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the user name of a membership."""
        return obj.user.get_username()


class ArticleChoiceField(KeyChoiceField):
    """A choice of articles by headline, source and date, as copies of a story may have one headline."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the headline, source and date of an article."""
        day = date_format(timezone.localtime(obj.dated_at), "DATE_FORMAT")
        return f"{obj.title} · {obj.source.name}, {day}"


class AssignmentForm(forms.Form):
    """Articles of a project, the members who are to read each of them, until when, and whether blind."""

    articles = ArticleChoiceField(
        Article.objects.none(),
        label=_("Articles"),
        widget=forms.SelectMultiple({"class": "input", "size": 8}),
        error_messages={
            "required": _("Choose at least one article."),
            "invalid_choice": _("One of the articles is not in the project any more. Choose again."),
        },
    )
    members = CoderChoiceField(
        Membership.objects.none(),
        label=_("Coders"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one coder."),
            "invalid_choice": _("One of the coders is no member any more. Choose again."),
        },
    )
    due = forms.DateField(
        label=_("Due (optional)"),
        required=False,
        widget=forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-30.")},
    )
    round = forms.CharField(
        label=_("Round (optional)"),
        help_text=_("A name such as “Pilot”, by which agreement and adjudication find these coders and articles."),
        required=False,
        max_length=MAX_ROUND,
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "dir": "auto"}),
    )
    blind = forms.BooleanField(
        label=_("Blind: each coder sees only their own highlights until they are done"), required=False
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        articles = cast(KeyChoiceField, self.fields["articles"])
        articles.queryset = (
            Article.objects.usable_in(project.pk)
            .filter(belongs_to(project), status__in=LISTED)
            .select_related("source")
            .order_by("-dated_at", "-pk")
        )
        members = cast(CoderChoiceField, self.fields["members"])
        coders = project.memberships.filter(role__in=PERMISSIONS["highlight"], user__is_active=True)
        members.queryset = coders.select_related("user").order_by("user__username")

    def clean_due(self) -> Any:
        """Refuse a day that is over."""
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        return due

    def clean_round(self) -> str:
        """Return the name with single spaces."""
        return " ".join(self.cleaned_data["round"].split())

    def assign(self, by: User) -> int | None:
        """Make the assignments, and return how many are new; None, with an error, where they are too many."""
        data, articles, members = self.cleaned_data, self.cleaned_data["articles"], self.cleaned_data["members"]
        keys = [article.pk for article in articles], [member.user_id for member in members]
        try:
            fields = {name: data[name] for name in ("due", "blind", "round")}
            return Assignment.objects.assign(self.project, *keys, by=by, **fields)
        except AssignmentLimitError:
            self.add_error(None, TOO_MANY % {"number": MAX_ASSIGNED})
            return None

"""The form that adds an article to a project, or to the library."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models import Project
from annotations.models.private_article import add_private_article
from newsreader.forms import AddArticleForm
from newsreader.models.article import StoredArticle


class AddToProjectForm(AddArticleForm):
    """One article to add to a project of the reader, for its members alone; staff may add it to the library, too."""

    project = forms.ChoiceField(
        label=_("Add to"),
        required=False,
        help_text=_("An article that you add to a project can be read by its members only."),
        widget=forms.Select({"class": "input"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.projects = list(Project.objects.allowing(user, "highlight").order_by("personal", "name"))
        library = [("", gettext("The library"))] if user.is_staff else []
        choices = [(project.slug, project.name) for project in self.projects]
        self.fields["project"].choices = library + choices  # type: ignore[attr-defined]
        if not user.is_staff:
            del self.fields["draft"]

    def clean_project(self) -> Project | None:
        """Return the project; None for the library, which only staff may choose."""
        chosen = {project.slug: project for project in self.projects}.get(self.cleaned_data["project"])
        if not chosen and not self.user.is_staff:
            raise forms.ValidationError(gettext("Choose a project."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Refuse a draft of a private article before anything is fetched."""
        if self.cleaned_data.get("project") and self.cleaned_data.get("draft"):
            self.add_error("draft", gettext("Only articles in the library can be drafts."))
        return super().clean()

    def save(self, user: User) -> list[StoredArticle]:
        """Store the articles, those that are not here already."""
        project: Project | None = self.cleaned_data["project"]
        if project is None:
            return super().save(user)
        source = self.cleaned_data["source"]
        with transaction.atomic():
            return [add_private_article(project, one, source=source, by=user) for one in self.list_contents()]

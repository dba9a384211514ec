"""The form that adds an article to a project, or to the library."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature
from django.db import transaction
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.adding.previews import Preview
from annotations.models import Project
from annotations.models.private_article import add_private_article
from newsreader.forms import AddArticleForm
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.languages import normalise_code
from newsreader.importing.previewing import choose_blocks
from newsreader.models import Article
from newsreader.models.article import StoredArticle
from newsreader.text.dates import is_datable


class TargetForm(forms.Form):
    """Where an article is added: to a project of the reader, for its members alone; for staff also to the library."""

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
            self.fields.pop("draft")

    def clean_project(self) -> Project | None:
        """Return the project; None for the library, which only staff may choose."""
        chosen = {project.slug: project for project in self.projects}.get(self.cleaned_data["project"])
        if not chosen and not self.user.is_staff:
            raise forms.ValidationError(gettext("Choose a project."))
        return chosen

    def clean(self) -> dict[str, Any] | None:
        """Refuse a draft of a private article before anything is fetched."""
        if self.cleaned_data.get("project") and self.cleaned_data.get("draft"):
            self.add_error("draft", gettext("Only articles in the library can be drafts."))
        return super().clean()


class AddToProjectForm(TargetForm, AddArticleForm):
    """What to add: an article by its address, as a file or as a pasted text, or the chapters of an e-book."""

    def save(self, user: User) -> list[StoredArticle]:
        """Store the articles, those that are not here already."""
        project: Project | None = self.cleaned_data["project"]
        if project is None:
            return super().save(user)
        source = self.cleaned_data["source"]
        with transaction.atomic():
            return [add_private_article(project, one, source=source, by=user) for one in self.list_contents()]


class PreviewedForm(TargetForm):
    """An article that was previewed: the blocks that are kept, and its details as they were corrected."""

    title = forms.CharField(
        label=_("Title"), max_length=300, widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"})
    )
    byline = forms.CharField(
        label=_("Byline"), required=False, max_length=200, widget=forms.TextInput({"class": "input", "dir": "auto"})
    )
    source = forms.CharField(
        label=_("Source"), required=False, max_length=120, widget=forms.TextInput({"class": "input", "dir": "auto"})
    )
    published = forms.DateTimeField(
        label=_("Published"),
        required=False,
        help_text=format_lazy(_("Time zone: {name}."), name=settings.TIME_ZONE),
        widget=forms.DateTimeInput({"class": "input", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=35,
        help_text=_("Language code, such as en, pt-BR or ar."),
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )
    draft = forms.BooleanField(label=_("Save as draft (visible to curators only)"), required=False)
    content = forms.CharField(widget=forms.HiddenInput, strip=False)
    DETAILS = ("title", "byline", "source", "published", "language")

    data: QueryDict  # views bind no other mapping

    def clean_language(self) -> str:
        """Require a language code."""
        language = self.cleaned_data["language"]
        if language and not normalise_code(language):
            raise forms.ValidationError(gettext("Write a code such as en, pt-BR or ar."))
        return normalise_code(language)

    def clean_published(self) -> datetime | None:
        """Refuse a moment that not every time zone has a date for."""
        published = self.cleaned_data["published"]
        if published and not is_datable(published):
            raise forms.ValidationError(gettext("Enter a year between 1000 and 9998."))
        return published

    def clean_content(self) -> Preview:
        """Return what was previewed, which nobody else may have written."""
        try:
            return Preview.unseal(self.cleaned_data["content"])
        except BadSignature as error:
            raise forms.ValidationError(gettext("This preview is no longer valid. Add the article again.")) from error

    def clean(self) -> dict[str, Any] | None:
        """Build the article of the blocks that are kept."""
        if "content" in self.cleaned_data:
            preview, chosen = self.cleaned_data["content"], self.data.getlist("keep")
            numbers = {int(number) for number in chosen if number.isdecimal() and len(number) < 6}
            try:
                self.article = choose_blocks(preview.article, preview.blocks, numbers)
            except ArticleImportError as error:
                self.add_error(None, str(error))
        return super().clean()

    def list_problems(self) -> list[str]:
        """Return what is missing of the article, as a sentence."""
        return [self.article.problem] if self.article.problem else []

    def save(self, user: User) -> list[StoredArticle]:
        """Store the article, unless it is here already."""
        data, project = self.cleaned_data, self.cleaned_data["project"]
        details = {name: data[name] for name in ("title", "byline", "published", "language")}
        content = replace(self.article, **details)
        if project:
            return [add_private_article(project, content, source=data["source"], by=user)]
        status = Article.Status.DRAFT if data["draft"] else Article.Status.PUBLISHED
        return [Article.objects.store(content, source=data["source"], status=status, created_by=user)]

"""What a curator may change of an article, with a guard against overwriting somebody else's work."""

import json
from datetime import datetime
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.admin.utils import display_for_field
from django.db.models import Field
from django.http import QueryDict

from newsreader.importing.extraction.languages import normalise_code
from newsreader.models import Article
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean

STALE_MESSAGE = (
    "Somebody else changed this article while you did. Nothing is saved yet, and nothing of yours is lost: "
    "look at what is marked below, then save again."
)
ARTICLE_FIELDS = ["status", "title", "standfirst", "byline", "source", "published_at", "url", "language", "direction"]
MINUTE_FORMAT = "%Y-%m-%dT%H:%M"


class ArticleForm(forms.ModelForm):
    """An article's fields and its current text. Saving makes a new revision where the text changed."""

    data: QueryDict  # the admin binds no other mapping

    published_at = forms.DateTimeField(
        required=False,
        help_text=f"By the clock of this site: {settings.TIME_ZONE}.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE_FORMAT),
    )
    url = forms.URLField(label="Original address", required=False, max_length=2000, assume_scheme="https")
    html = forms.CharField(
        label="Correct the text", strip=False, widget=forms.Textarea(attrs={"rows": 24, "class": "code"})
    )
    seen = forms.JSONField(widget=forms.HiddenInput)  # what the article was when the form was rendered

    class Meta:
        model = Article
        fields = ARTICLE_FIELDS
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "standfirst": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "byline": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["html"] = self.instance.current().html
        self.initial["seen"] = describe_state(self.instance)

    def clean_title(self) -> str:
        """Collapse white space."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_standfirst(self) -> str:
        """Collapse white space."""
        return " ".join(self.cleaned_data["standfirst"].split())

    def clean_language(self) -> str:
        """Require a language code."""
        language = self.cleaned_data["language"]
        if language and not normalise_code(language):
            raise forms.ValidationError("Write a code such as en, pt-BR or ar.")
        return normalise_code(language)

    def clean_url(self) -> str:
        """Refuse the address of another article."""
        url = self.cleaned_data["url"]
        other = url and Article.objects.exclude(pk=self.instance.pk).filter(url=url).first()
        if other:
            raise forms.ValidationError(f"“{other}” has this address already.")
        return url

    def clean_published_at(self) -> datetime | None:
        """Return the stored moment, to the second, where the minute was left as it was."""
        stored, submitted = self.initial.get("published_at"), self.cleaned_data["published_at"]
        return stored if stored and submitted == stored.replace(second=0, microsecond=0) else submitted

    def clean_html(self) -> str:
        """Return the canonical HTML of a corrected text, and an untouched text as it is."""
        submitted = self.cleaned_data["html"].replace("\r\n", "\n")
        if submitted == self.initial["html"]:
            return submitted
        try:
            html = clean(submitted, self.instance.url)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if not text_of(html).strip():
            raise forms.ValidationError("No text is left of this once everything unsafe is taken out.")
        return html

    def clean_seen(self) -> dict[str, Any]:
        """Return the state that was seen; empty for what is none."""
        seen = self.cleaned_data["seen"]
        return seen if isinstance(seen, dict) else {}

    def clean(self) -> dict[str, Any] | None:
        """Refuse to overwrite what somebody else changed since the form was rendered."""
        current = Article.objects.select_for_update().get(pk=self.instance.pk)  # nobody else's until this request ends
        seen, state = self.cleaned_data.get("seen", {}), describe_state(current)
        if seen != state:
            self.report_conflict(seen, state, current)
        return super().clean()

    def report_conflict(self, seen: dict[str, Any], state: dict[str, Any], current: Article) -> None:
        """Say what somebody else changed, take that over where this curator changed nothing, and ask to save again."""
        self.data = self.data.copy()
        self.data["seen"] = json.dumps(state)
        self.add_error(None, STALE_MESSAGE)
        if seen.get("revision") != state["revision"]:
            self.report_text_conflict(seen.get("revision"), current)
        for name in ARTICLE_FIELDS:
            if seen.get(name) != state[name]:
                self.report_field_conflict(name, seen.get(name), state[name], current)

    def report_field_conflict(self, name: str, seen: str | None, state: str, current: Article) -> None:
        """Say what somebody else made of one field, and take it over where this curator left the field as it was seen."""
        submitted = format_value(name, self.cleaned_data.get(name))
        if name in self.cleaned_data and submitted == seen:
            self.data[name] = self.format_submitted(name, getattr(current, get_field(name).attname))
            self.add_error(name, f"Somebody else made this “{state}”, which now stands here.")
        elif submitted != state:
            self.add_error(name, f"Somebody else made this “{state}”. What you wrote still stands here.")

    def report_text_conflict(self, seen_revision: Any, current: Article) -> None:
        """Say that somebody else corrected the text, and take it over where this curator left it as it was seen."""
        submitted, before = self.cleaned_data.get("html"), current.revisions.filter(number=seen_revision).first()
        if before and submitted == before.html:
            self.data["html"] = current.current().html
            self.add_error("html", f"Somebody else corrected the text: revision {current.revision} now stands here.")
        else:
            self.add_error(
                "html", f"Somebody else corrected the text: revision {current.revision} stands above, yours here."
            )

    def format_submitted(self, name: str, value: Any) -> str:
        """Return a value as a browser would send it."""
        field = self.fields[name]
        submitted = field.widget.format_value(field.prepare_value(value))
        return (submitted[0] if isinstance(submitted, list) else submitted) or ""


def describe_state(article: Article) -> dict[str, Any]:
    """Return what an article's fields say, in words, with the number of its text and the version of its row."""
    fields = {name: format_value(name, getattr(article, name)) for name in ARTICLE_FIELDS}
    return fields | {"revision": article.revision, "version": article.version}


def format_value(name: str, value: Any) -> str:
    """Return the value of a field in words."""
    return str(display_for_field(value, get_field(name), ""))


def get_field(name: str) -> "Field[Any, Any]":
    """Return the column of an article under that name."""
    return cast("Field[Any, Any]", Article._meta.get_field(name))

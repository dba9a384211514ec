"""What a curator may change of an article, with a guard against overwriting somebody else's work."""

import json

from django import forms
from django.conf import settings
from django.contrib.admin.utils import display_for_field

from newsreader.importing.extraction.languages import code_of
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

    published_at = forms.DateTimeField(
        required=False,
        help_text=f"By the clock of this site: {settings.TIME_ZONE}.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE_FORMAT),
    )
    url = forms.URLField(label="Original address", required=False, max_length=2000, assume_scheme="https")
    html = forms.CharField(
        label="Correct the text", strip=False, widget=forms.Textarea(attrs={"rows": 24, "class": "code"})
    )
    seen = forms.JSONField(widget=forms.HiddenInput)  # what the article was when the form was drawn

    class Meta:
        model = Article
        fields = ARTICLE_FIELDS
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "standfirst": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "byline": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["html"] = self.instance.current().html
        self.initial["seen"] = describe_state(self.instance)

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_standfirst(self):
        return " ".join(self.cleaned_data["standfirst"].split())

    def clean_language(self):
        written = self.cleaned_data["language"]
        if written and not code_of(written):
            raise forms.ValidationError("Write a code such as en, pt-BR or ar.")
        return code_of(written)

    def clean_url(self):
        url = self.cleaned_data["url"]
        other = url and Article.objects.exclude(pk=self.instance.pk).filter(url=url).first()
        if other:
            raise forms.ValidationError(f"“{other}” has this address already.")
        return url

    def clean_published_at(self):
        """The moment that was kept, to the second, where the minute was left as it was."""
        kept, written = self.initial.get("published_at"), self.cleaned_data["published_at"]
        return kept if kept and written == kept.replace(second=0, microsecond=0) else written

    def clean_html(self):
        written = self.cleaned_data["html"].replace("\r\n", "\n")
        if written == self.initial["html"]:
            return written
        try:
            html = clean(written, self.instance.url)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if not text_of(html).strip():
            raise forms.ValidationError("No text is left of this once everything unsafe is taken out.")
        return html

    def clean_seen(self):
        seen = self.cleaned_data["seen"]
        return seen if isinstance(seen, dict) else {}

    def clean(self):
        now = Article.objects.select_for_update().get(pk=self.instance.pk)  # nobody else's until this request ends
        seen, state = self.cleaned_data.get("seen", {}), describe_state(now)
        if seen != state:
            self.report_conflict(seen, state, now)
        return super().clean()

    def report_conflict(self, seen: dict, state: dict, now: Article) -> None:
        """Tells what somebody else changed, takes that over where this curator changed nothing, and asks to save again."""
        self.data = self.data.copy()
        self.data["seen"] = json.dumps(state)
        self.add_error(None, STALE_MESSAGE)
        if seen.get("revision") != state["revision"]:
            self.report_text_conflict(seen.get("revision"), now)
        for name in ARTICLE_FIELDS:
            if seen.get(name) != state[name]:
                self.report_field_conflict(name, seen.get(name), state[name], now)

    def report_field_conflict(self, name: str, seen: str, state: str, now: Article) -> None:
        mine = format_value(name, self.cleaned_data.get(name))
        if name in self.cleaned_data and mine == seen:
            self.data[name] = self.format_submitted(name, getattr(now, Article._meta.get_field(name).attname))
            self.add_error(name, f"Somebody else made this “{state}”, which now stands here.")
        elif mine != state:
            self.add_error(name, f"Somebody else made this “{state}”. What you wrote still stands here.")

    def report_text_conflict(self, seen, now: Article) -> None:
        mine, before = self.cleaned_data.get("html"), now.revisions.filter(number=seen).first()
        if before and mine == before.html:
            self.data["html"] = now.current().html
            self.add_error("html", f"Somebody else corrected the text: revision {now.revision} now stands here.")
        else:
            self.add_error(
                "html", f"Somebody else corrected the text: revision {now.revision} stands above, yours here."
            )

    def format_submitted(self, name: str, value) -> str:
        """A value as a browser would send it."""
        field = self.fields[name]
        sent = field.widget.format_value(field.prepare_value(value))
        return (sent[0] if isinstance(sent, list) else sent) or ""


def describe_state(article: Article) -> dict:
    """What an article's fields say, in words, with the number of its text and the version of its row."""
    fields = {name: format_value(name, getattr(article, name)) for name in ARTICLE_FIELDS}
    return fields | {"revision": article.revision, "version": article.version}


def format_value(name: str, value) -> str:
    return str(display_for_field(value, Article._meta.get_field(name), ""))

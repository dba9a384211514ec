"""What a curator may change of an article, with a guard against overwriting somebody else's work."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.admin.utils import display_for_field
from django.contrib.auth.models import User
from django.db.models import Field
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsreader.importing.extraction.languages import normalise_code
from newsreader.models import Article, Revision, Source
from newsreader.text.dates import is_datable
from newsreader.text.diff.comparison import Comparison
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.sanitizer import clean

STALE_MESSAGE = _(
    "Someone else changed this article while you were editing. Nothing has been saved yet and your changes are kept: "
    "check the marked fields, then save again."
)
ARTICLE_FIELDS = ["status", "publish_at", "title", "standfirst", "byline", "source"]
ARTICLE_FIELDS += ["published_at", "url", "language", "direction"]
MAX_DELAY = timedelta(days=3653)
MINUTE_FORMAT = "%Y-%m-%dT%H:%M"


class ArticleForm(forms.ModelForm):
    """An article's fields and its current text. A changed text becomes a new revision once it was previewed as it would be saved."""

    data: QueryDict  # the admin binds no other mapping
    curator: User  # whoever edits the article
    needs_preview = has_changed_since_preview = False

    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        help_text=format_lazy(
            _("A draft is published automatically at this time. Time zone: {name}."), name=settings.TIME_ZONE
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE_FORMAT),
    )
    published_at = forms.DateTimeField(
        label=_("Published at"),
        required=False,
        help_text=format_lazy(_("Time zone: {name}."), name=settings.TIME_ZONE),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE_FORMAT),
    )
    url = forms.URLField(label=_("Original address"), required=False, max_length=2000, assume_scheme="https")
    html = forms.CharField(
        label=_("Correct the text"),
        strip=False,
        help_text=_("What you paste from other pages is cleaned. You see what changes before anything is saved."),
        widget=forms.Textarea(attrs={"rows": 24, "class": "code", "data-editor": True}),
    )
    seen = forms.JSONField(label=_("Seen"), widget=forms.HiddenInput)  # what the article was when the form was rendered
    previewed = forms.CharField(
        label=_("Previewed"), required=False, widget=forms.HiddenInput
    )  # what the preview was of, if there was one

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
        direction = {"data-lang": self.instance.language, "data-dir": self.instance.direction}
        self.fields["html"].widget.attrs.update(direction)
        self.initial["seen"] = describe_state(self.instance)
        if "source" in self.fields:
            sources: Any = self.fields["source"]
            sources.queryset = Source.objects.usable_in(self.instance.scope)

    def is_valid(self) -> bool:
        """Return whether it can be saved: there are no errors, and a corrected text was previewed as it would be saved now."""
        if not super().is_valid():
            return False
        self.check_preview()
        return not self.needs_preview

    def check_preview(self) -> None:
        """Ask for a preview where none was shown of this text, this article and what is affected; it counts as shown from then on."""
        html, previewed = self.cleaned_data["html"], self.cleaned_data["previewed"]
        text, state = compute_digest([html]), compute_digest([self.instance.version, *self.list_affected()])
        self.needs_preview = html != self.initial["html"] and previewed != text + state
        self.has_changed_since_preview = self.needs_preview and previewed.startswith(text)
        if self.needs_preview:
            self.data = self.data.copy()
            self.data["previewed"] = text + state

    def list_affected(self) -> Iterable[Any]:
        """Return what else a corrected text affects, so that it is previewed again where that changed."""
        return []

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
            raise forms.ValidationError(gettext("Write a code such as en, pt-BR or ar."))
        return normalise_code(language)

    def clean_status(self) -> str:
        """Refuse to make an article of the library private, to hide a private one from its members, and to show one that is merged."""
        status = self.cleaned_data["status"]
        if status == Article.Status.PRIVATE and not self.instance.scope:
            raise forms.ValidationError(gettext("Only an article that a member added to a project can be private."))
        if self.instance.scope and status in (Article.Status.DRAFT, Article.Status.WITHDRAWN):
            raise forms.ValidationError(gettext("A private article stays private, or is published."))
        if self.instance.merged_into and status != Article.Status.WITHDRAWN:
            text = gettext("It is merged into “%(article)s”. Undo the merge first.")
            raise forms.ValidationError(text % {"article": self.instance.merged_into})
        return status

    def clean_publish_at(self) -> datetime | None:
        """Refuse a time that is over, and one for what is no draft."""
        moment = self.cleaned_data["publish_at"]
        if not moment or "publish_at" not in self.changed_data:
            return moment
        if self.cleaned_data.get("status") != Article.Status.DRAFT:
            raise forms.ValidationError(gettext("Only a draft can be scheduled. Set the status to draft, too."))
        if not timezone.now() < moment < timezone.now() + MAX_DELAY:
            raise forms.ValidationError(gettext("Enter a time in the future, at most ten years from now."))
        return moment

    def clean_url(self) -> str:
        """Refuse the address of another article: of the library, or else among what is private to the same members."""
        url = self.cleaned_data["url"]
        scope = self.instance.scope if self.cleaned_data.get("status") == Article.Status.PRIVATE else None
        other = url and Article.objects.exclude(pk=self.instance.pk).filter(url=url, scope=scope).first()
        if other:
            raise forms.ValidationError(gettext("“%(article)s” has this address already.") % {"article": other})
        return url

    def clean_published_at(self) -> datetime | None:
        """Return the stored moment, to the second, where the minute was left as it was; refuse years that not every time zone has."""
        stored, submitted = self.initial.get("published_at"), self.cleaned_data["published_at"]
        if submitted and not is_datable(submitted):
            raise forms.ValidationError(gettext("Enter a year between 1000 and 9998."))
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
            raise forms.ValidationError(gettext("No text is left after removing unsafe content."))
        return html

    def clean_seen(self) -> dict[str, Any]:
        """Return the state that was seen; empty for what is none."""
        seen = self.cleaned_data["seen"]
        return seen if isinstance(seen, dict) and isinstance(seen.get("revision"), int) else {}

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
            message = gettext("Someone else changed this to “%(state)s”, which is shown here.")
            self.add_error(name, message % {"state": state})
        elif submitted != state:
            message = gettext("Someone else changed this to “%(state)s”. Your version is kept here.")
            self.add_error(name, message % {"state": state})

    def report_text_conflict(self, seen_revision: Any, current: Article) -> None:
        """Say that somebody else corrected the text, and take it over where this curator left it as it was seen."""
        submitted, before = self.cleaned_data.get("html"), current.revisions.filter(number=seen_revision).first()
        if before and submitted == before.html:
            self.data["html"] = current.current().html
            message = gettext("Someone else corrected the text: revision %(number)s is shown here.")
        else:
            message = gettext("Someone else corrected the text: revision %(number)s is above, yours is here.")
        self.add_error("html", message % {"number": current.revision})

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
    return str(display_for_field(value, get_field(name), "", avoid_link=True))


def get_field(name: str) -> "Field[Any, Any]":
    """Return the column of an article under that name."""
    return cast("Field[Any, Any]", Article._meta.get_field(name))


def compute_digest(values: Iterable[Any]) -> str:
    """Return the SHA-256 of what these values say, as hex."""
    return sha256(repr([*values]).encode("utf-8", "surrogatepass")).hexdigest()


def build_preview(article: Article, html: str) -> dict[str, Any]:
    """Return what the preview of a corrected text shows, and as `new` the revision that it would become, unsaved."""
    old = article.current()
    revision: Revision = old.build_next(html)
    comparison = Comparison(old, revision)
    return {"old": old, "new": revision, "summary": comparison.summarise(), "passages": comparison.group_rows()}

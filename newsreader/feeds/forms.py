"""The forms of feeds."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsreader.feeds import adding
from newsreader.feeds.requests import POLLED_FIELDS
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.opml import ListedFeed
from newsreader.importing.limits import FEED_TOO_LARGE, MAX_FEED_BYTES
from newsreader.importing.sandbox.feed_runner import read_opml_safely
from newsreader.models import Feed, Source
from newsreader.models.feed import ALREADY_HERE


class FeedSettingsForm(forms.ModelForm):
    """The address of a feed, its source, and how its articles are stored."""

    url = forms.URLField(
        label=_("Address"),
        max_length=adding.MAX_ADDRESS,
        assume_scheme="https",
        widget=forms.URLInput({"class": "input", "autocomplete": "off"}),
    )
    source = forms.ModelChoiceField(
        Source.objects.filter(scope=None), label=_("Source"), empty_label=None, widget=forms.Select({"class": "input"})
    )

    class Meta:
        model = Feed
        fields = ["title", "url", "source", "text", "article_status"]
        labels = {"title": _("Name")}
        widgets = {
            "title": forms.TextInput({"class": "input", "dir": "auto"}),
            "text": forms.RadioSelect,
            "article_status": forms.RadioSelect,
        }

    def clean_url(self) -> str:
        """Return the address as it is stored; refuse one that may not be fetched."""
        return clean_address(self.cleaned_data["url"])

    def save(self, commit: bool = True) -> Feed:
        """Save what the form has, and nothing that a worker may have written; another address is asked for soon."""
        fields = [*self.Meta.fields]
        if "url" in self.changed_data:
            adding.forget_requests(self.instance)
            fields += ["host", "state", "is_waiting", "why", "moved_at", *POLLED_FIELDS]
        self.instance.save(update_fields=fields)
        adding.queue_refreshing()
        return self.instance


class ChoiceForm(forms.Form):
    """How the articles of new feeds are stored."""

    text = forms.ChoiceField(
        label=_("Text"), choices=Feed.Text.choices, initial=Feed.Text.PAGE, widget=forms.RadioSelect, required=False
    )
    article_status = forms.ChoiceField(
        label=_("New articles"),
        choices=Feed._meta.get_field("article_status").choices or [],
        initial="published",
        widget=forms.RadioSelect,
        required=False,
    )

    def get_choices(self) -> dict[str, str]:
        """Return what was chosen."""
        return {name: self.cleaned_data[name] for name in ("text", "article_status") if self.cleaned_data.get(name)}


class AddFeedForm(ChoiceForm):
    """A feed to add: by its address or that of its site; where a site names several, which of them."""

    url = forms.URLField(
        label=_("Address"),
        help_text=_("The address of the feed, or of a site that links to its feeds."),
        max_length=adding.MAX_ADDRESS,
        assume_scheme="https",
        widget=forms.URLInput({"class": "input", "placeholder": "https://", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("The outlet that publishes it. If empty, the one with this web address is used."),
        required=False,
        max_length=120,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    found: adding.Found | None = None  # at the address
    new: list[ListedFeed] = []
    is_chosen = False

    def clean_url(self) -> str:
        """Return the address as it is stored; refuse one of a feed that is here."""
        url = clean_address(self.cleaned_data["url"])
        if Feed.objects.filter(url=url).exists():
            raise forms.ValidationError(ALREADY_HERE)
        return url

    def clean(self) -> dict[str, Any]:
        """Find the new feeds; where none were chosen this talks to the network, so it is done before anything is stored."""
        if not self.errors:
            try:
                self.new = adding.select_new(self.list_chosen() or self.look_up())
            except ArticleImportError as error:
                self.add_error("url", str(error))
            else:
                if not self.new:
                    self.add_error("url", ALREADY_HERE)
        return self.cleaned_data

    def list_chosen(self) -> list[ListedFeed]:
        """Return the feeds that were chosen of those that a site names."""
        addresses = self.data.getlist("feed")[: adding.MAX_CHOSEN] if hasattr(self.data, "getlist") else []
        self.is_chosen = bool(addresses)
        return [ListedFeed(url, "", self.cleaned_data["source"], self.cleaned_data["url"]) for url in addresses]

    def look_up(self) -> list[ListedFeed]:
        """Return the feed at the address, or those that the site there names."""
        url, source = self.cleaned_data["url"], self.cleaned_data["source"]
        self.found = adding.look_up(url)
        if self.found.result.content:
            return [ListedFeed(url, self.found.result.content.title, source)]
        return [ListedFeed(link.url, link.title, source, url) for link in self.found.links]

    def save(self, user: User) -> list[Feed]:
        """Store what was found or chosen; return the new feeds, none where there is a choice to make first."""
        choices = self.get_choices()
        if self.found and self.found.result.content:
            return [adding.add_found_feed(self.found, self.cleaned_data["source"], user, **choices)]
        if len(self.new) > 1 and not self.is_chosen:
            return []
        return adding.add_listed_feeds(self.new, user, **choices)


class OpmlForm(ChoiceForm):
    """A list of feeds: as a file, or, once it was previewed, as the text that was sent with the preview."""

    file = forms.FileField(
        label=_("OPML file"),
        required=False,
        widget=forms.FileInput({"class": "input", "accept": ".opml,.xml"}),
    )
    opml = forms.CharField(required=False, max_length=MAX_FEED_BYTES, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile | None:
        """Refuse a file that is too large."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_FEED_BYTES:
            raise forms.ValidationError(gettext(FEED_TOO_LARGE))
        return file

    def clean(self) -> dict[str, Any]:
        """Read the list."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("opml")
        if self.errors:
            return self.cleaned_data
        if not file and not text:
            raise forms.ValidationError(gettext("Choose a file."))
        try:
            self.listed = read_opml_safely(file.read() if file else str(text).encode())
        except ArticleImportError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data

    def list_new(self) -> list[ListedFeed]:
        """Return the feeds of the list that are not here yet."""
        return adding.select_new(self.listed)


def clean_address(url: str) -> str:
    """Return an address as it is stored; ValidationError if it may not be fetched."""
    try:
        return adding.normalise_address(url)
    except ArticleImportError as error:
        raise forms.ValidationError(str(error)) from error

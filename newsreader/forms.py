"""The forms of the reader."""

from dataclasses import replace
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsreader.importing import importer
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.files import describe_files, list_suffixes, parse_pasted_text
from newsreader.importing.limits import FILE_TOO_LARGE, MAX_FILE_BYTES
from newsreader.models import Article, Preferences, Revision, SavedSearch
from newsreader.models.article import StoredArticle
from newsreader.models.saved_search import MAX_SAVED_SEARCHES

NO_ADDRESS_MESSAGE = _("This article has no original URL, so it cannot be fetched. A curator can add one in the admin.")


class DailyMailForm(forms.Form):
    """Whether a reader wants the daily mail, and the address of their account; without one they get none."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"class": "input", "autocomplete": "email", "placeholder": "name@example.org"}),
        error_messages={"invalid": _("That is not an e-mail address.")},
        help_text=_("Of your account: you can sign in with it, too. If you remove it, no mail is sent to you."),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput({"class": "input", "autocomplete": "current-password"}),
        help_text=_("Needed to change the address: by mail one can set a new password."),
    )
    daily_mail = forms.BooleanField(required=False)

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data, initial={"email": user.email})
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Return the values; an error where the address is another one and the password is not the account's."""
        cleaned = super().clean() or {}
        changes = "email" in cleaned and cleaned["email"] != self.user.email
        if changes and self.user.has_usable_password() and not self.user.check_password(cleaned.get("password", "")):
            self.add_error("password", gettext("Enter your password to change the address."))
        return cleaned

    def clean_email(self) -> Any:
        """Return the address; an error where another account has it, or where it is missing and there was none before."""
        email = self.cleaned_data["email"]
        if not email and not self.user.email and "daily_mail" in self.data:
            raise forms.ValidationError(gettext("Enter the address that the mail should go to."))
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.user.pk).exists():
            raise forms.ValidationError(gettext("Another account has this address. Enter a different one."))
        return email

    def save(self) -> bool:
        """Save both; return whether the daily mail is on. An address that is replaced no longer leads into the account."""
        email = self.cleaned_data["email"]
        wanted = bool(email) and self.cleaned_data["daily_mail"]
        with transaction.atomic():
            if email != self.user.email:
                self.user.email = email
                self.user.save(update_fields=["email"])
                EmailAddress.objects.filter(user=self.user).delete()
            Preferences.objects.update_or_create(user=self.user, defaults={"daily_mail": wanted})
        return wanted


class AddArticleForm(forms.Form):
    """What to add: an article by its address, as a file or as a pasted text, or the chapters of an e-book."""

    WAYS = ["url", "file", "text"]

    url = forms.URLField(
        label=_("From a URL"),
        help_text=_("Newsreader fetches the page and extracts the article."),
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput({"class": "input", "placeholder": "https://", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("From a file"),
        help_text=lazy(describe_files, str)(),
        required=False,
        widget=forms.FileInput({"class": "input"}),
    )
    text = forms.CharField(
        label=_("Pasted text"),
        help_text=_("Blank lines separate paragraphs. Without a title, the first line is used."),
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 5, "dir": "auto"}),
    )
    title = forms.CharField(
        label=_("Title"),
        help_text=_("If empty, the headline of the page is used."),
        required=False,
        max_length=300,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("The outlet that published it. If empty, the name that the page gives is used."),
        required=False,
        max_length=120,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    draft = forms.BooleanField(label=_("Save as draft (visible to curators only)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(list_suffixes())

    def clean_file(self) -> UploadedFile | None:
        """Refuse a file that is too large."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(gettext(FILE_TOO_LARGE))
        return file

    def clean(self) -> dict[str, Any] | None:
        """Require exactly one of the three ways, and extract what it gives."""
        given = [name for name in self.WAYS if self.cleaned_data.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError(gettext("Choose exactly one: a URL, a file or a pasted text."))
        if not self.errors:
            self.extract_article(given[0])
        return self.cleaned_data

    def extract_article(self, way: str) -> None:
        """Extract what was given; this talks to the network, so it is done before anything is stored."""
        try:
            self.found: list[Extracted] = getattr(self, f"from_{way}")(self.cleaned_data[way])
        except ArticleImportError as error:
            self.add_error(way, str(error))

    def from_url(self, url: str) -> list[Extracted]:
        return [importer.extract_from_web(url)]

    def from_file(self, file: UploadedFile) -> list[Extracted]:
        return importer.extract_all_from_file(file.name or "", file.read())

    def from_text(self, text: str) -> list[Extracted]:
        return [parse_pasted_text(text, self.cleaned_data["title"])]

    def list_problems(self) -> list[str]:
        """Return what is missing of the articles that were found, as sentences."""
        return [found.problem for found in self.found if found.problem]

    def list_contents(self) -> list[Extracted]:
        """Return the articles that were found; a single one with the title that was given, if one was."""
        title = self.cleaned_data["title"]
        return [replace(found, title=title) for found in self.found] if title and len(self.found) == 1 else self.found

    def save(self, user: User) -> list[StoredArticle]:
        """Store the articles in the library, those that are not here already."""
        status = Article.Status.DRAFT if self.cleaned_data["draft"] else Article.Status.PUBLISHED
        details = {"source": self.cleaned_data["source"], "status": status, "created_by": user}
        with transaction.atomic():
            return [Article.objects.store(content, **details) for content in self.list_contents()]


class RefetchForm(forms.Form):
    """The original page of an article, fetched again by a press of a button."""

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article

    def clean(self) -> None:
        """Extract the text; this talks to the network, so it is done before anything is stored."""
        if not self.article.url:
            raise forms.ValidationError(NO_ADDRESS_MESSAGE)
        try:
            found = importer.extract_from_web(self.article.url)
        except ArticleImportError as error:
            raise forms.ValidationError(str(error)) from error
        if found.problem:  # the text that is here has perhaps what is missing now
            raise forms.ValidationError(found.problem)
        self.html = found.html

    def save(self, user: User) -> Revision | None:
        """Return the new revision; None where nothing has changed."""
        return self.article.apply_refetch(self.html, created_by=user)


class ComparisonForm(forms.Form):
    """Two revisions to lay side by side, by their numbers."""

    old = forms.IntegerField(min_value=1, max_value=999_999)
    new = forms.IntegerField(min_value=1, max_value=999_999)

    def clean(self) -> None:
        """Require two different numbers."""
        old, new = (self.cleaned_data.get(name) for name in ("old", "new"))
        if old and old == new:
            raise forms.ValidationError(gettext("Choose two different revisions."))
        if not (old and new):
            raise forms.ValidationError(gettext("Choose two revisions."))


class SavedSearchForm(forms.Form):
    """A name for a search of the library; the address is the one at which it stands."""

    name = forms.CharField(max_length=80, error_messages={"required": _("Enter a name for the search.")})
    address = forms.CharField(max_length=2000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        """Collapse white space."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_address(self) -> str:
        """Require an address of the library."""
        address = self.cleaned_data["address"]
        if not address.startswith(f"{reverse('library')}?") or len(address.split()) != 1:
            raise forms.ValidationError(gettext("Only library searches can be saved."))
        return address

    def clean(self) -> None:
        """Refuse one more than a reader may save."""
        name = self.cleaned_data.get("name")
        if name and not SavedSearch.objects.is_allowed_another(self.user, name):
            message = gettext("You have %(number)s searches already. Delete one before you save another.")
            raise forms.ValidationError(message % {"number": MAX_SAVED_SEARCHES})

    def save(self) -> SavedSearch:
        return SavedSearch.objects.save_search(self.user, **self.cleaned_data)

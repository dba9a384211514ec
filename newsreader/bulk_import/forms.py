"""The form of an import of many articles."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsreader.bulk_import.queueing import GivenFile, create_import
from newsreader.importing.files import describe_files, list_suffixes
from newsreader.models import ArticleImport
from newsreader.models.article_import import MAX_UNFINISHED_IMPORTS

MAX_ADDRESSES, MAX_ADDRESS_LENGTH = 500, 2_000
BYTES_OF_MB = 1_000_000


def describe_given_files() -> str:
    """Return which files can be given, as sentences."""
    message = gettext("Up to %(number)s files, or ZIP archives of them, together at most %(most)s MB.")
    limits = message % {"number": settings.DATA_UPLOAD_MAX_NUMBER_FILES, "most": settings.NEWSREADER_KEPT_MB}
    return f"{limits} {describe_files()}"


class FilesInput(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files that were sent, without empty ones."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [file for file in sent if file]


class ImportForm(forms.Form):
    """What to import: files, archives of files, addresses, or all of these."""

    uploads = FilesField(label=_("Files"), required=False, help_text=lazy(describe_given_files, str)())
    addresses = forms.CharField(
        label=_("URLs"),
        required=False,
        help_text=_("One per line, up to 500."),
        widget=forms.Textarea({"class": "input", "rows": 4, "dir": "ltr", "spellcheck": "false"}),
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("The outlet that published them. If empty, the name that each page gives is used."),
        required=False,
        max_length=120,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
    draft = forms.BooleanField(label=_("Save as drafts (visible to curators only)"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        accepted = ",".join([".zip", *list_suffixes()])
        self.fields["uploads"].widget.attrs |= {"class": "input", "accept": accepted}

    def clean_uploads(self) -> list[UploadedFile]:
        """Refuse more than may wait for one person."""
        files = self.cleaned_data["uploads"]
        if sum(file.size for file in files) > settings.NEWSREADER_KEPT_MB * BYTES_OF_MB:
            message = gettext("These files are larger than %(most)s MB together. Import them in smaller parts.")
            raise forms.ValidationError(message % {"most": settings.NEWSREADER_KEPT_MB})
        return files

    def clean_addresses(self) -> list[str]:
        """Return the addresses, each once."""
        lines = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["addresses"].splitlines()))))
        if len(lines) > MAX_ADDRESSES:
            raise forms.ValidationError(gettext("These are more than 500 URLs. Import them in smaller parts."))
        if any(len(line) > MAX_ADDRESS_LENGTH for line in lines):
            raise forms.ValidationError(gettext("A URL has at most 2,000 characters."))
        return lines

    def clean(self) -> dict[str, Any] | None:
        """Require a file or an address, and that not too many imports of the same person are unfinished."""
        data = self.cleaned_data
        if not self.errors and not data["uploads"] and not data["addresses"]:
            raise forms.ValidationError(gettext("Choose files, or enter URLs."))
        if ArticleImport.objects.unfinished().filter(made_by=self.user).count() >= MAX_UNFINISHED_IMPORTS:
            message = gettext("You already have %(number)s imports that are not done. Wait until one of them is.")
            raise forms.ValidationError(message % {"number": MAX_UNFINISHED_IMPORTS})
        return data

    def save(self) -> ArticleImport:
        """Queue the import."""
        data = self.cleaned_data
        files = [GivenFile(file.name or "", lambda file=file: file) for file in data["uploads"]]  # type: ignore[misc]
        return create_import(files, data["addresses"], by=self.user, source=data["source"].strip(), draft=data["draft"])

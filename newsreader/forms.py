"""The forms of the reader."""

from dataclasses import replace

from django import forms

from newsreader.intake import desk
from newsreader.intake.caps import MAX_BYTES, TOO_LARGE
from newsreader.intake.errors import IntakeError
from newsreader.intake.extracted import Extracted
from newsreader.intake.files import pasted
from newsreader.models import Article
from newsreader.models.article import Stored


class IntakeForm(forms.Form):
    """One article to take in: by its address, as a saved page, or as a pasted text."""

    WAYS = ["url", "file", "text"]

    url = forms.URLField(label="By address", required=False, max_length=2000, assume_scheme="https")
    file = forms.FileField(label="From a saved page", required=False)
    text = forms.CharField(label="As a pasted text", required=False, widget=forms.Textarea)
    title = forms.CharField(label="Title", required=False, max_length=300)
    source = forms.CharField(label="Source", required=False, max_length=120)
    draft = forms.BooleanField(label="Keep it as a draft", required=False)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean(self):
        given = [name for name in self.WAYS if self.cleaned_data.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError("Give one of the three: an address, a saved page or a text.")
        if not self.errors:
            self.take(given[0])
        return self.cleaned_data

    def take(self, way: str) -> None:
        """Finds the article; this talks to the network, so it is done before anything is kept."""
        try:
            self.found = getattr(self, f"from_{way}")(self.cleaned_data[way])
        except IntakeError as error:
            self.add_error(way, str(error))

    def from_url(self, url: str) -> Extracted:
        return desk.from_web(url)

    def from_file(self, file) -> Extracted:
        return desk.from_file(file.name, file.read())

    def from_text(self, text: str) -> Extracted:
        return pasted(text, self.cleaned_data["title"])

    def save(self, user) -> Stored:
        """Keeps the article, unless it is here already."""
        found = replace(self.found, title=self.cleaned_data["title"] or self.found.title)
        status = Article.Status.DRAFT if self.cleaned_data["draft"] else Article.Status.PUBLISHED
        return Article.objects.store(found, source=self.cleaned_data["source"], status=status, by=user)

"""What an adjudicator sends: a passage that no coder has, by its place or its first and last words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.anchoring.quotes import snap
from annotations.models.adjudication import MAX_REASON
from annotations.models.codebook import Codebook
from annotations.models.tag import MAX_NAME
from annotations.reading.forms import split_tag_names
from newsreader.text.language.names import fold_name

MAX_WORDS = 400  # code points of the first or last words


class PassageForm(forms.Form):
    """Another passage: selected in the text, or named by its first and last words; with its tags."""

    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=0)
    first = forms.CharField(required=False, max_length=MAX_WORDS)
    last = forms.CharField(required=False, max_length=MAX_WORDS)
    reason = forms.CharField(required=False, max_length=MAX_REASON)

    def __init__(self, data: QueryDict, *, text: str, near: int, codebook: Codebook, known: Iterable[str]) -> None:
        """Take the text, where the disagreement begins, and the tags that its versions have, which may be retired."""
        super().__init__(data)
        self.names = split_tag_names(data.getlist("tags"))
        self.text, self.near, self.codebook, self.known = text, near, codebook, set(known)

    def clean(self) -> dict[str, Any]:
        """Find the `span` and the `tags`."""
        super().clean()
        self.cleaned_data["tags"] = self.read_tags()
        self.cleaned_data["span"] = self.read_span()
        return self.cleaned_data

    def read_tags(self) -> list[str]:
        """Return the keys of the tags, each once."""
        if not self.names:
            raise forms.ValidationError(_("Choose a tag for the passage."))
        keys = {tag.folded: key for key, tag in self.codebook.items() if self.is_offered(key)}
        for name in self.names:
            if fold_name(name) not in keys:
                message = _("“%(tag)s” is not in the codebook, or cannot be used for new highlights.")
                raise forms.ValidationError(message % {"tag": name[:MAX_NAME]})
        return [keys[fold_name(name)] for name in self.names]

    def is_offered(self, key: str) -> bool:
        """Return whether a tag may be given to the passage."""
        return self.codebook[key].is_offered or key in self.known

    def read_span(self) -> tuple[int, int]:
        """Return where the passage stands: the selected place, if its words are still the named ones, else the words."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        first, last = (self.cleaned_data.get(name) or "" for name in ("first", "last"))
        if start is None or end is None or not self.stands(start, end, first, last):
            start, end = self.find_words(first, last)
        try:
            return snap(self.text, start, end)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def stands(self, start: int, end: int, first: str, last: str) -> bool:
        """Return whether a place of the text begins and ends with these words."""
        words = " ".join(self.text[start:end].split())
        return bool(words) and words.startswith(first) and words.endswith(last)

    def find_words(self, first: str, last: str) -> tuple[int, int]:
        """Return the place nearest to the disagreement that begins with the first words and ends with the last."""
        if not first:
            raise forms.ValidationError(_("Select the passage in the text, or write its first and last words."))
        starts = list_occurrences(self.text, first)
        if not starts:
            message = _("The article does not have the words “%(words)s”. Copy them as they are.")
            raise forms.ValidationError(message % {"words": first})
        start = min(starts, key=lambda place: abs(place - self.near))
        end = self.text.find(last or first, start)
        if end < 0:
            message = _("The words “%(words)s” do not follow the first ones in the article.")
            raise forms.ValidationError(message % {"words": last})
        return start, max(end + len(last or first), start + len(first))


def list_occurrences(text: str, words: str) -> list[int]:
    """Return where words stand in a text."""
    found, place = [], text.find(words)
    while place >= 0:
        found.append(place)
        place = text.find(words, place + 1)
    return found

"""What people send about highlights."""

from django import forms
from django.db import transaction

from annotations.anchoring.quotes import Selector, anchor, snap
from annotations.models import Highlight, Tag
from annotations.notes import MAX_NOTE_LENGTH
from newsreader.text.language.sentences import sentences_of

NOT_SURE = {
    "gone": "Those words are not in the article any more: it changed since you opened it. Reload the page and select them again.",
    "edited": "Those words were edited since you opened the page. Reload it and select them again.",
    "ambiguous": "Those words stand in more than one place, and which was meant cannot be told. Reload the page and select again.",
}


class TagNames(forms.Field):
    """Tag names: a repeated field, each value one name or several with commas between."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        names = [" ".join(name.split()) for one in value or [] for name in one.split(",")]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > 30:
            raise forms.ValidationError("A highlight may carry thirty tags.")
        if any(len(name) > 90 for name in names):
            raise forms.ValidationError("A tag’s name may have 90 characters.")
        return names


class NoteForm(forms.Form):
    """The tags and the note of a highlight in a project that allows its reader to highlight."""

    tags = TagNames(required=False)
    note = forms.CharField(required=False, max_length=MAX_NOTE_LENGTH, strip=True)

    def __init__(self, *args, project, kept=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.project, self.kept = project, set(kept)  # a retired tag may stay where it is

    def clean_note(self):
        return self.cleaned_data["note"].replace("\r\n", "\n")

    def clean_tags(self):
        names = self.cleaned_data["tags"]
        self.known = {tag.name.lower(): tag for tag in Tag.objects.with_names(self.project, names)} if names else {}
        unknown = [name for name in names if name.lower() not in self.known]
        if unknown and not self.project.allows("codebook"):
            raise forms.ValidationError(f"“{unknown[0]}” is not in the codebook. A curator of the project can add it.")
        self.refuse_retired(self.known.values())
        return names

    def tags_by(self, user) -> list[Tag]:
        """The tags in their order, those that are new to the codebook made by the user."""
        names = self.cleaned_data["tags"]
        if all(name.lower() in self.known for name in names):
            return [self.known[name.lower()] for name in names]
        return Tag.objects.get_or_create_named(self.project, names, by=user)

    def refuse_retired(self, tags):
        for tag in tags:
            if tag.status == Tag.Status.RETIRED and tag.name not in self.kept:
                raise forms.ValidationError(f"“{tag.name}” is retired and takes no new passages.")


class SpanForm(forms.Form):
    """A selection in the article as it is now, found again by its words where the page was stale."""

    start = forms.IntegerField(min_value=0, max_value=10_000_000)
    end = forms.IntegerField(min_value=1, max_value=10_000_000)
    exact = forms.CharField(strip=False, max_length=200_000)
    prefix = forms.CharField(strip=False, required=False, max_length=300)
    suffix = forms.CharField(strip=False, required=False, max_length=300)

    def __init__(self, *args, revision, **kwargs):
        super().__init__(*args, **kwargs)
        self.now, self.moved = revision, False

    def selector(self) -> Selector:
        """What was selected; a browser sends a line feed as CR LF."""
        given = self.cleaned_data
        words = [given[name].replace("\r\n", "\n") for name in ("exact", "prefix", "suffix")]
        return Selector(*words, given["start"], given["end"])

    def clean(self):
        super().clean()
        if self.errors:
            raise forms.ValidationError("The selection did not arrive whole. Select the words again.")
        placement = anchor(self.now.text, self.selector())
        if placement.state not in ("same", "moved"):
            raise forms.ValidationError(NOT_SURE[placement.state], code="unsure")
        self.moved = placement.state == "moved"
        try:
            self.cleaned_data["span"] = snap(self.now.text, placement.start, placement.end)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data


class Making:
    """A form that knows project, revision (`now`) and span makes a highlight."""

    def save(self, author):
        """The highlight, made or (the same form again) found; see HighlightQuerySet.make."""
        start, end = self.cleaned_data["span"]
        with transaction.atomic():
            return Highlight.objects.make(
                id=self.cleaned_data.get("id"),
                project=self.project,
                revision=self.now,
                author=author,
                start=start,
                end=end,
                tags=self.tags_by(author),
                note=self.cleaned_data["note"],
            )


class HighlightForm(Making, SpanForm, NoteForm):
    """A new highlight from a selection."""

    id = forms.UUIDField(required=False)

    def __init__(self, *args, author, **kwargs):
        super().__init__(*args, **kwargs)
        self.author = author

    def clean_id(self):
        """The browser's key for it; one that is another reader's, or of another project, is refused."""
        key = self.cleaned_data["id"]
        if key and Highlight.objects.filter(pk=key).exclude(author=self.author, project=self.project).exists():
            raise forms.ValidationError("This highlight’s key is taken. Reload the page and select the words again.")
        return key


class SentenceForm(forms.Form):
    """The passage from the first to the last of the chosen sentences, numbered from 1."""

    first = forms.IntegerField(min_value=1, error_messages={"required": "Choose the first sentence."})
    last = forms.IntegerField(min_value=1, required=False)

    def __init__(self, *args, revision, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = revision
        self.sentences = sentences_of(revision.text)

    def clean(self):
        first = self.cleaned_data.get("first")
        if first is None:
            return self.cleaned_data
        first, last = sorted([first, self.cleaned_data.get("last") or first])
        if last > len(self.sentences):
            raise forms.ValidationError(f"The article has {len(self.sentences)} sentences.")
        self.cleaned_data["span"] = self.sentences[first - 1][0], self.sentences[last - 1][1]
        return self.cleaned_data


class SentencesForm(Making, SentenceForm, NoteForm):
    """A new highlight from the first to the last of the chosen sentences."""


class EditForm(NoteForm):
    """New tags and a new note for a highlight, against the version they were read in."""

    version = forms.IntegerField(min_value=1)

"""What people send about highlights."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict

from annotations.anchoring.quotes import Selector, anchor, snap
from annotations.models import Highlight, Project, Tag
from annotations.models.highlight import Made
from annotations.models.tag import MAX_NAME
from annotations.notes import MAX_NOTE_LENGTH
from newsreader.models import Revision
from newsreader.text.language.sentences import split_sentences

MAX_TAGS = 30  # of one highlight
UNCERTAIN_PLACE = {
    "gone": "Those words are not in the article any more: it changed since you opened it. Reload the page and select them again.",
    "edited": "Those words were edited since you opened the page. Reload it and select them again.",
    "ambiguous": "Those words stand in more than one place, and which was meant cannot be told. Reload the page and select again.",
}


def join_errors(form: forms.BaseForm) -> str:
    """Return everything a form has against what was sent, as sentences."""
    return " ".join(dict.fromkeys(str(message) for messages in form.errors.values() for message in messages))


class TagNames(forms.Field):
    """Tag names: a repeated field, each value one name or several with commas between."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        """Return the names, each once."""
        names = [" ".join(name.split()) for names in value or [] for name in names.split(",")]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MAX_TAGS:
            raise forms.ValidationError("A highlight may carry thirty tags.")
        if any(len(name) > MAX_NAME for name in names):
            raise forms.ValidationError("A tag’s name may have 90 characters.")
        return names


class NoteForm(forms.Form):
    """The tags and the note of a highlight in a project that allows its reader to highlight."""

    tags = TagNames(required=False)
    note = forms.CharField(required=False, max_length=MAX_NOTE_LENGTH, strip=True)

    def __init__(self, *args: Any, project: Project, current_names: Iterable[str] = (), **kwargs: Any) -> None:
        """Take the names of the tags that the highlight has, of which a retired one may stay."""
        super().__init__(*args, **kwargs)
        self.project, self.current_names = project, set(current_names)
        self.known_tags: dict[str, Tag] = {}  # by their names in small letters

    def clean_note(self) -> str:
        """Return the note with line feeds for the CR LF of browsers."""
        return self.cleaned_data["note"].replace("\r\n", "\n")

    def clean_tags(self) -> list[str]:
        """Refuse names that the reader may not add to the codebook, and retired tags."""
        names = self.cleaned_data["tags"]
        tags = Tag.objects.with_names(self.project, names) if names else []
        self.known_tags = {tag.name.lower(): tag for tag in tags}
        unknown = [name for name in names if name.lower() not in self.known_tags]
        if unknown and not self.project.allows("codebook"):
            raise forms.ValidationError(f"“{unknown[0]}” is not in the codebook. A curator of the project can add it.")
        self.refuse_retired(self.known_tags.values())
        return names

    def refuse_retired(self, tags: Iterable[Tag]) -> None:
        """Raise ValidationError where one of the tags is retired, and new to the highlight."""
        for tag in tags:
            if tag.status == Tag.Status.RETIRED and tag.name not in self.current_names:
                raise forms.ValidationError(f"“{tag.name}” is retired and takes no new passages.")

    def get_or_create_tags(self, author: User) -> list[Tag]:
        """Return the tags in their order; those that are new to the codebook are made by the author."""
        names = self.cleaned_data["tags"]
        if all(name.lower() in self.known_tags for name in names):
            return [self.known_tags[name.lower()] for name in names]
        return Tag.objects.get_or_create_named(self.project, names, by=author)


class CreateForm(NoteForm):
    """A new highlight; a form that knows the `revision` and cleans a `span` completes it."""

    revision: Revision

    def save(self, author: User) -> Made:
        """Return the highlight, made or (the same form again) found; see HighlightQuerySet.make."""
        start, end = self.cleaned_data["span"]
        with transaction.atomic():
            return Highlight.objects.make(
                id=self.cleaned_data.get("id"),
                project=self.project,
                revision=self.revision,
                author=author,
                start=start,
                end=end,
                tags=self.get_or_create_tags(author),
                note=self.cleaned_data["note"],
            )


class SpanForm(forms.Form):
    """A selection in a revision, found again by its words where the page was stale."""

    start = forms.IntegerField(min_value=0, max_value=10_000_000)
    end = forms.IntegerField(min_value=1, max_value=10_000_000)
    exact = forms.CharField(strip=False, max_length=200_000)
    prefix = forms.CharField(strip=False, required=False, max_length=300)  # type: ignore[assignment]  # a field, which leaves the attribute alone
    suffix = forms.CharField(strip=False, required=False, max_length=300)

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.revision, self.has_moved = revision, False

    def clean(self) -> dict[str, Any]:
        """Find the selection in the revision as `span`, at whole characters; refuse it where its place is uncertain."""
        super().clean()
        if self.errors:
            raise forms.ValidationError("The selection did not arrive whole. Select the words again.")
        placement = anchor(self.revision.text, self.build_selector())
        if placement.state not in ("same", "moved"):
            raise forms.ValidationError(UNCERTAIN_PLACE[placement.state], code="unsure")
        self.has_moved = placement.state == "moved"
        try:
            self.cleaned_data["span"] = snap(self.revision.text, placement.start, placement.end)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data

    def build_selector(self) -> Selector:
        """Return what was selected, with line feeds for the CR LF of browsers."""
        sent = self.cleaned_data
        exact, prefix, suffix = (sent[name].replace("\r\n", "\n") for name in ("exact", "prefix", "suffix"))
        return Selector(exact, prefix, suffix, sent["start"], sent["end"])


class HighlightForm(SpanForm, CreateForm):
    """A new highlight from a selection."""

    id = forms.UUIDField(required=False)

    def __init__(self, *args: Any, author: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author = author

    def clean_id(self) -> Any:
        """Return the browser's key for it; refuse one that is another reader's, or of another project."""
        key = self.cleaned_data["id"]
        if key and Highlight.objects.filter(pk=key).exclude(author=self.author, project=self.project).exists():
            raise forms.ValidationError("This highlight’s key is taken. Reload the page and select the words again.")
        return key


class SentenceForm(forms.Form):
    """The passage from the first to the last of the chosen sentences, numbered from 1."""

    first = forms.IntegerField(min_value=1, error_messages={"required": "Choose the first sentence."})
    last = forms.IntegerField(min_value=1, required=False)

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.revision = revision
        self.sentences = split_sentences(revision.text)

    def clean(self) -> dict[str, Any]:
        """Find the `span` from the earlier to the later of the two."""
        first = self.cleaned_data.get("first")
        if first is None:
            return self.cleaned_data
        first, last = sorted([first, self.cleaned_data.get("last") or first])
        if last > len(self.sentences):
            raise forms.ValidationError(f"The article has {len(self.sentences)} sentences.")
        self.cleaned_data["span"] = self.sentences[first - 1][0], self.sentences[last - 1][1]
        return self.cleaned_data


class SentenceHighlightForm(SentenceForm, CreateForm):
    """A new highlight from the first to the last of the chosen sentences."""


class EditForm(NoteForm):
    """New tags and a new note for a highlight, against the version they were read in."""

    version = forms.IntegerField(min_value=1)

    def __init__(self, *args: Any, highlight: Highlight, **kwargs: Any) -> None:
        names = [tag.name for tag in highlight.ordered_tags()]
        super().__init__(*args, project=highlight.project, current_names=names, **kwargs)
        self.highlight = highlight

    def save(self, editor: User) -> None:
        """Edit the highlight; StaleError where somebody changed it since."""
        fields = {"note": self.cleaned_data["note"], "tags": self.get_or_create_tags(editor)}
        self.highlight.edit(self.cleaned_data["version"], by=editor, **fields)


def build_edit_context(
    highlight: Highlight, *, sent: QueryDict | None = None, error: str = "", stale: bool = False
) -> dict[str, Any]:
    """Return what an edit form shows of tags and note: as they were sent, if they were refused, else as they are."""
    highlight.reload()
    tags = list(highlight.ordered_tags())
    names = [tag.name for tag in tags]
    choices = Q(status="active") | Q(pk__in=[tag.pk for tag in tags])
    codebook = list(Tag.objects.without_tree_fields().filter(choices, project=highlight.project_id))
    chosen = sent.getlist("tags") if sent else names
    known = {tag.name for tag in codebook}
    return {
        "highlight": highlight,
        "hue": tags[0].colour if tags else 0,
        "names": chosen,
        "fresh": ", ".join(name for name in chosen if name not in known),
        "note": sent.get("note", "") if sent else highlight.note,
        "theirs": {"names": names, "note": highlight.note} if stale else None,
        "error": error,
        "codebook": codebook,
        "may_create": highlight.project.allows("codebook"),
    }

"""What people send about highlights."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.anchoring.quotes import Selector, anchor, snap
from annotations.combining import combine_texts
from annotations.models import Highlight, Project, Tag
from annotations.models.codebook import CodebookTag, codebook_of
from annotations.models.highlight import Made, prepare_highlight
from annotations.models.tag import MAX_NAME
from annotations.notes import MAX_NOTE_LENGTH
from annotations.reading.tag_picker import build_picker
from newsreader.models import Revision
from newsreader.text.language.names import fold_name, normalise_name
from newsreader.text.language.sentences import split_sentences

MAX_TAGS = 30  # of one highlight
NOT_THE_ARTICLE = _(
    "These words are not the article’s own. If the page is translated, show the original language and select again."
)
TRANSLATED = _("This page is translated. Show the original language in your browser, and select the words there.")
UNCERTAIN_PLACE = {
    "gone": _(
        "These words are no longer in the article, which has changed since you opened it. Reload the page and select again."
    ),
    "ambiguous": _(
        "It is unclear which place in the article these words are from. Reload the page and select them again."
    ),
}


def join_errors(form: forms.BaseForm) -> str:
    """Return everything a form has against what was sent, as sentences."""
    return " ".join(dict.fromkeys(str(message) for messages in form.errors.values() for message in messages))


def split_tag_names(values: Iterable[str]) -> list[str]:
    """Return the names in the values of a field, each once; a value is one name, or several with commas between."""
    names = (normalise_name(name) for value in values for name in value.split(","))
    return list({fold_name(name): name for name in names if name}.values())


class TagNames(forms.Field):
    """Tag names: a repeated field, each value one name or several with commas between."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        """Return the names, each once."""
        names = split_tag_names(value or [])
        if len(names) > MAX_TAGS:
            raise forms.ValidationError(_("A highlight can have at most 30 tags."))
        if any(len(name) > MAX_NAME for name in names):
            raise forms.ValidationError(_("A tag name can have at most 90 characters."))
        return names


class NoteForm(forms.Form):
    """The tags and the note of a highlight in a project that allows its reader to highlight."""

    tags = TagNames(required=False)
    note = forms.CharField(required=False, max_length=MAX_NOTE_LENGTH, strip=True)

    def __init__(self, *args: Any, project: Project, current_names: Iterable[str] = (), **kwargs: Any) -> None:
        """Take the names of the tags that the highlight has, of which a retired one may stay."""
        super().__init__(*args, **kwargs)
        self.project, self.current_names = project, set(current_names)
        self.known_tags: dict[str, CodebookTag] = {}  # by their names in small letters

    def clean_note(self) -> str:
        """Return the note with line feeds for the CR LF of browsers."""
        return self.cleaned_data["note"].replace("\r\n", "\n")

    def clean_tags(self) -> list[str]:
        """Refuse names that the reader may not add to the codebook, headings and retired tags."""
        names = self.cleaned_data["tags"]
        wanted, tags = set(map(fold_name, names)), codebook_of(self.project).values() if names else ()
        self.known_tags = {tag.folded: tag for tag in tags if tag.folded in wanted}
        unknown = [name for name in names if fold_name(name) not in self.known_tags]
        if unknown and not self.project.allows("codebook"):
            message = _(
                "“%(tag)s” is not in the codebook. A curator of the project can add it. "
                "You can propose it in the codebook."
            )
            raise forms.ValidationError(message % {"tag": unknown[0]})
        self.refuse_closed(tag for tag in self.known_tags.values() if tag.name not in self.current_names)
        return names

    def refuse_closed(self, tags: Iterable[CodebookTag]) -> None:
        """Raise ValidationError where one of the tags is a heading, retired, or only proposed."""
        for tag in tags:
            if tag.heading_only:
                message = _("“%(tag)s” is a heading of the codebook, not a tag. Choose a tag below it.")
                raise forms.ValidationError(message % {"tag": tag.name})
            if tag.status == Tag.Status.RETIRED:
                message = _("“%(tag)s” is retired and cannot be used for new highlights.")
                raise forms.ValidationError(message % {"tag": tag.name})
            if tag.status == Tag.Status.PROPOSED:
                message = _("“%(tag)s” is only proposed. A curator of the project can accept it.")
                raise forms.ValidationError(message % {"tag": tag.name})

    def list_new_tags(self) -> list[Tag]:
        """Return the tags that `get_or_create_tags` added to the codebook."""
        names = [name for name in self.cleaned_data["tags"] if fold_name(name) not in self.known_tags]
        return Tag.objects.with_names(self.project, names) if names else []

    def knows_all_tags(self) -> bool:
        """Return whether a valid form names no tag that is not in the codebook."""
        return all(fold_name(name) in self.known_tags for name in self.cleaned_data["tags"])

    def get_or_create_tags(self, author: User, article_id: int) -> list[Tag]:
        """Return the tags in their order; those that are new to the codebook are made by the author, for this article."""
        names = self.cleaned_data["tags"]
        if self.knows_all_tags():
            return [self.known_tags[fold_name(name)].as_row(self.project.pk) for name in names]
        beside = Tag.objects.used_in(self.project, article_id)
        return Tag.objects.get_or_create_named(self.project, names, by=author, beside=beside)


class CreateForm(NoteForm):
    """A new highlight; a form that knows the `revision` and cleans a `span` completes it."""

    revision: Revision

    def save(self, author: User) -> Made:
        """Return the highlight, made or (the same form again) found; see HighlightQuerySet.make."""
        if self.knows_all_tags():
            return self.make(author)
        with transaction.atomic():
            return self.make(author)

    def make(self, author: User) -> Made:
        """Return the highlight with its tags, of which some may have to be made before."""
        start, end = self.cleaned_data["span"]
        return Highlight.objects.make(
            id=self.cleaned_data.get("id"),
            project=self.project,
            revision=self.revision,
            author=author,
            start=start,
            end=end,
            tags=self.get_or_create_tags(author, self.revision.article_id),
            note=self.cleaned_data["note"],
        )


class SpanForm(forms.Form):
    """A selection in a revision, found again by its words where the page was stale."""

    start = forms.IntegerField(min_value=0, max_value=10_000_000)
    end = forms.IntegerField(min_value=1, max_value=10_000_000)
    exact = forms.CharField(strip=False, max_length=200_000)
    prefix = forms.CharField(strip=False, required=False, max_length=300)  # type: ignore[assignment]  # a field, which leaves the attribute alone
    suffix = forms.CharField(strip=False, required=False, max_length=300)
    translated = forms.BooleanField(required=False)  # says the script: the browser shows the page in another language

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.revision, self.has_moved = revision, False

    def clean(self) -> dict[str, Any]:
        """Find the selection in the revision as `span`, at whole characters; refuse it where its place is uncertain."""
        super().clean()
        if self.errors:
            raise forms.ValidationError(_("The selection was incomplete. Select the words again."))
        placement = anchor(self.revision.text, self.build_selector())
        if placement.state not in ("same", "moved"):
            raise forms.ValidationError(self.explain_refusal(placement.state), code="unsure")
        self.has_moved = placement.state == "moved"
        try:
            self.cleaned_data["span"] = snap(self.revision.text, placement.start, placement.end)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data

    def explain_refusal(self, state: str) -> str:
        """Return why no place of the words is certain; the article has changed only if an earlier text has them."""
        if self.cleaned_data["translated"]:
            return str(TRANSLATED)
        is_article = state != "gone" or self.revision.any_revision_contains(self.build_selector().exact)
        return str(UNCERTAIN_PLACE[state] if is_article else NOT_THE_ARTICLE)

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
        """Return the browser's key for it; refuse that of another highlight than one which the reader made here."""
        key = self.cleaned_data["id"]
        made_here = {"project": self.project, "article": self.revision.article_id}
        is_taken = key and prepare_highlight().first(key=key)
        if is_taken and not Highlight.objects.editable_by(self.author).filter(pk=key, **made_here).exists():
            raise forms.ValidationError(_("This highlight already exists. Reload the page and select the words again."))
        return key


class SentenceForm(forms.Form):
    """The passage from the first to the last of the chosen sentences, numbered from 1."""

    first = forms.IntegerField(min_value=1, error_messages={"required": _("Choose the first sentence.")})
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
            message = ngettext(
                "The article has %(number)s sentences.", "The article has %(number)s sentences.", len(self.sentences)
            )
            raise forms.ValidationError(message % {"number": len(self.sentences)})
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

    def says_anything_new(self) -> bool:
        """Return whether a valid form differs from the highlight, in its note or in its set of tags."""
        sent = self.cleaned_data
        return sent["note"] != self.highlight.note or set(sent["tags"]) != self.current_names

    def save(self, editor: User) -> None:
        """Edit the highlight; StaleError where somebody changed it since, and new tags are not made either."""
        with transaction.atomic():
            tags = self.get_or_create_tags(editor, self.highlight.article_id)
            self.highlight.edit(self.cleaned_data["version"], by=editor, note=self.cleaned_data["note"], tags=tags)


def build_edit_context(
    highlight: Highlight, *, sent: QueryDict | None = None, error: str = "", stale: bool = False
) -> dict[str, Any]:
    """Return what an edit form shows of tags and note: as they were sent, if they were refused, else as they are.

    A form that is refused for what it says, or combined, still names the version that its sender has seen.
    """
    highlight.reload()
    has_seen = sent is not None and (error or "combine" in sent)
    tags = list(highlight.ordered_tags())
    names, project = [tag.name for tag in tags], highlight.project
    chosen = split_tag_names(sent.getlist("tags")) if sent else names
    return {
        "highlight": highlight,
        "version": sent.get("version") if sent and has_seen else highlight.version,
        "hue": tags[0].colour if tags else 0,
        "note": sent.get("note", "") if sent else highlight.note,
        "theirs": {"names": names, "note": highlight.note} if stale else None,
        "error": error,
        "may_pin_example": project.allows("codebook"),
        "picker": build_picker(codebook_of(project), names=chosen, may_create=project.allows("codebook")),
    }


def combine_with_saved(highlight: Highlight, sent: QueryDict) -> QueryDict:
    """Return what was sent, with the note and the tags that the highlight has by now, against its version."""
    combined = sent.copy()
    saved = [tag.name for tag in highlight.ordered_tags()]
    combined["note"] = combine_texts(highlight.note, sent.get("note", ""))
    combined.setlist("tags", split_tag_names([*saved, *sent.getlist("tags")]))
    combined["version"] = str(highlight.version)
    return combined

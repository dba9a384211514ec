"""What curators send about tags."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.combining import combine_texts
from annotations.errors import HeadingInUseError, NameTakenError, ParentCycleError
from annotations.models import Project, Tag
from annotations.models.joining import JoinedPassages, merge_and_join
from annotations.models.tag_lines import find_clashes
from newsreader.text.language.names import normalise_name

TAKEN = _("A tag with this name already exists (capitals are ignored).")
GONE = _("That tag is no longer in the codebook.")
IN_USE = _("Highlights have this tag. Merge it into another tag first.")
CYCLE = _("A tag cannot be placed under itself or one of its own subtags.")
MAX_PROPOSALS = 100  # of one project
LONG_FIELDS = ("definition", "use_for", "not_for")
Written = TypeVar("Written")


def make_textarea(rows: int) -> forms.Textarea:
    """Return the widget of a long field."""
    return forms.Textarea({"class": "input", "rows": rows, "dir": "auto"})


class TagForm(forms.ModelForm):
    """One entry of the codebook, new or against the version it was read in."""

    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Tag
        fields = ["name", "parent", "definition", "use_for", "not_for", "colour", "heading_only"]
        labels = {
            "use_for": _("Use it for"),
            "not_for": _("Not for"),
            "colour": _("Line"),
            "heading_only": _("Heading only"),
        }
        help_texts = {"heading_only": _("Groups the tags below it and cannot be used as a tag.")}
        error_messages = {
            "name": {
                "required": _("Enter a name for the tag."),
                "max_length": _("A tag name can have at most 90 characters."),
            },
            "parent": {"invalid_choice": GONE},
        }
        widgets = {
            "name": forms.TextInput({"class": "input", "dir": "auto", "autocomplete": "off"}),
            **{name: make_textarea(3) for name in LONG_FIELDS},
            "parent": forms.Select({"class": "input"}),
            "colour": forms.RadioSelect,
        }

    def __init__(self, *args: Any, project: Project, tags: list[Tag], codebook: list[Tag], **kwargs: Any) -> None:
        """Take the tags it may stand under, in the order of the tree, and all that there are."""
        super().__init__(*args, **kwargs)
        self.project, self.codebook = project, codebook
        parent: Any = self.fields["parent"]
        parent.queryset = Tag.objects.without_tree_fields().filter(project=project)
        parent.widget.choices = [("", _("Top level")), *((tag.pk, indent_name(tag)) for tag in tags)]
        self.fields["colour"].required = not self.instance._state.adding

    def list_lines(self) -> list[tuple[BoundWidget, list[str], bool]]:
        """Return the choices of a line, each with the names of the other tags that have it, and whether this tag has it."""
        names: dict[str, list[str]] = {}
        for tag in self.codebook:
            if tag.pk != self.instance.pk and not tag.heading_only:
                names.setdefault(str(tag.colour), []).append(tag.name)
        radios = [radio for radio in self["colour"].subwidgets if radio.data["value"]]
        own = None if self.instance._state.adding or self.instance.heading_only else str(self.instance.colour)
        values = [(radio, str(radio.data["value"])) for radio in radios]
        return [(radio, names.get(value, []), value == own) for radio, value in values]

    def clean_name(self) -> str:
        """Refuse commas, names that nobody sees, and the name of another tag."""
        name = normalise_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        if "," in name:
            raise forms.ValidationError(_("Tag names cannot contain commas, which separate tags."))
        hidden = self.project.sight.tags if self.instance._state.adding else ()
        same = Tag.objects.with_names(self.project, [name])
        if any(tag.pk != self.instance.pk and tag.pk not in hidden for tag in same):
            raise forms.ValidationError(TAKEN)
        return name

    def clean_colour(self) -> int:
        """Refuse another line that a tag on the same words has; a new tag stands on none yet."""
        line = self.cleaned_data["colour"]
        if self.instance._state.adding or line == self.instance.colour:
            return line
        if clashes := find_clashes(self.instance, line):
            words = {"tags": "”, “".join(clashes[:3])}
            raise forms.ValidationError(_("“%(tags)s” stands on the same words and has this line.") % words)
        return line

    def _post_clean(self) -> None:
        """Leave the instance as it was read: the verbs of the model write."""

    def clean_fields(self) -> dict[str, Any]:
        """Return the fields of the tag, with line feeds for the CR LF of browsers."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return fields | {name: fields[name].replace("\r\n", "\n") for name in LONG_FIELDS}

    def add_tag(self, curator: User) -> Tag | None:
        """Return the new tag, or None and an error where somebody was faster."""
        fields = {name: value for name, value in self.clean_fields().items() if value not in ("", None)}
        return self.write_or_add_error(lambda: Tag.objects.add_tag(self.project, by=curator, **fields))

    def propose_tag(self, coder: User) -> Tag | None:
        """Return the proposed tag, or None and an error where the name is taken or too many wait."""
        if Tag.objects.filter(project=self.project, status=Tag.Status.PROPOSED).count() >= MAX_PROPOSALS:
            self.add_error(
                None, _("A project can have at most 100 proposed tags. A curator has to decide on some first.")
            )
            return None
        fields = {name: self.clean_fields()[name] for name in ("name", "parent", *LONG_FIELDS)}
        fields = {name: value for name, value in fields.items() if value not in ("", None)} | {"status": "proposed"}
        return self.write_or_add_error(lambda: Tag.objects.add_tag(self.project, by=coder, **fields))

    def edit_tag(self, curator: User) -> bool:
        """Write the entry; StaleError where somebody else changed it since. Return False, and an error, where it cannot be."""
        version, fields = self.cleaned_data["version"] or 0, self.clean_fields()
        self.write_or_add_error(lambda: self.instance.edit(version, by=curator, **fields))
        return not self.errors

    def write_or_add_error(self, write: Callable[[], Written]) -> Written | None:
        """Return what `write` does, or None where the codebook refuses it; the reason goes beside the field."""
        try:
            return write()
        except (NameTakenError, IntegrityError):
            self.add_error("name", TAKEN)
        except ParentCycleError:
            self.add_error("parent", CYCLE)
        except HeadingInUseError:
            self.add_error("heading_only", IN_USE)
        return None


def combine_with_saved(tag: Tag, sent: QueryDict) -> QueryDict:
    """Return what was sent, with what the tag's texts say by now, against its version."""
    combined = sent.copy()
    for name in LONG_FIELDS:
        combined[name] = combine_texts(getattr(tag, name), sent.get(name, ""))
    combined["version"] = str(tag.version)
    return combined


class DeleteTagForm(forms.Form):
    """What becomes of the highlights of a tag that is to be deleted."""

    fate = forms.ChoiceField(
        choices=[("merge", _("Replace it with another tag")), ("off", _("Remove the tag"))],
        error_messages={"required": _("Choose what should happen to its highlights.")},
    )
    into: forms.ModelChoiceField = forms.ModelChoiceField(
        Tag.objects.none(), required=False, error_messages={"invalid_choice": GONE}
    )
    join = forms.BooleanField(required=False)

    def __init__(self, *args: Any, others: QuerySet[Tag], **kwargs: Any) -> None:
        """Take the tags that the highlights may get."""
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = others

    def clean(self) -> dict[str, Any]:
        """Ask for the other tag where the highlights are to get one."""
        if self.cleaned_data.get("fate") == "merge" and not self.cleaned_data.get("into") and "into" not in self.errors:
            self.add_error("into", _("Choose the replacement tag."))
        return self.cleaned_data

    def get_target(self) -> Tag | None:
        """Return the tag that the highlights get, if one was chosen."""
        return self.cleaned_data["into"] if self.cleaned_data["fate"] == "merge" else None

    def merge_or_delete(self, tag: Tag, curator: User) -> JoinedPassages:
        """Delete the tag; return how many of its passages were joined. StaleError where the other tag is gone by now."""
        into = self.get_target()
        if into and self.cleaned_data["join"]:
            return merge_and_join(tag, into, by=curator)
        tag.merge_or_delete(by=curator, into=into)
        return JoinedPassages()


def make_tag_field(label: Any) -> forms.ModelChoiceField:
    """Return a choice of a tag, or of none; the form names the tags."""
    return forms.ModelChoiceField(
        Tag.objects.none(),
        label=label,
        required=False,
        empty_label=_("nothing"),
        error_messages={"invalid_choice": GONE},
        widget=forms.Select({"class": "input"}),
    )


class RetagForm(forms.Form):
    """Which tag many highlights lose, and which they get."""

    remove = make_tag_field(_("Remove"))
    add = make_tag_field(_("Add"))

    def __init__(self, *args: Any, tags: QuerySet[Tag], **kwargs: Any) -> None:
        """Take the tags that highlights may get."""
        super().__init__(*args, **kwargs)
        for name in ("remove", "add"):
            field: Any = self.fields[name]
            field.queryset = tags

    def clean(self) -> dict[str, Any]:
        """Ask for a tag, and for two different ones."""
        remove, add = self.cleaned_data.get("remove"), self.cleaned_data.get("add")
        if not self.errors and not (remove or add):
            raise forms.ValidationError(_("Choose a tag to remove, a tag to add, or both."))
        if remove and remove == add:
            raise forms.ValidationError(_("Choose two different tags."))
        return self.cleaned_data

    def get_tags(self) -> dict[str, Tag | None]:
        """Return the tags that were chosen."""
        return {name: self.cleaned_data[name] for name in ("remove", "add")}


def indent_name(tag: Tag) -> str:
    """Return the tag's name, indented by its depth, as a list of choices shows a tree."""
    return "\u2003" * tag.tree_depth + tag.name

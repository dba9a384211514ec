"""What curators send about tags."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import QuerySet

from annotations.errors import NameTakenError, ParentCycleError
from annotations.models import Project, Tag

TAKEN = "There is a tag of this name already, perhaps in other capitals."
GONE = "That tag is not in the codebook any more."
CYCLE = "A tag cannot stand under itself or under a tag that stands under it."
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
        fields = ["name", "parent", "definition", "use_for", "not_for", "colour"]
        labels = {"use_for": "Use it for", "not_for": "Not for", "colour": "Line"}
        error_messages = {
            "name": {"required": "Give the tag a name.", "max_length": "A tag’s name may have 90 characters."},
            "parent": {"invalid_choice": GONE},
        }
        widgets = {
            "name": forms.TextInput({"class": "input", "dir": "auto", "autocomplete": "off"}),
            **{name: make_textarea(3) for name in LONG_FIELDS},
            "parent": forms.Select({"class": "input"}),
            "colour": forms.RadioSelect,
        }

    def __init__(self, *args: Any, project: Project, tags: list[Tag], **kwargs: Any) -> None:
        """Take the tags it may stand under, in the order of the tree."""
        super().__init__(*args, **kwargs)
        self.project = project
        parent: Any = self.fields["parent"]
        parent.queryset = Tag.objects.without_tree_fields().filter(project=project)
        parent.widget.choices = [("", "At the top"), *((tag.pk, indent_name(tag)) for tag in tags)]
        self.fields["colour"].required = not self.instance._state.adding

    def clean_name(self) -> str:
        """Refuse commas, and the name of another tag."""
        name = " ".join(self.cleaned_data["name"].split())
        if "," in name:
            raise forms.ValidationError("A tag’s name has no commas: they part one tag from the next.")
        if any(tag.pk != self.instance.pk for tag in Tag.objects.with_names(self.project, [name])):
            raise forms.ValidationError(TAKEN)
        return name

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
        return None


class DeleteTagForm(forms.Form):
    """What becomes of the highlights of a tag that is to be deleted."""

    fate = forms.ChoiceField(
        choices=[("merge", "They get another tag"), ("off", "The tag comes off")],
        error_messages={"required": "Say what becomes of its highlights."},
    )
    into: forms.ModelChoiceField = forms.ModelChoiceField(
        Tag.objects.none(), required=False, error_messages={"invalid_choice": GONE}
    )

    def __init__(self, *args: Any, others: QuerySet[Tag], **kwargs: Any) -> None:
        """Take the tags that the highlights may get."""
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = others

    def clean(self) -> dict[str, Any]:
        """Ask for the other tag where the highlights are to get one."""
        if self.cleaned_data.get("fate") == "merge" and not self.cleaned_data.get("into") and "into" not in self.errors:
            self.add_error("into", "Choose the tag that they get.")
        return self.cleaned_data

    def merge_or_delete(self, tag: Tag, curator: User) -> Tag | None:
        """Delete the tag; return the tag that its highlights get, if one does."""
        into = self.cleaned_data["into"] if self.cleaned_data["fate"] == "merge" else None
        tag.merge_or_delete(by=curator, into=into)
        return into


def indent_name(tag: Tag) -> str:
    """Return the tag's name, indented by its depth, as a list of choices shows a tree."""
    return "\u2003" * tag.tree_depth + tag.name

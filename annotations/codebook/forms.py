"""What curators send about tags."""

from django import forms
from django.db import IntegrityError

from annotations.errors import NameTakenError, ParentCycleError
from annotations.models import Tag

TAKEN = "There is a tag of this name already, perhaps in other capitals."
GONE = "That tag is not in the codebook any more."
CIRCLE = "A tag cannot stand under itself or under a tag that stands under it."


def text(rows: int):
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
            "definition": text(3),
            "use_for": text(3),
            "not_for": text(3),
            "parent": forms.Select({"class": "input"}),
            "colour": forms.RadioSelect,
        }

    def __init__(self, *args, project, tags: list[Tag], **kwargs):
        """`tags` are those it may stand under, in the order of the tree."""
        super().__init__(*args, **kwargs)
        self.project = project
        self.fields["parent"].queryset = Tag.objects.without_tree_fields().filter(project=project)
        self.fields["parent"].widget.choices = [("", "At the top"), *((tag.pk, indented(tag)) for tag in tags)]
        self.fields["colour"].required = not self.instance._state.adding

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if "," in name:
            raise forms.ValidationError("A tag’s name has no commas: they part one tag from the next.")
        if any(tag.pk != self.instance.pk for tag in Tag.objects.with_names(self.project, [name])):
            raise forms.ValidationError(TAKEN)
        return name

    def _post_clean(self):
        """The verbs of the model write; the instance stays as it was read."""

    def words(self) -> dict:
        given = {name: self.cleaned_data[name] for name in self.Meta.fields}
        for name in ("definition", "use_for", "not_for"):
            given[name] = given[name].replace("\r\n", "\n")
        return given

    def add(self, by) -> Tag | None:
        """The new tag, or None and an error where somebody was faster."""
        words = {name: value for name, value in self.words().items() if value not in ("", None)}
        return self.said(lambda: Tag.objects.add_tag(self.project, by=by, **words))

    def edit(self, by) -> bool:
        """Writes the entry; StaleError where somebody else changed it since. False, and an error, where it cannot be."""
        self.said(lambda: self.instance.edit(self.cleaned_data["version"] or 0, by=by, **self.words()))
        return not self.errors

    def said(self, write):
        """Writes, and puts what the codebook has against it into words beside the field."""
        try:
            return write()
        except (NameTakenError, IntegrityError):
            self.add_error("name", TAKEN)
        except ParentCycleError:
            self.add_error("parent", CIRCLE)


class DissolveForm(forms.Form):
    """What becomes of the highlights of a tag that is to be deleted."""

    fate = forms.ChoiceField(
        choices=[("merge", "They get another tag"), ("off", "The tag comes off")],
        error_messages={"required": "Say what becomes of its highlights."},
    )
    into = forms.ModelChoiceField(Tag.objects.none(), required=False, error_messages={"invalid_choice": GONE})

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others

    def clean(self):
        if self.cleaned_data.get("fate") == "merge" and not self.cleaned_data.get("into") and "into" not in self.errors:
            self.add_error("into", "Choose the tag that they get.")
        return self.cleaned_data

    def merge_or_delete(self, tag: Tag, by) -> Tag | None:
        """Deletes the tag; its highlights get the tag that comes back, if one does."""
        into = self.cleaned_data["into"] if self.cleaned_data["fate"] == "merge" else None
        tag.merge_or_delete(by=by, into=into)
        return into


def indented(tag: Tag) -> str:
    """The tag's name, set in by its depth, as a list of choices shows a tree."""
    return "\u2003" * tag.tree_depth + tag.name

"""What people send about desks."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

MAX_LAYOUT_LENGTH = 4_000  # characters of a layout
LAYOUT_FIELDS = "row columns column context tag any not tags source author reader article state q from to".split()


class DeskForm(forms.Form):
    """A desk's name, its commentary and its layout (a query string)."""

    name = forms.CharField(max_length=120, error_messages={"required": _("Enter a name for the desk.")})
    commentary = forms.CharField(required=False, max_length=5_000)
    layout = forms.CharField(required=False, max_length=MAX_LAYOUT_LENGTH, strip=False)
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def clean_commentary(self) -> str:
        """Return the commentary with the line ends of text files."""
        return self.cleaned_data["commentary"].replace("\r\n", "\n")

    @property
    def layout_query(self) -> str:
        """The part of the query string that lays a desk out."""
        query = QueryDict(mutable=True)
        for name, values in QueryDict(self.cleaned_data["layout"].lstrip("?")).lists():
            kept = [value for value in values if value.strip()]
            if name in LAYOUT_FIELDS and kept:
                query.setlist(name, kept)
        return query.urlencode()

    @property
    def reason(self) -> str:
        """What is wrong, in a sentence."""
        return str(next(iter(self.errors.values()))[0])


class PinCommentForm(forms.Form):
    """A line about a pinned passage."""

    comment = forms.CharField(required=False, max_length=500)

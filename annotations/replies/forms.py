"""The form of a reply."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.notes import render_note


class ReplyForm(forms.Form):
    """What a reply says; `key` is the one that its page gave it, so that the same form sent twice makes one reply."""

    text = forms.CharField(error_messages={"required": _("Write something first.")})
    key = forms.UUIDField(required=False, error_messages={"invalid": _("Reload the page and send it again.")})

    def clean_text(self) -> Any:
        """Return the text; an error where it is too long."""
        text = self.cleaned_data["text"]
        try:
            render_note(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text

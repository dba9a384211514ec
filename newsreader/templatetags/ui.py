"""Small pieces of the look that templates share."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def icon(name: str) -> str:
    """An icon of the sprite, silent for screen readers."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.filter
def render_field(field) -> str:
    """A form's field as the look draws it: a line to write on, with no words standing in for a label.

    Where the form as a whole is wrong, the field says so and points to the words with the id `wrong`.
    """
    attrs = {"class": "input", "placeholder": False}
    if field.form.non_field_errors():
        attrs |= {"aria-invalid": "true", "aria-describedby": f"wrong {field.aria_describedby or ''}".strip()}
    return field.as_widget(attrs=attrs)


@register.filter
def thousands(number: int) -> str:
    """A number with commas between its thousands."""
    return f"{number:,}"

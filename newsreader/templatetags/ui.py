"""Icons, form fields and numbers as every template shows them."""

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def icon(name: str) -> str:
    """Return an icon of the sprite, silent for screen readers."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.filter
def render_field(field: BoundField) -> str:
    """Return a form's field with our class and no placeholder.

    Where the form as a whole is wrong, the field says so and points to the message with the id `wrong`.
    """
    attrs: dict[str, str | bool] = {"class": "input", "placeholder": False}
    if field.form.non_field_errors():
        attrs |= {"aria-invalid": "true", "aria-describedby": f"wrong {field.aria_describedby or ''}".strip()}
    return field.as_widget(attrs=attrs)


@register.filter
def thousands(number: int) -> str:
    """Return a number with commas between its thousands."""
    return f"{number:,}"

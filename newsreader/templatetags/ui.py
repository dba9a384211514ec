"""Icons, form fields, numbers and times as every template shows them."""

from datetime import date, datetime, time

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from newsreader.script_messages import list_page_messages
from newsreader.text.html.presentation import present
from newsreader.text.translation import format_number

register = template.Library()


@register.simple_tag
def static_if_found(path: str) -> str:
    """Return the address of a static file, also where the list of collected files has none for it."""
    try:
        return static(path)
    except Exception:  # no list, or one of other files: a page about errors does without
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def icon(name: str) -> str:
    """Return an icon of the sprite, silent for screen readers."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.simple_tag
def language_attributes() -> SafeString:
    """Return the attributes of an element whose words are the interface's: their language and its direction."""
    direction = "rtl" if get_language_bidi() else "ltr"
    return format_html('lang="{}" dir="{}"', get_language() or settings.LANGUAGE_CODE, direction)


@register.simple_tag
def script_messages() -> str:
    """Return what the scripts say where they cannot say it themselves, for static/js/messages.js: data, which no policy stops."""
    messages = list_page_messages()
    return json_script(messages, "messages") if messages else SafeString()


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
def present_html(html: str) -> SafeString:
    """Return canonical HTML of a text, which is safe, as pages show it."""
    return mark_safe(present(html))


@register.filter
def thousands(number: int) -> str:
    """Return a number with separators between its thousands."""
    return format_number(number)


@register.filter(expects_localtime=True)
def day(value: date) -> str:
    """Return the day of a date or moment as a `<time>`, such as 18 Nov 2026."""
    return render_time(value, plain_day(value))


@register.filter(expects_localtime=True)
def weekday(value: date) -> str:
    """Return the day with its weekday as a `<time>`, such as Wednesday, 18 Nov 2026."""
    return render_time(value, f"{date_format(value, 'l')}, {plain_day(value)}")


@register.filter(expects_localtime=True)
def moment(value: date) -> str:
    """Return the day and time of day of a moment as a `<time>`, such as 18 Nov 2026, 17:05."""
    return render_time(value, date_format(value, "DATETIME_FORMAT"))


@register.filter(expects_localtime=True)
def clock(value: date) -> str:
    """Return the time of day of a moment, whose day stands beside it, as a `<time>`, such as 17:05."""
    return render_time(value, date_format(value, "TIME_FORMAT"))


@register.filter(expects_localtime=True)
def has_clock(value: datetime) -> bool:
    """Return whether a moment has a time of day: the beginning of a day stands for the day alone."""
    return value.time() != time.min


@register.filter(expects_localtime=True)
def plain_day(value: date) -> str:
    """Return the day of a date or moment where no markup can stand, such as 18 Nov 2026."""
    return date_format(value, "DATE_FORMAT")


@register.filter(expects_localtime=True)
def iso_day(value: date | None) -> str:
    """Return a day as the fields of forms and the ids of headings have it, such as 2026-11-18; empty for none."""
    return f"{value:%Y-%m-%d}" if value else ""


def render_time(value: date, words: str) -> str:
    """Return the words with the date or moment that they are about."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)

"""The reader as a Django app."""

from functools import partial

from django.apps import AppConfig
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from newsreader.labels import translate_labels
from newsreader.text.translation import translator


class NewsreaderConfig(AppConfig):
    name = "newsreader"
    verbose_name = gettext_lazy("Reading")

    def ready(self) -> None:
        """Translate the messages of folders that know no Django, and the names that Django gives, as all others."""
        translator.install(gettext, ngettext, partial(number_format, force_grouping=True), get_language)
        translate_labels()

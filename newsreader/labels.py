"""The names of apps, models and columns that Django makes of ours, in the language of the page.

A name given in a model is part of its migrations, so these are translated where they are made.
"""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy, gettext_noop

# Of the models that people meet in the admin, and of the columns of those that they edit there.
LABELS = [
    gettext_noop("article"),
    gettext_noop("articles"),
    gettext_noop("source"),
    gettext_noop("sources"),
    gettext_noop("revision"),
    gettext_noop("revisions"),
    gettext_noop("reading"),
    gettext_noop("readings"),
    gettext_noop("saved search"),
    gettext_noop("article entry"),
    gettext_noop("article image"),
    gettext_noop("article import"),
    gettext_noop("article imports"),
    gettext_noop("feed"),
    gettext_noop("feeds"),
    gettext_noop("title"),
    gettext_noop("standfirst"),
    gettext_noop("byline"),
    gettext_noop("language"),
    gettext_noop("direction"),
    gettext_noop("published at"),
    gettext_noop("status"),
    gettext_noop("excerpt"),
    gettext_noop("words"),
    gettext_noop("added at"),
    gettext_noop("slug"),
    gettext_noop("version"),
    gettext_noop("name"),
    gettext_noop("about"),
]


# What the app of the queue calls itself and its rows.
BACKGROUND_JOBS = gettext_lazy("Background jobs")


def translate_labels() -> None:
    """Let all apps, models and columns that have only the names that Django made for them have these in the language of the page."""
    for config in apps.get_app_configs():
        config.verbose_name = translate_name(config.verbose_name)
    for model in apps.get_models():
        translate_model(model)
        for field in model._meta.local_fields:
            field.verbose_name = translate_name(field.verbose_name)
    name_background_jobs()


def name_background_jobs() -> None:
    """Call the rows of the queue what people know them as: the app that brings them names them after itself."""
    apps.get_app_config("django_tasks_database").verbose_name = BACKGROUND_JOBS
    options = apps.get_model("django_tasks_database", "DBTaskResult")._meta
    options.verbose_name, options.verbose_name_plural = gettext_lazy("background job"), BACKGROUND_JOBS


def translate_model(model: type[Model]) -> None:
    """Translate the name of one model, and the plural that Django made of it."""
    options = model._meta
    if "verbose_name_plural" not in options.original_attrs and isinstance(options.verbose_name, str):
        options.verbose_name_plural = gettext_lazy(f"{options.verbose_name}s")
    options.verbose_name = translate_name(options.verbose_name)


def translate_name(name: Any) -> Any:
    """Return a plain name as one that is translated when it is shown; one that is translated already as it is."""
    return gettext_lazy(name) if isinstance(name, str) else name

"""The address of every page."""

from django.contrib import admin
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from annotations.views import library, reading
from newsreader.views import article, health, intake, preferences


class WordsConverter(StringConverter):
    """A slug in any script."""

    regex = r"[-\w]+"


register_converter(WordsConverter, "words")

urlpatterns = [
    path("", library.index, name="library"),
    path("articles/add/", intake.add, name="add"),
    path("articles/<words:slug>/", reading.read, name="article"),
    path("articles/<words:slug>/state/", article.state, name="state"),
    path("preferences/", preferences.edit, name="preferences"),
    path("help/", preferences.keys, name="help"),
    path("about/", preferences.about, name="about"),
    path("", include("annotations.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
handler400 = "newsreader.views.health.bad_request"
handler403 = "newsreader.views.health.forbidden"
handler404 = "newsreader.views.health.not_found"
handler500 = "newsreader.views.health.broken"

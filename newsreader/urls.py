"""The address of every page."""

from allauth.account import views as allauth
from django.contrib import admin
from django.urls import include, path, re_path, register_converter
from django.urls.converters import StringConverter

from annotations.library import views as library
from annotations.reading import views as reading
from newsreader.views import accounts, add_article, article, health, preferences, revisions
from newsreader.views import saved_searches as searches


class WordsConverter(StringConverter):
    """A slug in any script, the marks of its letters included."""

    regex = "[^/]+"


register_converter(WordsConverter, "words")

# Of allauth's pages those that are needed here; the names are the ones it knows.
account = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("signup/", allauth.signup, name="account_signup"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", accounts.forgotten, name="account_reset_password"),
    path("password/reset/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

urlpatterns = [
    path("", library.index, name="library"),
    path("articles/add/", add_article.add, name="add"),
    path("articles/<words:slug>/", reading.read_article, name="article"),
    path("articles/<words:slug>/revisions/<int:number>/", reading.read_article, name="revision"),
    path("articles/<words:slug>/revisions/", revisions.index, name="revisions"),
    path("articles/<words:slug>/revisions/<int:old>..<int:new>/", revisions.difference, name="difference"),
    path("articles/<words:slug>/refetch/", revisions.refetch, name="refetch"),
    path("articles/<words:slug>/state/", article.state, name="state"),
    path("articles/<words:slug>/neighbours/", article.neighbours, name="neighbours"),
    path("articles/<words:slug>/newer/", article.neighbour, {"way": "newer"}, name="newer"),
    path("articles/<words:slug>/older/", article.neighbour, {"way": "older"}, name="older"),
    path("searches/", searches.keep, name="search-keep"),
    path("searches/<int:pk>/delete/", searches.delete, name="search-delete"),
    path("preferences/", preferences.edit, name="preferences"),
    path("help/", preferences.keys, name="help"),
    path("about/", preferences.about, name="about"),
    path("", include("annotations.urls")),
    path("accounts/", include(account)),
    path("admin/login/", accounts.admin_door),
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
handler400 = "newsreader.views.health.bad_request"
handler403 = "newsreader.views.health.forbidden"
handler404 = "newsreader.views.health.not_found"
handler429 = "newsreader.views.health.too_many"
handler500 = "newsreader.views.health.broken"

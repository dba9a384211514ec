"""The address of every page."""

from allauth.account import views as allauth
from django.contrib import admin
from django.urls import include, path, re_path, register_converter
from django.urls.converters import StringConverter

from annotations.adding import views as adding
from annotations.library import views as library
from annotations.reading import views as reading
from newsreader.views import (
    accounts,
    article,
    copies,
    feed_lists,
    feeds,
    health,
    images,
    imports,
    preferences,
    revisions,
)
from newsreader.views import saved_searches as searches


class WordsConverter(StringConverter):
    """A slug in any script, the marks of its letters included; with a NUL, which no database stores, it is none."""

    regex = r"[^/\0]+"


register_converter(WordsConverter, "words")

# The pages of allauth that are needed here, under the names that it knows.
account_patterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("signup/", allauth.signup, name="account_signup"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", accounts.request_password_reset, name="account_reset_password"),
    path("password/reset/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

urlpatterns = [
    path("", library.show_library, name="library"),
    path("articles/add/", adding.add_article, name="add"),
    path("articles/<words:slug>/", reading.read_article, name="article"),
    path("articles/<words:slug>/revisions/<int:number>/", reading.read_article, name="revision"),
    path("articles/<words:slug>/revisions/", revisions.list_revisions, name="revisions"),
    path("articles/<words:slug>/revisions/<int:old>..<int:new>/", revisions.show_difference, name="difference"),
    path("articles/<words:slug>/revisions/refetch/", revisions.refetch_article, name="refetch"),
    path("articles/<words:slug>/copies/", copies.list_copies, name="copies"),
    path("articles/<words:slug>/copies/<words:other>/", copies.compare_copy, name="copy"),
    path("articles/<words:slug>/state/", article.save_reading_state, name="state"),
    path("articles/<words:slug>/neighbours/", article.show_neighbours, name="neighbours"),
    path("articles/<words:slug>/newer/", article.go_to_neighbour, {"way": "newer"}, name="newer"),
    path("articles/<words:slug>/older/", article.go_to_neighbour, {"way": "older"}, name="older"),
    path("images/<slug:digest>.webp", images.show_image, name="image"),
    path("feeds/", feeds.list_feeds, name="feeds"),
    path("feeds/add/", feeds.add_feed, name="feed-add"),
    path("feeds/import/", feed_lists.import_opml, name="feeds-import"),
    path("feeds/export/", feed_lists.export_opml, name="feeds-export"),
    path("feeds/<int:pk>/", feeds.show_feed, name="feed"),
    path("feeds/<int:pk>/state/", feeds.set_state, name="feed-state"),
    path("feeds/<int:pk>/refresh/", feeds.refresh_feed, name="feed-refresh"),
    path("feeds/<int:pk>/remove/", feeds.remove_feed, name="feed-remove"),
    path("imports/", imports.list_imports, name="article-imports"),
    path("imports/add/", imports.add_import, name="article-import-add"),
    path("imports/<uuid:pk>/", imports.show_import, name="article-import"),
    path("imports/<uuid:pk>/retry/", imports.retry_import, name="article-import-retry"),
    path("imports/<uuid:pk>/cancel/", imports.cancel_import, name="article-import-cancel"),
    path("searches/", searches.save_search, name="search-keep"),
    path("searches/<int:pk>/delete/", searches.delete_search, name="search-delete"),
    path("preferences/", preferences.edit_preferences, name="preferences"),
    path("preferences/mail/", preferences.set_daily_mail, name="daily-mail"),
    path("help/", preferences.show_help, name="help"),
    path("about/", preferences.show_about, name="about"),
    path("", include("annotations.urls")),
    path("accounts/", include(account_patterns)),
    path("admin/login/", accounts.admin_login),
    path("admin/", admin.site.urls),
    path("healthz", health.report_alive, name="healthz"),
    path("readyz", health.report_ready, name="readyz"),
]
handler400 = "newsreader.views.health.bad_request"
handler403 = "newsreader.views.health.forbidden"
handler404 = "newsreader.views.health.not_found"
handler429 = "newsreader.views.health.too_many_requests"
handler500 = "newsreader.views.health.server_error"

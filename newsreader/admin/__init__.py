"""The admin, where curators work. Each admin class names in `curator_permissions` what the Curators group may do there."""

from django.apps import apps
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from newsreader.admin import articles, feeds, people, sources

__all__ = ["articles", "feeds", "people", "sources"]

admin.site.site_header = admin.site.index_title = _("Curating")
admin.site.enable_nav_sidebar = False
apps.get_app_config("auth").verbose_name = _("People")

"""Facts about this installation, for templates."""

import tomllib
from functools import cache
from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_info() -> dict[str, Any]:
    """Return what this site allows, who runs it, and its version."""
    return {
        "signup": settings.NEWSREADER_SIGNUP,
        "mail": settings.NEWSREADER_MAIL,
        "contact": settings.NEWSREADER_CONTACT,
        "version": read_version(),
    }


@cache
def read_version() -> str:
    """Return the version that pyproject.toml names."""
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

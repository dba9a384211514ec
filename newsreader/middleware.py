"""What every request knows of its reader."""

from urllib.parse import parse_qs

from django.utils.functional import SimpleLazyObject

from newsreader.models import Preferences

COOKIE_NAME = "reading"


def attach_preferences(get_response):
    """Gives the request `preferences`: the account's, or for a visitor what the cookie says; fetched when first asked for."""

    def middleware(request):
        request.preferences = SimpleLazyObject(lambda: load_preferences(request))
        return get_response(request)

    return middleware


def load_preferences(request) -> Preferences:
    """The reader's preferences, saved or not."""
    if request.user.is_authenticated:
        return getattr(request.user, "preferences", None) or Preferences(user=request.user)
    return parse_cookie(request.COOKIES.get(COOKIE_NAME, ""))


def parse_cookie(cookie: str) -> Preferences:
    """Preferences out of a cookie such as `theme=dark&keys=`; what is no choice is left out."""
    said = parse_qs(cookie[:400])
    chosen = Preferences(keys=said.get("keys", ["on"]) == ["on"])
    for name in Preferences.CHOICE_FIELDS:
        value = said.get(name, [""])[0]
        if value in dict(Preferences._meta.get_field(name).choices):
            setattr(chosen, name, value)
    return chosen

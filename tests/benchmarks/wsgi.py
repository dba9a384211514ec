"""The product as it is served, with the bare views behind the same middleware, and the floor behind none."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from newsreader.call_depth import call_with_room

settings.ROOT_URLCONF = "benchmarks.urls"
product = get_wsgi_application()
with override_settings(MIDDLEWARE=[]):
    floor = WSGIHandler()


def application(environ, start_response):
    handler = floor if environ["PATH_INFO"].startswith("/floor/") else product
    return call_with_room(handler, environ, start_response)  # as newsreader/wsgi.py does

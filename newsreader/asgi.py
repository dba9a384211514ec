"""The ASGI application, for servers that speak it."""

import os

from django.core.asgi import get_asgi_application

from newsreader import installation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsreader.settings")
installation.prepare()
application = get_asgi_application()

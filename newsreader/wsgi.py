"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from newsreader import installation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsreader.settings")
installation.prepare()
application = get_wsgi_application()

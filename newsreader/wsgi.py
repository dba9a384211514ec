"""The WSGI application that gunicorn serves."""

import os
import sys
from functools import partial

from django.core.wsgi import get_wsgi_application

from newsreader import installation
from newsreader.call_depth import call_with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsreader.settings")
installation.prepare()
application = partial(call_with_room, get_wsgi_application())

# Seconds for which one thread computes while others wait. Python's default is ten times as long: that adds up over the queries
# of a request, after each of which its thread waits again, in a write while it holds the lock of the database.
SWITCH_INTERVAL = 0.0005
sys.setswitchinterval(SWITCH_INTERVAL)

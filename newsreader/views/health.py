"""Whether the server lives, and the pages for what went wrong."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def alive(request):
    """The process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


def ready(request):
    """The database answers and every migration is done; 503 otherwise."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return HttpResponse(f"{len(waiting)} migrations to do\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def bad_request(request, exception):
    return render(request, "newsreader/error.html", {"code": 400}, status=400)


def forbidden(request, exception):
    return render(request, "newsreader/error.html", {"code": 403}, status=403)


def not_found(request, exception):
    return render(request, "newsreader/error.html", {"code": 404}, status=404)


def broken(request):
    """Needs neither database nor session, since those may be what broke."""
    return HttpResponseServerError(render_to_string("newsreader/broken.html"))

from django.http import Http404


def index(request, **which):
    raise Http404

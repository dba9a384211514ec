from django.http import Http404


def add(request, **which):
    raise Http404

from django.http import Http404


def choose(request, **which):
    raise Http404

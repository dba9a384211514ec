from django.http import Http404


def read(request, **which):
    raise Http404

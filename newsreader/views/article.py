from django.http import Http404


def state(request, **which):
    raise Http404

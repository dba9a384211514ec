from django.http import Http404


def edit(request, **which):
    raise Http404


def keys(request, **which):
    raise Http404


def about(request, **which):
    raise Http404

from django.http import Http404


def index(request, **which):
    raise Http404


def overview(request, **which):
    raise Http404


def use(request, **which):
    raise Http404


def members(request, **which):
    raise Http404

from django.http import Http404


def make(request, **which):
    raise Http404


def permalink(request, **which):
    raise Http404


def card(request, **which):
    raise Http404


def edit(request, **which):
    raise Http404


def ends(request, **which):
    raise Http404


def delete(request, **which):
    raise Http404


def restore(request, **which):
    raise Http404

from django.http import Http404


def codebook(request, **which):
    raise Http404


def add(request, **which):
    raise Http404


def entry(request, **which):
    raise Http404


def move(request, **which):
    raise Http404


def status(request, **which):
    raise Http404


def delete(request, **which):
    raise Http404

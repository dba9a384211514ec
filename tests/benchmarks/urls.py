"""The product's addresses, and the bare views beside them."""

from django.urls import include, path

from benchmarks import bare

urlpatterns = [
    path("bare/make/", bare.make),
    path("bare/<str:name>/", bare.page),
    path("", include("newsreader.urls")),
]

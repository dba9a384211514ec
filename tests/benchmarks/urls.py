"""The product's addresses, with the floor and the bare views beside them."""

from django.urls import include, path

from benchmarks import bare, floor

urlpatterns = [
    path("floor/<str:name>/", floor.answer),
    path("bare/make/", bare.make),
    path("bare/<str:name>/", bare.page),
    path("", include("newsreader.urls")),
]

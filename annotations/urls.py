"""The addresses of highlights, projects, codebooks and passages."""

from django.urls import path

from annotations.views import changed, highlights, making, passages, placements, projects, sentences, tags

urlpatterns = [
    path("articles/<words:slug>/highlights/", making.make, name="make"),
    path("articles/<words:slug>/sentences/", sentences.choose, name="sentences"),
    path("highlights/<uuid:pk>/", highlights.permalink, name="highlight"),
    path("highlights/<uuid:pk>/card/", highlights.card, name="card"),
    path("highlights/<uuid:pk>/edit/", highlights.edit, name="edit"),
    path("highlights/<uuid:pk>/ends/", highlights.ends, name="ends"),
    path("highlights/<uuid:pk>/placement/", placements.settle, name="placement"),
    path("highlights/<uuid:pk>/delete/", highlights.delete, name="delete"),
    path("highlights/<uuid:pk>/restore/", highlights.restore, name="restore"),
    path("projects/", projects.index, name="projects"),
    path("projects/<words:slug>/", projects.overview, name="project"),
    path("projects/<words:slug>/use/", projects.use, name="use"),
    path("projects/<words:slug>/members/", projects.members, name="members"),
    path("projects/<words:slug>/tags/", tags.codebook, name="tags"),
    path("projects/<words:slug>/tags/add/", tags.add, name="tag-add"),
    path("projects/<words:slug>/tags/<uuid:pk>/", tags.entry, name="tag"),
    path("projects/<words:slug>/tags/<uuid:pk>/move/", tags.move, name="tag-move"),
    path("projects/<words:slug>/tags/<uuid:pk>/status/", tags.status, name="tag-status"),
    path("projects/<words:slug>/tags/<uuid:pk>/delete/", tags.delete, name="tag-delete"),
    path("projects/<words:slug>/passages/", passages.index, name="passages"),
    path("projects/<words:slug>/changed/", changed.index, name="changed"),
    path("projects/<words:slug>/changed/keep/", changed.keep, name="keep"),
]

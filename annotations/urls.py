"""The addresses of highlights, projects, codebooks and passages."""

from django.urls import path

from annotations.charts import views as charts
from annotations.codebook import views as tags
from annotations.desk import edit_views as desks
from annotations.desk import views as desk
from annotations.exports import citation_views as citing
from annotations.exports import job_views as preparing
from annotations.exports import project_views as exchange
from annotations.exports import views as export
from annotations.imports import views as imports
from annotations.passages import views as passages
from annotations.projects import views as projects
from annotations.reading import create_views as making
from annotations.reading import highlight_views as highlights
from annotations.reading import retag_views as retagging
from annotations.reading import sentence_views as sentences
from annotations.review import placement_views as placements
from annotations.review import views as changed

urlpatterns = [
    path("articles/<words:slug>/highlights/", making.make, name="make"),
    path("articles/<words:slug>/sentences/", sentences.choose, name="sentences"),
    path("highlights/<uuid:pk>/", highlights.permalink, name="highlight"),
    path("highlights/<uuid:pk>/card/", highlights.card, name="card"),
    path("highlights/<uuid:pk>/cite/", citing.cite_passage, name="cite"),
    path("highlights/<uuid:pk>/edit/", highlights.edit, name="edit"),
    path("highlights/<uuid:pk>/tags/", retagging.retag, name="retag"),
    path("highlights/<uuid:pk>/passage/", retagging.passage, name="passage"),
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
    path("projects/<words:slug>/import/", imports.import_highlights, name="import"),
    path("projects/<words:slug>/import/<uuid:pk>/", imports.show_import_job, name="import-job"),
    path("projects/<words:slug>/exchange/<words:form>/", exchange.export_project, name="exchange"),
    path("projects/<words:slug>/export/prepare/", preparing.queue_export, name="prepare"),
    path("projects/<words:slug>/export/<uuid:pk>/", preparing.show_export_job, name="prepared"),
    path("projects/<words:slug>/export/<uuid:pk>/file/", preparing.download_export, name="prepared-file"),
    path("projects/<words:slug>/export/", export.export_passages, name="export"),
    path("projects/<words:slug>/desk/", desk.index, name="desk"),
    path("projects/<words:slug>/desk/cell/", desk.cell, name="desk-cell"),
    path("projects/<words:slug>/desk/keep/", desks.keep, name="desk-keep"),
    path("projects/<words:slug>/desk/pin/", desks.pin, name="pin"),
    path("projects/<words:slug>/desk/<uuid:pk>/", desk.saved, name="saved-desk"),
    path("projects/<words:slug>/desk/<uuid:pk>/edit/", desks.edit, name="desk-edit"),
    path("projects/<words:slug>/desk/<uuid:pk>/delete/", desks.delete, name="desk-delete"),
    path("projects/<words:slug>/desk/<uuid:pk>/pins/<uuid:highlight>/", desks.pins, name="pins"),
    path("projects/<words:slug>/desk/<uuid:left>/beside/<uuid:right>/", desk.beside, name="beside"),
    path("projects/<words:slug>/charts/", charts.index, name="charts"),
    path("projects/<words:slug>/changed/", changed.index, name="changed"),
    path("projects/<words:slug>/changed/keep/", changed.keep, name="keep"),
]

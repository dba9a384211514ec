"""The addresses of highlights, projects, codebooks and passages."""

from django.urls import path

from annotations.adjudication import views as adjudication_views
from annotations.agreement import views as agreement_views
from annotations.assignments import views as assignment_views
from annotations.charts import views as chart_views
from annotations.codebook import delete_views, example_views, move_views
from annotations.codebook import retag_views as codebook_retag_views
from annotations.codebook import views as codebook_views
from annotations.desk import edit_views as desk_edit_views
from annotations.desk import views as desk_views
from annotations.exports import citation_views, job_views
from annotations.exports import codebook_views as export_codebook_views
from annotations.exports import project_views as export_project_views
from annotations.exports import views as export_views
from annotations.history import undo_views
from annotations.history import views as history_views
from annotations.imports import views as import_views
from annotations.library import article_views
from annotations.passages import deleted_views
from annotations.passages import views as passage_views
from annotations.projects import invitation_views, lifecycle_views, member_views
from annotations.projects import views as project_views
from annotations.reading import (
    carry_views,
    create_views,
    highlight_views,
    layer_views,
    retag_views,
    sentence_views,
    tag_group_views,
    update_views,
)
from annotations.replies import for_you_views, reply_views, thread_views
from annotations.review import placement_views
from annotations.review import views as review_views

urlpatterns = [
    path("articles/<words:slug>/highlights/", create_views.create_highlight, name="make"),
    path("articles/<words:slug>/sentences/", sentence_views.choose_sentences, name="sentences"),
    path("highlights/<uuid:pk>/", highlight_views.show_highlight, name="highlight"),
    path("highlights/<uuid:pk>/card/", highlight_views.show_card, name="card"),
    path("highlights/<uuid:pk>/cite/", citation_views.cite_passage, name="cite"),
    path("highlights/<uuid:pk>/examples/", example_views.choose_examples, name="examples"),
    path("highlights/<uuid:pk>/edit/", highlight_views.edit_highlight, name="edit"),
    path("highlights/<uuid:pk>/tags/", retag_views.retag_passage, name="retag"),
    path("highlights/<uuid:pk>/passage/", retag_views.show_passage, name="passage"),
    path("highlights/<uuid:pk>/ends/", highlight_views.move_highlight_ends, name="ends"),
    path("highlights/<uuid:pk>/placement/", placement_views.review_placement, name="placement"),
    path("highlights/<uuid:pk>/carry/", carry_views.carry_to_copies, name="carry"),
    path("highlights/<uuid:pk>/delete/", highlight_views.delete_highlight, name="delete"),
    path("highlights/<uuid:pk>/restore/", highlight_views.restore_highlight, name="restore"),
    path("highlights/<uuid:pk>/replies/", thread_views.show_replies, name="replies"),
    path("highlights/<uuid:pk>/replies/state/", thread_views.set_replies_state, name="replies-state"),
    path("projects/<words:slug>/notes/<words:article>/", thread_views.show_article_note, name="article-note"),
    path(
        "projects/<words:slug>/notes/<words:article>/state/",
        thread_views.set_article_note_state,
        name="article-note-state",
    ),
    path("for-you/", for_you_views.show_for_you, name="for-you"),
    path("for-you/read/", for_you_views.mark_read, name="for-you-read"),
    path("replies/<uuid:pk>/", reply_views.show_reply, name="reply"),
    path("replies/<uuid:pk>/edit/", reply_views.edit_reply, name="reply-edit"),
    path("replies/<uuid:pk>/delete/", reply_views.delete_reply, name="reply-delete"),
    path("replies/<uuid:pk>/restore/", reply_views.restore_reply, name="reply-restore"),
    path("projects/", project_views.list_projects, name="projects"),
    path("projects/<words:slug>/", project_views.show_project, name="project"),
    path("projects/<words:slug>/use/", project_views.use_project, name="use"),
    path("projects/<words:slug>/articles/", article_views.list_articles, name="project-articles"),
    path("projects/<words:slug>/articles/<words:article>/", article_views.choose_article, name="project-article"),
    path("projects/<words:slug>/add/", article_views.add_articles, name="articles-add"),
    path("projects/<words:slug>/rules/<uuid:pk>/delete/", article_views.delete_rule, name="rule-delete"),
    path("projects/<words:slug>/archive/", lifecycle_views.archive_project, name="project-archive"),
    path("projects/<words:slug>/delete/", lifecycle_views.delete_project, name="project-delete"),
    path("projects/<words:slug>/history/", history_views.show_history, name="history"),
    path("projects/<words:slug>/history/undo/", undo_views.undo_event, name="undo"),
    path("projects/<words:slug>/updates/<words:article>/", update_views.show_updates, name="updates"),
    path("projects/<words:slug>/layer/", layer_views.choose_layer, name="layer"),
    path("projects/<words:slug>/leave/", member_views.leave_project, name="leave"),
    path("projects/<words:slug>/members/", member_views.edit_members, name="members"),
    path("projects/<words:slug>/members/restore/", member_views.restore_member, name="member-restore"),
    path("projects/<words:slug>/members/hand-over/", member_views.hand_over, name="hand-over"),
    path("projects/<words:slug>/members/<int:pk>/remove/", member_views.remove_member, name="member-remove"),
    path("projects/<words:slug>/invitations/", invitation_views.create_invitation, name="invitations"),
    path("projects/<words:slug>/invitations/<int:pk>/revoke/", invitation_views.revoke_invitation, name="revoke"),
    path(
        "projects/<words:slug>/invitations/<int:pk>/renew/",
        invitation_views.renew_invitation,
        name="renew",
    ),
    path("join/<slug:token>/", invitation_views.join_project, name="join"),
    path("projects/<words:slug>/tags/", codebook_views.show_codebook, name="tags"),
    path("projects/<words:slug>/tags/groups/", tag_group_views.show_tag_groups, name="tag-groups"),
    path("projects/<words:slug>/tags/add/", codebook_views.add_tag, name="tag-add"),
    path("projects/<words:slug>/tags/lines/", codebook_views.change_lines, name="tag-lines"),
    path("projects/<words:slug>/tags/propose/", codebook_views.propose_tag, name="tag-propose"),
    path("projects/<words:slug>/tags/export/<words:form>/", export_codebook_views.export_codebook, name="tags-export"),
    path("projects/<words:slug>/tags/<uuid:pk>/", codebook_views.edit_tag, name="tag"),
    path("projects/<words:slug>/tags/<uuid:pk>/move/", move_views.move_tag, name="tag-move"),
    path("projects/<words:slug>/tags/<uuid:pk>/status/", codebook_views.set_tag_status, name="tag-status"),
    path("projects/<words:slug>/tags/<uuid:pk>/delete/", delete_views.delete_tag, name="tag-delete"),
    path("projects/<words:slug>/tags/<uuid:pk>/split/", codebook_retag_views.split_passages, name="tag-split"),
    path("projects/<words:slug>/tags/<uuid:pk>/examples/", example_views.change_examples, name="tag-examples"),
    path("projects/<words:slug>/passages/retag/", codebook_retag_views.retag_passages, name="passages-retag"),
    path("projects/<words:slug>/passages/", passage_views.show_passages, name="passages"),
    path("projects/<words:slug>/passages/tags/", passage_views.list_tag_options, name="tag-options"),
    path("projects/<words:slug>/deleted/", deleted_views.list_deleted_passages, name="deleted"),
    path("projects/<words:slug>/import/", import_views.import_highlights, name="import"),
    path("projects/<words:slug>/import/<uuid:pk>/", import_views.show_import_job, name="import-job"),
    path("projects/<words:slug>/exchange/<words:form>/", export_project_views.export_project, name="exchange"),
    path("projects/<words:slug>/export/prepare/", job_views.queue_export, name="prepare"),
    path("projects/<words:slug>/export/<uuid:pk>/", job_views.show_export_job, name="prepared"),
    path("projects/<words:slug>/export/<uuid:pk>/file/", job_views.download_export, name="prepared-file"),
    path("projects/<words:slug>/export/", export_views.export_passages, name="export"),
    path("projects/<words:slug>/desk/", desk_views.show_desk, name="desk"),
    path("projects/<words:slug>/desk/cell/", desk_views.show_cell_rest, name="desk-cell"),
    path("projects/<words:slug>/desk/keep/", desk_edit_views.keep_desk, name="desk-keep"),
    path("projects/<words:slug>/desk/pin/", desk_edit_views.pin_passage, name="pin"),
    path("projects/<words:slug>/desk/<uuid:pk>/", desk_views.show_saved_desk, name="saved-desk"),
    path("projects/<words:slug>/desk/<uuid:pk>/edit/", desk_edit_views.edit_desk, name="desk-edit"),
    path("projects/<words:slug>/desk/<uuid:pk>/delete/", desk_edit_views.delete_desk, name="desk-delete"),
    path("projects/<words:slug>/desk/<uuid:pk>/pins/<uuid:highlight>/", desk_edit_views.change_pin, name="pins"),
    path("projects/<words:slug>/desk/<uuid:left>/beside/<uuid:right>/", desk_views.show_two_desks, name="beside"),
    path("projects/<words:slug>/agreement/", agreement_views.show_agreement, name="agreement"),
    path(
        "projects/<words:slug>/agreement/compute/",
        agreement_views.compute_large_agreement,
        name="agreement-compute",
    ),
    path("projects/<words:slug>/adjudicate/<words:article>/", adjudication_views.adjudicate, name="adjudicate"),
    path("projects/<words:slug>/assignments/", assignment_views.list_assignments, name="assignments"),
    path("projects/<words:slug>/assignments/<uuid:pk>/", assignment_views.change_assignment, name="assignment"),
    path("projects/<words:slug>/charts/", chart_views.show_chart, name="charts"),
    path("projects/<words:slug>/changed/", review_views.list_changed_passages, name="changed"),
    path("projects/<words:slug>/changed/keep/", review_views.accept_passages, name="keep"),
]

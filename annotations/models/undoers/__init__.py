"""How each kind of event is undone: what takes it back, and what one must be allowed to do for that.

An undoer returns the keys of the highlights, or the number of articles, that were changed since and stay as they are.
"""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User

from annotations.models.event import Event
from annotations.models.undoers.adjudication import restore_decisions
from annotations.models.undoers.highlights import (
    delete_highlight,
    edit_highlight_back,
    move_highlight_back,
    restore_highlight,
)
from annotations.models.undoers.projects import (
    archive_project,
    change_role_back,
    edit_project_back,
    remove_added_member,
    remove_rule,
    restore_removed_member,
    restore_rule,
    set_article_state_back,
    take_articles_back,
    unarchive_project,
)
from annotations.models.undoers.replies import (
    delete_reply,
    edit_reply_back,
    reopen_thread,
    resolve_thread,
    restore_reply,
)
from annotations.models.undoers.retagging import (
    merge_or_delete_again,
    restore_tag,
    retag_again,
    retag_back,
)
from annotations.models.undoers.tags import (
    accept_or_retire_again,
    delete_made_tag,
    edit_tag_back,
    move_tag_back,
    pin_unpinned_example,
    propose_tag_again,
    reinstate_tag,
    restore_former_lines,
    retire_tag,
    unpin_pinned_example,
)


class Undoer(NamedTuple):
    """How an event is undone, and what one must be allowed to do for that (a key of PERMISSIONS)."""

    act: str
    undo: Callable[[Event, User], set[UUID] | int | None]


UNDOERS = {
    "highlight made": Undoer("highlight", delete_highlight),
    "highlight carried": Undoer("highlight", delete_highlight),
    "highlight restored": Undoer("highlight", delete_highlight),
    "highlight deleted": Undoer("highlight", restore_highlight),
    "highlight edited": Undoer("highlight", edit_highlight_back),
    "highlight moved": Undoer("highlight", move_highlight_back),
    **dict.fromkeys(
        ("disagreement decided", "decision taken back", "agreed passages taken", "agreed passages removed"),
        Undoer("adjudicate", restore_decisions),
    ),
    "reply made": Undoer("reply", delete_reply),
    "reply restored": Undoer("reply", delete_reply),
    "reply deleted": Undoer("reply", restore_reply),
    "reply edited": Undoer("reply", edit_reply_back),
    "thread resolved": Undoer("reply", reopen_thread),
    "thread reopened": Undoer("reply", resolve_thread),
    "tag made": Undoer("codebook", delete_made_tag),
    "tag proposed": Undoer("highlight", delete_made_tag),
    "tag edited": Undoer("codebook", edit_tag_back),
    "tag moved": Undoer("codebook", move_tag_back),
    "tag accepted": Undoer("codebook", propose_tag_again),
    "tag proposed again": Undoer("codebook", accept_or_retire_again),
    "tag retired": Undoer("codebook", reinstate_tag),
    "tag reinstated": Undoer("codebook", retire_tag),
    "tag merged": Undoer("codebook", restore_tag),
    "tag deleted": Undoer("codebook", restore_tag),
    "tag restored": Undoer("codebook", merge_or_delete_again),
    "tag split": Undoer("codebook", retag_back),
    "passages retagged": Undoer("codebook", retag_back),
    "passages retagged back": Undoer("codebook", retag_again),
    "article added": Undoer("highlight", set_article_state_back),
    "article removed": Undoer("articles", set_article_state_back),
    "article left to rules": Undoer("highlight", set_article_state_back),
    "articles added": Undoer("articles", take_articles_back),
    "article rule added": Undoer("articles", remove_rule),
    "article rule removed": Undoer("articles", restore_rule),
    "lines separated": Undoer("codebook", restore_former_lines),
    "lines restored": Undoer("codebook", restore_former_lines),
    "example pinned": Undoer("codebook", unpin_pinned_example),
    "example unpinned": Undoer("codebook", pin_unpinned_example),
    "role changed": Undoer("manage", change_role_back),
    "member added": Undoer("manage", remove_added_member),
    "member removed": Undoer("manage", restore_removed_member),
    "project edited": Undoer("settings", edit_project_back),
    "project archived": Undoer("manage", unarchive_project),
    "project unarchived": Undoer("manage", archive_project),
}

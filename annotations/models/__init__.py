from annotations.models.adjudication import Adjudication, Decision
from annotations.models.agreement_job import AgreementJob
from annotations.models.assignment import Assignment, AssignmentState
from annotations.models.desk import Desk, Pin
from annotations.models.event import Event
from annotations.models.export_job import ExportJob
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.import_job import ImportJob
from annotations.models.invitation import Invitation, InvitationState
from annotations.models.membership import Membership, Role
from annotations.models.notification import Digest, Notification
from annotations.models.placement import Placement
from annotations.models.project import Project
from annotations.models.project_article import ArticleRule, ArticleState, ProjectArticle
from annotations.models.reply import Reply
from annotations.models.search_entry import HighlightEntry
from annotations.models.tag import Tag
from annotations.models.tag_example import TagExample
from annotations.models.thread import Thread

__all__ = [
    "Adjudication",
    "AgreementJob",
    "ArticleRule",
    "ArticleState",
    "Assignment",
    "AssignmentState",
    "Decision",
    "Desk",
    "Digest",
    "Event",
    "ExportJob",
    "Highlight",
    "HighlightEntry",
    "HighlightTag",
    "ImportJob",
    "Invitation",
    "InvitationState",
    "Membership",
    "Notification",
    "Pin",
    "Placement",
    "Project",
    "ProjectArticle",
    "Reply",
    "Role",
    "Tag",
    "TagExample",
    "Thread",
]

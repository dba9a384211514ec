from annotations.models.desk import Desk, Pin
from annotations.models.event import Event, Stale
from annotations.models.export_job import Export
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.membership import LastOwner, Membership, Role
from annotations.models.placement import Placement
from annotations.models.project import Project
from annotations.models.search_entry import HighlightEntry
from annotations.models.tag import Tag
from annotations.models.tag_editing import Circle, Taken

__all__ = [
    "Circle",
    "Desk",
    "Event",
    "Export",
    "Highlight",
    "HighlightEntry",
    "HighlightTag",
    "LastOwner",
    "Membership",
    "Pin",
    "Placement",
    "Project",
    "Role",
    "Stale",
    "Tag",
    "Taken",
]

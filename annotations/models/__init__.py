from .desk import Desk, Pin
from .event import Event, Stale
from .export import Export
from .highlight import Highlight
from .highlightentry import HighlightEntry
from .highlighttag import HighlightTag
from .import_job import ImportJob
from .membership import LastOwner, Membership, Role
from .placement import Placement
from .project import Project
from .tag import Tag
from .tending import Circle, Taken

__all__ = [
    "Circle",
    "Desk",
    "Event",
    "Export",
    "Highlight",
    "HighlightEntry",
    "HighlightTag",
    "ImportJob",
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

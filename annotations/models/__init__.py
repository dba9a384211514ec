from .event import Event, Stale
from .highlight import Highlight, HighlightTag
from .membership import LastOwner, Membership, Role
from .project import Project
from .tag import Tag
from .tending import Circle, Taken

__all__ = [
    "Circle",
    "Event",
    "Highlight",
    "HighlightTag",
    "LastOwner",
    "Membership",
    "Project",
    "Role",
    "Stale",
    "Tag",
    "Taken",
]

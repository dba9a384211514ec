from .event import Event, Stale
from .highlight import Highlight, HighlightTag
from .membership import LastOwner, Membership, Role
from .project import Project
from .tag import Tag

__all__ = ["Event", "Highlight", "HighlightTag", "LastOwner", "Membership", "Project", "Role", "Stale", "Tag"]

from .event import Event
from .highlight import Highlight, HighlightTag, Stale
from .project import Membership, Project, Role
from .tag import Tag

__all__ = ["Event", "Highlight", "HighlightTag", "Membership", "Project", "Role", "Stale", "Tag"]

from .highlights import EditForm, HighlightForm, SentenceForm, SentencesForm, SpanForm
from .projects import MemberForm, ProjectForm, RoleForm
from .tags import DissolveForm, TagForm

__all__ = [
    "DissolveForm",
    "EditForm",
    "HighlightForm",
    "MemberForm",
    "ProjectForm",
    "RoleForm",
    "SentenceForm",
    "SentencesForm",
    "SpanForm",
    "TagForm",
]

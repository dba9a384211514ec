"""A codebook as projects have one once they are some months old: fifty tags, most of them below a few general ones."""

from annotations.models import Project, Tag

GROUPS = {
    "position": ["red line", "concession", "demand", "threat", "neutrality", "reversal", "condition"],
    "sourcing": ["named source", "unnamed official", "document", "eyewitness", "other outlet", "social media", "no source"],
    "figure": ["casualties", "money", "percentage", "date promised", "estimate", "corrected figure", "comparison"],
    "framing": ["conflict frame", "human interest", "responsibility", "economic frame", "moral frame", "irony"],
    "actor": ["minister", "agency", "opposition", "expert", "resident", "company", "court"],
    "wording": ["euphemism", "loaded word", "hedging", "quotation", "translation"],
    "follow up": ["doubt", "promise", "question", "check later"],
}  # fmt: skip


def filled(project: Project, groups: dict[str, list[str]], by) -> list[Tag]:
    """Makes these tags, each one's narrower tags below it, in the order of the codebook."""
    tags = Tag.objects.by_lower_name(project)
    for name, narrower in groups.items():
        parent = Tag.objects.create_tag(project, name, by=by, tags=tags)
        for each in narrower:
            Tag.objects.create_tag(project, each, by=by, tags=tags, parent=parent)
    return sorted(tags.values(), key=lambda tag: tag.position)

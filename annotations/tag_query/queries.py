"""Which highlights a tag expression means."""

from django.db.models import Exists, OuterRef, Q

from annotations.models.codebook import Codebook, tag_keys
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.tag_query.ast import All, Node, Not, Overlapping, Some, Tag, Within
from annotations.tag_query.proximity import near

NOTHING = Q(pk__in=[])


class Choice:
    """Turns tag expressions into conditions on `highlights`, of one project with its codebook."""

    def __init__(self, highlights, project, codebook: Codebook):
        self.highlights, self.project, self.codebook = highlights, project, codebook

    def condition(self, node: Node) -> Q:
        """What a highlight must fulfil; TooManyPassagesError where sentences would have to be counted in too many articles."""
        return VERBS[type(node)](self, node)

    def tagged(self, node: Tag) -> Q:
        keys = tag_keys(self.codebook, node.name, deep=node.deep)
        return Q(has_tags(self.project, keys)) if keys else NOTHING

    def every(self, node: All) -> Q:
        return Q(*map(self.condition, node.of))

    def some(self, node: Some) -> Q:
        return Q(*map(self.condition, node.of), _connector=Q.OR)

    def lacking(self, node: Not) -> Q:
        return ~self.condition(node.of)

    def overlapping(self, node: Overlapping) -> Q:
        """On the same text, be it the one that both were made on or a later one on which one of them has a place."""
        others = self.standing().filter(self.condition(node.right)).order_by()
        mine = Placement.objects.filter(project=self.project, highlight=OuterRef("pk"), start__isnull=False)
        together = [
            Exists(others.filter(revision=OuterRef("revision"), **crossing())),
            Exists(others.filter(placements__revision=OuterRef("revision"), **crossing("placements__"))),
            Exists(mine.filter(Exists(others.filter(revision=OuterRef("revision"), **crossing())))),
        ]
        return self.condition(node.left) & Q(*together, _connector=Q.OR)

    def within(self, node: Within) -> Q:
        left = self.highlights.filter(self.condition(node.left)).order_by()
        right = self.standing().filter(self.condition(node.right)).order_by()
        return Q(pk__in=near(left, right, node.sentences))

    def standing(self):
        return Highlight.objects.standing().filter(project=self.project)


VERBS = {
    Tag: Choice.tagged,
    All: Choice.every,
    Some: Choice.some,
    Not: Choice.lacking,
    Overlapping: Choice.overlapping,
    Within: Choice.within,
}


def has_tags(project, keys: list) -> Exists:
    """Return the condition that a highlight of the project has one of these tags (keys)."""
    pairs = HighlightTag.objects.filter(project=project, tag__in=keys, highlight=OuterRef("pk"))
    return Exists(pairs.order_by())


def crossing(where: str = "") -> dict:
    """The condition that one span and the outer one have a character in common."""
    return {f"{where}start__lt": OuterRef("end"), f"{where}end__gt": OuterRef("start")}

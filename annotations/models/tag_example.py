"""Examples of a tag: real passages that show what its definition means."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from annotations.errors import TooManyExamplesError
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.tag import Tag
from annotations.models.tag_editing import with_codebook_locked

MAX_EXAMPLES = 5  # of one tag


class TagExampleQuerySet(models.QuerySet["TagExample"]):
    def with_tag(self) -> "TagExampleQuerySet":
        """Return those whose passages have the tag still."""
        pairs = HighlightTag.objects.filter(
            project=OuterRef("project"), tag=OuterRef("tag"), highlight=OuterRef("highlight")
        )
        return self.filter(Exists(pairs))


class TagExample(models.Model):
    """A passage that curators pinned to a tag of the codebook; it shows as long as it has the tag."""

    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="+", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="examples", db_index=False)
    highlight = models.ForeignKey(Highlight, on_delete=models.CASCADE, related_name="examples")

    objects = TagExampleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["project", "tag", "highlight"], name="example_once")]

    def __str__(self) -> str:
        return f"{self.highlight} for {self.tag}"


@with_codebook_locked
def pin_example(tag: Tag, highlight: Highlight, *, by: User) -> bool:
    """Make a passage with the tag an example of it; return False where it is one, TooManyExamplesError past MAX_EXAMPLES."""
    examples = TagExample.objects.filter(tag=tag)
    if examples.filter(highlight=highlight).exists():
        return False
    if examples.with_tag().filter(highlight__deleted_at=None).count() >= MAX_EXAMPLES:
        raise TooManyExamplesError
    TagExample.objects.create(project_id=tag.project_id, tag=tag, highlight=highlight)
    tag.record(gettext_noop("example pinned"), by, highlight=str(highlight.pk))
    return True


@with_codebook_locked
def unpin_example(tag: Tag, highlight: Highlight, *, by: User) -> bool:
    """Make a passage no example of the tag any more; return False where it was none."""
    number, _rows = TagExample.objects.filter(tag=tag, highlight=highlight).delete()
    if number:
        tag.record(gettext_noop("example unpinned"), by, highlight=str(highlight.pk))
    return bool(number)

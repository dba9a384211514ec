from uuid import UUID

from django.db import models


class HighlightTagManager(models.Manager["HighlightTag"]):
    def get_by_natural_key(self, highlight: UUID, tag: UUID) -> "HighlightTag":
        return self.get(highlight=highlight, tag=tag)


class HighlightTag(models.Model):
    """One tag on one highlight; position 0 gives the highlight its hue."""

    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="+", db_index=False)
    highlight = models.ForeignKey("annotations.Highlight", on_delete=models.CASCADE)
    tag = models.ForeignKey("annotations.Tag", on_delete=models.PROTECT, db_index=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = HighlightTagManager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "tag", "highlight"], name="tag_once_on_highlight")]

    def __str__(self) -> str:
        return f"{self.tag} on {self.highlight}"

    def natural_key(self) -> tuple[str, str]:
        return (str(self.highlight_id), str(self.tag_id))

    natural_key.dependencies = ["annotations.highlight", "annotations.tag"]  # type: ignore[attr-defined]  # as loaddata wants it

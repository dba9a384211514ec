"""What curators say about the pages of a source: which elements are the text, which are not, and which name the author."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from newsreader.models.source import Source, extract_host

MAX_RULES, MAX_SELECTOR = 20, 200  # of a source; characters
Rules = list[dict[str, str]]  # each with `part` and `selector`, as the extraction takes them


class SiteRuleQuerySet(models.QuerySet["SiteRule"]):
    """Rules: those for a page, and how they are replaced."""

    def list_for_source(self, source: Source) -> Rules:
        """Return the rules of a source."""
        return list(self.filter(source=source).order_by("pk").values("part", "selector")[:MAX_RULES])

    def list_for_page(self, url: str) -> Rules:
        """Return the rules for a page by its address: those of the library’s source with its host."""
        host = extract_host(url)
        rules = self.filter(source__host=host, source__scope=None).order_by("pk") if host else self.none()
        return list(rules.values("part", "selector")[:MAX_RULES])

    def replace_rules(self, source: Source, rules: Rules) -> None:
        """Give a source these rules in place of those that it has."""
        with transaction.atomic():
            self.filter(source=source).delete()
            self.bulk_create([self.model(source=source, **rule) for rule in rules])


class SiteRule(models.Model):
    """One selector for the pages of a source, and what it selects."""

    class Part(models.TextChoices):
        BODY = "body", _("is the text")
        NO_TEXT = "no-text", _("is not text")
        AUTHOR = "author", _("is the author")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="rules")
    part = models.CharField(max_length=8, choices=Part)
    selector = models.CharField(max_length=MAX_SELECTOR)

    objects = SiteRuleQuerySet.as_manager()

    class Meta:
        ordering = ["source", "pk"]

    def __str__(self) -> str:
        return f"{self.selector}: {self.get_part_display()}"

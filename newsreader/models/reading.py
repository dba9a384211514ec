from django.conf import settings
from django.db import models
from django.utils import timezone


class ReadingQuerySet(models.QuerySet):
    def of(self, user, article) -> "Reading":
        return self.get_or_create(user=user, article=article)[0]


class Reading(models.Model):
    """What one person has done with one article: read it (up to which revision), saved it for later."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings")
    article = models.ForeignKey("newsreader.Article", on_delete=models.CASCADE, related_name="readings")
    revision = models.PositiveIntegerField("revision that was read", default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="reading_once")]

    def __str__(self):
        return f"{self.user}: {self.article}"

    def mark(self, *, read: bool | None = None, saved: bool | None = None, revision: int = 0) -> None:
        """Sets or takes back read (of the revision with this number, 0 the current) and saved; None leaves one as it is."""
        if read is not None:
            self.read_at = timezone.now() if read else None
            self.revision = (revision or self.article.revision) if read else 0
        if saved is not None:
            self.saved_at = timezone.now() if saved else None
        self.save()


class Preferences(models.Model):
    """How one person likes to read. Every field's first choice is the empty one: the house's own."""

    THEMES = [("", "Auto"), ("light", "Light"), ("sepia", "Sepia"), ("dark", "Dark")]
    FONTS = [("", "Serif"), ("sans", "Sans"), ("legible", "Legible")]
    SIZES = [("small", "Small"), ("", "Medium"), ("large", "Large")]
    MEASURES = [("narrow", "Narrow"), ("", "Medium"), ("wide", "Wide")]
    LEADINGS = [("tight", "Tight"), ("", "Medium"), ("loose", "Loose")]
    CHOSEN = ["theme", "font", "size", "measure", "leading"]

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    theme = models.CharField("paper", max_length=8, blank=True, choices=THEMES)
    font = models.CharField("letter", max_length=8, blank=True, choices=FONTS)
    size = models.CharField(max_length=8, blank=True, choices=SIZES)
    measure = models.CharField(max_length=8, blank=True, choices=MEASURES)
    leading = models.CharField("line height", max_length=8, blank=True, choices=LEADINGS)
    keys = models.BooleanField("single-key shortcuts", default=True)

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self):
        return f"preferences of {self.user}"

    def choices(self) -> tuple:
        """What was chosen, in a fixed order."""
        return (*(getattr(self, name) for name in self.CHOSEN), self.keys)

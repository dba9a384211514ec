"""What readers did with articles, and how they like to read."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsreader.models.article import Article


class ReadingQuerySet(models.QuerySet["Reading"]):
    """What readers did with articles."""

    def get_for(self, user: User, article: Article) -> "Reading":
        """Return what this user did with this article, on a new row where there is none."""
        return self.get_or_create(user=user, article=article)[0]


class Reading(models.Model):
    """What one person has done with one article: read it (up to which revision), saved it for later."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings")
    article = models.ForeignKey("newsreader.Article", on_delete=models.CASCADE, related_name="readings")
    revision = models.PositiveIntegerField(_("revision that was read"), default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.article}"

    def mark(self, *, read: bool | None = None, saved: bool | None = None, revision: int = 0) -> None:
        """Set or unset read (of the revision with this number, 0 the current) and saved; None leaves one as it is."""
        if read is not None:
            self.read_at = timezone.now() if read else None
            self.revision = (revision or self.article.revision) if read else 0
        if saved is not None:
            self.saved_at = timezone.now() if saved else None
        self.save()


class Preferences(models.Model):
    """How one person likes to read. The empty choice of each field is the site's own."""

    THEMES = [("", _("Auto")), ("light", _("Light")), ("sepia", _("Sepia")), ("dark", _("Dark"))]
    FONTS = [("", _("Serif")), ("sans", _("Sans")), ("legible", _("High legibility"))]
    SIZES = [("small", _("Small")), ("", _("Medium")), ("large", _("Large"))]
    MEASURES = [("narrow", _("Narrow")), ("", _("Medium")), ("wide", _("Wide"))]
    LEADINGS = [("tight", _("Tight")), ("", _("Medium")), ("loose", _("Loose"))]
    CHOICE_FIELDS = ["theme", "font", "size", "measure", "leading"]

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    theme = models.CharField(_("paper"), max_length=8, blank=True, choices=THEMES)
    font = models.CharField(_("letter"), max_length=8, blank=True, choices=FONTS)
    size = models.CharField(max_length=8, blank=True, choices=SIZES)
    measure = models.CharField(max_length=8, blank=True, choices=MEASURES)
    leading = models.CharField(_("line height"), max_length=8, blank=True, choices=LEADINGS)
    keys = models.BooleanField(_("single-key shortcuts"), default=True)
    daily_mail = models.BooleanField(_("daily mail"), default=False)

    class Meta:
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return f"preferences of {self.user}"

    def choices(self) -> tuple[str | bool, ...]:
        """Return what was chosen, in a fixed order."""
        return (*(getattr(self, name) for name in self.CHOICE_FIELDS), self.keys)

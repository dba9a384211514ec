from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from newsreader.models.article_queries import ShelfQuerySet
from newsreader.models.revision import Revision
from newsreader.models.source import Source, free_slug
from newsreader.search.indexes import FollowedQuerySet, follow
from newsreader.text.html.plaintext import count_words, estimate_reading_minutes, make_excerpt
from newsreader.text.language.characters import clean_characters
from newsreader.text.language.direction import detect_direction


class Stored(NamedTuple):
    """What became of an article that was brought in: `created` is False where it was here already."""

    article: "Article"
    created: bool


class ArticleQuerySet(ShelfQuerySet, FollowedQuerySet):
    def turn(self, status: str) -> int:
        """Makes these articles drafts, published or withdrawn; how many were not so before."""
        return self.exclude(status=status).update(status=status, version=models.F("version") + 1)

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def visible_to(self, user):
        """Published articles for everyone; drafts and withdrawn ones for staff."""
        return self if user.is_staff else self.filter(status=Article.Status.PUBLISHED)

    def editable_by(self, user):
        return self if user.is_staff else self.none()

    def held(self, pk: int) -> int:
        """The number of an article's current revision, which nobody can change until this transaction ends."""
        return self.select_for_update(no_key=True).values_list("revision", flat=True).get(pk=pk)

    def known(self, url: str, digest: str, source: Source) -> "Article | None":
        """The article of this address, or the one in which this source already printed this text."""
        same_text = models.Q(source=source, revisions__digest=digest)
        found = self.filter(models.Q(url=url) | same_text) if url else self.filter(same_text)
        return found.first()

    def store(self, extracted, *, source: str = "", status: str = "published", by=None) -> Stored:
        """Keeps what was extracted as a new article with its first revision, unless it is here already."""
        outlet = Source.objects.named(clean_characters(source or extracted.site), extracted.url)
        revision = Revision.of(extracted.html, number=1, created_by=by)
        if known := self.known(extracted.url, revision.digest, outlet):
            return Stored(known, False)
        try:
            with transaction.atomic():
                return Stored(self.begin(extracted, outlet, revision, status), True)
        except IntegrityError:  # somebody brought in the same address at the same moment
            if known := self.known(extracted.url, revision.digest, outlet):
                return Stored(known, False)
            raise

    def begin(self, extracted, outlet: Source, revision: Revision, status: str) -> "Article":
        title, byline, standfirst = map(line_of, (extracted.title, extracted.byline, extracted.standfirst))
        title = title[:300] or make_excerpt(revision.text, 80) or "Untitled"
        article = Article(
            source=outlet,
            slug=free_slug(self.model.objects, title),
            title=title,
            byline=byline[:200],
            url=extracted.url[:2000],
            language=extracted.language[:35],
            direction=detect_direction(extracted.language, revision.text),
            published_at=extracted.published,
            status=status,
            standfirst=standfirst[:500],
        )
        article.describe(revision)
        article.save()
        revision.article = article
        revision.save()
        return article


def line_of(words: str) -> str:
    """The words on one line, without characters that no text may hold."""
    return " ".join(clean_characters(words).split())


class Article(models.Model):
    """One published piece; what a curator manages. Its words are in its revisions."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    slug = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    standfirst = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=200, blank=True)
    url = models.URLField("original address", max_length=2000, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="A code such as en, pt-BR or ar.")
    direction = models.CharField(
        max_length=3, choices=[("ltr", "left to right"), ("rtl", "right to left")], default="ltr"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    revision = models.PositiveIntegerField("current revision", default=1, editable=False)
    excerpt = models.CharField(max_length=320, blank=True, editable=False)
    words = models.PositiveIntegerField(default=0, editable=False)
    minutes = models.PositiveIntegerField("reading time in minutes", default=1, editable=False)
    length = models.PositiveIntegerField("code points in the text", default=0, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    dated_at = models.DateTimeField("published, or else added", editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-dated_at", "-pk"]
        indexes = [models.Index(fields=["status", "-dated_at", "-id"], name="article_newest")]
        constraints = [models.UniqueConstraint(fields=["url"], condition=~models.Q(url=""), name="article_url")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])

    def natural_key(self):
        return (self.slug,)

    def save(self, *args, **kwargs):
        self.dated_at = self.published_at or self.added_at
        with transaction.atomic():
            before = Article.objects.filter(pk=self.pk).values_list("language", flat=True).first() if self.pk else None
            super().save(*args, **kwargs)
            follow(Article, [self.pk], {"title"} | ({"language"} if before not in (None, self.language) else set()))

    def current(self) -> Revision:
        """The revision that readers see."""
        return self.revisions.get(number=self.revision)

    def describe(self, revision: Revision) -> None:
        """Keeps beside the article what lists say of its text."""
        self.excerpt = make_excerpt(revision.text, 300)
        self.words = count_words(revision.text)
        self.minutes = estimate_reading_minutes(revision.text)
        self.length = len(revision.text)

    def revise(self, html: str, *, by=None, reason: str = Revision.Reason.CORRECTED) -> Revision:
        """Gives the article a new text as a new revision; the old one stays. The same text again changes nothing."""
        with transaction.atomic():
            article = Article.objects.select_for_update().get(pk=self.pk)
            last = article.current()
            if last.html == html:
                return last
            revision = last.followed_by(html, reason=reason, created_by=by)
            revision.save()
            article.describe(revision)
            article.revision, article.version = revision.number, article.version + 1
            article.save()
            for follower in settings.REVISION_FOLLOWERS:
                import_string(follower)(revision, by=by)
        self.refresh_from_db()
        return revision

    def refetched(self, html: str, *, by) -> Revision | None:
        """Keeps what the original page says now as a new revision; None where it says nothing new.

        What curators corrected since it was fetched last is no news from there, and stays.
        """
        if self.revisions.exclude(reason=Revision.Reason.CORRECTED).latest("number").html == html:
            return None
        before, revision = self.revision, self.revise(html, by=by, reason=Revision.Reason.REFETCHED)
        return revision if revision.number > before else None

    def amend(self, html: str, *, by) -> None:
        """Keeps what was changed on this row, and canonical HTML that differs from the current text as a new revision."""
        with transaction.atomic():
            self.version += 1
            self.save()
            self.revise(html, by=by)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

"""Articles, and how their texts come and change."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple, Protocol, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from newsreader.models.article_image import ArticleImage, remove_unused_files
from newsreader.models.article_queries import LibraryQuerySet, start_of_day
from newsreader.models.concerns import REVISED, find_concerns, join_concerns
from newsreader.models.revision import Revision
from newsreader.models.scopes import PRIVATE, is_readable_by, is_usable_in
from newsreader.models.source import Source, find_free_slug, follow_articles, make_private_slug
from newsreader.models.story import Story, follow_address, forget, place
from newsreader.search.indexes import reindex_dependents
from newsreader.text.characters import clean_characters
from newsreader.text.dates import is_datable
from newsreader.text.html.plaintext import count_words, estimate_reading_minutes, make_excerpt
from newsreader.text.html.posts import keep_posts
from newsreader.text.language.direction import detect_direction
from newsreader.users import AnyUser

MAX_MERGES = 10  # one after another, of an article that was merged into one that was merged itself
# What lists of highlights say of an article, or are ordered and filtered by.
LISTED_FIELDS = ("source_id", "slug", "title", "byline", "language", "direction", "dated_at", "status")
STORY_FIELDS = {"story", "story_revision"}  # which only newsreader.models.story writes


class ArticleContent(Protocol):
    """An article as it comes in: `html` is canonical, everything else plain text and maybe empty.

    `published` is a day, or a moment; one without a time zone is in that of the site.
    """

    title: str
    html: str
    byline: str
    site: str
    language: str
    published: date | None
    url: str
    standfirst: str


class StoredArticle(NamedTuple):
    """An imported article; `created` is False where it was here already."""

    article: "Article"
    created: bool


class ArticleQuerySet(LibraryQuerySet["Article"]):
    """Articles: who may see and edit them, and how they come in."""

    def set_status(self, status: str) -> int:
        """Make these articles drafts, published or withdrawn, and return how many were not so before.

        Private ones come into the library where they are published; else they stay as they are, for their members.
        """
        untouched = {status} if status == Article.Status.PUBLISHED else {status, PRIVATE}
        with transaction.atomic():
            before = dict(self.exclude(status__in=untouched).values_list("pk", "status"))
            private = [key for key, was in before.items() if was == PRIVATE]
            for article in type(self)(self.model).filter(pk__in=private) if private else ():
                article.status, article.version = status, article.version + 1
                article.save()
            others = type(self)(self.model).filter(pk__in=before.keys() - set(private))
            others.update(status=status, version=models.F("version") + 1)
            decided = {"publish_at": None, "publish_by": None, "merged_into": None}
            type(self)(self.model).filter(pk__in=before).update(**decided)
            follow_articles(list(before))
        return len(before)

    def set_source(self, source: Source) -> int:
        """Make this the source of these articles, and return how many had another."""
        with transaction.atomic():
            keys = list(self.exclude(source=source).values_list("pk", flat=True))
            others = type(self)(self.model).filter(pk__in=keys)
            others.update(source=source, version=models.F("version") + 1)
            follow_articles(keys)
        return len(keys)

    def to_be_checked(self) -> Self:
        """Return those that came into the library and that no curator has looked at."""
        return self.filter(is_new=True).exclude(status=PRIVATE)

    def doubtful(self) -> Self:
        """Return those of the library about which something is doubtful."""
        return self.exclude(concerns="").exclude(status=PRIVATE)

    def set_checked(self) -> int:
        """Take these out of the lists of new and of doubtful articles, and return how many were in one."""
        return self.filter(models.Q(is_new=True) | ~models.Q(concerns="")).update(is_new=False, concerns="")

    def scheduled(self) -> Self:
        """Return the drafts that are to be published at some time, the next one first."""
        return self.filter(status="draft", publish_at__isnull=False).order_by("publish_at", "pk")

    def with_taken_address(self) -> Self:
        """Return the private ones that cannot come into the library: one in it, or one of these before it, has their address."""
        same = Article.objects.order_by().filter(scope=None, url=models.OuterRef("url"))
        before = self.order_by().filter(status=PRIVATE, url=models.OuterRef("url"), pk__lt=models.OuterRef("pk"))
        return self.exclude(url="").filter(models.Exists(same) | models.Exists(before), status=PRIVATE)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete these articles, and the files of images that only they had; their stories are put together anew."""
        with transaction.atomic():
            remove_files_later(self)
            forget(list(self.exclude(story_revision=None)))
            return super().delete()

    delete.alters_data = delete.queryset_only = True  # type: ignore[attr-defined] # as Django has it: the manager deletes nothing

    def get_by_natural_key(self, slug: str) -> "Article":
        return self.get(slug=slug)

    def visible_to(self, user: AnyUser) -> Self:
        """Return published articles for everyone; drafts and withdrawn ones for staff, private ones for their members too."""
        return self.filter(is_readable_by(user))

    def usable_in(self, scope: UUID) -> Self:
        """Return those on which work may be done in this scope: all but those that are private to another."""
        return self.filter(is_usable_in(scope))

    def known_in(self, scope: UUID | None) -> Self:
        """Return those of which one that comes in may be a copy: of the library, or what members of the scope can find."""
        return self.filter(models.Q(scope=scope) | models.Q(status="published")) if scope else self.filter(scope=None)

    def find_merged(self, slug: str, user: AnyUser) -> "Article | None":
        """Return the article into which the one of this slug was merged, if the user may read it; None for any other."""
        article, steps = self.filter(slug=slug).select_related("merged_into").first(), 0
        while article and article.merged_into and steps < MAX_MERGES:
            article, steps = article.merged_into, steps + 1
        return self.visible_to(user).filter(pk=article.pk).first() if article and steps else None

    def editable_by(self, user: AnyUser) -> Self:
        return self if user.is_staff else self.none()

    def lock_revision_number(self, pk: int) -> int:
        """Return the number of an article's current revision, which nobody can change until this transaction ends."""
        return self.select_for_update(no_key=True).values_list("revision", flat=True).get(pk=pk)

    def load_revision_numbers(self, keys: Iterable[int]) -> dict[int, int]:
        """Return the numbers of the current revisions of these articles, by the articles' keys."""
        return dict(self.order_by("pk").filter(pk__in=list(keys)).values_list("pk", "revision"))

    def find_existing(self, url: str, digest: str, source: Source, scope: UUID | None = None) -> "Article | None":
        """Return the article of this address, or the one in which this source already printed this text.

        A private article is none of the library, whose articles are found for a scope once they are published.
        """
        same_text = models.Q(source=source, revisions__digest=digest)
        condition = models.Q(url=url) | same_text if url else same_text
        return self.known_in(scope).filter(condition).first()

    def store(
        self,
        extracted: ArticleContent,
        *,
        source: str = "",
        status: str = "published",
        scope: UUID | None = None,
        created_by: User | None = None,
        on_created: Callable[["Article"], None] = lambda article: None,
    ) -> StoredArticle:
        """Store what was extracted as a new article with its first revision, unless it is here already.

        With a `scope` it is private to that. `on_created` is called with a new article in the transaction that makes it.
        """
        outlet = Source.objects.find_or_create(clean_characters(source or extracted.site), extracted.url, scope)
        revision = Revision.from_html(extracted.html, number=1, created_by=created_by)
        if existing := self.find_existing(extracted.url, revision.digest, outlet, scope):
            return StoredArticle(existing, False)
        try:
            with transaction.atomic():
                article = self.create_article(extracted, outlet, revision, status, scope)
                on_created(article)
                return StoredArticle(article, True)
        except IntegrityError:  # the same address was imported at the same moment
            if existing := self.find_existing(extracted.url, revision.digest, outlet, scope):
                return StoredArticle(existing, False)
            raise

    def create_article(
        self,
        extracted: ArticleContent,
        outlet: Source,
        revision: Revision,
        status: str,
        scope: UUID | None = None,
    ) -> "Article":
        """Save a new article, and this unsaved revision as its first."""
        title, byline, standfirst = map(flatten_line, (extracted.title, extracted.byline, extracted.standfirst))
        title = title[:300] or make_excerpt(revision.text, 80) or "Untitled"
        article = Article(
            source=outlet,
            slug=make_private_slug(title) if scope else find_free_slug(Article.objects, title),
            title=title,
            byline=byline[:200],
            url=extracted.url[:2000],
            language=extracted.language[:35],
            direction=detect_direction(extracted.language, revision.text),
            published_at=resolve_moment(extracted.published),
            status=PRIVATE if scope else status,
            scope=scope,
            standfirst=standfirst[:500],
            is_new=not (revision.created_by and revision.created_by.is_staff),
        )
        article.update_text_facts(revision)
        article.concerns = find_concerns(extracted, article.words)
        article.save()
        revision.article = article
        revision.save()
        if article.is_published:
            place(article)
        follow_arrival(revision)
        return article


def remove_files_later(articles: ArticleQuerySet) -> None:
    """Remove the files of images that only these articles have, once the articles are deleted for good."""
    images = ArticleImage.objects.kept().filter(article__in=articles.order_by())
    transaction.on_commit(partial(remove_unused_files, list(images.values_list("digest", flat=True))))


def follow_arrival(revision: Revision) -> None:
    """Do what follows where this text came from outside."""
    for follower in settings.ARRIVAL_FOLLOWERS:
        import_string(follower)(revision)


def flatten_line(words: str) -> str:
    """Return the words on one line, without characters that no text may hold."""
    return " ".join(clean_characters(words).split())


def resolve_moment(published: date | None) -> datetime | None:
    """Return a moment of publication in time: a day begins, and a time without a zone is, in the time zone of the site.

    One that not every time zone has a date for counts as none.
    """
    if published is None or not is_datable(published):
        return None
    if not isinstance(published, datetime):
        return start_of_day(published)
    return published if timezone.is_aware(published) else timezone.make_aware(published)


class Article(models.Model):
    """One published piece; what a curator manages. Its words are in its revisions."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        PRIVATE = PRIVATE, _("private")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    slug = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    standfirst = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=200, blank=True)
    url = models.URLField(_("original address"), max_length=2000, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text=_("Language code, such as en, pt-BR or ar."))
    direction = models.CharField(
        max_length=3, choices=[("ltr", _("left to right")), ("rtl", _("right to left"))], default="ltr"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    revision = models.PositiveIntegerField(_("current revision"), default=1, editable=False)
    excerpt = models.CharField(max_length=320, blank=True, editable=False)
    words = models.PositiveIntegerField(default=0, editable=False)
    minutes = models.PositiveIntegerField(_("reading time in minutes"), default=1, editable=False)
    length = models.PositiveIntegerField(_("code points in the text"), default=0, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    dated_at = models.DateTimeField(_("published, or else added"), editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    scope = models.UUIDField(null=True, editable=False)  # whose readers alone find a private article; else None
    # What curators have to do with it.
    is_new = models.BooleanField(_("not looked at yet"), default=False, editable=False)
    concerns = models.CharField(_("needs a look"), max_length=100, blank=True, editable=False)  # models.concerns
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    publish_by = models.ForeignKey(  # whoever decided that
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="merged", db_index=False
    )
    status_before_merge = models.CharField(max_length=10, blank=True, editable=False)
    story = models.ForeignKey(
        Story, null=True, editable=False, on_delete=models.SET_NULL, related_name="articles", db_index=False
    )
    story_revision = models.PositiveIntegerField(null=True, editable=False)  # whose text is in the index of stories

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-dated_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-dated_at", "-id"], name="article_newest"),
            models.Index(fields=["scope"], name="article_scope", condition=models.Q(scope__isnull=False)),
            models.Index(fields=["-id"], name="article_new", condition=models.Q(is_new=True)),
            models.Index(fields=["-id"], name="article_doubtful", condition=~models.Q(concerns="")),
            models.Index(fields=["publish_at"], name="article_scheduled", condition=models.Q(publish_at__isnull=False)),
            models.Index(fields=["merged_into"], name="article_merged", condition=models.Q(merged_into__isnull=False)),
            models.Index(
                fields=["story", "status", "dated_at", "id"],
                name="article_story",
                condition=models.Q(story__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["url"], condition=~models.Q(url="") & models.Q(scope=None), name="article_url"
            ),
            models.UniqueConstraint(
                fields=["scope", "url"],
                condition=~models.Q(url="") & models.Q(scope__isnull=False),
                name="article_url_in_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(status=PRIVATE, scope__isnull=False)
                | (~models.Q(status=PRIVATE) & models.Q(scope=None)),
                name="article_private_in_scope",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the article and write the entries anew that depend on it."""
        self.leave_scope()
        if self.status != self.Status.WITHDRAWN:
            self.merged_into = None
        if (
            self.status != self.Status.DRAFT and not self.merged_into_id
        ):  # a merge, which may be undone, keeps the moment
            self.publish_at = self.publish_by = None
        self.dated_at = self.published_at or self.added_at
        with transaction.atomic():
            before = Article.objects.filter(pk=self.pk).values(*LISTED_FIELDS, "url").first()
            address = before.pop("url") if before else self.url
            if before and not args:
                kwargs.setdefault("update_fields", SAVED_FIELDS)
            super().save(*args, **kwargs)
            changed = {name for name, value in (before or {}).items() if value != getattr(self, name)}
            reindex_dependents(Article, [self.pk], {"title"} | (changed & {"language"}))
            if changed:  # a changed text has followers of its own
                follow_articles([self.pk])
            if address != self.url:
                follow_address(self, address)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the article, and the files of images that only it has; its story is put together anew."""
        with transaction.atomic():
            remove_files_later(Article.objects.filter(pk=self.pk))
            forget(list(Article.objects.filter(pk=self.pk)))
            return super().delete(*args, **kwargs)

    def leave_scope(self) -> None:
        """Be an article of the library, with a source of the library, where it is private no more."""
        if self.scope and self.status != PRIVATE:
            self.scope = None
            if self.source.scope:
                self.source = Source.objects.find_or_create(self.source.name, self.url)

    def current(self) -> Revision:
        """Return the revision that readers see."""
        return self.revisions.get(number=self.revision)

    def update_text_facts(self, revision: Revision) -> None:
        """Set what lists say of the article's text."""
        self.excerpt = make_excerpt(revision.text, 300)
        self.words = count_words(revision.text)
        self.minutes = estimate_reading_minutes(revision.text)
        self.length = len(revision.text)

    def revise(self, html: str, *, created_by: User | None = None, reason: str = Revision.Reason.CORRECTED) -> Revision:
        """Give the article a new text as a new revision; the old one stays. The same text again changes nothing."""
        with transaction.atomic():
            article = Article.objects.select_for_update().get(pk=self.pk)
            last = article.current()
            if last.html == html:
                return last
            revision = last.build_next(html, reason=reason, created_by=created_by)
            revision.save()
            article.update_text_facts(revision)
            article.revision, article.version = revision.number, article.version + 1
            article.save()
            for follower in settings.REVISION_FOLLOWERS:
                import_string(follower)(revision, by=created_by)
        self.refresh_from_db()
        return revision

    def apply_refetch(self, html: str, *, created_by: User | None = None) -> Revision | None:
        """Store what the original page says now as a new revision; None where it says nothing new.

        What curators corrected since it was fetched last is no news from there, and stays; so do posts of a live blog that
        are older than those its page has now.
        """
        last = self.revisions.exclude(reason=Revision.Reason.CORRECTED).latest("number")
        html = keep_posts(last.html, html)
        if last.html == html:
            follow_arrival(self.current())
            return None
        with transaction.atomic():
            before, revision = self.revision, self.revise(html, created_by=created_by, reason=Revision.Reason.REFETCHED)
            if revision.number == before:
                return None
            self.concerns = join_concerns([*self.concerns.split(), REVISED])
            Article.objects.filter(pk=self.pk).update(concerns=self.concerns)
        return revision

    def amend(self, html: str, *, created_by: User) -> None:
        """Save what was changed on this row, and canonical HTML that differs from the current text as a new revision."""
        with transaction.atomic():
            self.version += 1
            self.save()
            self.revise(html, created_by=created_by)

    def is_usable_in(self, scope: UUID) -> bool:
        """Return whether work may be done on it in this scope: it is private to no other."""
        return self.scope in (None, scope)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


SAVED_FIELDS = [
    field.name for field in Article._meta.concrete_fields if not field.primary_key and field.name not in STORY_FIELDS
]

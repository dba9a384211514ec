"""Imports that take long: files of which a worker imports what was previewed, or nothing."""

from functools import partial
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.models.assignment import Assignment
from annotations.models.erasing import erase_highlights
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.job import KEPT_FOR, Job, JobQuerySet, JobState
from annotations.models.tag import Tag
from newsreader.locks import retry_while_busy
from newsreader.models import Article

TAKE_BACK_BATCH_SIZE = 250  # highlights


class ImportJobQuerySet(JobQuerySet["ImportJob"]):
    """Imports."""

    def remove_expired(self) -> None:
        """Remove jobs that are a day old, with all that those have made which were never done."""
        for job in self.filter(made_at__lt=timezone.now() - KEPT_FOR):
            job.take_back()
        super().remove_expired()


class ImportJob(Job):
    """A file that was previewed and confirmed.

    Its highlights are pending, its new articles drafts, until all is there. Its new tags are in the codebook from the
    beginning. Where it fails, or was interrupted and begins again, all of this is taken back.
    """

    digest = models.CharField(max_length=64)  # SHA-256 of the file
    fingerprint = models.CharField(max_length=64)  # of the plan that was confirmed
    host = models.CharField(max_length=255)  # under which this library is known in the file
    made = models.PositiveIntegerField(default=0)  # highlights, once it is done
    new_tags = models.JSONField(default=list)  # the keys of tags that it has made, until it is done
    new_articles = models.JSONField(default=list)  # the keys of articles that it has made, until it is done

    objects = ImportJobQuerySet.as_manager()

    def remember_tags(self, tags: list[Tag]) -> None:
        """Keep which tags it has made, in the transaction that makes them."""
        self.new_tags = [str(tag.pk) for tag in tags]
        self.save(update_fields=["new_tags"])

    def remember_article(self, article: Article) -> None:
        """Keep that it has made this article, in the transaction that makes it."""
        self.refresh_from_db(fields=["new_articles"])  # an earlier try may have been rolled back
        self.new_articles.append(article.pk)
        self.save(update_fields=["new_articles"])

    def complete(self, made: int) -> None:
        """Show all that it has made, and keep that it is done."""
        self.refresh_from_db(fields=["new_articles"])
        Article.objects.filter(pk__in=self.new_articles, status="draft").set_status("published")
        if self.project.has_assignments:
            Assignment.objects.start_all(self.project_id, self.pending_highlights.all())
        self.pending_highlights.update(deleted_at=None, pending_import=None)
        self.finish(JobState.DONE, made=made, new_tags=[], new_articles=[])

    def fail(self, error: str = "") -> None:
        """Take back what it has made, and keep that it failed and why."""
        if not connection.in_atomic_block:
            connection.close()  # as in Job.fail
        self.take_back()
        super().fail(error)

    def take_back(self) -> None:
        """Remove all that it has made, unless it is done; a batch at a time, so that nobody waits for long."""
        pending = Highlight.objects.order_by().filter(pending_import=self.pk).values_list("pk", flat=True)
        while keys := list(pending[:TAKE_BACK_BATCH_SIZE]):
            retry_while_busy(partial(erase_highlights, self.project_id, keys))
        for job in type(self)._default_manager.filter(pk=self.pk):
            for key in job.new_articles:
                retry_while_busy(partial(erase_draft, key))
            if job.new_tags or job.new_articles:
                retry_while_busy(job.take_back_tags)

    def take_back_tags(self) -> None:
        """Remove those of its tags that nobody has changed or used since, and forget what it had made."""
        with transaction.atomic():
            self.project.lock()
            keys = Tag.objects.list_untouched([UUID(key) for key in self.new_tags])
            Event.objects.filter(project=self.project_id, verb="tag made", subject__in=keys).delete()
            Tag.objects.erase(keys)
            Tag.objects.renumber(self.project)
            self.project.record(gettext_noop("import taken back"), self.made_by, file=self.name)
            self.new_tags, self.new_articles = [], []
            self.save(update_fields=["new_tags", "new_articles"])


def erase_draft(key: int) -> None:
    """Remove an article that is still a draft, and on which nobody has highlighted."""
    with transaction.atomic():
        drafts = Article.objects.filter(pk=key, status="draft")
        drafts.exclude(pk__in=Highlight.objects.filter(article=key).values("article")).delete()

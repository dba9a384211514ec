"""Which articles belong to a project: those that members added, those that its rules match, and those with its highlights.

Rules are asked when a page is read, and nothing is stored for what they match: an article that is published, corrected or
withdrawn, or whose source gets another name, needs no follow-up, and the index answers for all articles of a source or a
search at once. What somebody removed stays out, whatever rules and highlights say.
"""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from annotations.errors import RuleLimitError, StaleError
from annotations.models import history
from annotations.models.highlight import Highlight
from annotations.models.project import Project
from newsreader.models import Article, Source
from newsreader.search import matching
from newsreader.search.ast import Query
from newsreader.search.parser import parse

RULE_FIELDS = frozenset({"source", "author", "lang", "before", "after"})  # which mean the same for every reader
MAX_RULES = 20  # of one project
BATCH_SIZE = 500  # rows


class ArticleState(models.TextChoices):
    """What members decided about an article; open where that was taken back."""

    OPEN = "", _("not decided")
    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")


STATE_VERBS: dict[str, str] = {
    ArticleState.OPEN: gettext_noop("article left to rules"),
    ArticleState.ADDED: gettext_noop("article added"),
    ArticleState.REMOVED: gettext_noop("article removed"),
}


class ProjectArticleQuerySet(models.QuerySet["ProjectArticle"]):
    """What members decided about articles, by hand or many at once."""

    def set_state(self, project: Project, article_id: int, state: str, *, by: User) -> None:
        """Save what somebody decided about an article; nothing where that is so already."""
        with transaction.atomic():
            project.lock()
            row, _created = self.get_or_create(project=project, article_id=article_id)
            if row.state == state:
                return
            before, row.state, row.version = row.state, state, row.version + 1
            row.changed_by, row.changed_at = by, timezone.now()
            row.save()
            history.record(project.pk, STATE_VERBS[state], by, row.pk, article_id, before=before)

    def add_all(self, project: Project, articles: QuerySet[Article], number: int, *, by: User) -> None:
        """Add these articles, none of which was decided about; StaleError where they are not of this number any more."""
        with transaction.atomic():
            project.lock()
            keys = list(articles.order_by().values_list("pk", flat=True))
            if len(keys) != number:
                raise StaleError
            fields = {"state": ArticleState.ADDED, "changed_by": by, "changed_at": timezone.now()}
            known = self.filter(project=project, article__in=articles.order_by().values("pk"))
            versions = {row.article_id: row.version + 1 for row in known}
            self.bulk_create(
                [self.model(project=project, article_id=key, version=versions.get(key, 1), **fields) for key in keys],
                batch_size=BATCH_SIZE,
                update_conflicts=True,
                unique_fields=["project", "article"],
                update_fields=["version", *fields],
            )
            added = {"articles": {str(key): versions.get(key, 1) for key in keys}}
            history.record(project.pk, gettext_noop("articles added"), by, uuid4(), undo_data=added, number=number)

    def take_back(self, project: Project, added: dict[str, int], *, by: User) -> int:
        """Leave articles that were added at once (their versions by their keys) to the rules again.

        Return how many were decided about since, and stay as they are.
        """
        taken = 0
        with transaction.atomic():
            project.lock()
            for start in range(0, len(added), BATCH_SIZE):
                rows = self.filter(project=project, article__in=list(added)[start : start + BATCH_SIZE])
                same = [row.pk for row in rows if row.version == added[str(row.article_id)]]
                taken += self.filter(pk__in=same).update(state=ArticleState.OPEN, version=models.F("version") + 1)
            if taken:
                history.record(project.pk, gettext_noop("articles taken out"), by, uuid4(), number=taken)
        return len(added) - taken


class ProjectArticle(models.Model):
    """What members decided about one article in one project."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="chosen_articles", db_index=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=ArticleState, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = ProjectArticleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "article"], name="project_article_once")]

    def __str__(self) -> str:
        return gettext("a project’s decision about an article")


class ArticleRuleQuerySet(models.QuerySet["ArticleRule"]):
    """The rules of each project."""

    def add_rule(
        self, project: Project, filters: dict[str, Any], *, by: User, key: UUID | None = None
    ) -> "ArticleRule":
        """Return a new rule, or the one that says the same; RuleLimitError where there are as many as there may be."""
        with transaction.atomic():
            project.lock()
            rules = list(self.filter(project=project))
            if same := [rule for rule in rules if rule.filters == filters]:
                return same[0]
            if len(rules) >= MAX_RULES:
                raise RuleLimitError
            rule = self.create(pk=key or uuid4(), project=project, filters=filters, made_by=by)
            rule.record(gettext_noop("article rule added"), by)
        return rule


class ArticleRule(models.Model):
    """Filters of the library: all articles that fit them belong to the project, later ones too."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="article_rules")
    filters = models.JSONField()  # lists of "source" and "language"; "q", "from" and "to": as an address of the library
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ArticleRuleQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return gettext("a rule for the articles of a project")

    def remove(self, *, by: User) -> None:
        """Delete the rule: what it alone matched belongs to the project no more."""
        with transaction.atomic():
            self.project.lock()
            self.record(gettext_noop("article rule removed"), by)
            self.delete()

    def record(self, verb: str, actor: User) -> None:
        """Append an event about this rule, with the names that its sources have now."""
        named = Source.objects.usable_in(self.project_id).filter(slug__in=self.filters.get("source", ()))
        sources = dict(named.values_list("slug", "name"))
        history.record(self.project_id, verb, actor, self.pk, filters=self.filters, sources=sources)

    def select(self) -> QuerySet[Article]:
        """Return the articles that the rule matches, in whatever state."""
        wanted = self.filters
        articles = Article.objects.order_by().of_sources(wanted.get("source", ()))
        articles = articles.in_languages(wanted.get("language", ()))
        articles = articles.dated_between(parse_date(wanted.get("from", "")), parse_date(wanted.get("to", "")))
        return matching(articles, parse_rule_query(wanted["q"])) if wanted.get("q") else articles


def parse_rule_query(words: str) -> Query:
    """Return what a query asks of articles that means the same for every reader."""
    return parse(words, RULE_FIELDS)


def belongs_to(project: Project) -> Q:
    """Return the condition that an article belongs to the project."""
    decided = ProjectArticle.objects.filter(project=project)
    highlights = Highlight.objects.standing_in(project).order_by()
    condition = Q(pk__in=decided.filter(state=ArticleState.ADDED).values("article"))
    condition |= Q(pk__in=highlights.values("article"))
    for rule in project.article_rules.all():
        condition |= Q(pk__in=rule.select().values("pk"))
    return condition & ~was_removed_from(project)


def was_removed_from(project: Project) -> Q:
    """Return the condition that somebody removed an article from the project."""
    removed = ProjectArticle.objects.filter(project=project, state=ArticleState.REMOVED)
    return Q(pk__in=removed.values("article"))

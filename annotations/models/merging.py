"""Merging copies of an article: the highlights of the others move to the one that stays, as far as they have a place there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext, gettext_noop

from annotations.anchoring.placement import CERTAIN_STATES
from annotations.anchoring.quotes import describe
from annotations.errors import MergeRefusedError
from annotations.models import history
from annotations.models.access import PEOPLE
from annotations.models.adjudication import Adjudication
from annotations.models.assignment import Assignment, AssignmentState
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.notification import Notification
from annotations.models.placement import Placement
from annotations.models.project_article import ArticleState, ProjectArticle
from annotations.models.reanchoring import place_origins, previous_origins, reanchor_all
from annotations.models.reply import Reply
from annotations.models.thread import Thread
from newsreader.models import Article, Revision

MERGED, MERGED_AWAY = gettext_noop("highlights merged"), gettext_noop("highlights merged away")
UNMERGED = gettext_noop("merge undone")
MILLISECOND = timedelta(milliseconds=1)
MOVED_FIELDS = ("article_id", "revision_id", "start", "end", "exact", "prefix", "suffix")
MOVED_NAMES = [name.removesuffix("_id") for name in MOVED_FIELDS]
PLACEMENT_FIELDS = [
    *("project_id", "highlight_id", "revision_id", "origin_id", "origin_start", "origin_end", "state", "material"),
    *("start", "end", "changes", "proposals", "decision", "decided_by_id", "decided_at", "open"),
]
NOTIFICATION_FIELDS = ["user_id", "is_mention", "at", "read_at", "mailed_at"]


class MergePlan(NamedTuple):
    """What a merge would do: the highlights (as unsaved placements) that move, and the others, which stay where they are."""

    kept: Article
    moving: list[Placement]
    lost: list[Placement]  # they have no certain place
    compared: QuerySet[Highlight]  # of projects that compare coders, or decide, on the article that goes


def plan_merge(kept: Article, others: Iterable[Article]) -> MergePlan:
    """Return what becomes of all highlights of the other articles where one stays."""
    highlights = Highlight.objects.filter(article__in=[other.pk for other in others], pending_import=None)
    in_teams = Q(pk__in=[])
    for rows in (Adjudication.objects, Assignment.objects):
        pairs = rows.filter(article__in=[other.pk for other in others]).values_list("project", "article")
        for project, article in pairs.distinct():
            in_teams |= Q(project=project, article=article)
    placements: list[Placement] = []
    for other in others:
        own = highlights.filter(article=other, adjudication=None).exclude(in_teams)
        origins = previous_origins(Revision(article=other, number=other.revision + 1), own)
        placements += place_origins(kept.current(), origins)
    moving = [one for one in placements if one.start is not None and one.state in CERTAIN_STATES and not one.decision]
    keys = {one.highlight_id for one in moving}
    lost = [one for one in placements if one.highlight_id not in keys]
    compared = highlights.filter(in_teams | Q(adjudication__isnull=False))
    return MergePlan(kept, moving, lost, compared)


def merge_articles(kept: Article, others: list[Article], *, by: User) -> int:
    """Move the highlights and assignments, and withdraw the others with a pointer to the one that stays.

    Return how many of the highlights that moved the user may see.
    """
    with transaction.atomic():
        kept, *others = lock_articles([kept, *others])
        check_mergeable([kept, *others])
        check_assignments(kept, others)
        plan = plan_merge(kept, others)
        for other in others:
            merge_article(plan, other, by)
        return count_seen([one.highlight_id for one in plan.moving], by)


def merge_article(plan: MergePlan, other: Article, by: User) -> None:
    """Merge one of the others, and keep what an undo needs: in the histories of the projects, and on its row."""
    moved, added = move_highlights(plan, other), add_to_projects(plan.kept, other, by)
    assigned = move_assignments(plan.kept, other)
    for project in sorted({*moved, *added, *assigned}):
        rows = moved.get(project, [])
        undo_data: dict[str, Any] = {"rows": rows, "revision": other.revision}
        undo_data |= {"added": added.get(project), "assigned": assigned.get(project, [])}
        number = len(rows)
        record_apart(project, MERGED, by, plan.kept.pk, undo_data, number=number, other=other.pk)
        record_apart(project, MERGED_AWAY, by, other.pk, number=number, other=plan.kept.pk)
    before = {"status_before_merge": other.status, "publish_at": other.publish_at, "publish_by": other.publish_by}
    Article.objects.filter(pk=other.pk).set_status("withdrawn")
    Article.objects.filter(pk=other.pk).update(merged_into=plan.kept, **before)


def record_apart(
    project: UUID, verb: str, by: User, article_id: int, undo_data: dict[str, Any] | None = None, **data: Any
) -> Event:
    """Append an event about several highlights, at a millisecond of its own: a dump of the data knows it by that."""
    last = Event.objects.filter(project=project, subject=project).aggregate(last=Max("at"))["last"]
    event = history.record(project, verb, by, project, article_id, undo_data, **data)
    if last and event.at < last + MILLISECOND:
        event.at = last + MILLISECOND
        event.save(update_fields=["at"])
    return event


def count_seen(keys: list[UUID], user: User) -> int:
    """Return how many of these highlights stand where the user may see them; a superuser sees all."""
    highlights = Highlight.objects.standing() if user.is_superuser else Highlight.objects.visible_to(user)
    return highlights.in_layer(PEOPLE).filter(pk__in=keys).count()


def check_assignments(kept: Article, others: list[Article]) -> None:
    """Raise MergeRefusedError where an assignment was begun, whose highlights stay, or a member is assigned to two of the articles."""
    begun = Assignment.objects.filter(article__in=others).exclude(state=AssignmentState.TO_DO)
    if one := begun.select_related("article").first():
        text = gettext(
            "Coders have begun to read “%(article)s” under an assignment. Keep that article, or leave it out of the merge."
        )
        raise MergeRefusedError(text % {"article": one.article})
    articles, found = {article.pk: article for article in [kept, *others]}, dict[tuple[UUID, int], Article]()
    rows = Assignment.objects.filter(article__in=articles).order_by("made_at", "pk")
    for project, user, article in rows.values_list("project", "user", "article"):
        first = found.setdefault((project, user), articles[article])
        if first.pk != article:
            text = gettext(
                "A member is assigned to both “%(one)s” and “%(two)s” in a project. Have one of the assignments removed there first."
            )
            raise MergeRefusedError(text % {"one": first, "two": articles[article]})


def move_assignments(kept: Article, other: Article) -> dict[UUID, list[str]]:
    """Let whoever was to read the other read the one that stays; return the keys of the assignments by their projects."""
    moved: dict[UUID, list[str]] = {}
    rows = Assignment.objects.filter(article=other)
    for project, key in rows.order_by("pk").values_list("project", "pk"):
        moved.setdefault(project, []).append(str(key))
    rows.update(article=kept)
    return moved


def lock_articles(articles: list[Article]) -> list[Article]:
    """Return these articles as they are now, which nobody else changes until this transaction ends."""
    locked = Article.objects.select_for_update().order_by("pk")
    by_key = {article.pk: article for article in locked.filter(pk__in=[article.pk for article in articles])}
    if len(by_key) < len(articles):
        raise MergeRefusedError(gettext("One of the articles was deleted meanwhile. Nothing was merged."))
    return [by_key[article.pk] for article in articles]


def check_mergeable(articles: Iterable[Article]) -> None:
    """Raise MergeRefusedError where one of the articles is private, or merged into another already."""
    for article in articles:
        if article.status == Article.Status.PRIVATE:
            text = gettext("“%(article)s” is private to a project. Publish it before you merge it.")
        elif article.merged_into_id:
            text = gettext("“%(article)s” is merged already.")
        else:
            continue
        raise MergeRefusedError(text % {"article": article})


def add_to_projects(kept: Article, other: Article, by: User) -> dict[UUID, int]:
    """Add the article that stays to the projects to which members added the other, unless they decided about it.

    Return the versions of these decisions by their projects.
    """
    added = ProjectArticle.objects.filter(article=other, state=ArticleState.ADDED)
    decided = ProjectArticle.objects.filter(article=kept).exclude(state=ArticleState.OPEN)
    projects = [row.project for row in added.exclude(project__in=decided.values("project")).select_related("project")]
    for project in projects:
        ProjectArticle.objects.set_state(project, kept.pk, ArticleState.ADDED, by=by)
    rows = ProjectArticle.objects.filter(article=kept, project__in=projects)
    return dict(rows.values_list("project", "version"))


def move_highlights(plan: MergePlan, other: Article) -> dict[UUID, list[dict[str, Any]]]:
    """Move the highlights of one of the others; return where they were, by their projects."""
    places = {one.highlight_id: one for one in plan.moving}
    highlights = list(Highlight.objects.filter(article=other, pk__in=places))
    rows = {highlight.pk: record_place(highlight) for highlight in highlights}
    placed = Placement.objects.filter(highlight__in=rows)
    for placement in placed.prefetch_related("notifications"):
        rows[placement.highlight_id]["placements"].append(record_placement(placement))
    placed.delete()
    revision, by_project = plan.kept.current(), dict[UUID, list[dict[str, Any]]]()
    for highlight in highlights:
        place = places[highlight.pk]
        put_highlight(highlight, plan.kept.pk, revision, place.start or 0, place.end or 0)
        by_project.setdefault(highlight.project_id, []).append(rows[highlight.pk])
    save_moved(highlights, plan.kept.pk)
    return by_project


def record_place(highlight: Highlight) -> dict[str, Any]:
    """Return where a highlight is, as JSON, to be put back there."""
    fields = {name: getattr(highlight, name) for name in MOVED_FIELDS}
    return {"highlight": str(highlight.pk), "fields": fields, "placements": []}


def record_placement(placement: Any) -> dict[str, Any]:
    """Return a placement as JSON, with whom it concerned."""
    told = [record_fields(one, NOTIFICATION_FIELDS) for one in placement.notifications.all()]
    return record_fields(placement, PLACEMENT_FIELDS) | {"notifications": told}


def record_fields(row: Any, names: list[str]) -> dict[str, Any]:
    """Return fields of a row as JSON: keys as text, moments in ISO 8601."""
    values = {name: getattr(row, name) for name in names}
    values = {name: str(value) if isinstance(value, UUID) else value for name, value in values.items()}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def put_highlight(highlight: Highlight, article_id: int, revision: Revision, start: int, end: int) -> None:
    """Give a highlight other words: those at this place of a text."""
    highlight.article_id, highlight.revision_id = article_id, revision.pk
    for name, value in describe(revision.text, start, end)._asdict().items():
        setattr(highlight, name, value)


def save_moved(highlights: list[Highlight], article_id: int) -> None:
    """Save where highlights are now, and have what hangs on them follow."""
    keys = [highlight.pk for highlight in highlights]
    for highlight in highlights:
        highlight.version += 1
    Highlight.objects.bulk_update(highlights, [*MOVED_NAMES, "version"], batch_size=200)
    threads = Thread.objects.filter(highlight__in=keys)
    Notification.objects.filter(reply__thread__highlight__in=keys).update(article=article_id)
    Reply.objects.filter(thread__highlight__in=keys).update(article=article_id)
    threads.update(article=article_id)


def undo_merge(other: Article, *, by: User) -> int:
    """Take back the merge of an article: it has the status that it had, and what came from it is there again.

    Return how many of the highlights that came back the user may see; those that were deleted for good since do not.
    """
    with transaction.atomic():
        if other.merged_into is None:
            return 0
        other, kept = lock_articles([other, other.merged_into])
        if other.merged_into_id != kept.pk:
            return 0
        check_outermost(kept)
        events = Event.objects.filter(verb=MERGED, article=kept, data__other=other.pk, undone_by=None)
        keys = [key for event in list(events) for key in bring_back(event, other, by)]
        Article.objects.filter(pk=other.pk).update(merged_into=None, status_before_merge="")
        Article.objects.filter(pk=other.pk).set_status(other.status_before_merge or "draft")
        Article.objects.filter(pk=other.pk).update(publish_at=other.publish_at, publish_by=other.publish_by)
        return count_seen(keys, by)


def check_outermost(kept: Article) -> None:
    """Raise MergeRefusedError where the article that stayed was merged itself since, with the highlights that it got."""
    if kept.merged_into:
        text = gettext("Undo the merge of “%(kept)s” into “%(last)s” first: the highlights are there.")
        raise MergeRefusedError(text % {"kept": kept, "last": kept.merged_into})


def bring_back(event: Event, other: Article, by: User) -> list[UUID]:
    """Put what an event moved in one project back to where it was, and return the keys of the highlights."""
    undo_data = event.undo_data or {}
    rows = {UUID(row["highlight"]): row for row in undo_data.get("rows", [])}
    highlights = list(Highlight.objects.filter(pk__in=rows, article=event.article_id))
    Placement.objects.filter(highlight__in=highlights).delete()
    for highlight in highlights:
        for name, value in rows[highlight.pk]["fields"].items():
            setattr(highlight, name, value)
    save_moved(highlights, other.pk)
    restore_placements(highlights, other, rows, is_same_text=undo_data.get("revision") == other.revision)
    bring_assignments_back(event, other)
    take_out_of_project(event, by)
    data: dict[str, Any] = {"number": len(highlights), "other": other.pk}
    undone = record_apart(event.project_id, UNMERGED, by, event.article_id or other.pk, **data)
    Event.objects.filter(pk=undone.pk).update(undoes=event)
    record_apart(event.project_id, UNMERGED, by, other.pk, **data)
    return [highlight.pk for highlight in highlights]


def bring_assignments_back(event: Event, other: Article) -> None:
    """Let those read the article again who were to read it before the merge, unless they were assigned to it anew since."""
    moved = Assignment.objects.filter(pk__in=(event.undo_data or {}).get("assigned", []), article=event.article_id)
    anew = Assignment.objects.filter(project=event.project_id, article=other)
    moved.exclude(user__in=list(anew.values_list("user", flat=True))).update(article=other)


def take_out_of_project(event: Event, by: User) -> None:
    """Leave the article to the rules again where the merge added it, nobody decided since and nothing of it is there."""
    version = (event.undo_data or {}).get("added")
    if not version or event.article_id is None:
        return
    own = {"project": event.project_id, "article": event.article_id}
    if not ProjectArticle.objects.filter(**own, state=ArticleState.ADDED, version=version).exists():
        return
    if not any(rows.filter(**own).exists() for rows in (Highlight.objects.standing(), Assignment.objects)):
        ProjectArticle.objects.set_state(event.project, event.article_id, ArticleState.OPEN, by=by)


def restore_placements(
    highlights: list[Highlight], other: Article, rows: dict[UUID, dict[str, Any]], *, is_same_text: bool
) -> None:
    """Give highlights the placements that they had; where their text was corrected since, new ones."""
    if is_same_text:
        stored = [fields for highlight in highlights for fields in rows[highlight.pk]["placements"]]
        create_placements(stored, other)
        return
    for highlight in Highlight.objects.filter(pk__in=[one.pk for one in highlights]).select_related("revision"):
        if highlight.revision.number < other.revision:
            reanchor_all([highlight], other, highlight.revision.number)


def create_placements(stored: list[dict[str, Any]], other: Article) -> None:
    """Save placements again that were recorded, with whom they concern; an account that was deleted since is left out."""
    users = set(User.objects.values_list("pk", flat=True)) if stored else set()
    placements = []
    for fields in stored:
        placement = Placement(**read_fields({name: fields[name] for name in PLACEMENT_FIELDS}))
        placement.decided_by_id = placement.decided_by_id if placement.decided_by_id in users else None
        placements.append(placement)
    Placement.objects.bulk_create(placements)
    Notification.objects.bulk_create(
        Notification(placement=placement, project_id=placement.project_id, article=other, **read_fields(told))
        for placement, fields in zip(placements, stored, strict=True)
        for told in fields["notifications"]
        if told["user_id"] in users
    )


def read_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields out of JSON."""
    moments = {name for name in fields if name == "at" or name.endswith("_at")}
    return {
        name: datetime.fromisoformat(value) if name in moments and value else value for name, value in fields.items()
    }

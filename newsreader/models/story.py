"""Stories: published articles that print the same text in whole or in part.

Two articles are of one story where a chain of copies leads from one to the other. Only what is published is part of a story, so
that what is private to a project, a draft or withdrawn changes nothing that others see.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from newsreader.models.scopes import PUBLISHED
from newsreader.models.shingle import MAX_ARTICLES, FoundArticle, Group, IndexedText, Shingle, index_text
from newsreader.text.copies.headlines import are_alike
from newsreader.text.copies.shingles import MIN_CONTAINMENT, SAMPLING, Overlap, compare, make_shingles

MAX_VERIFIED = (
    4  # stories, or articles alone, of the own source and of others, whose texts are compared with one that comes in
)
LEAST_SAMPLED = MIN_CONTAINMENT / 3  # of the smaller sample; what has less is not worth reading
MAX_REGROUPED = 100  # articles of a story that one leaves; one with more is left as it is
IS_PUBLISHED, IS_INDEXED = models.Q(status=PUBLISHED), models.Q(story_revision=models.F("revision"))
IS_MISPLACED = IS_PUBLISHED & (models.Q(story_revision=None) | ~IS_INDEXED) | ~IS_PUBLISHED & ~models.Q(
    story_revision=None
)


class ComparedText(NamedTuple):
    """The text of an article (key), with its source (key) and headline."""

    article: int
    source: int
    title: str
    text: str


class FoundCopy(NamedTuple):
    """A group of which an article, of the own source or another, is a copy of a text, and what both share."""

    group: Group
    is_own: bool
    overlap: Overlap


class StoryQuerySet(models.QuerySet["Story"]):
    """Stories: how they grow, and how they part."""

    def renew(self, keys: Iterable[int]) -> None:
        """Give these stories (keys) a new version, so that what is kept of them is read again."""
        self.filter(pk__in=set(keys)).update(version=models.F("version") + 1)

    def join(self, article: int, groups: list[Group]) -> int:
        """Make an article one story with these stories, and articles that are alone, and return its key."""
        stories = sorted(group.key for group in groups if group.is_story) or [self.create().pk]
        story = stories[0]
        alone = [group.key for group in groups if not group.is_story]
        articles = get_articles()
        articles.filter(pk__in=[article, *alone]).update(story=story)
        if stories[1:]:
            articles.filter(story__in=stories[1:]).update(story=story)
            self.filter(pk__in=stories[1:])._raw_delete("default")
        self.renew([story])
        follow_stories(list(articles.filter(story=story).values_list("pk", flat=True)))
        return story


def follow_stories(articles: list[int]) -> None:
    """Do what follows where these articles (keys) are parts of other stories than before."""
    for follower in settings.STORY_FOLLOWERS if articles else ():
        import_string(follower)(articles)


class Story(models.Model):
    """What several articles print; `version` changes with what is told of them."""

    version = models.PositiveIntegerField(default=1)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return f"story {self.pk}"


def get_articles() -> models.QuerySet[Any]:
    """Return all articles."""
    model: Any = Story._meta.get_field("articles").related_model
    return model.objects.order_by()


def follow_articles(keys: list[int]) -> None:
    """Put these articles (keys) into stories, or take them out, as they are published or not; all their stories have changed.

    It is called in the transaction that changed them.
    """
    articles = get_articles().filter(pk__in=keys)
    settle(list(articles.filter(IS_MISPLACED)))
    Story.objects.renew(articles.exclude(story=None).values_list("story", flat=True))


def follow_revision(revision: Any, *, by: Any = None) -> None:
    """Find the story of an article anew that has another text."""
    follow_articles([revision.article_id])


def follow_address(article: Any, before: str) -> None:
    """Find the story of an article anew whose original address was another one `before`."""
    Shingle.objects.remove(article.pk, index_text("", before, "").keys)
    settle([get_articles().get(pk=article.pk)])


def settle(articles: list[Any]) -> None:
    """Take these articles out of the index and of their stories, and find the stories of those that are published.

    What is left of the stories they were in is put together anew, since they may have been what held it together.
    """
    others = take_out(articles)
    place_all([*others, *(article for article in articles if article.status == PUBLISHED)])


def forget(articles: list[Any]) -> None:
    """Take articles out of the index and of their stories that are deleted next, and put together anew what is left of these."""
    stories = {article.story_id for article in articles if article.story_id}
    place_all(take_out(articles))
    Story.objects.renew(stories)


def take_out(articles: list[Any]) -> list[Any]:
    """Take these articles out of the index and of their stories, and return the others of these, which are alone now."""
    left = {article.story_id for article in articles if article.story_id}
    for article in articles:
        remove_from_index(article)
    return break_up(left, {article.pk for article in articles})


def place_all(articles: list[Any]) -> None:
    """Find the stories of these published articles, the earliest first."""
    for article in sorted(articles, key=lambda one: (one.dated_at, one.pk)):
        place(article)


def remove_from_index(article: Any) -> None:
    """Take an article out of the index, and out of its story."""
    if article.story_revision is None:
        return
    Shingle.objects.remove(article.pk, list_numbers(index_article(article)))
    article.story = article.story_revision = None
    get_articles().filter(pk=article.pk).update(story=None, story_revision=None)


def break_up(stories: set[int], leaving: set[int]) -> list[Any]:
    """Leave the articles of these stories alone, and return them but for those `leaving`; the largest stories stay."""
    members = defaultdict(list)
    for article in get_articles().filter(story__in=stories).exclude(pk__in=leaving):
        members[article.story_id].append(article)
    parted = [story for story in stories if len(members[story]) <= MAX_REGROUPED]
    others = [article for story in parted for article in members[story]]
    get_articles().filter(pk__in=[article.pk for article in others]).update(story=None)
    Story.objects.filter(pk__in=parted)._raw_delete("default")
    follow_stories([article.pk for article in others])
    return others


def index_article(article: Any) -> IndexedText:
    """Return what the index knows of an article: of the text that is in it, or else of the current one."""
    number = article.story_revision or article.revision
    text, digest = article.revisions.filter(number=number).values_list("text", "digest").get()
    return index_text(text, article.url, digest)


def place(article: Any) -> None:
    """Find the story of a published article, which is in none, and write it into the index."""
    indexed = index_article(article)
    found = find_alike(article.pk, indexed)
    if groups := find_groups(article, indexed, found):
        article.story_id = Story.objects.join(article.pk, groups)
    if not article.story_revision:
        Shingle.objects.add(article.pk, list_numbers(indexed), full=list_full(found))
        article.story_revision = article.revision
        get_articles().filter(pk=article.pk).update(story_revision=article.revision)


def find_alike(article: int, indexed: IndexedText) -> list[FoundArticle]:
    """Return the other articles that have one of a text's numbers."""
    return Shingle.objects.find(list_numbers(indexed), but=article)


def list_numbers(indexed: IndexedText) -> set[int]:
    """Return the numbers under which a text is in the index."""
    return indexed.sample | indexed.keys


def list_full(found: list[FoundArticle]) -> set[int]:
    """Return the numbers that so many articles have that the index takes no more."""
    counts = Counter(row.number for row in found)
    return {number for number, count in counts.items() if count > MAX_ARTICLES}


def find_groups(article: Any, indexed: IndexedText, found: list[FoundArticle]) -> list[Group]:
    """Return the stories, and the articles alone, that an article with this text is one story with."""
    common = find_common(found)
    telling = [row for row in found if row.number not in common]
    same = {row.group: row.group for row in telling if row.number in indexed.keys}
    others = [row for row in telling if row.number in indexed.sample and row.group not in same]
    own = [row for row in others if row.source == article.source_id]
    foreign = [row for row in others if row.source != article.source_id]
    likely = [choose_likely(rows, len(indexed.sample)) for rows in (foreign, own)]
    copies = verify(article, indexed, likely[0] | likely[1], common)
    return [*same, *leave_reports_apart(article.source_id, same, copies, list_sources(telling))]


def list_sources(rows: list[FoundArticle]) -> dict[Group, set[int]]:
    """Return the sources (keys) of these articles, by their group."""
    sources = defaultdict(set)
    for row in rows:
        sources[row.group].add(row.source)
    return sources


def leave_reports_apart(
    own: int, same: Iterable[Group], copies: list[FoundCopy], sources: dict[Group, set[int]]
) -> list[Group]:
    """Return the groups of these copies, the most alike first, but those that bring a source in twice.

    Two reports of a source that are no copies of each other stay apart where another source prints one of them.
    """
    groups, taken = [], {own}.union(*(sources[group] for group in same))
    for copy in copies:
        if not (sources[copy.group] - ({own} if copy.is_own else set())) & taken:
            groups.append(copy.group)
            taken |= sources[copy.group]
    return groups


def choose_likely(rows: list[FoundArticle], sampled: int) -> dict[int, Group]:
    """Return the articles to compare a text with, of which so many numbers are `sampled`, and the group of each.

    Of every group it is the one with most shared numbers, and of several with as many the longest: what prints a part of a text
    is not like all that quotes from that part. Those with far fewer than a copy has are left out.
    """
    shared = Counter((row.words, row.article, row.group) for row in rows)
    best: dict[Group, int] = {}
    for words, article, group in sorted(shared, key=lambda one: (shared[one], one[0]), reverse=True):
        if shared[words, article, group] >= LEAST_SAMPLED * min(sampled, words / SAMPLING):
            best.setdefault(group, article)
    return {article: group for group, article in list(best.items())[:MAX_VERIFIED]}


def verify(article: Any, indexed: IndexedText, likely: dict[int, Group], common: set[int]) -> list[FoundCopy]:
    """Return those `likely` articles that are copies of an article with this text, the most alike first.

    Groups that are not one story yet become so only by a text that is a copy of the first, and has a part of each other that
    is large enough by itself: a short one that several quote does not make these one story.
    """
    copies = []
    for other in read_texts(list(likely)):
        overlap = compare(indexed.shingles, make_shingles(other.text), common)
        if is_copy(overlap, article, other):
            copies.append(FoundCopy(likely[other.article], other.source == article.source_id, overlap))
    copies.sort(key=lambda copy: (copy.overlap.shared, copy.is_own), reverse=True)
    return [copy for at, copy in enumerate(copies) if at == 0 or copy.overlap.of_second >= MIN_CONTAINMENT]


def is_copy(overlap: Overlap, article: Any, other: ComparedText) -> bool:
    """Return whether an article prints the text of another one; one source may repeat sentences in all its reports."""
    if other.source != article.source_id:
        return overlap.is_copy
    return overlap.is_copy_within_source(same_headline=are_alike(article.title, other.title))


def find_common(found: list[FoundArticle]) -> set[int]:
    """Return the numbers that more than MAX_ARTICLES articles have.

    The articles of one story count once, as many sources print what a wire sends; those of one source each count, as it may
    print the same lines beneath all that it publishes.
    """
    printed = Counter((row.number, row.group, row.source) for row in found)
    most: dict[tuple[int, Group], int] = {}
    for (number, group, _), count in printed.items():
        most[number, group] = max(count, most.get((number, group), 0))
    counts: Counter[int] = Counter()
    for (number, _), count in most.items():
        counts[number] += count
    return {number for number, count in counts.items() if count > MAX_ARTICLES}


def read_texts(articles: list[int]) -> list[ComparedText]:
    """Return the current texts of articles (keys), in the order of these."""
    if not articles:
        return []
    current = get_articles().filter(pk__in=articles, revisions__number=models.F("revision"))
    rows = [ComparedText(*row) for row in current.values_list("pk", "source", "title", "revisions__text")]
    return sorted(rows, key=lambda row: articles.index(row.article))


def find_copies(article: Any) -> list[int]:
    """Return the published articles (keys) that an article is one story with, itself left out.

    Of one that is not published nothing is stored: it is looked up whenever somebody who may read it asks.
    """
    articles = get_articles().filter(status=PUBLISHED).exclude(pk=article.pk)
    if article.status == PUBLISHED:
        return list(articles.filter(story=article.story_id).values_list("pk", flat=True)) if article.story_id else []
    indexed = index_article(article)
    groups = find_groups(article, indexed, find_alike(article.pk, indexed))
    stories, alone = ({group.key for group in groups if group.is_story is kind} for kind in (True, False))
    return list(articles.filter(models.Q(story__in=stories) | models.Q(pk__in=alone)).values_list("pk", flat=True))

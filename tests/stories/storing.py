"""Stores the articles of tests of stories, and highlights sentences in them."""

from datetime import UTC, datetime, timedelta

from annotations.models import Highlight, Project, Tag
from newsreader.models import Article
from stories.wire import make_page
from texts import extracted

DAY = datetime(2026, 11, 18, 6, tzinfo=UTC)


def store(sentences: list[str], outlet: str, minutes: int = 0, **fields) -> Article:
    """Store an article of an outlet, which is its title."""
    published = DAY + timedelta(minutes=minutes)
    page = {"title": outlet, "site": fields.pop("site", outlet), "url": fields.pop("url", "")}
    page = extracted(make_page(sentences), published=published, **page)
    return Article.objects.store(page, **fields).article


def mark(article: Article, project: Project, author, sentence: str, tags: list[Tag]) -> Highlight:
    """Highlight a sentence, with the comma that one copy has behind its first word."""
    revision, (first, _, rest) = article.current(), sentence.partition(" ")
    end = revision.text.index(rest) + len(rest)
    start = revision.text.rindex(first, 0, end - len(rest))
    place = {"start": start, "end": end}
    return Highlight.objects.make(project=project, revision=revision, author=author, tags=tags, **place).highlight

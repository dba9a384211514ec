"""Every address of the site, found in its URL patterns, with rows of a test in place of what they leave open."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from annotations.models import (
    ArticleRule,
    Assignment,
    Desk,
    Event,
    ExportJob,
    ImportJob,
    Invitation,
    Project,
    Reply,
    Thread,
)
from annotations.models.job import JobState
from newsreader.models import Article, ArticleImage, ArticleImport, Feed, SavedSearch

PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P(<\w+>)[^()]*\)")


def list_routes(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[str]:
    """Yield every route of the site, with `<name>` or `<converter:name>` for each part that it leaves open."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + GROUP.sub(r"\1", str(pattern.pattern).removeprefix("^").removesuffix("$"))
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from list_routes(pattern, route)


def fill_in(route: str, parts: Mapping[str, object]) -> str:
    """Return the address of a route: each open part is that of the longest key of `parts` that what stands before it ends with."""
    while match := PLACEHOLDER.search(route):
        before = PLACEHOLDER.sub("", route[: match.start()])
        key = max((key for key in parts if f"{before}{match[1]}".endswith(key)), key=len)
        route = f"{route[: match.start()]}{parts[key]}{route[match.end() :]}"
    return route


def is_admin(route: str) -> bool:
    """Return whether a route belongs to the admin."""
    return route.startswith("/admin/")


def make_assignment(project: Project, article: Article, user: User) -> Assignment:
    """Return the assignment of an article to a member, not blind."""
    Assignment.objects.assign(project, [article.pk], [user.pk], by=user, blind=False)
    return Assignment.objects.get(project=project, user=user)


def make_image_of(article: Article) -> ArticleImage:
    """Return an image of an article, whose file is none."""
    image = ArticleImage.objects.create(article=article, key="0" * 32)
    image.keep(b"a file", 800, 500)
    return image


@pytest.fixture
def route_parts(article, highlight, project, tag, alice, bob) -> dict[str, object]:
    """What stands in place of each open part of a route: rows that Alice may see."""
    job = {"project": project, "made_by": alice, "name": "x.csv", "total": 1}
    export = ExportJob.objects.create(**job, format="csv", site="http://testserver/", state=JobState.DONE)
    export.write(["x"])
    desk = Desk.objects.create_desk(project, "Cranes", "columns=article", by=alice)
    feed = Feed.objects.create(url="https://quay.example/rss", title="World", source=article.source)
    ends = timezone.now() + timedelta(days=7)
    invitation = Invitation.objects.create_invitation(project, by=alice, expires_at=ends, max_uses=200)
    return {
        "articles/slug": article.slug,
        "copies/other": article.slug,
        "revisions/number": 1,
        "revisions/old": 1,
        "..new": 1,
        "searches/pk": SavedSearch.objects.save_search(alice, "x", "/?q=a").pk,
        "highlights/pk": highlight.pk,
        "feeds/pk": feed.pk,
        "imports/pk": ArticleImport.objects.create(made_by=bob).pk,
        "images/digest": make_image_of(article).digest,
        "projects/slug": project.slug,
        "updates/article": article.slug,
        "articles/article": article.slug,
        "rules/pk": ArticleRule.objects.add_rule(project, {"q": "x"}, by=bob).pk,
        "members/pk": project.memberships.get(user=alice).pk,
        "invitations/pk": invitation.pk,
        "join/token": invitation.token,
        "tags/pk": tag.pk,
        "import/pk": ImportJob.objects.create(**job, host="testserver").pk,
        "export/pk": export.pk,
        "exchange/form": "jsonld",
        "tags/export/form": "qdc",
        "desk/pk": desk.pk,
        "desk/left": desk.pk,
        "beside/right": desk.pk,
        "pins/highlight": highlight.pk,
        "notes/article": article.slug,
        "adjudicate/article": article.slug,
        "assignments/pk": make_assignment(project, article, alice).pk,
        "replies/pk": Reply.objects.make(Thread.objects.of_highlight(highlight), author=alice, text="Yes").pk,
        "/uidb36": 1,
        "-key": "set-password",
        "admin/app_label": "newsreader",
        "admin/url": "nowhere",
        "r/content_type_id": ContentType.objects.get_for_model(article).pk,
        "/object_id": article.pk,
        "user/id": alice.pk,
        "user/object_id": alice.pk,
        "feed/object_id": feed.pk,
        "group/object_id": Group.objects.create(name="x").pk,
        "highlight/object_id": highlight.pk,
        "event/object_id": Event.objects.filter(project=project).first().pk,
        "project/object_id": project.pk,
        "tag/object_id": tag.pk,
    }

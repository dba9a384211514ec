"""`make screenshots`: every page of the product as people see it, into screenshots/; and docs/reading.png for the README."""

import html
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

from chromium import launched
from serving import HOUSE, adopt, free_port, running, scratch_data

FOLDER = HOUSE / "screenshots"
WIDTHS = {360: 780, 768: 1024, 1440: 900}
THEMES = ["light", "sepia", "dark"]
TALLEST = 2600  # of a long page its beginning is enough
LOAD_IMAGES = """Promise.all([...document.images].map(image => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""
WHOLE = {"reading-elements"}  # save of these


def main(wanted: list[str]) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with scratch_data() as environment:
        adopt(environment)
        port = free_port()
        with running(["manage.py", "quickstart"], environment | {"PORT": str(port)}, port):
            pages = {name: path for name, path in addresses().items() if not wanted or name in wanted}
            for theme in THEMES:
                session = admin_reading_in(theme)
                with launched() as browser:
                    take_all(browser, f"http://127.0.0.1:{port}", session, pages, theme)
    (FOLDER / "index.html").write_text(contact_sheet(list(pages)))
    print(f"{len(pages)} pages: {FOLDER / 'index.html'}")


def addresses() -> dict[str, str]:
    """Every kind of page, by a name for its pictures; those that begin with `visitor` are for nobody in particular."""
    from annotations.models import Highlight, Project
    from newsreader.models import Article

    project, article = Project.objects.get(public=True), busiest(Article.objects)
    mark = Highlight.objects.filter(project=project, article=article).first()
    base, tag = project.get_absolute_url(), project.tags.filter(highlights__isnull=False).first()
    others = {f"reading-{a.language}-{a.pk}": a.get_absolute_url() for a in unusual(Article.objects)}
    return {
        "visitor-library": "/",
        "visitor-reading": article.get_absolute_url(),
        "visitor-sign-in": "/accounts/login/",
        "visitor-sign-up": "/accounts/signup/",
        "visitor-not-found": "/nowhere/",
        "library": "/",
        "library-found": "/?q=border",
        "library-mistaken": "/?q=sorce:quay+guarantee*+OR",
        "library-empty": "/?q=zzzz",
        "library-of-project": f"/?project={project.slug}&show=in-project",
        "reading": article.get_absolute_url(),
        "reading-mark": f"{article.get_absolute_url()}#h-{mark.pk}",
        "reading-elements": Article.objects.get(title="Every element an article can hold").get_absolute_url(),
        "reading-images": make_illustrated(article.source).get_absolute_url(),
        **others,
        **of_revisions(Article.objects.order_by("-revisions__gained").first()),
        **of_stories(Article.objects.all()),
        "sentences": f"{article.get_absolute_url()}sentences/",
        "add": "/articles/add/",
        **of_feeds(article),
        **of_imports(article),
        "import": f"{base}import/",
        "passages": f"{base}passages/",
        "passages-of-a-tag": f"{base}passages/?tag={tag.slug}",
        "passages-grouped": f"{base}passages/?group=source&tags=red+line+or+condition&context=paragraph",
        **{f"charts-{name}": f"{base}charts/?chart={name}" for name in ("timeline", "sources", "together", "readers")},
        "agreement": f"{base}agreement/",
        "agreement-sentences": f"{base}agreement/?unit=sentences&kind=tag&coder=ana&coder=ben",
        "agreement-one-coder": f"{base}agreement/?coder=ana",
        **of_adjudication(project),
        "charts-none": f"{base}charts/?q=zzzz",
        "cite": f"{mark.get_absolute_url()}cite/",
        "for-you": "/for-you/",
        "replies": f"{mark.get_absolute_url()}replies/",
        "article-note": f"{base}notes/{article.slug}/",
        **of_changes(project),
        **of_desks(project),
        "export": f"{base}export/?tag={tag.slug}",
        **of_exports(project),
        "export-nothing": f"{base}export/?q=zzzz",
        "codebook": f"{base}tags/",
        "codebook-past": f"{base}tags/?on={date.today()}",
        "tag": tag.get_absolute_url(),
        "tag-example": f"{mark.get_absolute_url()}examples/",
        "tag-add": f"{base}tags/add/",
        "tag-delete": f"{tag.get_absolute_url()}delete/",
        "tag-propose": f"{base}tags/propose/",
        "tag-split": f"{tag.get_absolute_url()}split/",
        "tag-split-into": f"{tag.get_absolute_url()}split/?to={project.tags.exclude(pk=tag.pk).filter(heading_only=False)[0].pk}",
        "passages-retag": f"{base}passages/retag/?tag={tag.slug}",
        "projects": "/projects/",
        "project": base,
        **of_articles(project, article),
        **of_members(project),
        **of_assignments(project),
        "deleted": f"{base}deleted/",
        "preferences": "/preferences/",
        "help": "/help/",
        "about": "/about/",
        "password": "/accounts/password/change/",
        "sign-out": "/accounts/logout/",
        "admin": "/admin/",
        "admin-articles": "/admin/newsreader/article/",
        "admin-article": f"/admin/newsreader/article/{article.pk}/change/",
        "admin-needs-a-look": "/admin/newsreader/article/?queue=look",
        "admin-failed": "/admin/newsreader/article/failed/",
        "admin-import": "/admin/newsreader/article/import/",
        "admin-rules": f"/admin/newsreader/source/{article.source_id}/rules/",
        "admin-highlights": "/admin/annotations/highlight/",
    }


def make_illustrated(source):
    """An article with a wide image, a small one without a caption, and a caption whose image is missing."""
    from newsreader.importing.sandbox.image_runner import read_image_safely
    from newsreader.models import Article
    from pictures import make_image
    from texts import extracted

    words = (
        "<p>"
        + "The harbour master spoke of a quiet crossing, and of a queue that reached the old market. " * 4
        + "</p>"
    )
    caption = "<figcaption>{} <span class='credit'>Photo: Una Berg / Transwire</span></figcaption>"
    figures = [
        f"<figure><img src='https://quay.example/{name}.jpg' alt=''>{caption.format(said) if said else ''}</figure>"
        for name, said in [
            ("wide", "The ferry leaves the inner harbour at dusk."),
            ("small", ""),
            ("gone", "The pier."),
        ]
    ]
    page = words + figures[0] + words + figures[1] + words + figures[2] + words
    article = Article.objects.store(extracted(page, title="The harbour in pictures", site=source.name)).article
    wide, small, gone = article.images.order_by("pk")
    wide.keep(*read_image_safely(make_image(size=(1600, 900))))
    small.keep(*read_image_safely(make_image(size=(320, 240))))
    gone.refuse("The URL answered 404 Not Found.")
    return article


def of_feeds(article) -> dict[str, str]:
    """Feeds of two sources, in every state, and the pages of one that works and of one that fails."""
    from django.utils import timezone

    from newsreader.models import Feed, Source

    now = timezone.now()
    days_ago, soon = now - timedelta(days=3), now + timedelta(minutes=52)
    sources = [article.source, *Source.objects.exclude(pk=article.source_id)[:1]]
    states = {
        "World": {"fetched_at": now},
        "Corrections": {"text": "feed", "article_status": "draft"},
        "Opinion": {"fetched_at": now, "moved_at": now},
        "Defence": {"state": "stopped", "why": "The server says that the feed is gone for good (410)."},
        "All articles": {"failures": 4, "failing_since": days_ago, "why": "The answer is a web page, not a feed."},
        "Markets": {"is_waiting": True, "why": "The server answered 429 and asked for a pause of 6 hours."},
        "Weather": {"state": "paused"},
    }
    feeds = [
        Feed.objects.create(
            url=f"https://quay.example/{title[:3]}/rss.xml", title=title, source=source, due_at=soon, **state
        )
        for number, source in enumerate(sources)
        for title, state in list(states.items())[number * 4 : number * 4 + 4]
    ]
    working = feeds[0]
    for hours, (outcome, created, why) in enumerate(
        [("unchanged", 0, ""), ("read", 2, ""), ("failed", 0, "No answer.")]
    ):
        fields = {"outcome": outcome, "created": created, "why": why, "seconds": 0.3}
        working.fetches.create(at=now - timedelta(hours=hours), status=200, **fields)
    working.entries.create(key="a", digest="a", article=article, state="stored", stored_at=now)
    why = "No article was found on this page."
    working.entries.create(key="b", digest="b", url="https://quay.example/b", title="Dry wells", why=why, due_at=soon)
    return {
        "feeds": "/feeds/",
        "feed": working.get_absolute_url(),
        "feed-failing": next(feed for feed in feeds if feed.failures).get_absolute_url(),
        "feed-add": "/feeds/add/",
        "feed-remove": f"{working.get_absolute_url()}remove/",
    }


def of_imports(article) -> dict[str, str]:
    """An import with every kind of result, and one that waits."""
    from newsreader.models import ArticleImport, ImportItem

    why = {"refused": "No article was found on this page.", "failed": "The URL answered 503 Service Unavailable."}
    done = ArticleImport.objects.create(state="done", left_out=12)
    waiting = ArticleImport.objects.create()
    for number, state in enumerate(["added", "present", "refused", "failed", "added", "cancelled"]):
        fields = {
            "why": why.get(state, ""),
            "article": article if state in ("added", "present") else None,
            "articles": number,
        }
        ImportItem.objects.create(
            job=done, number=number, name=f"2026/november/page-{number}.html", state=state, digest="0" * 64, **fields
        )
        ImportItem.objects.create(job=waiting, number=number, name=f"https://quay.example/world/{number}")
    pages = {"imports": "/imports/", "import-add": "/imports/add/"}
    return pages | {"import-done": done.get_absolute_url(), "import-waiting": waiting.get_absolute_url()}


def of_articles(project, article) -> dict[str, str]:
    """The articles of the project: added by hand and by a rule, and one that was removed; and what a filter would add."""
    from annotations.models import ArticleRule, ProjectArticle
    from newsreader.models import Article

    owner, base = project.memberships.filter(role="owner").first().user, project.get_absolute_url()
    others = Article.objects.published().exclude(highlights__project=project).order_by("pk")
    ArticleRule.objects.add_rule(project, {"language": ["en"], "from": "2025-01-01"}, by=owner)
    for other, state in zip(others, ("added", "removed"), strict=False):
        ProjectArticle.objects.set_state(project, other.pk, state, by=owner)
    return {
        "articles": f"{base}articles/",
        "articles-removed": f"{base}articles/?show=removed",
        "articles-add": f"{base}add/?q=border",
        "article-choice": f"{base}articles/{article.slug}/",
    }


def of_adjudication(project) -> dict[str, str]:
    """An adjudication that is half done, one that is done, the choice of its coders, and its consensus."""
    half, done = (
        project.adjudications.get(article__slug__startswith=slug).article for slug in ("the-price-of", "planners-told")
    )
    base = f"{project.get_absolute_url()}adjudicate/"
    return {
        "adjudication": f"{base}{half.slug}/",
        "adjudication-decided": f"{base}{done.slug}/?at=5",
        "adjudication-coders": f"{base}{half.slug}/?change=1",
        "reading-consensus": f"{done.get_absolute_url()}?layer=consensus",
        "passages-consensus": f"{project.get_absolute_url()}passages/?layer=consensus",
    }


def of_assignments(project) -> dict[str, str]:
    """An article without highlights that all coders are to read: one is done, one reads blind, and for one it is late."""
    from annotations.models import Assignment
    from newsreader.models import Article

    base, members = project.get_absolute_url(), project.memberships.exclude(role="viewer").order_by("-pk")
    users = [member.user for member in members[:3]]
    article = Article.objects.published().exclude(highlights__project=project).order_by("pk").first()
    Assignment.objects.assign(project, [article.pk], [user.pk for user in users], by=users[0])
    own = list(Assignment.objects.filter(project=project, user__in=users).order_by("-pk"))
    own[0].finish(by=own[0].user)
    Assignment.objects.filter(pk=own[-1].pk).update(due=date.today() - timedelta(days=1))
    return {
        "assignments": f"{base}assignments/",
        "assignment": f"{base}assignments/{own[-1].pk}/",
        "reading-assigned": f"{article.get_absolute_url()}?project={project.slug}",
    }


def of_members(project) -> dict[str, str]:
    """Who belongs to the project: with somebody removed, a link that can be used and one that cannot, as their visitors see both."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from annotations.models import Invitation

    owner, base = project.memberships.filter(role="owner").first().user, project.get_absolute_url()
    guest = get_user_model().objects.exclude(memberships__project=project).first() or owner
    fields = {"by": owner, "expires_at": timezone.now() + timedelta(days=7)}
    one = Invitation.objects.create_invitation(project, label="red line", max_uses=5, **fields)
    if guest != owner:
        project.add_member(guest, "coder", by=owner)
        project.memberships.get(user=guest).remove(by=owner)
    two = Invitation.objects.create_invitation(project, **fields)
    two.revoke(by=owner)
    return {
        "members": f"{base}members/",
        "history": f"{base}history/",
        "history-none": f"{base}history/?until=1999-01-01",
        "member-remove": f"{base}members/{project.memberships.first().pk}/remove/",
        "visitor-join": one.get_absolute_url(),
        "visitor-join-revoked": two.get_absolute_url(),
        "project-delete": f"{base}delete/",
    }


def of_changes(project) -> dict[str, str]:
    """The pages about passages that changed, and those on which one of them is given another place."""
    placement = project.placements.waiting().first()
    article, changed = placement.highlight.article.get_absolute_url(), f"{project.get_absolute_url()}changed/"
    seeking = f"?project={project.slug}&reattach={placement.highlight_id}"
    return {
        "changed": changed,
        "changed-none": f"{changed}?state=ambiguous",
        "reading-seeking": article + seeking,
        "sentences-seeking": f"{article}sentences/{seeking}",
        "admin-highlight": f"/admin/annotations/highlight/{placement.highlight_id}/change/",
    }


def of_exports(project) -> dict[str, str]:
    """A file that is being written for the admin, one that is ready, and one that failed."""
    from django.contrib.auth import get_user_model

    from annotations.models import ExportJob
    from annotations.models.job import get_lock_path

    admin, made = get_user_model().objects.filter(is_superuser=True).first(), {}
    for state in ("running", "done", "failed"):
        fields = {"format": "csv", "name": f"passages-{project.slug}.csv", "total": 12_000, "state": state}
        export = ExportJob(project=project, made_by=admin, **fields)
        export.save()
        if state == "running":
            progress = get_lock_path(export.pk)
            progress.parent.mkdir(exist_ok=True)
            progress.write_text("4000")  # as its worker would
        made[f"export-{state}"] = f"{project.get_absolute_url()}export/{export.pk}/"
    return made


def of_desks(project) -> dict[str, str]:
    """The desk as it is, as it is kept with passages pinned to it, and two of them; both are made if there are none."""
    from annotations.models import Desk

    owner, base = project.memberships.filter(role="owner").first().user, project.get_absolute_url()
    if not project.desks.exists():
        lines = Desk.objects.create_desk(project, "Red lines, and what they cost", "row=red+line&row=cost", by=owner)
        for highlight in project.highlights.filter(tags__name="red line")[:3]:
            lines.pin(highlight, by=owner)
        Desk.objects.create_desk(project, "Week by week", "columns=week&row=red+line+overlapping+condition", by=owner)
    kept, other = project.desks.all()[:2]
    return {
        "desk": f"{base}desk/",
        "desk-empty": f"{base}desk/?row=herring",
        "desk-kept": kept.get_absolute_url(),
        "desk-delete": f"{kept.get_absolute_url()}delete/",
        "desks-beside": f"{kept.get_absolute_url()}beside/{other.pk}/",
    }


def of_revisions(article) -> dict[str, str]:
    """The pages about the texts of an article that was corrected."""
    revisions = f"{article.get_absolute_url()}revisions/"
    between = f"{revisions}{article.revision - 1}..{article.revision}/"
    return {
        "reading-older": f"{revisions}{article.revision - 1}/",
        "reading-corrected": article.get_absolute_url(),
        "revisions": revisions,
        "difference": between,
        "difference-all": f"{between}?show=all",
    }


def of_stories(articles) -> dict[str, str]:
    """The copies of an article, and two of them side by side."""
    from django.core.management import call_command

    call_command("find_stories", verbosity=0)
    first, second = articles.exclude(story=None).order_by("story", "dated_at")[:2]
    copies = f"{first.get_absolute_url()}copies/"
    return {"copies": copies, "copy": f"{copies}{second.slug}/", "reading-copied": first.get_absolute_url()}


def busiest(articles):
    """The article with most highlights."""
    from django.db.models import Count

    return articles.annotate(marks=Count("highlights")).order_by("-marks").first()


def unusual(articles) -> list:
    """The longest article, and one of each language but English."""
    by_language = {article.language: article for article in articles.exclude(language__startswith="en")}
    return [articles.order_by("-words").first(), *by_language.values()]


def admin_reading_in(theme: str) -> str:
    """A session of the first admin, whose preferences ask for that theme."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from newsreader.models import Preferences

    admin = get_user_model().objects.get(username="admin")
    Preferences.objects.update_or_create(user=admin, defaults={"theme": theme})
    client = Client()
    client.force_login(admin)
    return client.session.session_key


def take_all(browser, site: str, session: str, pages: dict[str, str], theme: str) -> None:
    for width, height in WIDTHS.items():
        size = {"width": width, "height": height}
        dark = {"color_scheme": "dark" if theme == "dark" else "light"}
        visitor, reader = (browser.new_context(viewport=size, base_url=site, **dark) for _ in range(2))
        visitor.add_cookies([{"name": "reading", "value": f"theme={theme}", "url": site}])
        reader.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        for name, path in pages.items():
            window, picture = visitor if name.startswith("visitor") else reader, FOLDER / f"{name}-{width}-{theme}.png"
            take(window, path, picture, size, tallest=10 * TALLEST if name in WHOLE else TALLEST)
            if (name, width, theme) == ("reading", 1440, "light"):
                take(reader, path, HOUSE / "docs" / "reading.png", size, full=False)
        visitor.close()
        reader.close()


def take(context, path: str, file: Path, size: dict, full: bool = True, tallest: int = TALLEST) -> None:
    page = context.new_page()
    answer = page.goto(path, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.evaluate(LOAD_IMAGES)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if answer.status >= 500 or wide > size["width"]:
        print(f"{file.stem}: status {answer.status}, {wide} pixels wide", file=sys.stderr)
    height = min(page.evaluate("document.documentElement.scrollHeight"), tallest) if full else size["height"]
    page.screenshot(path=file, full_page=full, clip={"x": 0, "y": 0, "width": size["width"], "height": height})
    page.close()


def contact_sheet(names: list[str]) -> str:
    """A page that shows all pictures, a row for each page of the product."""
    row = "<h2>{}</h2><div>{}</div>"
    picture = '<a href="{0}"><img src="{0}" alt="{0}" loading="lazy"></a>'
    rows = [
        row.format(html.escape(name), "".join(picture.format(f"{name}-{w}-{t}.png") for w in WIDTHS for t in THEMES))
        for name in names
    ]
    style = "body{font:14px sans-serif;background:#888}div{display:flex;gap:8px;overflow-x:auto}img{height:420px}"
    return f'<!doctype html><meta charset="utf-8"><title>Newsreader</title><style>{style}</style>{"".join(rows)}'


if __name__ == "__main__":
    main(sys.argv[1:])

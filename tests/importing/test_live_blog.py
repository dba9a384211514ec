"""Live blogs: the posts of a page become one article, to which fetching it again adds."""

import re

from annotations.models import Highlight
from newsreader.importing.importer import extract_from_web
from newsreader.models import Article
from newsreader.text.html.posts import sort_posts
from newsreader.text.html.sanitizer import clean

HEADINGS = re.compile(r"<h3><time[^>]*>([^<]*)</time> ([^<]*)</h3>")


def test_posts_are_sections_with_their_times_as_headings_the_oldest_first(db, page_site):
    found = extract_from_web(f"{page_site.url}/live")
    assert HEADINGS.findall(found.html) == [
        ("2026-11-28, 10:05", "Ferries stop"),
        ("2026-11-28, 11:30", "Pier closed"),
    ]
    assert found.html.startswith(
        '<section id="p1" class="post">\n<h3><time datetime="2026-11-28T10:05:00+01:00">2026-11-28, 10:05</time> Ferries stop</h3>\n'
        "<p>No boat leaves the harbour.</p>\n<p>The last came in at nine.</p>\n</section>"
    )
    assert "<p>The <strong>north</strong> pier is closed.</p>" in found.html
    assert "alert" not in found.html


def test_fetching_again_appends_posts_and_keeps_those_that_the_page_dropped(page_site, curator_client, project, alice):
    article = Article.objects.store(extract_from_web(f"{page_site.url}/live")).article
    first = article.current()
    start = first.text.index("north")
    mark = Highlight.objects.make(project=project, revision=first, author=alice, start=start, end=start + 5).highlight
    page_site.posts = [*page_site.posts[1:], ("2026-11-29T07:00:00+01:00", "Ferries sail", "All boats sail again.")]
    answer = curator_client.post(f"{article.get_absolute_url()}revisions/refetch/")
    assert answer.status_code == 302
    article.refresh_from_db()
    text = article.current()
    assert (text.number, text.reason) == (2, "refetched")
    assert [words for _time, words in HEADINGS.findall(text.html)] == ["Ferries stop", "Pier closed", "Ferries sail"]
    assert mark.placements.get(revision=text).state == "same"
    curator_client.post(f"{article.get_absolute_url()}revisions/refetch/")
    article.refresh_from_db()
    assert article.revision == 2


def test_posts_that_a_page_shows_itself_are_put_in_order():
    post = "<section class=post><h3><time datetime=2026-11-28T{0}>{0}</time></h3><p>At {0}.</p></section>"
    html = clean(f"<p>Before.</p>{post.format('11:30')}{post.format('10:05')}<p>After.</p>")
    assert re.sub("<[^>]*>", "", sort_posts(html)).split() == "Before. 10:05 At 10:05. 11:30 At 11:30. After.".split()

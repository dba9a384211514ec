"""The images of articles: fetched once, drawn from here, and seen by those alone who may read the article."""

import os
import re
from collections import Counter

from django_tasks_db.models import DBTaskResult

from annotations.management.commands.db_worker import clean_up_jobs
from annotations.models.private_article import add_private_article
from newsreader.images.fetching import fetch_article_images
from newsreader.importing.importer import extract_from_web
from newsreader.models import Article, ArticleImage
from newsreader.models.article_image import get_folder, get_image_path, write_file
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.presentation import present
from pagesite import GOOD, IMAGES
from texts import extracted
from working import run_queued_tasks

FILE = re.compile(r'src="(/images/[0-9a-f]{64}\.webp)" width="(\d+)" height="(\d+)" loading="lazy"')


def make_content(page_site, name="boat.jpg"):
    return extracted(
        f"<p>Words.</p><figure><img src='{page_site.url}/i/{name}'><figcaption>The boat</figcaption></figure>"
    )


def list_files():
    return sorted(path.name for path in get_folder().rglob("*.webp"))


def read(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def test_the_images_of_a_page_are_fetched_by_a_worker_and_what_is_none_leaves_its_caption(db, visitor, page_site):
    article = Article.objects.store(extract_from_web(f"{page_site.url}/images"), source="The Quay").article
    assert page_site.paths() == ["/images"]
    run_queued_tasks()
    page = read(visitor, article)
    sizes = [(width, height) for _file, width, height in FILE.findall(page)]
    assert sizes == [("1600", "800"), ("800", "500"), ("640", "480")]
    assert page_site.url not in page.partition('id="text"')[2]
    assert all(words in page for words, *_rest in IMAGES.values())
    assert page.count('class="unshown"') == len(IMAGES) - len(GOOD) == 4
    whys = article.images.filter(digest="").values_list("why", flat=True)
    assert Counter(whys) == {
        "This file is not an image that can be shown.": 3,
        "This image has more than 30 million pixels.": 1,
    }
    asked = page_site.paths()
    run_queued_tasks()
    assert page_site.paths() == asked


def test_an_image_is_no_text(db, page_site, visitor, settings):
    article = Article.objects.store(make_content(page_site)).article
    fetch_article_images(article)
    revision, images = article.current(), ArticleImage.objects.load_shown(article.current())
    drawn = present(revision.html, images)
    assert "/images/" in drawn
    assert text_of(drawn) == revision.text == "Words.\n\nThe boat\n"
    settings.NEWSREADER_IMAGES = False
    assert "/images/" not in read(visitor, article)
    assert visitor.get(images.popitem()[1].address).status_code == 404


def test_an_image_is_an_inert_file(db, page_site, visitor):
    article = Article.objects.store(make_content(page_site)).article
    fetch_article_images(article)
    response = visitor.get(article.images.get().describe().address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"


def test_the_image_of_a_private_article_is_for_its_members_alone(
    page_site, project, alice, bob_client, charlie_client, curator_client, visitor
):
    article = add_private_article(project, make_content(page_site), source="", by=alice).article
    fetch_article_images(article)
    file = FILE.findall(read(bob_client, article))[0][0]
    statuses = [client.get(file).status_code for client in (bob_client, charlie_client, curator_client, visitor)]
    assert statuses == [200, 404, 404, 404]
    article.status = Article.Status.PUBLISHED
    article.save()
    assert visitor.get(file).status_code == 200
    Article.objects.filter(pk=article.pk).set_status("withdrawn")
    assert [client.get(file).status_code for client in (visitor, curator_client)] == [404, 200]


def test_a_file_goes_with_the_last_article_that_has_it(db, page_site, django_capture_on_commit_callbacks):
    content = make_content(page_site)
    one, other = (Article.objects.store(content, source=source).article for source in ("The Quay", "The Pier"))
    fetch_article_images(one)
    fetch_article_images(other)
    files = list_files()
    assert len(files) == 1
    with django_capture_on_commit_callbacks(execute=True):
        one.delete()
    assert list_files() == files
    with django_capture_on_commit_callbacks(execute=True):
        Article.objects.filter(pk=other.pk).delete()
    assert list_files() == []


def test_the_file_of_an_article_that_is_deleted_meanwhile_goes_too(db, page_site, django_capture_on_commit_callbacks):
    article = Article.objects.store(make_content(page_site)).article
    image = article.images.get()
    article.delete()
    image.keep(b"a file", 800, 500)
    assert list_files() == []


def test_images_can_be_turned_off(db, page_site, settings):
    settings.NEWSREADER_IMAGES = False
    Article.objects.store(make_content(page_site))
    run_queued_tasks()
    assert not ArticleImage.objects.exists()
    assert page_site.paths() == []


def test_images_that_waited_when_a_worker_was_killed_are_fetched_when_the_next_one_starts(db, page_site):
    Article.objects.store(make_content(page_site))
    DBTaskResult.objects.all().delete()
    write_file("f" * 64, b"left by a worker that was killed")
    os.utime(get_image_path("f" * 64), (0, 0))
    clean_up_jobs()
    run_queued_tasks()
    assert list_files() == [f"{ArticleImage.objects.kept().get().digest}.webp"]


def test_an_article_has_no_more_images_than_are_kept(db):
    html = "".join(f"<p>Words of the {number}th.</p><img src='https://q.example/{number}.jpg'>" for number in range(60))
    article = Article.objects.store(extracted(html)).article
    assert article.images.count() == 40


def test_an_image_that_was_missing_is_tried_again_when_the_article_is_fetched_again(db, page_site, monkeypatch):
    article = Article.objects.store(make_content(page_site)).article
    monkeypatch.setitem(IMAGES, "boat.jpg", IMAGES["half.jpg"])
    run_queued_tasks()
    assert article.images.get().why == "This file is not an image that can be shown."
    monkeypatch.undo()
    assert article.apply_refetch(article.current().html) is None
    run_queued_tasks()
    assert article.images.get().width == 1600


def test_a_preview_names_the_images_that_would_be_fetched(page_site, curator_client):
    answer = curator_client.post("/articles/add/", {"url": f"{page_site.url}/images", "preview": "1"})
    assert '<p class="unshown">Image: The boat</p>' in answer.content.decode()
    assert not any(path.startswith("/i/") for path in page_site.paths())

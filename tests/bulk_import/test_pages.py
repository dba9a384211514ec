"""The pages of imports, as curators use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bulk import make_files, make_page, make_zip, queue_files
from newsreader.models import Article, ArticleImport
from working import run_queued_tasks

ADD = "/imports/add/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def send(client, *files: tuple[str, bytes], **fields):
    return client.post(ADD, {"uploads": [SimpleUploadedFile(*file) for file in files]} | fields)


def read(client, address: str, **headers) -> str:
    return client.get(address, headers=headers).content.decode()


def test_files_and_archives_are_imported_with_a_result_each(curator_client):
    answer = send(curator_client, ("one.html", make_page(1)), ("more.zip", make_zip(make_files(3))), source="The Quay")
    assert "0 of 2 done" in read(curator_client, answer.url) and "Waiting to start." in read(curator_client, answer.url)
    run_queued_tasks()
    page = read(curator_client, answer.url)
    assert "3 added, 1 already here, 0 not added" in page
    assert "0000.html" in page and 'href="/articles/ferry-0/"' in page and "more.zip" not in page
    assert {article.source.name for article in Article.objects.all()} == {"The Quay"}


def test_the_progress_comes_for_htmx_alone_and_ends_with_the_whole_page(curator_client, curator):
    job = queue_files(make_files(2), by=curator)
    answer = curator_client.get(job.get_absolute_url(), headers={"hx-request": "true"})
    assert "every 2s" in answer.content.decode() and "<main" not in answer.content.decode()
    run_queued_tasks()
    answer = curator_client.get(job.get_absolute_url(), headers={"hx-request": "true"})
    assert answer["HX-Refresh"] == "true" and "every 2s" not in answer.content.decode()


def test_drafts_are_drafts(curator_client):
    send(curator_client, ("one.html", make_page(1)), draft="on")
    run_queued_tasks()
    assert Article.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose files, or enter URLs."),
        ({"addresses": "\n".join(map(str, range(501)))}, "more than 500 URLs"),
        ({"addresses": "x" * 2_001}, "at most 2,000 characters"),
    ],
)
def test_what_is_no_import_is_refused_in_a_sentence(curator_client, sent, sentence):
    answer = curator_client.post(ADD, sent)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not ArticleImport.objects.exists()


def test_more_files_than_may_be_open_at_once_are_refused(curator_client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    assert "Up to 2 files, or ZIP archives" in read(curator_client, ADD)
    answer = send(curator_client, *[(f"{number}.html", make_page(number)) for number in range(3)])
    assert answer.status_code == 400 and not ArticleImport.objects.exists()


def test_files_that_are_too_large_together_are_refused(curator_client, settings):
    settings.NEWSREADER_KEPT_MB = 0
    assert "larger than 0 MB together" in send(curator_client, ("one.html", make_page(1))).content.decode()


def test_a_fourth_import_of_one_person_has_to_wait(curator_client, curator):
    for _ in range(3):
        queue_files(make_files(1), by=curator)
    assert "already have 3 imports" in send(curator_client, ("one.html", make_page(1))).content.decode()


def test_an_address_that_failed_for_a_passing_reason_is_tried_again_from_its_row(curator_client, site, settings):
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    addresses = f"{site.url}/busy-once\n{site.url}/missing\nnonsense"
    job = curator_client.post(ADD, {"addresses": addresses}).url
    run_queued_tasks()
    page = read(curator_client, job)
    assert "The URL answered 503 Service Unavailable." in page and "0 added, 0 already here, 3 not added" in page
    assert [item.state for item in ArticleImport.objects.get().items.all()] == ["failed", "refused", "refused"]
    answer = curator_client.post(f"{job}retry/", {"item": 1}, follow=True)
    assert "Trying 1 item again." in answer.content.decode()
    run_queued_tasks()
    assert "1 added, 0 already here, 2 not added" in read(curator_client, job)
    assert "nonsense" not in read(curator_client, f"{job}?show=added")


def test_all_that_were_not_added_are_tried_again_at_once(curator_client, curator):
    job = queue_files({"a.html": make_page(1), "b.html": b"<p>Hello</p>", "c.html": b""}, by=curator)
    run_queued_tasks()
    assert "Try 2 again" in read(curator_client, job.get_absolute_url())
    curator_client.post(f"{job.get_absolute_url()}retry/")
    assert job.items.filter(state="waiting").count() == 2
    run_queued_tasks()
    assert "1 added, 0 already here, 2 not added" in read(curator_client, job.get_absolute_url())


def test_a_cancelled_import_keeps_what_was_added_and_can_be_taken_up_again(curator_client, curator):
    job = queue_files(make_files(3), by=curator)
    answer = curator_client.post(f"{job.get_absolute_url()}cancel/", follow=True)
    assert "Cancelled. What was added stays in the library." in answer.content.decode()
    run_queued_tasks()
    assert not Article.objects.exists()
    curator_client.post(f"{job.get_absolute_url()}retry/")
    run_queued_tasks()
    assert Article.objects.count() == 3


def test_the_list_says_how_each_import_went(curator_client, curator):
    queue_files(make_files(16), by=curator)
    run_queued_tasks()
    page = read(curator_client, "/imports/")
    assert "16 of 16" in page and "curator" in page


def test_who_is_no_curator_any_more_imports_nothing_more(curator_client, curator):
    queue_files(make_files(2), by=curator)
    curator.is_staff = False
    curator.save()
    run_queued_tasks()
    assert ArticleImport.objects.get().state == "cancelled" and not Article.objects.exists()

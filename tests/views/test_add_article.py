import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from books import LONG, chapters
from cases import each
from newsreader.models import Article
from papers import make_docx
from saved import SAVED

ADD = "/articles/add/"
TEXT = "The ferry sails again.\n\nForty people were on board when she left the pier on Sunday night."
PAGE = b"<html lang='en'><title>Night ferry</title><h1>Night ferry</h1><p>" + TEXT.encode() + b"</p></html>"


def upload(content: bytes = PAGE, name: str = "page.html"):
    return {"file": SimpleUploadedFile(name, content)}


def test_the_page_offers_three_ways(curator_client):
    page = curator_client.get(ADD).content.decode()
    assert [name for name in ("url", "file", "text", "title", "source", "draft") if f'name="{name}"' not in page] == []


def test_a_pasted_text_leads_to_its_article(curator_client):
    answer = curator_client.post(ADD, {"text": TEXT, "title": "Night ferry", "source": "The Quay"}, follow=True)
    article = Article.objects.get()
    assert answer.redirect_chain == [("/articles/night-ferry/", 302)]
    assert (article.title, article.source.name, article.current().html.count("<p")) == ("Night ferry", "The Quay", 2)
    assert [str(message) for message in answer.context["messages"]] == ["Added “Night ferry”, 17 words."]


def test_a_saved_page_leads_to_its_article(curator_client):
    assert curator_client.post(ADD, upload()).url == "/articles/night-ferry/"


def test_a_web_address_leads_to_its_article(curator_client, site, settings):
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    answer = curator_client.post(ADD, {"url": site.url + "/moved"})
    assert answer.url == "/articles/night-ferry-to-skarholm-gets-a-second-life/"


def test_who_added_an_article_is_kept_with_its_text(curator_client, curator):
    curator_client.post(ADD, {"text": TEXT})
    assert Article.objects.get().current().created_by == curator


def test_what_is_here_already_is_shown_and_said(curator_client):
    curator_client.post(ADD, upload())
    answer = curator_client.post(ADD, upload(), follow=True)
    assert "“Night ferry” is already here." in [str(message) for message in answer.context["messages"]]
    assert Article.objects.count() == 1


@each("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_not_every_time_zone_has_counts_as_none(curator_client, day):
    curator_client.post(ADD, upload(f"---\ndate: {day}\n---\n\n{TEXT}".encode(), "night.md"))
    assert Article.objects.get().published_at is None


def test_a_draft_is_a_draft(curator_client):
    curator_client.post(ADD, {"text": TEXT, "draft": "on"})
    assert Article.objects.get().status == Article.Status.DRAFT


def test_the_given_title_and_source_win(curator_client):
    curator_client.post(ADD, {**upload(), "title": "The boat", "source": "The Pier"})
    assert (Article.objects.get().title, Article.objects.get().source.name) == ("The boat", "The Pier")


@each(
    ("given", "field", "sentence"),
    [
        ({"url": "http://127.0.0.1/"}, "url", "not on the public Internet"),
        ({"url": "http://quay.example:22/"}, "url", "ports 80 and 443"),
        ({"url": "file:///etc/passwd"}, "url", "valid URL"),
        ({"url": "nonsense"}, "url", "valid URL"),
        ({"text": "  "}, "__all__", "Choose exactly one"),
        ({"text": "\u200b"}, "text", "No article"),
        ({}, "__all__", "Choose exactly one"),
        ({"url": "https://quay.example/", "text": TEXT}, "__all__", "Choose exactly one"),
        (upload(b"<p>Hello</p>"), "file", "No article was found"),
        (upload(b" " * 10_000_001), "file", "larger than 10 MB"),
        (upload(b"<p>" + b"word " * 400_000), "file", "larger than 2 MB"),
        (upload(b"%PDF-1.7 ..."), "file", "This PDF is damaged."),
        (upload(b"<div>" * 300 + PAGE), "file", "nested more than 200 levels"),
        (upload(b""), "file", "empty"),
        ({"text": TEXT, "title": "x" * 301}, "title", "at most 300"),
    ],
)
def test_what_cannot_be_taken_in_is_explained_at_its_field(curator_client, given, field, sentence):
    answer = curator_client.post(ADD, given)
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors.as_data().__str__() + answer.content.decode()
    assert field in answer.context["form"].errors
    assert not Article.objects.exists()


def test_what_was_typed_is_still_there_after_an_error(curator_client):
    page = curator_client.post(ADD, {"url": "http://127.0.0.1/x", "source": "The Quay"}).content.decode()
    assert 'value="http://127.0.0.1/x"' in page
    assert 'value="The Quay"' in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_sign_in(visitor, method):
    assert getattr(visitor, method)(ADD).url == "/accounts/login/?next=/articles/add/"


def test_only_the_staff_adds_to_the_library(alice_client):
    page = alice_client.get(ADD).content.decode()
    assert "The library" not in page and 'name="draft"' not in page
    answer = alice_client.post(ADD, {"text": TEXT, "project": ""})
    assert (answer.status_code, answer.context["form"].errors) == (422, {"project": ["Choose a project."]})
    assert not Article.objects.exists()


@each("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(curator_client, method):
    assert getattr(curator_client, method)(ADD).status_code == 405


def test_a_get_adds_nothing(curator_client):
    curator_client.get(ADD, {"text": TEXT})
    assert not Article.objects.exists()


def preview(client, **given):
    return client.post(ADD, {"preview": "yes", **(given or {"text": TEXT})})


def fields_of(answer) -> dict:
    """The form of a preview, as a browser sends it."""
    form = next(form for form in html.fromstring(answer.content).forms if form.get("class") == "intake preview")
    fields: dict = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


FERRY = next(path for path in SAVED if path.stem == "ferry").read_bytes()


def test_a_preview_stores_nothing_and_shows_what_is_left_out(curator_client):
    answer = preview(curator_client, **upload(FERRY))
    page = answer.content.decode()
    assert "night ferry between" in page and "Boots at half price" in page
    assert "11 blocks kept, 9 left out. Nothing is stored yet." in page
    assert "Blocks of the page" in page
    assert not Article.objects.exists()
    curator_client.post(ADD, fields_of(answer))
    text = Article.objects.get().current().text
    assert "night ferry between" in text and "Boots at half price" not in text


def test_blocks_and_details_are_corrected_before_an_article_is_stored(curator_client):
    fields = fields_of(preview(curator_client, **upload(FERRY)))
    everything = {"keep": [str(number) for number in range(50)], "byline": "Tove", "language": "de"}
    curator_client.post(
        ADD, fields | everything | {"published": "2026-11-18T09:30", "title": "Boat", "source": "The Pier"}
    )
    article = Article.objects.get()
    assert "Boots at half price" in article.current().text
    assert (article.title, article.byline, article.language, article.source.name) == ("Boat", "Tove", "de", "The Pier")
    assert article.published_at.isoformat() == "2026-11-18T09:30:00+00:00"


@each(
    ("changed", "sentence"),
    [
        ({"keep": []}, "No article was found"),
        ({"language": "German"}, "Write a code"),
        ({"title": ""}, "This field is required"),
        ({"published": "9999-12-31T00:00"}, "between 1000 and 9998"),
        ({"published": "0001-01-01T00:00"}, "between 1000 and 9998"),
    ],
)
def test_what_is_wrong_with_a_preview_is_said_on_it(curator_client, changed, sentence):
    answer = curator_client.post(ADD, fields_of(preview(curator_client)) | changed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page and "Paragraphs" in page and "Blocks of the page" not in page
    assert not Article.objects.exists()


@each("content", ["", "nonsense", "a:b:c"])
def test_only_what_was_previewed_here_is_stored(curator_client, content):
    answer = curator_client.post(ADD, fields_of(preview(curator_client)) | {"content": content}, follow=True)
    assert "This preview is no longer valid. Add the article again." in answer.content.decode()
    assert not Article.objects.exists()


def test_a_book_is_not_previewed_nor_stored_unseen(curator_client):
    book = chapters(ferry=LONG, cranes=LONG + "Two cranes fell.")
    answer = preview(curator_client, **upload(book, "harbour.epub"))
    assert "A preview shows a single article" in answer.content.decode()
    assert not Article.objects.exists()


def test_a_member_previews_an_article_of_their_project(alice_client, project):
    fields = fields_of(preview(alice_client, text=TEXT, project=project.slug))
    assert fields["project"] == [project.slug] and "draft" not in fields
    alice_client.post(ADD, fields)
    assert Article.objects.get().scope == project.pk


def test_the_page_says_which_documents_it_reads_and_which_it_does_not(curator_client, monkeypatch):
    page = curator_client.get(ADD).content.decode()
    assert "Also PDF files or Word documents (DOCX) of up to 10 MB" in page and ".pdf,.docx" in page
    monkeypatch.setitem(sys.modules, "mammoth", None)
    page = curator_client.get(ADD).content.decode()
    assert (
        "Also PDF files of up to 10 MB. This site does not read Word documents (DOCX)." in page and ".docx" not in page
    )


def test_a_reader_adds_a_document_to_a_project(alice_client, project):
    answer = alice_client.post(ADD, upload(make_docx("# Night ferry", TEXT), "ferry.docx") | {"project": project.slug})
    assert answer.status_code == 302
    assert Article.objects.get().title == "Night ferry"

"""The outlets in the admin."""

from django.urls import reverse

from curating import address, list_of, save
from newsreader.models import Article, Source
from texts import extracted

ADD = reverse("admin:newsreader_source_add")


def test_the_list_counts_articles(curator_client, article):
    Article.objects.store(extracted("<p>Another.</p>"))
    assert '<td class="field-articles">2</td>' in curator_client.get(list_of(Source)).content.decode()


def test_a_source_is_found_by_name_or_host(curator_client, article):
    Source.objects.create_source("The Pier", "pier.example")
    for words in ("pier.example", "Pier"):
        found = curator_client.get(list_of(Source), {"q": words}).context["cl"].result_list
        assert [source.name for source in found] == ["The Pier"]


def test_a_new_source_gets_an_address_made_of_its_name(curator_client, article):
    curator_client.post(ADD, {"name": "The Quay!", "host": "", "about": ""})
    assert Source.objects.get(name="The Quay!").slug == "the-quay-2"


def test_a_renamed_source_keeps_its_address(curator_client, article):
    save(curator_client, article.source, name="The New Quay")
    assert Source.objects.get().name == "The New Quay"
    assert Source.objects.get().slug == "the-quay"


def test_a_source_with_articles_is_not_deleted(curator_client, article):
    page = curator_client.post(address(article.source, "delete"), {"post": "yes"})
    assert Source.objects.exists()
    assert "protected" in page.content.decode()


def test_the_list_asks_as_often_for_many_sources(
    curator_client, article, django_assert_num_queries, django_assert_max_num_queries
):
    curator_client.get(list_of(Source))  # what waits is counted now, and kept
    with django_assert_max_num_queries(20) as few:
        curator_client.get(list_of(Source))
    for number in range(20):
        Source.objects.create_source(f"Outlet {number}", "")
    with django_assert_num_queries(len(few)):
        curator_client.get(list_of(Source))

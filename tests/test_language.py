"""The interface in another language, where its words are cached, come from elsewhere or are read by scripts."""

import pytest
from django.contrib import admin
from django.utils.html import escape
from django.utils.translation import gettext

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.page import EMPTY_PAGE
from newsreader.importing.sandbox.runner import extract_safely
from newsreader.labels import LABELS
from pseudo import pseudo_language, translate


def test_what_is_wrong_with_a_search_is_said_in_the_language_of_the_page(client, article):
    english = "Ignored: OR needs a term on both sides."
    assert english in client.get("/?q=ferry+OR").content.decode()
    with pseudo_language():
        page = client.get("/?q=ferry+OR").content.decode()
        assert english not in page
        assert escape(gettext(english)) in page


def test_what_the_process_that_reads_pages_says_is_in_the_language_of_the_page():
    with pseudo_language():
        with pytest.raises(ArticleImportError) as refused:
            extract_safely(b" ")
        assert str(refused.value) == gettext(EMPTY_PAGE) != EMPTY_PAGE


def test_what_scripts_read_is_the_same_in_every_language(client, article):
    with pseudo_language():
        assert 'data-may-highlight="no"' in client.get(article.get_absolute_url()).content.decode()


def test_languages_have_their_names_in_the_language_of_the_page(client, article):
    article.language = "la"
    article.save()
    with pseudo_language():
        page = client.get("/").content.decode()
    assert "Latin" not in page
    assert translate("Latin") in page


def test_every_name_that_django_makes_for_the_admin_is_in_the_catalogue():
    options = [model._meta for model in admin.site._registry if model._meta.app_label == "newsreader"]
    columns = {field for each in options for field in each.local_fields if field.editable and not field._verbose_name}
    names = [each.verbose_name for each in options] + [each.verbose_name_plural for each in options]
    assert {str(name) for name in names} | {str(column.verbose_name) for column in columns} <= set(LABELS)

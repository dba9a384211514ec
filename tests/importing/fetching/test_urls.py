import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.fetching.urls import parse_web_url


@each(
    "url",
    [
        "ftp://quay.example/a",
        "file:///etc/passwd",
        "gopher://quay.example/",
        "quay.example/a",
        "http://",
        "http:///a",
        "http://ana:secret@quay.example/",
        "http://ana@quay.example/",
        "http://quay.example:8080/",
        "https://quay.example:80/",
        "http://quay.example:99999/",
        "http://[::1/",
        "http://" + "a" * 70 + ".example/",
        "",
    ],
)
def test_an_address_of_another_kind_is_refused_before_anything_is_asked(url):
    with pytest.raises(ArticleImportError):
        parse_web_url(url)


@each(
    ("url", "plain"),
    [
        ("http://Quay.Example", "http://quay.example/"),
        ("https://quay.example:443/a?b=c#d", "https://quay.example/a?b=c"),
        ("https://quay.example/früh ling", "https://quay.example/fr%C3%BCh%20ling"),
        ("https://hafenstädte.example/", "https://xn--hafenstdte-w5a.example/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        (" http://quay.example/a\r\nHost: evil ", "http://quay.example/aHost:%20evil"),
    ],
)
def test_an_address_is_brought_into_plain_form(url, plain):
    assert parse_web_url(url).geturl() == plain

from pathlib import Path

import certifi
import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.fetching import client as fetching
from newsreader.importing.fetching.client import fetch_page

HERE = Path(__file__).parent.parent
FERRY = (HERE / "pages" / "ferry.html").read_bytes()


def refusal(url, allow_loopback=True):
    with pytest.raises(ArticleImportError) as refused:
        fetch_page(url, allow_loopback=allow_loopback)
    return str(refused.value)


def test_a_page_is_fetched_with_its_address_and_type(site):
    fetched = fetch_page(site.url + "/ferry", allow_loopback=True)
    assert (fetched.url, fetched.body, fetched.content_type) == (site.url + "/ferry", FERRY, "text/html; charset=utf-8")


def test_a_fetch_says_who_asks_and_at_which_host(site):
    fetch_page(site.url + "/ferry", allow_loopback=True)
    assert site.asked[0]["User-Agent"].startswith("Newsreader/")
    assert site.asked[0]["Host"] == site.url.removeprefix("http://")


def test_a_packed_page_is_unpacked(site):
    assert fetch_page(site.url + "/packed", allow_loopback=True).body == FERRY


def test_a_redirect_is_followed(site):
    assert fetch_page(site.url + "/moved", allow_loopback=True).url == site.url + "/ferry"


def test_loopback_is_closed_unless_it_is_opened(site):
    assert "public Internet" in refusal("http://127.0.0.1/ferry", allow_loopback=False)


def test_other_ports_are_closed_unless_they_are_opened(site):
    assert "ports 80 and 443" in refusal(site.url + "/ferry", allow_loopback=False)


@each(
    ("path", "sentence"),
    [
        ("/missing", "The URL answered 404 Not Found."),
        ("/picture", "a file of type image/gif"),
        ("/large", "larger than 10 MB"),
        ("/endless", "larger than 10 MB"),
        ("/bomb", "larger than 10 MB"),
        ("/around", "redirects too many times"),
        ("/inwards", "169.254.169.254 is not on the public Internet"),
        ("/to-file", "Only http:// and https:// URLs"),
        ("/broken", "could not be reached"),
    ],
)
def test_what_is_no_page_is_refused_in_a_sentence(site, path, sentence):
    assert sentence in refusal(site.url + path)


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_server_that_drips_is_cut_off(site, path, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_SECONDS", 1)
    assert "did not answer within" in refusal(site.url + path)


def test_a_port_where_nobody_listens_is_no_page(site):
    site.server_close()
    assert "could not be reached" in refusal(site.url + "/ferry")


def test_the_name_of_the_site_is_verified_although_the_address_is_pinned(safe_site, monkeypatch):
    monkeypatch.setattr(certifi, "where", lambda: str(HERE / "certificate.pem"))
    assert fetch_page(safe_site.url + "/ferry", allow_loopback=True).body == FERRY
    assert safe_site.asked[0] == "quay.test"


def test_a_certificate_for_another_name_is_refused(safe_site, monkeypatch):
    monkeypatch.setattr(certifi, "where", lambda: str(HERE / "certificate.pem"))
    assert "certificate" in refusal(safe_site.url.replace("quay", "other") + "/ferry")


def test_a_certificate_that_nobody_vouches_for_is_refused(safe_site):
    assert "certificate" in refusal(safe_site.url + "/ferry")

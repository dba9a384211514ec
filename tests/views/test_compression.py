import gzip
import re

import pytest

COMPRESSED = {"headers": {"accept-encoding": "gzip, br"}}


@pytest.fixture
def address(article, project):
    return f"{article.get_absolute_url()}?project={project.slug}"


def test_a_page_is_sent_compressed_to_browsers_that_take_it(alice_client, address, highlight):
    plain, packed = alice_client.get(address), alice_client.get(address, **COMPRESSED)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain["Vary"]
    assert "Content-Encoding" not in plain
    assert len(packed.content) < len(plain.content) / 3
    text = gzip.decompress(packed.content).decode()
    assert len(text) == len(plain.content.decode())
    assert str(highlight.pk) in text


def test_an_unchanged_page_is_not_sent_again(alice_client, address):
    etag = alice_client.get(address, **COMPRESSED)["ETag"]
    again = alice_client.get(address, headers={"accept-encoding": "gzip", "if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_no_two_answers_have_the_same_token_or_always_the_same_length(alice_client, address):
    answers = [alice_client.get(address, **COMPRESSED).content for _ in range(20)]
    tokens = [re.search(rb'csrfmiddlewaretoken" value="(\w+)"', gzip.decompress(answer))[1] for answer in answers]
    assert len(set(tokens)) == 20
    assert len({len(answer) for answer in answers}) > 5


@pytest.mark.parametrize("kind", ["csv", "html"])
def test_downloads_are_sent_as_they_are(alice_client, project, highlight, kind):
    response = alice_client.get(f"/projects/{project.slug}/export/", {"format": kind}, **COMPRESSED)
    assert "attachment" in response["Content-Disposition"]
    assert "Content-Encoding" not in response

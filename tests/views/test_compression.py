import gzip
import re

import pytest

from annotations.models import Highlight
from cases import each
from newsreader.compression import KeptHtml, compress_page
from newsreader.models import Article
from texts import extracted

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


def unpack(parts) -> str:
    """What a browser reads of a page of these parts."""
    return gzip.decompress(compress_page(parts, "".join(parts).encode())).decode()


@each("words", ["", "a", "é🚢 " * 40_000, "".join(map(str, range(20_000)))])
def test_kept_parts_are_read_as_they_are_wherever_they_stand(words):
    first = KeptHtml(words)
    second = KeptHtml.after(first, f"{words} again {words}")
    for parts in (
        [first, second],
        ["own", first, second, "own", words],
        [first, "own", second],  # not behind what it was compressed behind
        [second, first, second],
        ["own", "own too", words],
        [],
    ):
        assert unpack(parts) == "".join(parts)


def test_a_kept_part_is_compressed_once_and_shorter_for_what_stands_before_it():
    first = KeptHtml("".join(map(str, range(5_000))))
    second = KeptHtml.after(first, str(first))
    assert first.compressed is first.compressed
    assert len(second.compressed) < len(first.compressed) / 4


def read_both(client, address) -> tuple[str, str]:
    """The page as it is sent without compression, and as a browser unpacks it; without their tokens."""
    plain, packed = client.get(address).content, gzip.decompress(client.get(address, **COMPRESSED).content)
    return tuple(
        re.sub(r'(Token" value="|token" value="|X-CSRFToken": ")\w+', r"\1", page.decode()) for page in (plain, packed)
    )


def test_a_long_page_is_unpacked_as_it_is_after_every_change(alice, bob, alice_client, bob_client, project):
    paragraphs = "".join(f"<p>{number} {'ferries run again slowly ' * 40}</p>" for number in range(100))
    article = Article.objects.store(extracted(paragraphs, title="Long", site="The Quay")).article
    address, revision = f"{article.get_absolute_url()}?project={project.slug}", article.current()
    for number, author in enumerate((alice, bob, alice, bob)):
        start = len(revision.text) * number // 4
        Highlight.objects.make(project=project, revision=revision, author=author, start=start, end=start + 500)
        for client in (alice_client, bob_client):
            plain, packed = read_both(client, address)
            assert len(plain) > 100_000
            assert packed == plain

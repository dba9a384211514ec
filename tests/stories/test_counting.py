"""With distinct=1 a passage that stands in several copies of a story counts once, wherever passages are counted."""

import csv
from io import StringIO

import pytest

from annotations.models import Project, Tag
from annotations.models.private_article import add_private_article
from leading import find_wrong_links
from newsreader.models import Article
from stories.storing import mark
from stories.wire import make_page
from texts import extracted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_rendered_before")]


@pytest.fixture
def study(project, alice, bob, copies, wire) -> Project:
    """The sentence has the tag `cost` in all four; in the Signal also `loss`; Bob has it in the wire's article, too."""
    cost, loss = Tag.objects.get_or_create_named(project, ["cost", "loss"], by=alice)
    for article, author, tags in [
        (copies[1], alice, [cost]),
        (copies[0], alice, [cost]),
        (copies[0], bob, [cost]),
        (copies[2], bob, [cost, loss]),
        (copies[3], alice, [cost]),
    ]:
        mark(article, project, author, wire[2], tags)
    mark(copies[1], project, bob, wire[4], [loss])
    return project


def list_passages(client, project: Project, query: str) -> list[tuple[str, str]]:
    """The article and reader of each exported passage."""
    answer = client.get(f"/projects/{project.slug}/export/?format=csv&order=article&{query}")
    rows = csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    return [(row["article"], row["reader"]) for row in rows]


def test_later_copies_are_left_out_unless_they_have_another_tag(alice_client, study):
    first = [("Transwire", "alice"), ("Transwire", "bob"), ("Ledger", "bob"), ("Signal", "bob"), ("Mole", "alice")]
    assert list_passages(alice_client, study, "distinct=1") == first
    assert len(list_passages(alice_client, study, "")) == 6
    assert list_passages(alice_client, study, "distinct=1&source=ledger") == [("Ledger", "bob")]


def test_lists_charts_and_desks_count_the_same(alice_client, study):
    base = f"/projects/{study.slug}/"
    assert alice_client.get(f"{base}passages/?distinct=1").context["tally"]["number"] == 5
    groups = alice_client.get(f"{base}passages/?distinct=1&group=source").context["gathered"]
    assert sorted(group.number for group in groups) == [1, 1, 1, 2]
    links = {(f"{base}passages/{group.link}", group.number) for group in groups}
    assert all("distinct=1" in address for address, _ in links) and not find_wrong_links(alice_client, links)
    for chart in ("timeline", "sources", "readers", "together"):
        assert alice_client.get(f"{base}charts/?chart={chart}&distinct=1").context["counts"].number == 5
        assert alice_client.get(f"{base}charts/?chart={chart}").context["counts"].number == 6
    desk = alice_client.get(f"{base}desk/?distinct=1&row=cost").context["layout"]
    assert sum(desk.kinds.values()) == 5
    page = alice_client.get(f"{base}passages/?distinct=1").content.decode()
    assert "Copies of a story counted once" in page and 'name="distinct" value="1" checked' in page


def test_a_story_that_grows_is_counted_anew(alice_client, study, copies, wire):
    def count() -> int:
        return alice_client.get(f"/projects/{study.slug}/passages/?distinct=1").context["tally"]["number"]

    assert count() == 5
    Article.objects.filter(pk=copies[0].pk).set_status("withdrawn")
    assert count() == 4  # the Ledger's two, the Signal's with another tag, the Mole's
    Article.objects.filter(pk=copies[0].pk).set_status("published")
    assert count() == 5


def test_passages_of_private_copies_are_always_counted(alice_client, study, alice, wire):
    page = extracted(make_page(wire), title="Secret", site="Gazette")
    own = add_private_article(study, page, source="", by=alice).article
    mark(own, study, alice, wire[2], [Tag.objects.get(name="cost")])
    assert ("Secret", "alice") in list_passages(alice_client, study, "distinct=1")

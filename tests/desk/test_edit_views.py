"""Desks that are kept: names, commentary, pinned passages in an order, with a line about each."""

from uuid import uuid4

import pytest

from annotations.models import Desk, Event, Project, Role
from annotations.models import desk as desks
from markup import markup
from storm import marked, report

pytestmark = pytest.mark.usefixtures("nothing_rendered_before")

WORDS = ("12 people", "harbour", "Two cranes", "Insurers")


@pytest.fixture
def passages(project, alice) -> list:
    article = report()
    return [marked(article, project, alice, words) for words in WORDS]


@pytest.fixture
def desk(project, alice, passages) -> Desk:
    """A desk with three pins."""
    desk = Desk.objects.create_desk(project, "Storm", "columns=week", by=alice)
    for highlight in passages[:3]:
        desk.pin(highlight, by=alice)
    return desk


def list_pinned_quotes(client, desk) -> list[str]:
    return [pin.passage.exact for pin in client.get(desk.get_absolute_url()).context["pins"]]


def change_pin(client, desk, highlight, **fields):
    return client.post(f"{desk.get_absolute_url()}pins/{highlight.pk}/", fields)


def test_a_desk_is_kept_under_a_name_as_it_was_laid_out(bob_client, project, passages):
    fields = {"name": " Storm ", "layout": "?columns=week&row=cost&row=&page=3&evil=1&desk=x"}
    answer = bob_client.post(f"/projects/{project.slug}/desk/keep/", fields)
    desk = Desk.objects.get()
    assert answer.url == desk.get_absolute_url()
    assert (desk.name, desk.layout, desk.changed_by.username) == ("Storm", "columns=week&row=cost", "bob")
    assert bob_client.get(answer.url).context["layout"].axis == "week"


def test_what_the_address_says_goes_before_how_the_desk_was_kept(alice_client, desk):
    answer = alice_client.get(desk.get_absolute_url() + "?columns=reader")
    assert answer.context["layout"].axis == "reader"
    assert "Revert to saved layout" in answer.content.decode()


def test_a_desk_without_a_name_is_not_kept(alice_client, project):
    answer = alice_client.post(f"/projects/{project.slug}/desk/keep/", {"name": " "})
    assert (answer.status_code, Desk.objects.count()) == (403, 0)
    assert "Enter a name for the desk." in answer.content.decode()


def test_name_commentary_and_layout_are_changed_together(alice_client, desk):
    fields = {"name": "Rain", "commentary": "Who\r\nsays so?", "layout": "columns=source", "version": desk.version}
    alice_client.post(f"{desk.get_absolute_url()}edit/", fields)
    desk.refresh_from_db()
    assert (desk.name, desk.commentary, desk.layout) == ("Rain", "Who\nsays so?", "columns=source")
    assert Event.objects.filter(verb="desk edited", subject=desk.pk).get().data["before"]["name"] == "Storm"


def test_a_stale_change_is_reported_and_not_kept(alice_client, bob_client, desk):
    fields = {"name": "Rain", "version": desk.version}
    bob_client.post(f"{desk.get_absolute_url()}edit/", fields)
    answer = alice_client.post(f"{desk.get_absolute_url()}edit/", fields | {"name": "Hail"})
    assert "Someone else changed this desk" in answer.content.decode()
    assert Desk.objects.get().name == "Rain"


def test_deleting_a_desk_asks_first_and_says_what_goes_with_it(alice_client, desk):
    there = f"{desk.get_absolute_url()}delete/"
    assert f'href="{there}"' in markup(alice_client.get(desk.get_absolute_url()))
    asked = markup(alice_client.get(there))
    assert "Its passages stay. 3 pins and the comments on them are deleted, too." in asked
    assert f'<a class="quiet" href="{desk.get_absolute_url()}">Cancel</a>' in asked
    assert Desk.objects.exists()


def test_a_deleted_desk_leaves_its_passages(alice_client, desk, project):
    alice_client.post(f"{desk.get_absolute_url()}delete/")
    assert (Desk.objects.count(), project.highlights.count()) == (0, 4)


def test_a_passage_is_pinned_to_the_desk_once(alice_client, desk, project, passages):
    for _ in range(2):
        alice_client.post(f"/projects/{project.slug}/desk/pin/", {"highlight": passages[3].pk, "desk": desk.pk})
    assert list_pinned_quotes(alice_client, desk) == list(WORDS)


def test_a_pin_without_a_desk_goes_to_the_one_the_reader_changed_last(
    alice_client, bob_client, desk, project, passages
):
    alice_client.post(f"/projects/{project.slug}/desk/pin/", {"highlight": passages[3].pk})
    bob_client.post(f"/projects/{project.slug}/desk/pin/", {"highlight": passages[3].pk})
    assert list_pinned_quotes(alice_client, desk) == list(WORDS)
    assert list_pinned_quotes(bob_client, Desk.objects.get(name="Pinned passages")) == ["Insurers"]


def test_htmx_is_told_where_it_was_pinned(alice_client, desk, project, passages):
    address, fields = f"/projects/{project.slug}/desk/pin/", {"highlight": passages[3].pk}
    page = alice_client.post(address, fields, headers={"hx-request": "true"}).content.decode()
    assert page.startswith('<p class="pinned"') and "Storm" in page


@pytest.mark.parametrize(
    ("words", "fields", "order"),
    [
        (0, {"act": "down"}, [1, 0, 2]),
        (2, {"act": "up"}, [0, 2, 1]),
        (0, {"act": "up"}, [0, 1, 2]),
        (2, {"act": "down"}, [0, 1, 2]),
        (2, {"act": "first"}, [2, 0, 1]),
        (0, {"place": "2"}, [1, 2, 0]),
        (2, {"place": "0"}, [2, 0, 1]),
        (1, {"place": "99"}, [0, 2, 1]),
        (1, {"place": "-1"}, [0, 1, 2]),
        (1, {"place": "²"}, [0, 1, 2]),
        (1, {"act": "unpin"}, [0, 2]),
    ],
)
def test_pins_are_put_in_an_order(alice_client, desk, passages, words, fields, order):
    change_pin(alice_client, desk, passages[words], **fields)
    assert list_pinned_quotes(alice_client, desk) == [WORDS[n] for n in order]


def test_a_line_is_written_about_a_pinned_passage(alice_client, desk, passages):
    change_pin(alice_client, desk, passages[1], act="remark", comment="Closed <until> Friday")
    assert "Closed &lt;until&gt; Friday" in alice_client.get(desk.get_absolute_url()).content.decode()
    assert change_pin(alice_client, desk, passages[1], act="remark", comment="x" * 501).status_code == 403


def test_a_passage_that_is_gone_is_pinned_no_more_and_comes_back_with_it(alice_client, desk, passages, alice):
    passages[0].hide(alice)
    assert list_pinned_quotes(alice_client, desk) == list(WORDS[1:3])
    passages[0].restore(alice)
    assert list_pinned_quotes(alice_client, desk) == list(WORDS[:3])


def test_a_pin_moves_past_the_one_above_it_whatever_deleted_ones_lie_between(alice_client, desk, passages, alice):
    passages[1].hide(alice)
    change_pin(alice_client, desk, passages[2], act="up")
    assert list_pinned_quotes(alice_client, desk) == [WORDS[2], WORDS[0]]
    change_pin(alice_client, desk, passages[2], place="1")
    assert list_pinned_quotes(alice_client, desk) == [WORDS[0], WORDS[2]]
    assert change_pin(alice_client, desk, passages[1], act="up").status_code == 404


def test_a_desk_holds_so_many_pins_and_no_more(alice_client, desk, project, passages, monkeypatch):
    monkeypatch.setattr(desks, "MAX_PINS", 3)
    answer = alice_client.post(f"/projects/{project.slug}/desk/pin/", {"highlight": passages[3].pk, "desk": desk.pk})
    assert "pinned passages. Remove one first." in answer.content.decode()
    assert desk.pins.count() == 3


def test_a_viewer_reads_desks_and_changes_none(project, desk, passages, charlie, charlie_client):
    project.memberships.create(user=charlie, role=Role.VIEWER)
    page = charlie_client.get(desk.get_absolute_url())
    assert "<form method" not in page.content.decode().split("<main")[1].split("</main")[0]
    assert change_pin(charlie_client, desk, passages[0], act="unpin").status_code == 403
    assert charlie_client.post(f"{desk.get_absolute_url()}delete/").status_code == 403
    assert (Desk.objects.count(), desk.pins.count()) == (1, 3)


def test_a_stranger_meets_nothing(charlie_client, visitor, desk, project, passages):
    own = desk.get_absolute_url()
    for client in (charlie_client, visitor):
        assert client.get(own).status_code == 404
        assert client.get(f"{own}beside/{desk.pk}/").status_code == 404
        for address in (
            f"{own}edit/",
            f"{own}delete/",
            f"{own}pins/{passages[0].pk}/",
            f"/projects/{project.slug}/desk/keep/",
        ):
            assert client.post(address, {"name": "x"}).status_code == 404


def test_a_desk_of_another_project_is_not_found(alice, alice_client, desk, passages):
    other = Project.objects.create_owned("Other", owner=alice)
    assert alice_client.get(f"/projects/{other.slug}/desk/{desk.pk}/").status_code == 404
    assert alice_client.post(f"/projects/{other.slug}/desk/pin/", {"highlight": passages[0].pk}).status_code == 404
    assert alice_client.post(f"/projects/{other.slug}/desk/pin/", {"highlight": "no key"}).status_code == 404
    assert alice_client.get(f"/projects/{desk.project.slug}/desk/{uuid4()}/").status_code == 404


def test_two_desks_stand_beside_each_other(alice_client, alice, desk, project):
    other = Desk.objects.create_desk(project, "Sources", "columns=source", by=alice)
    page = alice_client.get(f"{desk.get_absolute_url()}beside/{other.pk}/")
    assert [side["layout"].axis for side in page.context["sides"]] == ["week", "source"]
    assert "Storm" in page.content.decode() and "Sources" in page.content.decode()

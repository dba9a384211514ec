"""A highlight is carried to the other copies of its story, marked as carried, and all of it is undone at once."""

import pytest
from django.urls import reverse

from annotations.models import Highlight, Project, Tag
from annotations.models.undoing import find_last_act, find_last_undo, undo
from newsreader.models import Article
from stories.storing import mark
from stories.wire import make_page
from storm import marked
from texts import extracted

pytestmark = pytest.mark.django_db


@pytest.fixture
def highlight(copies, project, alice, wire) -> Highlight:
    """Alice's highlight of the third sentence in the wire's article."""
    return mark(copies[0], project, alice, wire[2], Tag.objects.get_or_create_named(project, ["cost"], by=alice))


def list_carried(highlight: Highlight) -> dict[str, Highlight]:
    """The highlights that were carried and stand, by the titles of their articles."""
    found = Highlight.objects.standing().filter(carried_from=highlight.pk).select_related("article")
    return {carried.article.title: carried for carried in found}


def carry(client, highlight: Highlight, *articles: Article):
    address = f"/highlights/{highlight.pk}/carry/"
    return client.post(address, {"copy": [article.slug for article in articles]}, follow=True)


def test_it_is_carried_to_the_chosen_copies_with_its_tags(alice_client, highlight, copies, project):
    assert "Carry to the other copies" in alice_client.get(f"/highlights/{highlight.pk}/edit/").content.decode()
    page = alice_client.get(f"/highlights/{highlight.pk}/carry/")
    assert [place.revision.article.title for place in page.context["places"]] == ["Ledger", "Signal"]
    answer = carry(alice_client, highlight, *copies[1:]).content.decode()
    assert "carried to 2 copies." in answer and f'action="/projects/{project.slug}/history/undo/?event=' in answer
    carried = list_carried(highlight)
    assert set(carried) == {"Ledger", "Signal"}
    assert [tag.name for tag in carried["Ledger"].ordered_tags()] == ["cost"]
    assert carried["Signal"].exact == highlight.exact
    assert carried["Ledger"].exact.replace(",", "", 1) == highlight.exact.replace(",", "", 1)
    shown = alice_client.get(f"{copies[1].get_absolute_url()}?project={project.slug}").content.decode()
    assert "Carried from another copy" in shown
    assert "Carried from another copy" not in alice_client.get(copies[0].get_absolute_url()).content.decode()
    assert "Nothing was carried" in carry(alice_client, highlight, *copies[1:]).content.decode()
    assert len(list_carried(highlight)) == 2
    history = alice_client.get(f"/projects/{project.slug}/history/").content.decode()
    assert "Carried a highlight from another copy" in history
    assert project.events.filter(verb="highlight carried").count() == 2


def test_all_of_it_is_undone_and_redone_at_once(alice_client, highlight, copies, project, alice):
    carry(alice_client, highlight, *copies[1:])
    project.with_role_of(alice)
    assert undo(find_last_act(project, alice), by=alice) == 0
    assert list_carried(highlight) == {} and find_last_act(project, alice).subject == highlight.pk
    undo(find_last_undo(project, alice), by=alice)
    assert set(list_carried(highlight)) == {"Ledger", "Signal"}
    edited = list_carried(highlight)["Signal"]
    edited.edit(edited.version, by=alice, note="Mine", tags=[])
    undo(project.events.filter(subject=list_carried(highlight)["Ledger"].pk).latest("pk"), by=alice)
    assert set(list_carried(highlight)) == {"Signal"}


def test_it_is_not_carried_to_where_its_words_do_not_stand_or_by_others(
    alice_client,
    bob_client,
    highlight,
    copies,
    project,
    alice,
    wire,
):
    late = marked(copies[0], project, alice, wire[18])
    places = alice_client.get(f"/highlights/{late.pk}/carry/").context["places"]
    assert [bool(place.words) for place in places] == [True, False]
    carry(alice_client, late, *copies[1:])
    assert set(list_carried(late)) == {"Ledger"}
    assert bob_client.get(f"/highlights/{highlight.pk}/carry/").status_code == 403
    assert carry(bob_client, highlight, *copies[1:]).status_code == 403 and list_carried(highlight) == {}


def test_that_it_was_carried_is_said_to_who_may_see_the_other_copy(
    alice_client, charlie_client, visitor, copies, project, alice, wire
):
    private = Article.objects.store(extracted(make_page(wire), title="Own", site="Own"), scope=project.pk).article
    Project.objects.filter(pk=project.pk).update(public=True)
    address = f"{copies[0].get_absolute_url()}?project={project.slug}"
    carry(alice_client, mark(private, project, alice, wire[2], []), copies[0])
    clients = (alice_client, charlie_client, visitor)
    assert ["Carried from another copy" in client.get(address).text for client in clients] == [True, False, False]
    carry(alice_client, mark(copies[1], project, alice, wire[4], []), copies[0])
    assert [client.get(address).text.count("Carried from another copy") for client in clients] == [2, 1, 1]
    Article.objects.filter(pk=copies[1].pk).set_status("withdrawn")
    assert [client.get(address).text.count("Carried from another copy") for client in clients] == [1, 0, 0]


@pytest.mark.parametrize("withdrawn", [1, 2])  # either of the copies, since the undo is asked of the last
def test_what_is_on_a_withdrawn_copy_stays_and_is_counted(withdrawn, alice_client, highlight, copies, project):
    carry(alice_client, highlight, *copies[1:])
    titles = [copy.title for copy in copies[1:3]]
    Article.objects.filter(pk=copies[withdrawn].pk).set_status("withdrawn")
    page = alice_client.post(reverse("undo", args=[project.slug]), follow=True).content.decode()
    assert "1 highlight was changed since then, or you can no longer read its article" in page
    assert set(list_carried(highlight)) == {titles[withdrawn - 1]}
    again = alice_client.post(reverse("undo", args=[project.slug]), {"act": "redo"}, follow=True)
    assert again.status_code == 200 and set(list_carried(highlight)) == set(titles)

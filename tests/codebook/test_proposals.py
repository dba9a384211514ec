"""Proposed tags: coders make them, curators decide, and nothing is tagged with them before."""

import csv
import io

import pytest

from annotations.errors import StaleError
from annotations.models import Event, Highlight, Role, Tag
from annotations.models.undoing import undo
from cases import each
from markup import markup

PROPOSE = "/projects/harbour-study/tags/propose/"
CODEBOOK = "/projects/harbour-study/tags/"


def sent(**fields) -> dict:
    return {"name": "Signal", "definition": "A sign given.", "use_for": "", "not_for": "", "parent": ""} | fields


@pytest.fixture
def proposed(project, bob) -> Tag:
    return Tag.objects.add_tag(project, "Signal", by=bob, status="proposed")


def test_a_coder_proposes_and_a_curator_accepts(alice_client, bob_client, project):
    assert f'href="{PROPOSE}"' in markup(bob_client.get(CODEBOOK))
    assert f'href="{PROPOSE}"' not in markup(alice_client.get(CODEBOOK))
    answer = bob_client.post(PROPOSE, sent(), follow=True)
    assert "“Signal” was proposed. A curator decides whether it is used." in markup(answer)
    tag = Tag.objects.get(name="Signal")
    assert (tag.status, tag.definition) == ("proposed", "A sign given.")
    said = markup(alice_client.get(CODEBOOK))
    assert "1 tag is proposed and waits for a decision:" in said
    answer = alice_client.post(f"{tag.get_absolute_url()}status/", {"status": "active"}, follow=True)
    assert "“Signal” was accepted and can be used." in markup(answer)
    tag.refresh_from_db()
    assert tag.status == "active"
    assert [event.verb for event in Event.objects.filter(subject=tag.pk)] == ["tag proposed", "tag accepted"]


def test_a_coder_does_not_decide(bob_client, charlie_client, charlie, project, proposed):
    project.memberships.create(user=charlie, role=Role.CODER)
    assert bob_client.post(f"{proposed.get_absolute_url()}status/", {"status": "active"}).status_code == 403
    for send in (charlie_client.get, charlie_client.post):
        assert send(f"{proposed.get_absolute_url()}delete/", {"fate": "off"}).status_code == 403
    assert "Withdraw" not in markup(charlie_client.get(proposed.get_absolute_url()))
    assert "Accept" not in markup(bob_client.get(proposed.get_absolute_url())).partition("<main")[2]


def test_who_proposed_a_tag_withdraws_it_while_it_is_not_accepted(bob_client, alice, bob, project, proposed):
    address = f"{proposed.get_absolute_url()}delete/"
    assert f'href="{address}"' in markup(bob_client.get(proposed.get_absolute_url()))
    assert "Withdraw proposal" in markup(bob_client.get(address))
    proposed.accept(by=alice)
    assert f'href="{address}"' not in markup(bob_client.get(proposed.get_absolute_url()))
    assert bob_client.post(address, {"fate": "off"}).status_code == 403
    proposed.propose_again(by=alice)
    said = markup(bob_client.post(address, {"fate": "off"}, follow=True))
    assert "Your proposal “Signal” was withdrawn." in said
    assert "?event=" not in said
    assert not Tag.objects.filter(pk=proposed.pk).exists()
    again = Tag.objects.add_tag(project, "Signal", by=bob, status="proposed")
    project.memberships.filter(user=bob).update(role=Role.VIEWER)
    assert bob_client.post(f"{again.get_absolute_url()}delete/", {"fate": "off"}).status_code == 403
    assert Tag.objects.filter(pk=again.pk).exists()


def test_a_proposal_that_was_accepted_meanwhile_is_not_withdrawn(alice, bob, proposed):
    Tag.objects.get(pk=proposed.pk).accept(by=alice)
    with pytest.raises(StaleError):
        proposed.withdraw(by=bob)
    assert Tag.objects.get(pk=proposed.pk).status == "active"


def test_the_page_of_a_proposal_says_by_whom_and_that_it_is_not_used_yet(alice_client, alice, proposed):
    page = markup(alice_client.get(proposed.get_absolute_url()))
    assert "<b>proposed</b> by <bdi>bob</bdi>" in page
    assert "No passages can have this tag until a curator accepts it." in page
    assert "Select words in an article" not in page
    assert "Changed once" not in page
    proposed.accept(by=alice)
    page = markup(alice_client.get(proposed.get_absolute_url()))
    assert "Changed once, last by alice" in page
    assert "Select words in an article" in page


def test_a_viewer_proposes_nothing(bob_client, bob, project):
    project.memberships.filter(user=bob).update(role=Role.VIEWER)
    assert bob_client.post(PROPOSE, sent()).status_code == 403
    assert "Propose a tag" not in markup(bob_client.get(CODEBOOK))


def test_a_declined_tag_is_gone_and_can_be_restored(alice_client, alice, proposed):
    alice_client.post(f"{proposed.get_absolute_url()}delete/", {"fate": "off"})
    assert not Tag.objects.filter(pk=proposed.pk).exists()
    undo(Event.objects.select_related("project").latest("pk"), by=alice)
    assert Tag.objects.get(pk=proposed.pk).status == "proposed"


def test_no_highlight_gets_a_proposed_tag(alice_client, bob_client, highlight, revision, proposed):
    for client in (alice_client, bob_client):
        page = client.get(revision.article.get_absolute_url(), {"project": "harbour-study"}).content.decode()
        assert f'value="{proposed.name}"' not in page
    form = {"version": highlight.version, "note": "", "tags": "Signal"}
    answer = alice_client.post(f"/highlights/{highlight.pk}/edit/", form)
    assert answer.status_code == 422
    assert "“Signal” is only proposed. A curator of the project can accept it." in markup(answer)
    assert not Highlight.objects.filter(tags=proposed).exists()


@each("name", ["signal", " SIGNAL ", "military option", ""])
def test_a_name_that_exists_is_not_proposed_again(bob_client, project, tag, proposed, name):
    before = Tag.objects.count()
    assert bob_client.post(PROPOSE, sent(name=name)).status_code == 422
    assert Tag.objects.count() == before


def test_a_project_has_at_most_a_hundred_proposals(bob_client, project):
    Tag.objects.bulk_create(Tag(project=project, name=f"tag {n}", status="proposed", position=n) for n in range(100))
    answer = bob_client.post(PROPOSE, sent())
    assert answer.status_code == 422
    assert "at most 100 proposed tags" in markup(answer)
    assert Tag.objects.count() == 100


def test_an_exported_codebook_leaves_proposals_out(alice_client, tag, proposed):
    answer = alice_client.get(f"{CODEBOOK}export/csv/")
    rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert [row["name"] for row in rows] == [tag.name]

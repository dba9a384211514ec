"""Retagging in bulk and splitting a tag: what changes, what stays, and that both can be undone."""

import re

import pytest
from django.test.utils import CaptureQueriesContext

from annotations.codebook.retag_views import SPLIT_PAGE_SIZE
from annotations.models import Event, Highlight, HighlightTag, Role, Tag
from annotations.models.retagging import retag, split_tag
from annotations.models.undoing import undo
from cases import each
from markup import markup
from newsreader.models import Article

RETAG = "/projects/harbour-study/passages/retag/"


@pytest.fixture
def tags(project, alice) -> dict[str, Tag]:
    made: dict = {}
    return {name: Tag.objects.create_tag(project, name, by=alice, tags=made) for name in ("crane", "quay", "ship")}


@pytest.fixture
def marks(project, revision, alice, tags) -> list[Highlight]:
    """Highlights with these tags, in this order: crane; quay, crane; crane, ship, quay; ship; none."""
    wanted = [["crane"], ["quay", "crane"], ["crane", "ship", "quay"], ["ship"], []]
    made = []
    for number, names in enumerate(wanted):
        highlight = Highlight.objects.make(
            project=project, revision=revision, author=alice, start=number, end=9
        ).highlight
        highlight.add_tags([tags[name] for name in names])
        made.append(highlight)
    return made


def names(marks) -> list[list[str]]:
    return [[tag.name for tag in highlight.ordered_tags()] for highlight in marks]


def positions_of(marks) -> list[list[int]]:
    pairs = HighlightTag.objects.order_by("position")
    return [list(pairs.filter(highlight=highlight).values_list("position", flat=True)) for highlight in marks]


@each(
    ("remove", "add", "changed", "expected"),
    [
        ("crane", "", 3, [[], ["quay"], ["ship", "quay"], ["ship"], []]),
        ("", "crane", 2, [["crane"], ["quay", "crane"], ["crane", "ship", "quay"], ["ship", "crane"], ["crane"]]),
        ("crane", "quay", 3, [["quay"], ["quay"], ["quay", "ship"], ["ship"], []]),
    ],
)
def test_a_tag_is_removed_added_or_replaced(project, alice, tags, marks, remove, add, changed, expected):
    before = names(marks)
    asked = {"remove": tags.get(remove), "add": tags.get(add)}
    assert retag(project, Highlight.objects.filter(project=project), by=alice, **asked) == changed
    assert names(marks) == expected
    assert positions_of(marks) == [list(range(len(kept))) for kept in expected]
    event = Event.objects.select_related("project").latest("pk")
    assert (event.verb, event.data["number"]) == ("passages retagged", changed)
    assert undo(event, by=alice) == 0
    assert names(marks) == before
    assert positions_of(marks) == [list(range(len(kept))) for kept in before]


def test_what_is_not_selected_stays(project, alice, tags, marks):
    retag(project, Highlight.objects.filter(pk=marks[0].pk), by=alice, remove=tags["crane"])
    assert names(marks)[:2] == [[], ["quay", "crane"]]


def test_nothing_to_do_is_no_event(project, alice, tags, marks):
    events = Event.objects.count()
    assert retag(project, Highlight.objects.filter(pk=marks[3].pk), by=alice, remove=tags["crane"]) == 0
    assert Event.objects.count() == events


def test_who_edits_a_retagged_highlight_meanwhile_is_told(project, alice, tags, marks):
    version = marks[0].version
    retag(project, Highlight.objects.filter(project=project), by=alice, remove=tags["crane"], add=tags["ship"])
    marks[0].refresh_from_db()
    assert marks[0].version == version + 1


def test_the_queries_do_not_grow_with_the_highlights(project, revision, alice, tags, connection):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            retag(project, Highlight.objects.filter(project=project), by=alice, remove=tags["crane"], add=tags["ship"])
        return len(queries)

    def make(number: int) -> None:
        for start in range(number):
            made = Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=30)
            made.highlight.add_tags([tags["crane"]])

    make(2)
    few = count()
    make(25)
    assert count() == few


def test_a_split_gives_each_passage_the_tag_that_was_chosen(project, alice, tags, marks):
    before = names(marks)
    choices = {marks[0].pk: tags["ship"], marks[1].pk: tags["quay"], marks[3].pk: tags["quay"]}
    assert split_tag(tags["crane"], choices, by=alice) == 2
    assert names(marks) == [["ship"], ["quay"], ["crane", "ship", "quay"], ["ship"], []]
    event = Event.objects.select_related("project").latest("pk")
    undo(event, by=alice)
    assert names(marks) == before


def number_on(page: str) -> str:
    return re.search(r'name="number" value="(\d+)"', page)[1]


def test_the_form_says_how_many_and_retags_those_of_the_filter(alice_client, project, tags, marks):
    address = f"{RETAG}?tag=crane"
    page = markup(alice_client.get(address))
    assert "3 passages match your filter." in page
    sent = {"number": number_on(page), "remove": tags["crane"].pk, "add": tags["ship"].pk}
    answer = alice_client.post(address, sent, follow=True)
    assert "3 highlights were retagged." in markup(answer)
    assert names(marks) == [["ship"], ["quay", "ship"], ["ship", "quay"], ["ship"], []]
    assert answer.redirect_chain[-1][0] == "/projects/harbour-study/passages/?tag=crane"


@each(
    ("query", "chosen"),
    [
        ("tag=crane", "crane"),
        ("tag=ship", "ship"),
        ("tag=crane&tag=ship", ""),
        ("tag=x", ""),
        ("any=crane", ""),
        ("", ""),
    ],
)
def test_the_tag_of_the_filter_is_the_one_to_remove(alice_client, tags, marks, query, chosen):
    page = markup(alice_client.get(f"{RETAG}?{query}"))
    assert re.findall(r'<option value="([^"]*)" selected>', page) == [str(tags[chosen].pk) if chosen else "", ""]
    assert page.count(">nothing</option>") == 2


def test_the_list_leads_curators_to_the_form(alice_client, bob_client, project, marks):
    address = "/projects/harbour-study/passages/?tag=crane"
    assert f'href="{RETAG}?tag=crane"' in markup(alice_client.get(address))
    assert RETAG not in markup(bob_client.get(address))


def test_more_passages_than_the_page_said_are_not_retagged(alice_client, project, alice, revision, tags, marks):
    number = number_on(markup(alice_client.get(RETAG)))
    Highlight.objects.make(project=project, revision=revision, author=alice, start=7, end=12)
    before = names(marks)
    answer = alice_client.post(RETAG, {"number": number, "remove": tags["crane"].pk})
    assert answer.status_code == 409
    assert "There are more or fewer passages than before." in markup(answer)
    assert "The project has 6 passages." in markup(answer)
    assert names(marks) == before


@each(
    ("sent", "sentence"),
    [
        ({}, "Choose a tag to remove, a tag to add, or both."),
        ({"remove": "crane", "add": "crane"}, "Choose two different tags."),
        ({"remove": "0190a000-0000-7000-8000-000000000000"}, "That tag is no longer in the codebook."),
    ],
)
def test_a_form_that_says_nothing_changes_nothing(alice_client, project, tags, marks, sent, sentence):
    before = names(marks)
    keys = {name: tags[value].pk if value in tags else value for name, value in sent.items()}
    answer = alice_client.post(RETAG, {"number": "5", **keys})
    assert answer.status_code == 422
    assert sentence in markup(answer)
    assert names(marks) == before


@each("fields", [{"status": "retired"}, {"heading_only": True}])
def test_highlights_get_no_tag_that_is_not_for_use(alice_client, project, tags, marks, fields):
    Tag.objects.filter(pk=tags["quay"].pk).update(status="active", heading_only=False)
    Tag.objects.filter(pk=tags["quay"].pk).update(**fields)
    assert alice_client.post(RETAG, {"number": "5", "add": tags["quay"].pk}).status_code == 422


def test_what_the_curator_cannot_read_is_not_retagged(alice_client, bob, bob_client, project, tags, marks):
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    Article.objects.update(status="withdrawn")
    assert "The project has 0 passages." in markup(bob_client.get(RETAG))
    bob_client.post(RETAG, {"number": "0", "remove": tags["crane"].pk})
    split = f"{tags['crane'].get_absolute_url()}split/?to={tags['ship'].pk}"
    bob_client.post(split, {f"to-{marks[0].pk}": tags["ship"].pk})
    assert names(marks)[0] == ["crane"]


def test_a_coder_neither_retags_nor_splits(bob_client, project, tags, marks):
    assert bob_client.get(RETAG).status_code == 403
    assert bob_client.post(f"{tags['crane'].get_absolute_url()}split/").status_code == 403


def test_a_tag_is_split_on_its_page(alice_client, project, tags, marks):
    address = f"{tags['crane'].get_absolute_url()}split/"
    assert f'href="{address}"' in markup(alice_client.get(tags["crane"].get_absolute_url()))
    chosen = markup(alice_client.get(address))
    assert "3 highlights have this tag." in chosen
    assert f'value="{tags["ship"].pk}"' in chosen
    page = markup(alice_client.get(address, {"to": [tags["ship"].pk, tags["quay"].pk]}))
    assert page.count('name="to-') == 9
    sent = {f"to-{marks[0].pk}": tags["ship"].pk, f"to-{marks[1].pk}": "", f"to-{marks[2].pk}": tags["quay"].pk}
    query = f"to={tags['ship'].pk}&to={tags['quay'].pk}"
    answer = alice_client.post(f"{address}?{query}", sent, follow=True)
    assert "2 highlights were retagged." in markup(answer)
    assert names(marks) == [["ship"], ["quay", "crane"], ["quay", "ship"], ["ship"], []]
    assert markup(answer).count('name="to-') == 3


def test_going_to_another_page_of_a_split_keeps_what_was_chosen_and_passes_nobody_over(
    alice_client, alice, project, revision, tags
):
    made = [
        Highlight.objects.make(
            project=project, revision=revision, author=alice, start=n, end=n + 9, tags=[tags["crane"]]
        ).highlight.pk
        for n in range(SPLIT_PAGE_SIZE + 5)
    ]

    def go(address: str, where: str, chosen: list) -> tuple[str, list, str]:
        """Where the form leads with that button, the passages there, and the page."""
        sent = {f"to-{key}": tags["ship"].pk for key in chosen} | {"go": where}
        address = alice_client.post(address, sent)["Location"]
        answer = alice_client.get(address)
        return address, [passage.id for passage in answer.context["passages"]], markup(answer)

    first = f"{tags['crane'].get_absolute_url()}split/?to={tags['ship'].pk}"
    page = markup(alice_client.get(first))
    assert 'value="next"' in page and 'value="previous"' not in page
    second, seen, page = go(first, "next", made[:3])
    assert seen == made[SPLIT_PAGE_SIZE:]
    assert "3 highlights were retagged." in page
    _, seen, page = go(second, "previous", [])
    assert seen == made[3 : SPLIT_PAGE_SIZE + 3]
    assert "were retagged" not in page
    assert tags["ship"].highlights.count() == 3
    for start in ("x", "9" * 20, "-1", "\u0663", "999"):
        assert len(alice_client.get(f"{first}&start={start}").context["passages"]) >= SPLIT_PAGE_SIZE - 3


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("merge", "“crane” was merged into “quay”. 3 highlights were retagged."),
        ("delete", "“crane” was deleted."),
        ("split", "1 highlight was retagged."),
        ("retag", "3 highlights were retagged."),
    ],
)
def test_the_message_says_how_many_and_undoes_it(alice_client, project, tags, marks, act, sentence):
    before, address = names(marks), tags["crane"].get_absolute_url()
    target, sent = f"{address}delete/", {"fate": "merge" if act == "merge" else "off", "into": tags["quay"].pk}
    if act == "split":
        target, sent = f"{address}split/?to={tags['ship'].pk}", {f"to-{marks[0].pk}": tags["ship"].pk}
    if act == "retag":
        target, sent = f"{RETAG}?tag=crane", {"number": 3, "remove": tags["crane"].pk}
    answer = alice_client.post(target, sent, follow=True)
    assert sentence in " ".join(markup(answer).split())
    assert names(marks) != before
    form = re.search(r'<form method="post" action="([^"]+\?event=\w+)">(.*?)</form>', markup(answer), re.DOTALL)
    assert "<button>Undo</button>" in form[2]
    back = re.search(r'name="next" value="([^"]+)"', form[2])[1]
    assert alice_client.post(form[1], {"next": back})["Location"] == back
    assert names(marks) == before


def test_a_message_of_no_change_offers_no_undo(alice_client, project, tags, marks):
    alice_client.post(f"{RETAG}?tag=crane", {"number": 3, "remove": tags["crane"].pk})
    alice_client.get("/projects/harbour-study/history/")
    answer = alice_client.post(f"{tags['crane'].get_absolute_url()}split/?to={tags['ship'].pk}", {}, follow=True)
    assert "0 highlights were retagged." in markup(answer)
    assert "?event=" not in markup(answer)


@each("sent", [{"to-x": "y"}, {"to-": ""}, {"x": "y"}])
def test_a_split_that_makes_no_sense_changes_nothing(alice_client, project, tags, marks, sent):
    before = names(marks)
    alice_client.post(f"{tags['crane'].get_absolute_url()}split/?to={tags['ship'].pk}", sent)
    alice_client.post(f"{tags['crane'].get_absolute_url()}split/?to=x", {f"to-{marks[0].pk}": tags["ship"].pk})
    assert names(marks) == before


@pytest.mark.parametrize("act", ["merge", "delete", "split", "retag"])
def test_neither_an_act_nor_its_undo_takes_more_queries_for_more_highlights(
    project, revision, alice, tags, connection, act
):
    def count(run) -> int:
        with CaptureQueriesContext(connection) as queries:
            run()
        return len(queries)

    def measure(number: int) -> tuple[int, int]:
        for start in range(number):
            place = {"revision": revision, "start": start, "end": 40}
            Highlight.objects.make(project=project, author=alice, tags=[tags["crane"]], **place)
        crane = Tag.objects.get(pk=tags["crane"].pk)
        keys = list(crane.highlights.values_list("pk", flat=True))
        acts = {
            "merge": lambda: crane.merge_or_delete(by=alice, into=tags["quay"]),
            "delete": lambda: crane.merge_or_delete(by=alice),
            "split": lambda: split_tag(crane, dict.fromkeys(keys, tags["quay"]), by=alice),
            "retag": lambda: retag(project, Highlight.objects.all(), by=alice, remove=crane, add=tags["quay"]),
        }
        acting = count(acts[act])
        event = Event.objects.select_related("project").latest("pk")
        return acting, count(lambda: undo(event, by=alice))

    few, many = measure(2), measure(20)
    # Before the second there is something that was undone, of which the undo reads what it has changed.
    assert many[0] == few[0]
    assert many[1] <= few[1] + 2

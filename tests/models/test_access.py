"""Articles that are withdrawn or drafts: the highlights on them are out of reach for everybody but the staff, their authors included."""

import pytest

from annotations.models import Desk, Highlight, Project
from cases import each
from conftest import signed_in
from newsreader.models import Article
from texts import extracted

HTMX = {"hx-request": "true"}
SECRET = "corrected before anybody may read it"
PAGES = ["", "card/", "cite/", "edit/", "tags/", "passage/"]
ACTS = ["edit/", "tags/", "ends/", "placement/", "delete/", "restore/"]


@pytest.fixture
def _corrected(highlight):
    """The highlight's article, corrected at its words."""
    html = highlight.revision.html
    highlight.article.revise(html.replace("Ferries run again", SECRET).replace("on Monday", "on Tuesday"))


def set_status(highlight: Highlight, status: str) -> None:
    Article.objects.filter(pk=highlight.article_id).set_status(status)


def ask_everything(client, highlight: Highlight) -> dict[str, tuple[int, bool]]:
    """Return the status of every address of a highlight, and whether the answer has words of its article."""
    answers = {f"GET {page}": client.get(f"/highlights/{highlight.pk}/{page}") for page in PAGES}
    answers |= {f"GET {page} in htmx": client.get(f"/highlights/{highlight.pk}/{page}", headers=HTMX) for page in PAGES}
    for act in ACTS:
        sent = {"version": 1, "note": "x", "act": "keep", "nudge": "end-on-word"}
        answers[f"POST {act}"] = client.post(f"/highlights/{highlight.pk}/{act}", sent)
        answers[f"POST {act} in htmx"] = client.post(f"/highlights/{highlight.pk}/{act}", sent, headers=HTMX)
    return {name: (answer.status_code, has_words(answer.content.decode())) for name, answer in answers.items()}


def has_words(page: str) -> bool:
    return SECRET in page or "reopened on" in page


@pytest.mark.usefixtures("_corrected")
@each("status", ["draft", "withdrawn"])
@each("deleted", [False, True])
def test_its_author_neither_reads_nor_changes_it(alice_client, alice, highlight, status, deleted):
    set_status(highlight, status)
    if deleted:
        highlight.hide(alice)
    before = Highlight.objects.values().get()
    answers = ask_everything(alice_client, highlight)
    assert set(answers.values()) == {(404, False)}, answers
    assert Highlight.objects.values().get() == before


@pytest.mark.usefixtures("_corrected")
def test_the_key_of_one_does_not_lead_to_it_by_a_new_highlight(alice_client, project, highlight):
    set_status(highlight, "withdrawn")
    other = Article.objects.store(extracted("<p>Another article altogether.</p>", title="Other")).article
    sent = {"id": highlight.pk, "project": project.slug, "revision": 1, "start": 0, "end": 7, "exact": "Another"}
    answer = alice_client.post(f"{other.get_absolute_url()}highlights/", sent, headers=HTMX)
    assert (answer.status_code, has_words(answer.content.decode())) == (422, False)


def test_who_curates_and_highlights_goes_on(curator, highlight, revision):
    own = Project.objects.personal_project(curator)
    fields = {"project": own, "revision": revision, "author": curator}
    made = Highlight.objects.make(**fields, start=0, end=3).highlight
    set_status(highlight, "draft")
    client = signed_in(curator)
    assert client.get(f"/highlights/{made.pk}/edit/").status_code == 200
    assert client.get(f"/highlights/{highlight.pk}/edit/").status_code == 404


def test_a_pin_of_one_is_neither_moved_nor_written_about(alice_client, alice, project, highlight):
    desk = Desk.objects.create_desk(project, "Cranes", "", by=alice)
    desk.pin(highlight, by=alice)
    set_status(highlight, "withdrawn")
    for act in ("remark", "up", "unpin"):
        answer = alice_client.post(f"{desk.get_absolute_url()}pins/{highlight.pk}/", {"act": act, "comment": "x"})
        assert answer.status_code == 404
    assert desk.pins.get().comment == ""

"""The page of passages that changed: what waits, what was decided, and many at once."""

import re

import pytest
from django.test.utils import CaptureQueriesContext

from annotations.models import Event, Highlight, Project, Role
from annotations.review.views import PAGE_SIZE
from cases import each
from markup import markup
from newsreader.models import Article
from storm import CRANES, SEVENTEEN, TALLY, edited, marked, placement, report

HTMX = {"hx-request": "true"}


@pytest.fixture
def storm(db):
    return report()


@pytest.fixture
def three(storm, project, alice, bob, tag):
    """Highlights on words that were edited, edited without a material change, and taken out; the last one is Bob's."""
    made = [
        marked(storm, project, alice, "At least 12 people were killed", tags=[tag]),
        marked(storm, project, alice, "Insurers came on Tuesday to count what was lost"),
        marked(storm, project, bob, "Nobody was hurt on the northern pier"),
    ]
    storm.revise(edited(SEVENTEEN, TALLY, CRANES))
    return made


def url(project) -> str:
    return f"/projects/{project.slug}/changed/"


def page_of(client, project, **query) -> str:
    answer = client.get(url(project), query)
    assert answer.status_code == 200
    return markup(answer)


def shown(client, project, **query) -> list[str]:
    """The keys of the highlights in the list."""
    return re.findall(r'<li class="passage changed-row" id="changed-([^"]*)"', page_of(client, project, **query))


def keys(*highlights) -> list[str]:
    return [str(highlight.pk) for highlight in highlights]


def test_what_waits_stands_in_the_order_of_the_text(alice_client, project, three):
    edited_one, plain, gone = three
    assert shown(alice_client, project) == keys(edited_one, gone, plain)


def test_a_row_shows_the_old_words_beside_the_new(alice_client, project, three):
    page = page_of(alice_client, project, material="yes")
    assert "At least <del>12</del> people were killed" in page
    assert "At least <ins>17</ins> people were killed" in page
    assert "Edited: <b>a figure, a name or a negation changed</b>" in page
    assert "military option" in page and "The Quay" in page and "Storm" in page


def test_of_what_is_gone_the_old_words_are_shown_in_their_context(alice_client, project, three):
    page = page_of(alice_client, project, state="gone")
    assert "Nobody was hurt on the northern pier</mark>, the mayor said." in page
    assert "These words are not in revision 2." in page


@each(
    ("query", "places"),
    [
        ({"state": "edited"}, [0, 1]),
        ({"state": "gone"}, [2]),
        ({"state": "ambiguous"}, []),
        ({"state": "settled"}, []),
        ({"material": "yes"}, [0]),
        ({"material": "no"}, [2, 1]),
        ({"state": "edited", "material": "no"}, [1]),
        ({"article": "storm"}, [0, 2, 1]),
        ({"article": "no-such"}, []),
        ({"state": "x", "material": "y", "page": "z"}, [0, 2, 1]),
        ({"article": "\0"}, [0, 2, 1]),
    ],
)
def test_filters_narrow_the_list(alice_client, project, three, query, places):
    assert shown(alice_client, project, **query) == keys(*(three[place] for place in places))


def test_what_was_decided_is_listed_with_who_and_when(alice_client, project, three, alice):
    placement(three[0]).accept(version=1, by=alice)
    assert shown(alice_client, project) == keys(three[2], three[1])
    page = page_of(alice_client, project, state="settled")
    assert shown(alice_client, project, state="settled") == keys(three[0])
    assert "New wording accepted by alice, <time" in page
    assert 'value="reopen">Decide again' in page


def test_a_decision_about_an_older_text_is_history(alice_client, project, storm, three, alice):
    placement(three[0]).accept(version=1, by=alice)
    storm.revise(edited(SEVENTEEN, CRANES))
    assert shown(alice_client, project, state="settled") == []


def test_without_a_script_one_comes_back_to_the_list(alice_client, project, three):
    sent = {"act": "keep", "version": 1, "revision": 2, "next": f"{url(project)}?material=yes"}
    answer = alice_client.post(f"/highlights/{three[0].pk}/placement/", sent)
    assert answer["Location"] == f"{url(project)}?material=yes"
    assert placement(three[0]).decision == "kept"


def test_with_one_the_row_is_drawn_anew(alice_client, project, three):
    sent = {"act": "keep", "version": 1, "revision": 2, "next": url(project)}
    page = markup(alice_client.post(f"/highlights/{three[0].pk}/placement/", sent, headers=HTMX))
    assert page.count(f'<li class="passage changed-row" id="changed-{three[0].pk}"') == 1
    assert "New wording accepted by alice" in page and "Decide again" in page
    assert 'id="waiting" hx-swap-oob="true"><a' in page and "Changes 2" in page


def test_a_row_can_be_opened_again(alice_client, project, three, alice):
    placement(three[0]).dismiss(version=1, by=alice)
    sent = {"act": "reopen", "version": 2, "revision": 2, "next": url(project)}
    page = markup(alice_client.post(f"/highlights/{three[0].pk}/placement/", sent, headers=HTMX))
    assert "Accept the new wording" in page and "Changes 3" in page


def test_another_site_is_no_place_to_come_back_to(alice_client, project, three):
    sent = {"act": "keep", "version": 1, "revision": 2, "next": "https://example.org/"}
    answer = alice_client.post(f"/highlights/{three[0].pk}/placement/", sent)
    assert answer["Location"].startswith("/articles/storm/")


# Who


def test_a_coder_decides_about_his_own_alone(bob_client, project, three):
    rows = page_of(bob_client, project).split('<li class="passage changed-row"')[1:]
    assert ["Dismiss" in row for row in rows] == [False, True, False]


def test_a_guest_of_a_public_project_reads_and_decides_nothing(charlie_client, visitor, project, three):
    Project.objects.filter(pk=project.pk).update(public=True)
    for client in (charlie_client, visitor):
        page = page_of(client, project)
        assert "<del>12</del>" in page
        assert "Dismiss" not in page and "Accept the minor change" not in page


def test_a_stranger_meets_a_404(charlie_client, visitor, project, three):
    for client in (charlie_client, visitor):
        assert client.get(url(project)).status_code == 404
        assert client.post(f"{url(project)}keep/", {}).status_code == 404


def test_a_deleted_highlight_and_a_withdrawn_article_are_not_listed(alice_client, project, storm, three, alice):
    three[0].hide(alice)
    assert shown(alice_client, project) == keys(three[2], three[1])
    Article.objects.filter(pk=storm.pk).update(status="withdrawn")
    assert shown(alice_client, project) == []


# Many


def keep_form(page: str) -> dict:
    form = re.search(r'<form method="post" action="[^"]*/changed/keep/">.*?</form>', page, re.DOTALL)
    return dict(re.findall(r'name="([a-z]+)" value="([^"]*)"', form[0])) if form else {}


def test_what_is_not_material_is_kept_at_once(alice_client, project, three):
    page = page_of(alice_client, project)
    assert "Accept the minor change" in page
    alice_client.post(f"{url(project)}keep/", keep_form(page))
    assert [placement(one).decision for one in three] == ["", "kept", ""]


@each("query", [{"state": "gone"}, {"state": "settled"}, {"material": "yes"}, {"article": "other"}])
def test_only_what_the_filter_shows_is_offered_to_be_kept(alice_client, project, three, query):
    assert keep_form(page_of(alice_client, project, **query)) == {}


def test_only_what_one_may_decide_about_is_kept_at_once(bob_client, project, storm, three, bob):
    assert keep_form(page_of(bob_client, project)) == {}
    last = placement(three[2]).pk
    bob_client.post(f"{url(project)}keep/", {"last": last})
    assert placement(three[1]).decision == ""


def test_what_came_after_the_page_was_read_is_not_kept_with_the_rest(alice_client, alice, project, storm, three):
    sent = keep_form(page_of(alice_client, project))
    revision = storm.revisions.get(number=1)
    start = revision.text.index("to count what was lost")
    late = Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=start + 22)
    alice_client.post(f"{url(project)}keep/", sent)
    assert (placement(three[1]).decision, placement(late.highlight).decision) == ("kept", "")


@pytest.mark.parametrize("sent", [{}, {"last": "x"}, {"last": "-1"}, {"last": "9" * 40}])
def test_a_form_that_names_nothing_keeps_nothing(alice_client, project, three, sent):
    answer = alice_client.post(f"{url(project)}keep/", sent, follow=True)
    assert "0 passages accepted" in answer.content.decode()
    assert not Event.objects.filter(verb="passages kept").exists()


def test_a_viewer_keeps_nothing(bob_client, project, three):
    project.memberships.filter(user__username="bob").update(role=Role.VIEWER)
    bob_client.post(f"{url(project)}keep/", {"last": 10**6})
    assert not Event.objects.filter(verb="passages kept").exists()


def test_an_empty_page_says_what_will_stand_here(alice_client, project):
    assert "Nothing to review." in page_of(alice_client, project)


def test_a_filter_that_leaves_nothing_says_so(alice_client, project, three):
    assert "No passages match." in page_of(alice_client, project, state="ambiguous")


def test_a_long_list_is_read_page_by_page(alice_client, project, storm, alice):
    made = [marked(storm, project, alice, "12 people were killed"[: 9 + n % 10]) for n in range(PAGE_SIZE + 3)]
    storm.revise(edited(SEVENTEEN))
    first, second = (shown(alice_client, project, page=number) for number in (1, 2))
    assert (len(first), len(second)) == (PAGE_SIZE, 3)
    assert set(first + second) == set(keys(*made))
    assert f"1 to {PAGE_SIZE} of {PAGE_SIZE + 3}" in page_of(alice_client, project)
    assert 'rel="next"' in page_of(alice_client, project, article="storm")


def test_it_asks_no_more_for_many_than_for_few(alice_client, project, storm, alice, bob, tag, connection, three):
    def ask() -> int:
        page_of(alice_client, project)
        with CaptureQueriesContext(connection) as queries:
            page_of(alice_client, project)
        return len(queries)

    few = ask()
    revision = storm.revisions.get(number=1)
    for start in range(20):
        fields = {"project": project, "revision": revision, "author": [alice, bob][start % 2], "tags": [tag]}
        Highlight.objects.make(start=start % 9, end=30 + start, **fields)
    assert ask() == few <= 16

import pytest
from django.test.utils import CaptureQueriesContext

from annotations.models import Event, Highlight, Membership, Project, Tag
from cases import each
from markup import markup

ABOUT = "/projects/harbour-study/"
USE = "/projects/harbour-study/use/"
MEMBERS = "/projects/harbour-study/members/"


@pytest.fixture
def open_project(project):
    Project.objects.filter(pk=project.pk).update(public=True)
    return project


def page(client, url=ABOUT) -> str:
    return client.get(url).content.decode()


def words(project, **fields) -> dict:
    """What the owner's form sends."""
    project.refresh_from_db()
    sent = {"name": project.name, "about": project.about, "imprint": project.fingerprint}
    return sent | ({"public": "on"} if project.public else {}) | fields


def role_of(project, user) -> str:
    return project.memberships.get(user=user).role


def test_the_list_shows_ones_own_projects_with_role_and_counts(alice_client, project, highlight):
    own = page(alice_client, "/projects/")
    assert "Harbour study" in own
    assert "<span>owner</span>" in own
    assert ">1 highlight</a>" in own
    assert "2 members" in own


def test_the_list_does_not_name_the_projects_of_others(charlie_client, project):
    assert "Harbour study" not in page(charlie_client, "/projects/")


def test_a_visitor_sees_the_public_projects_alone(visitor, open_project):
    seen = page(visitor, "/projects/")
    assert "Harbour study" in seen
    assert "New project" not in seen


def test_a_visitor_where_nothing_is_public_is_told_so(visitor, project):
    assert "There are no public projects" in page(visitor, "/projects/")


@each(
    ("section", "address"),
    [
        ("passages", "/projects/grain-prices/passages/"),
        ("codebook", "/projects/grain-prices/tags/"),
        ("library", "/articles/harbour-reopens/"),
        ("", "/projects/grain-prices/"),
    ],
)
def test_the_header_offers_ones_other_projects_in_the_same_section(alice_client, alice, project, section, address):
    if not Project.objects.filter(slug="grain-prices").exists():
        Project.objects.create_owned("Grain prices", owner=alice)
    asked = {"switch": section, "current": project.slug, "from": "/articles/harbour-reopens/"}
    answer = markup(alice_client.get("/projects/", asked, headers={"hx-request": "true"}))
    assert f'<input type="hidden" name="next" value="{address}">' in answer
    assert "Switch to </span><bdi>Grain prices</bdi>" in answer
    assert "Harbour study" not in answer
    assert "<html" not in answer


def test_the_header_offers_no_projects_of_others(charlie_client, visitor, project):
    asked = {"switch": "passages", "current": "other"}
    for client in (charlie_client, visitor):
        assert "Harbour study" not in markup(client.get("/projects/", asked, headers={"hx-request": "true"}))


def test_a_reader_begins_a_project_and_works_in_it(alice_client, alice):
    answer = alice_client.post("/projects/", {"name": "Grain prices", "about": "Since spring", "public": "on"})
    made = Project.objects.get(name="Grain prices")
    assert answer["Location"] == "/projects/grain-prices/"
    assert (made.about, made.public, role_of(made, alice)) == ("Since spring", True, "owner")
    assert Project.objects.current_for(alice) == made


def test_two_projects_of_one_name_have_two_addresses(alice_client, bob_client):
    for client in (alice_client, bob_client):
        client.post("/projects/", {"name": "Grain prices"})
    assert len(set(Project.objects.filter(name="Grain prices").values_list("slug", flat=True))) == 2


@each("name", ["", "   ", "x" * 121])
def test_a_project_needs_a_name(alice_client, name):
    answer = alice_client.post("/projects/", {"name": name})
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors
    assert not Project.objects.filter(personal=False).exists()


def test_a_visitor_is_led_to_sign_in_before_beginning_one(visitor):
    assert visitor.post("/projects/", {"name": "Mine"})["Location"] == "/accounts/login/?next=/projects/"
    assert not Project.objects.exists()


def test_the_overview_tells_who_belongs_and_what_is_used(bob_client, project, highlight):
    seen = page(bob_client)
    assert "alice" in seen
    assert "military option" in seen
    assert highlight.get_absolute_url() in seen
    assert "/projects/harbour-study/passages/" in seen


def test_only_an_owner_is_offered_to_edit(alice_client, bob_client, project):
    assert 'name="imprint"' in page(alice_client)
    assert 'name="imprint"' not in page(bob_client)
    assert 'name="role"' in page(alice_client, MEMBERS)
    assert "<form" not in page(bob_client, MEMBERS).partition("<main")[2].partition("</main>")[0]


def test_a_stranger_finds_no_project(charlie_client, project):
    assert charlie_client.get(ABOUT).status_code == 404
    assert charlie_client.post(ABOUT, {"name": "x"}).status_code == 404


def test_a_visitor_reads_a_public_project(visitor, charlie_client, open_project, highlight):
    for client in (visitor, charlie_client):
        assert highlight.get_absolute_url() in page(client)
        assert 'name="imprint"' not in page(client)


def test_a_passage_of_a_withdrawn_article_is_not_shown(bob_client, project, highlight):
    highlight.article.status = "withdrawn"
    highlight.article.save()
    assert highlight.get_absolute_url() not in page(bob_client)


def test_an_owner_edits_the_words(alice_client, project, alice):
    sent = words(project, name="Harbours", about="All of them", public="on")
    assert alice_client.post(ABOUT, sent)["Location"] == ABOUT
    project.refresh_from_db()
    assert (project.name, project.about, project.public) == ("Harbours", "All of them", True)
    assert Event.objects.get(verb="project edited").actor == alice


def test_a_stale_edit_is_shown_beside_what_was_saved_and_not_kept(alice_client, project):
    sent = words(project, name="Second thoughts")
    alice_client.post(ABOUT, words(project, name="First thoughts"))
    answer = alice_client.post(ABOUT, sent)
    project.refresh_from_db()
    assert answer.status_code == 409
    assert project.name == "First thoughts"
    assert "First thoughts" in answer.content.decode()
    assert "Second thoughts" in answer.content.decode()
    assert alice_client.post(ABOUT, words(project, name="Second thoughts")).status_code == 302


def test_two_descriptions_are_combined_and_a_refused_form_overwrites_nothing_unseen(alice_client, project):
    sent = words(project, about="Second")
    alice_client.post(ABOUT, words(project, about="First"))
    refused = alice_client.post(ABOUT, sent | {"name": " "})
    assert f'name="imprint" value="{sent["imprint"]}"' in markup(refused)
    assert 'name="combine"' in markup(alice_client.post(ABOUT, sent))
    combined = alice_client.post(ABOUT, sent | {"combine": "1"}).context["form"].data.dict()
    project.refresh_from_db()
    assert (project.about, combined["about"]) == ("First", "First\n\nSecond")
    combined.pop("combine")
    assert alice_client.post(ABOUT, combined).status_code == 302
    project.refresh_from_db()
    assert project.about == "First\n\nSecond"


def test_a_project_cannot_lose_its_name(alice_client, project):
    assert alice_client.post(ABOUT, words(project, name=" ")).status_code == 422
    assert Project.objects.filter(name="Harbour study").exists()


@pytest.mark.parametrize("url", [ABOUT, MEMBERS])
@pytest.mark.parametrize("role", ["curator", "coder", "viewer"])
def test_a_member_who_is_no_owner_is_told_so(bob_client, bob, project, url, role):
    project.memberships.filter(user=bob).update(role=role)
    answer = bob_client.post(url, {"name": "Mine", "user": "bob", "role": "owner"})
    assert answer.status_code == 403
    assert "Only an owner" in answer.content.decode()
    assert not Project.objects.filter(name="Mine").exists()


def test_a_guest_of_a_public_project_is_told_so_too(charlie_client, visitor, open_project):
    assert charlie_client.post(ABOUT, {"name": "Mine"}).status_code == 403
    assert charlie_client.post(USE).status_code == 403
    assert visitor.post(USE)["Location"] == f"/accounts/login/?next={ABOUT}"


def test_a_member_works_in_another_project(bob_client, bob, project):
    bob_client.post("/projects/", {"name": "Own"})
    answer = bob_client.post(USE, {"next": "/articles/x/"})
    assert answer["Location"] == "/articles/x/"
    assert Project.objects.current_for(bob) == project


@pytest.mark.parametrize("address", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_choosing_a_project_leads_nowhere_else(bob_client, project, address):
    assert bob_client.post(USE, {"next": address})["Location"] == "/"


def test_a_stranger_cannot_choose_it(charlie_client, visitor, project):
    assert charlie_client.post(USE).status_code == 404
    assert visitor.post(USE).status_code == 404


def test_a_project_is_changed_by_its_forms_alone(alice_client, project):
    assert alice_client.put(ABOUT).status_code == 405
    assert alice_client.delete("/projects/").status_code == 405


def test_an_owner_adds_a_member_who_goes_on_working_where_they_did(alice_client, charlie_client, charlie, project):
    alice_client.post(MEMBERS, {"user": "charlie", "role": "curator"})
    assert role_of(project, charlie) == "curator"
    assert Project.objects.current_for(charlie).personal
    assert charlie_client.get(ABOUT).status_code == 200


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"user": "nobody", "role": "coder"}, "No user named “nobody”."),
        ({"user": "bob", "role": "coder"}, "bob is already a member."),
        ({"user": "", "role": "coder"}, "Enter a user name."),
        ({"user": "charlie", "role": "emperor"}, "emperor"),
        ({"member": "x", "role": "coder"}, None),
        ({"member": "99999", "role": "coder"}, None),
    ],
)
def test_what_cannot_be_is_refused_in_words(alice_client, charlie, project, sent, words):
    answer = alice_client.post(MEMBERS, sent)
    assert answer.status_code == (422 if words else 404)
    assert not words or words in answer.content.decode()
    assert project.memberships.count() == 2


def test_an_account_that_is_closed_cannot_be_added(alice_client, charlie, project):
    charlie.is_active = False
    charlie.save()
    assert alice_client.post(MEMBERS, {"user": "charlie", "role": "coder"}).status_code == 422


def member(project, user) -> int:
    return project.memberships.get(user=user).pk


def removal(project, user) -> str:
    """The page that asks whether to remove a member."""
    return f"{MEMBERS}{member(project, user)}/remove/"


def test_an_owner_gives_another_role(alice_client, bob, project):
    alice_client.post(MEMBERS, {"member": member(project, bob), "role": "curator"})
    assert role_of(project, bob) == "curator"
    assert Event.objects.get(verb="role changed").data == {"user": bob.pk, "before": "coder", "role": "curator"}


@pytest.mark.parametrize("role", ["", "emperor"])
def test_a_role_that_is_none_is_refused(alice_client, bob, project, role):
    assert alice_client.post(MEMBERS, {"member": member(project, bob), "role": role}).status_code == 422
    assert role_of(project, bob) == "coder"


def test_an_owner_removes_a_member_and_the_highlights_stay(alice_client, bob_client, bob, project, revision):
    Highlight.objects.make(project=project, revision=revision, author=bob, start=0, end=9)
    alice_client.post(removal(project, bob))
    assert bob_client.get(ABOUT).status_code == 404
    assert project.highlights.count() == 1


def test_the_last_owner_stays(alice_client, alice, project):
    key = member(project, alice)
    for answer in (
        alice_client.post(MEMBERS, {"member": key, "role": "coder"}),
        alice_client.post(removal(project, alice)),
    ):
        assert answer.status_code == 422
        assert "A project needs an owner." in answer.content.decode()
    assert role_of(project, alice) == "owner"


def test_removing_a_member_asks_first_and_says_what_becomes_of_the_highlights(alice_client, bob, project, revision):
    Highlight.objects.make(project=project, revision=revision, author=bob, start=0, end=9)
    assert f'href="{removal(project, bob)}"' in page(alice_client, MEMBERS)
    asked = alice_client.get(removal(project, bob))
    said = markup(asked)
    assert "Remove <bdi>bob</bdi> from <bdi>Harbour study</bdi>?" in said
    assert "1 highlight by <bdi>bob</bdi> stays in the project." in said
    assert "can no longer open the project" in said
    assert f'<a class="quiet" href="{MEMBERS}">Cancel</a>' in said
    assert project.memberships.count() == 2
    alice_client.post(MEMBERS, {"member": member(project, bob), "role": "coder", "remove": "yes"})
    assert project.memberships.count() == 2


def test_leaving_a_public_project_says_that_it_stays_readable(alice_client, alice, bob, open_project):
    alice_client.post(MEMBERS, {"member": member(open_project, bob), "role": "owner"})
    said = markup(alice_client.get(removal(open_project, alice)))
    assert "Leave <bdi>Harbour study</bdi>?" in said
    assert "can still read it, since the project is public" in said


def test_the_address_of_an_error_about_members_can_be_opened_again(alice_client, bob_client, charlie_client, project):
    assert alice_client.post(MEMBERS, {"user": "nobody", "role": "coder"}).status_code == 422
    again = markup(alice_client.get(MEMBERS))
    assert "Harbour study" in again
    assert "No user named" not in again
    assert [client.get(MEMBERS).status_code for client in (bob_client, charlie_client)] == [200, 404]


def test_only_owners_are_asked_about_removing_members(bob_client, charlie_client, visitor, bob, project):
    answers = [client.get(removal(project, bob)).status_code for client in (bob_client, charlie_client, visitor)]
    assert answers == [403, 404, 404]
    assert bob_client.post(removal(project, bob)).status_code == 403


def test_one_of_two_owners_may_leave(alice_client, alice, bob, project):
    alice_client.post(MEMBERS, {"member": member(project, bob), "role": "owner"})
    answer = alice_client.post(removal(project, alice))
    assert answer["Location"] == "/projects/"
    assert list(project.memberships.values_list("user__username", flat=True)) == ["bob"]


def test_the_members_of_another_project_are_out_of_reach(alice_client, bob, charlie_client, charlie, project):
    theirs = Project.objects.create_owned("Theirs", owner=charlie)
    there = f"{MEMBERS}{member(theirs, charlie)}/remove/"
    assert [alice_client.get(there).status_code, alice_client.post(there).status_code] == [404, 404]
    assert Membership.objects.filter(project=theirs).count() == 1


def test_what_a_project_is_called_cannot_carry_markup(alice_client):
    alice_client.post("/projects/", {"name": "<script>alert(1)</script>", "about": "<img src=x onerror=alert(1)>"})
    made = Project.objects.get(personal=False)
    for url in ("/projects/", made.get_absolute_url()):
        assert "<script>alert" not in page(alice_client, url)
        assert "<img" not in page(alice_client, url)


@pytest.mark.parametrize("url", ["/projects/", ABOUT])
def test_queries_do_not_grow_with_rows(alice_client, alice, project, revision, connection, url):
    def grow(number):
        for n in range(number):
            tags = Tag.objects.get_or_create_named(project, [f"tag {n} of {number}"], by=alice)
            Highlight.objects.make(project=project, revision=revision, author=alice, start=n, end=n + 9, tags=tags)
            Project.objects.create_owned(f"Project {n} of {number}", owner=alice, public=True)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert alice_client.get(url).status_code == 200
        return len(seen)

    grow(2)
    few = queries()
    grow(12)
    assert queries() == few
    assert few < 16

import re

import pytest
from django.test.utils import CaptureQueriesContext

from annotations.identifiers import uuid7
from annotations.models import Event, Highlight, Project, Role, Tag
from annotations.models.undoing import undo
from cases import each
from markup import markup

CODEBOOK = "/projects/harbour-study/tags/"
ADD = CODEBOOK + "add/"
NEW = {"name": "red line", "parent": "", "definition": "A limit.", "use_for": "", "not_for": "", "colour": "4"}


def page(client, url=CODEBOOK, **query) -> str:
    return markup(client.get(url, query))


def at(tag, act: str = "") -> str:
    return f"{CODEBOOK}{tag.pk}/{act}"


def entry(tag, **fields) -> dict:
    """What the form of the entry sends."""
    tag.refresh_from_db()
    words = {name: getattr(tag, name) for name in ("name", "definition", "use_for", "not_for", "colour", "version")}
    return words | {"parent": tag.parent_id or ""} | fields


@pytest.fixture
def open_project(project):
    Project.objects.filter(pk=project.pk).update(public=True)
    return project


@pytest.fixture
def child(project, tag, alice) -> Tag:
    return Tag.objects.add_tag(project, "air patrols", by=alice, parent=tag, definition="Aircraft that only watch")


@pytest.fixture
def other(project, tag, alice) -> Tag:
    return Tag.objects.add_tag(project, "refusal", by=alice)


def test_the_codebook_is_a_tree_with_counts(bob_client, child, highlight):
    seen = page(bob_client).split('id="tree"')[1]
    assert seen.index("military option") < seen.index("<ul>") < seen.index("air patrols")
    assert '<span class="num">1<span class="aside"> highlight</span></span>' in seen
    assert "Aircraft that only watch" in seen


def test_a_curator_makes_a_tag_a_heading_and_a_tag_in_use_stays_one(alice_client, bob_client, tag, other, highlight):
    assert alice_client.post(at(other), entry(other, heading_only="on")).status_code == 302
    answer = alice_client.post(at(tag), entry(tag, heading_only="on"))
    assert answer.status_code == 422
    assert "Merge it into another tag first" in markup(answer)
    seen = page(bob_client)
    assert "1 tag under 1 heading" in seen
    assert '<bdi>refusal</bdi><span class="aside">, a heading</span>' in seen
    assert '<input type="checkbox" name="heading_only"' in page(alice_client, ADD)
    assert "refusal" not in page(alice_client, at(tag, "delete/"))  # as a tag that the highlights could get


def test_an_empty_codebook_says_what_to_do(alice_client, bob_client, project):
    assert "Name of the first tag" in page(alice_client)
    assert "Name of the first tag" not in page(bob_client)
    assert "No tags yet" in page(bob_client)


def test_deleted_highlights_do_not_count(bob_client, alice, highlight):
    highlight.hide(alice)
    assert 'class="num"' not in page(bob_client).split('id="tree"')[1]


@pytest.mark.parametrize("find", ["AIRCRAFT", "air pat"])
def test_a_tag_is_found_by_name_or_definition_with_what_stands_above_it(bob_client, child, other, find):
    tree = page(bob_client, find=find).split('id="tree"')[1]
    assert "air patrols" in tree
    assert "military option" in tree
    assert "refusal" not in tree


def test_what_is_in_no_tag_is_not_found(bob_client, child):
    assert "No tags match" in page(bob_client, find="zeppelin")


def test_while_one_types_the_tree_alone_comes_back(bob_client, child):
    answer = bob_client.get(CODEBOOK, {"find": "air"}, headers={"hx-request": "true", "hx-target": "tree"})
    assert answer.content.decode().lstrip().startswith('<div id="tree"')
    assert "HX-Request" in answer["Vary"]


def test_an_entry_says_what_the_tag_means_and_where_it_stands(bob_client, tag, child, highlight):
    Tag.objects.filter(pk=tag.pk).update(definition="Force that is weighed", use_for="Plans", not_for="Battles")
    seen = page(bob_client, at(tag))
    for words in ("Force that is weighed", "Plans", "Battles", highlight.get_absolute_url(), "?tag=military-option"):
        assert words in seen


def test_an_entry_lists_the_five_latest_uses(bob_client, project, tag, revision, alice):
    for start in range(7):
        Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=start + 9, tags=[tag])
    seen = page(bob_client, at(tag))
    assert seen.count('class="passage"') == 5
    assert "All 7 passages" in seen


def test_who_may_not_edit_sees_no_form(bob_client, visitor, charlie_client, open_project, tag):
    for client in (bob_client, visitor, charlie_client):
        for url in (CODEBOOK, at(tag)):
            assert 'method="post" action="/projects/harbour-study/tags' not in page(client, url)
            assert ADD not in page(client, url)


def test_a_stranger_finds_no_codebook(charlie_client, visitor, tag):
    for client in (charlie_client, visitor):
        for url in (CODEBOOK, ADD, at(tag), at(tag, "delete/")):
            assert client.get(url).status_code == 404
        for url in (ADD, at(tag), at(tag, "move/"), at(tag, "status/"), at(tag, "delete/")):
            assert client.post(url, NEW).status_code == 404


@pytest.mark.parametrize("role", ["coder", "viewer"])
@pytest.mark.parametrize("act", ["", "move/", "status/", "delete/"])
def test_a_member_who_is_no_curator_is_told_so(bob_client, bob, project, tag, role, act):
    project.memberships.filter(user=bob).update(role=role)
    answer = bob_client.post(at(tag, act), NEW | {"version": 1, "status": "retired", "direction": "up", "fate": "off"})
    assert answer.status_code == 403
    assert "owners and curators" in answer.content.decode()
    assert Tag.objects.get() == tag
    assert Tag.objects.get().version == 1


def test_a_member_who_is_no_curator_adds_nothing(bob_client, project):
    assert bob_client.post(ADD, NEW).status_code == 403
    assert bob_client.get(ADD).status_code == 403
    assert not Tag.objects.exists()


def test_a_guest_of_a_public_project_changes_nothing(charlie_client, visitor, open_project, tag):
    assert charlie_client.post(at(tag), entry(tag, name="mine")).status_code == 403
    assert charlie_client.get(at(tag, "delete/")).status_code == 403
    assert visitor.post(at(tag), entry(tag, name="mine"))["Location"].startswith("/accounts/login/?next=")
    assert visitor.get(ADD)["Location"] == f"/accounts/login/?next={ADD}"
    assert Tag.objects.get().name == "military option"


def test_a_curator_tends_the_codebook(bob_client, bob, project, tag):
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    assert bob_client.post(at(tag), entry(tag, name="armed option")).status_code == 302
    assert Tag.objects.get().name == "armed option"


def test_a_tag_is_changed_by_its_forms_alone(alice_client, tag):
    assert alice_client.put(at(tag)).status_code == 405
    assert alice_client.post(CODEBOOK).status_code == 405
    assert alice_client.get(at(tag, "delete/")).status_code == 200
    assert Tag.objects.get() == tag


@pytest.mark.parametrize("act", ["", "delete/"])
def test_a_tag_of_another_project_is_not_here(alice_client, project, alice, act):
    theirs = Tag.objects.get_or_create_named(
        Project.objects.create_owned("Other study", owner=alice), ["far"], by=alice
    )[0]
    assert alice_client.get(at(theirs, act)).status_code == 404
    assert alice_client.post(at(theirs, "move/"), {"direction": "up"}).status_code == 404
    assert alice_client.post(f"{CODEBOOK}{uuid7()}/status/", {"status": "retired"}).status_code == 404


def test_a_tag_is_added(alice_client, alice, project, tag):
    answer = alice_client.post(ADD, NEW | {"parent": str(tag.pk)})
    made = Tag.objects.get(name="red line")
    assert answer["Location"] == at(made)
    assert (made.parent, made.colour, made.definition, made.version) == (tag, 4, "A limit.", 1)
    assert Event.objects.get(verb="tag made", subject=made.pk).actor == alice


def test_a_name_is_enough(alice_client, tag):
    alice_client.post(ADD, {"name": "  red   line "})
    assert Tag.objects.get(name="red line").colour == 2


def test_the_line_that_is_used_least_is_offered(alice_client, tag):
    assert alice_client.get(ADD).context["form"]["colour"].value() == 2


def test_each_line_says_which_other_tags_have_it(alice_client, project, alice, tag):
    Tag.objects.add_tag(project, "red line", by=alice, colour=4)
    lines = re.findall(r"<label class=\"hue-\d+\">.*?</small>", page(alice_client, ADD))
    words = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]
    assert words[:4] == ["blue military option", "rust free", "teal free", "plum red line"]
    assert "<bdi>military option</bdi> </small>" not in page(alice_client, at(tag))


def test_the_line_that_only_this_tag_has_is_said_to_be_its_own(alice_client, project, alice, tag):
    def own_line() -> str:
        row = next(
            row
            for row in re.findall(r'<label class="hue-.*?</small>', page(alice_client, at(tag)), re.DOTALL)
            if "checked" in row
        )
        return re.search(r"<small>(.*?)</small>", row, re.DOTALL)[1].strip()

    assert own_line() == "this tag"
    Tag.objects.add_tag(project, "pact", by=alice, colour=tag.colour)
    assert own_line() == "<bdi>pact</bdi>"


def test_an_unused_tag_is_only_deleted(alice_client, tag, other, highlight):
    assert "Merge or delete <span" in page(alice_client, at(tag, "delete/"))
    assert re.search(r'<h1 class="title">\s*Delete <span', page(alice_client, at(other, "delete/")))


def test_the_form_for_a_new_tag_knows_under_which_it_was_asked_for(alice_client, tag):
    assert f'<option value="{tag.pk}" selected>' in page(alice_client, ADD, parent=str(tag.pk))
    assert alice_client.get(ADD, {"parent": "nonsense"}).status_code == 200


@each(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter a name for the tag."),
        ({"name": "x" * 91}, "90 characters"),
        ({"name": "red, blue"}, "cannot contain commas"),
        ({"name": "MILITARY option"}, "already"),
        ({"colour": "13"}, "13"),
        ({"colour": "x"}, "x"),
        ({"parent": "nonsense"}, "not a valid UUID"),
        ({"parent": "01a20581-dd3d-79f7-ae3a-1d87c6d963f7"}, "no longer in the codebook"),
        ({"definition": "x" * 4001}, "4000"),
        ({"name": "nul\x00"}, "Null"),
    ],
)
def test_what_cannot_be_a_tag_is_refused_in_words_and_shown_again(alice_client, tag, wrong, words):
    for url, sent in ((ADD, NEW), (at(tag), NEW | {"version": "1"})):
        if url != ADD and wrong.get("name") == "MILITARY option":
            continue
        answer = alice_client.post(url, sent | wrong)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Tag.objects.get().version == 1


def test_a_name_that_only_the_database_takes_for_another_is_no_fault_of_ours(alice_client, project):
    for name in ("ix", "İx", "IX"):
        assert alice_client.post(ADD, {"name": name}).status_code in (302, 422)


def test_a_tag_is_renamed_recoloured_and_redefined(alice_client, tag, other):
    sent = entry(
        tag, name="armed option", colour=9, definition="Two\r\nlines", use_for="a", not_for="b", parent=other.pk
    )
    assert alice_client.post(at(tag), sent)["Location"] == at(tag)
    tag.refresh_from_db()
    kept = (tag.name, tag.colour, tag.definition, tag.use_for, tag.not_for, tag.parent, tag.version)
    assert kept == ("armed option", 9, "Two\nlines", "a", "b", other, 2)


def test_saving_what_was_not_changed_changes_nothing(alice_client, tag):
    Tag.objects.filter(pk=tag.pk).update(definition="Two\nlines")
    alice_client.post(at(tag), entry(tag, definition="Two\r\nlines"))
    tag.refresh_from_db()
    assert tag.version == 1


def test_a_stale_edit_is_shown_beside_what_was_saved_and_not_kept(alice_client, tag):
    sent = entry(tag, definition="The second meaning")
    alice_client.post(at(tag), entry(tag, definition="The first meaning"))
    answer = alice_client.post(at(tag), sent)
    tag.refresh_from_db()
    seen = markup(answer)
    assert answer.status_code == 409
    assert tag.definition == "The first meaning"
    assert "The first meaning" in seen
    assert "The second meaning" in seen
    assert 'name="version" value="2"' in seen
    assert alice_client.post(at(tag), entry(tag, definition="The second meaning")).status_code == 302


def test_two_meanings_are_combined_and_saved_in_one(alice_client, tag):
    sent = entry(tag, definition="The second meaning")
    alice_client.post(at(tag), entry(tag, definition="The first meaning", use_for="Ships"))
    stale = markup(alice_client.post(at(tag), sent))
    assert ("Save your version" in stale, "Keep their version" in stale, 'name="combine"' in stale) == (True,) * 3
    combined = alice_client.post(at(tag), sent | {"combine": "1"}).context["form"]
    tag.refresh_from_db()
    assert tag.definition == "The first meaning"
    assert combined.data["definition"] == "The first meaning\n\nThe second meaning"
    saved = combined.data.dict()
    saved.pop("combine")
    assert alice_client.post(at(tag), saved).status_code == 302
    tag.refresh_from_db()
    assert (tag.definition, tag.use_for) == ("The first meaning\n\nThe second meaning", "Ships")


def test_a_form_that_was_refused_for_something_else_overwrites_nothing_unseen(alice_client, tag):
    sent = entry(tag, definition="The second meaning")
    alice_client.post(at(tag), entry(tag, definition="The first meaning"))
    assert 'name="version" value="1"' in markup(alice_client.post(at(tag), sent | {"name": "a, b"}))


@each("version", ["", "0", "x", "99"])
def test_an_edit_that_does_not_say_what_it_read_is_not_kept(alice_client, tag, version):
    answer = alice_client.post(at(tag), entry(tag, name="mine", version=version))
    assert answer.status_code in (409, 422)
    assert Tag.objects.get().name == "military option"


def test_a_tag_cannot_be_put_under_itself(alice_client, tag, child):
    for parent in (tag, child):
        answer = alice_client.post(at(tag), entry(tag, parent=parent.pk))
        assert answer.status_code == 422
        assert "cannot be placed under itself" in answer.content.decode()
    assert f'<option value="{child.pk}"' not in page(alice_client, at(tag))


def test_a_tag_moves_among_its_siblings(alice_client, project, tag, other):
    alice_client.post(at(other, "move/"), {"direction": "up"})
    assert [t.name for t in Tag.objects.without_tree_fields()] == ["refusal", "military option"]
    alice_client.post(at(other, "move/"), {"direction": "down"})
    assert [t.name for t in Tag.objects.without_tree_fields()] == ["military option", "refusal"]


@pytest.mark.parametrize(
    ("act", "tree"),
    [
        ({"parent": "", "after": "refusal"}, "refusal, military option > air patrols"),
        ({"parent": "refusal", "after": ""}, "refusal > military option > air patrols"),
        ({"direction": "in"}, "military option > air patrols"),  # none stands before it
        ({"direction": "down"}, "refusal, military option > air patrols"),
    ],
)
def test_a_tag_moves_to_a_place_and_back(alice_client, alice, project, tag, child, other, act, tree):
    keys = {one.name: str(one.pk) for one in (tag, child, other)}
    before = drawn(project)
    alice_client.post(at(tag, "move/"), {name: keys.get(value, value) for name, value in act.items()})
    assert drawn(project).startswith(tree)
    if drawn(project) != before:
        event = Event.objects.select_related("project").latest("pk")
        assert event.verb == "tag moved"
        undo(event, by=alice)
        assert drawn(project) == before


def drawn(project) -> str:
    """The tree as a line: tags of the top between commas, each with what stands under it."""
    tags = Tag.objects.with_tree_fields().filter(project=project)
    return "".join(f"{' > ' if tag.tree_depth else ', '}{tag.name}" for tag in tags).removeprefix(", ")


def test_a_tag_moves_in_and_out(alice_client, project, tag, child, other):
    alice_client.post(at(other, "move/"), {"direction": "in"})
    assert drawn(project) == "military option > air patrols > refusal"
    alice_client.post(at(child, "move/"), {"direction": "out"})
    assert drawn(project) == "military option > refusal, air patrols"


def test_what_cannot_be_moved_there_is_said(alice_client, project, tag, child):
    for parent, words in [(tag.pk, "under itself"), (child.pk, "under itself"), (uuid7(), "no longer in the codebook")]:
        before = drawn(project)
        answer = alice_client.post(at(tag, "move/"), {"parent": parent}, follow=True)
        assert words in markup(answer)
        assert drawn(project) == before
    assert not Event.objects.filter(verb="tag moved").exists()


def test_htmx_gets_the_tree_with_what_was_done(alice_client, tag, child, other):
    sent = {"direction": "up", "current": tag.pk}
    answer = alice_client.post(at(other, "move/"), sent, headers={"hx-request": "true", "hx-target": "tree"})
    seen = markup(answer)
    assert seen.lstrip().startswith('<div id="tree" class="movable">')
    assert "“refusal” was moved to the top." in seen
    assert re.search(rf'data-tag="{tag.pk}"[^>]*aria-current="true"', seen)
    assert 'id="definitions"' not in seen


def test_the_definitions_follow_the_order_of_the_tree(alice_client, tag, other):
    assert '<input type="hidden" name="definitions" value="1">' in page(alice_client, CODEBOOK)
    Tag.objects.filter(pk=tag.pk).update(definition="Force.")
    Tag.objects.filter(pk=other.pk).update(definition="A no.")
    sent = {"direction": "up", "definitions": "1"}
    answer = alice_client.post(at(other, "move/"), sent, headers={"hx-request": "true", "hx-target": "tree"})
    _tree, _, definitions = markup(answer).partition('id="definitions"')
    assert re.match(r'[^>]*hx-swap-oob="true"', definitions)
    assert definitions.index("A no.") < definitions.index("Force.")


def test_a_message_says_where_the_tag_went(alice_client, tag, child, other):
    def move(moved: Tag, direction: str) -> str:
        seen = markup(alice_client.post(at(moved, "move/"), {"direction": direction}, follow=True))
        return re.search(r"“[^”]*” was moved[^<]*", seen)[0]

    assert move(other, "in") == "“refusal” was moved after “air patrols”, below “military option”."
    assert move(other, "up") == "“refusal” was moved below “military option”, where it is the first."
    assert move(other, "out") == "“refusal” was moved after “military option”."
    assert move(other, "up") == "“refusal” was moved to the top."


def test_moving_below_another_tag_is_seen_by_who_edits_meanwhile(alice_client, tag, other):
    sent = entry(other, definition="Mine")
    alice_client.post(at(other, "move/"), {"parent": tag.pk})
    assert alice_client.post(at(other), sent).status_code == 409


@each(
    ("direction", "words"),
    [
        ("up", "is the first there"),
        ("in", "No tag stands before"),
        ("out", "is at the top level already"),
        ("x", "up, down, in or out"),
        ("", "up, down, in or out"),
    ],
)
def test_a_tag_that_cannot_move_says_why(alice_client, tag, direction, words):
    answer = alice_client.post(at(tag, "move/"), {"direction": direction}, follow=True)
    assert words in answer.content.decode()


def test_a_tag_retires_and_comes_back(alice_client, tag):
    alice_client.post(at(tag, "status/"), {"status": "retired"})
    assert Tag.objects.get().status == "retired"
    assert "retired" in page(alice_client)
    alice_client.post(at(tag, "status/"), {"status": "active"})
    assert Tag.objects.get().status == "active"
    alice_client.post(at(tag, "status/"), {"status": "exalted"})
    assert Tag.objects.get().status == "active"


def test_deleting_asks_what_becomes_of_the_highlights(alice_client, tag, child, other, highlight):
    seen = page(alice_client, at(tag, "delete/"))
    assert "1 highlight has this tag." in seen
    assert "The tag under it moves up to the top." in seen
    assert f'<option value="{other.pk}">refusal</option>' in seen
    assert f'value="{tag.pk}"' not in seen


def test_a_tag_is_merged_into_another(alice_client, tag, other, highlight):
    answer = alice_client.post(at(tag, "delete/"), {"fate": "merge", "into": str(other.pk)})
    assert answer["Location"] == at(other)
    assert list(highlight.tags.all()) == [other]


def test_a_tag_comes_off_its_highlights(alice_client, tag, child, highlight):
    answer = alice_client.post(at(tag, "delete/"), {"fate": "off", "into": ""})
    assert answer["Location"] == CODEBOOK
    assert not highlight.tags.exists()
    assert [t.name for t in Tag.objects.without_tree_fields()] == ["air patrols"]


@pytest.mark.parametrize("sent", [{}, {"fate": "x"}, {"fate": "merge"}, {"fate": "merge", "into": "x"}])
def test_a_tag_is_not_deleted_before_that_is_said(alice_client, tag, other, highlight, sent):
    answer = alice_client.post(at(tag, "delete/"), sent)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert Tag.objects.count() == 2


def test_a_tag_is_merged_into_no_tag_that_may_not_take_it(alice_client, alice, tag, other):
    theirs = Tag.objects.get_or_create_named(
        Project.objects.create_owned("Other study", owner=alice), ["far"], by=alice
    )[0]
    other.retire(by=alice)
    for into in (tag, theirs, other):
        assert alice_client.post(at(tag, "delete/"), {"fate": "merge", "into": str(into.pk)}).status_code == 422
    assert Tag.objects.count() == 3


def test_the_reading_page_shows_a_change_at_once(alice_client, article, project, tag, highlight):
    url = f"{article.get_absolute_url()}?project={project.slug}"
    assert "military option" in page(alice_client, url)
    alice_client.post(at(tag), entry(tag, name="armed option", colour=7))
    seen = page(alice_client, url)
    assert "armed option" in seen
    assert "military option" not in seen
    assert 'class="hue-7 depth-1"' in seen


def test_a_tag_cannot_carry_markup(alice_client, project):
    hostile = "<img src=x onerror=alert(1)>"
    alice_client.post(ADD, dict.fromkeys(("name", "definition", "use_for", "not_for"), hostile))
    made = Tag.objects.get()
    for url in (CODEBOOK, at(made), at(made, "delete/"), "/projects/harbour-study/"):
        assert "<img" not in page(alice_client, url)
    assert "<img" not in page(alice_client, CODEBOOK, find=hostile)


@pytest.mark.parametrize("act", ["", "entry", "delete"])
def test_queries_do_not_grow_with_rows(alice_client, alice, bob, project, tag, revision, connection, act):
    url = {"": CODEBOOK, "entry": at(tag), "delete": at(tag, "delete/")}[act]

    def grow(number):
        parent = None
        for n in range(number):
            parent = Tag.objects.add_tag(project, f"tag {n} of {number}", by=alice, parent=parent)
            for author in (alice, bob):
                Highlight.objects.make(
                    project=project, revision=revision, author=author, start=n, end=n + 9, tags=[tag, parent]
                )
            Tag.objects.get(pk=tag.pk).edit(Tag.objects.get(pk=tag.pk).version, by=bob, definition=f"{n} {number}")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert alice_client.get(url).status_code == 200
        return len(seen)

    grow(2)
    few = queries()
    grow(8)
    assert queries() == few
    assert few < 17

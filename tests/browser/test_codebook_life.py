"""The life of a codebook in a real browser: proposed, accepted, put in order, merged, split, retagged, retired, undone, looked back at."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from annotations.models import Event, Highlight, Invitation, Reply, Role, Tag
from inspection import watch

PROJECT = "/projects/harbour-study/"
CODEBOOK = f"{PROJECT}tags/"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def tags(transactional_db, project, alice, bob, revision) -> dict[str, Tag]:
    """Three tags, on passages of Alice's, two of which touch."""
    made = {name: Tag.objects.add_tag(project, name, by=alice) for name in ("crane", "hoist", "quay")}
    wanted = {"Two cranes fell": "crane", ", the mayor said": "hoist", "One crane": "hoist", "north pier": "quay"}
    for words, name in wanted.items():
        start = revision.text.index(words)
        place = {"revision": revision, "start": start, "end": start + len(words)}
        Highlight.objects.make(project=project, author=alice, tags=[made[name]], note=f"On {name}.", **place)
    return made


def tagged() -> dict[str, list[str]]:
    """The passages that stand, by their words, with the names of their tags."""
    marks = Highlight.objects.standing().order_by("start")
    return {mark.exact: [tag.name for tag in mark.ordered_tags()] for mark in marks}


def order(page: Page) -> list[str]:
    return page.locator(".tree bdi").all_inner_texts()


def stored() -> list[tuple[str, str]]:
    return [(tag.name, tag.parent.name if tag.parent else "") for tag in Tag.objects.with_tree_fields()]


@pytest.mark.walk
def test_a_codebook_is_proposed_ordered_merged_split_retagged_retired_and_undone(
    signed_in_page, project, alice, bob, tags, axe
):
    propose(signed_in_page(bob), axe)
    page = signed_in_page(alice, **PHONE)
    watch(page)
    accept(page)
    put_in_order(page)
    merge(page, axe)
    pin(page, axe)
    split(page)
    retag(page)
    retire_and_undo(page)
    look_back(page, axe)


def propose(page: Page, axe) -> None:
    page.goto(CODEBOOK)
    page.get_by_role("link", name="Propose a tag").click()
    page.get_by_label("Name").fill("Pier")
    page.get_by_label("Definition").fill("Where ships lie.")
    page.get_by_role("button", name="Propose tag").click()
    page.get_by_text("“Pier” was proposed.").wait_for()
    assert Tag.objects.get(name="Pier").status == "proposed"
    assert axe(page) == []


def accept(page: Page) -> None:
    page.goto(CODEBOOK)
    page.get_by_text("1 tag is proposed and waits for a decision").get_by_role("link", name="Pier").click()
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("“Pier” was accepted and can be used.").wait_for()
    assert Tag.objects.get(name="Pier").status == "active"


def put_in_order(page: Page) -> None:
    """By the keyboard, with the focus staying on the tag and the definitions in the same order; by dragging; and by a button."""
    Tag.objects.filter(definition="").update(definition="On the quay.")
    page.goto(CODEBOOK)
    expect(page.get_by_text("Drag a tag to move it, or press Alt and an arrow key on it.")).to_be_visible()
    link = page.locator(".tree a", has_text="Pier")
    link.focus()
    for key, expected, said in [
        ("ArrowUp", ["crane", "hoist", "Pier", "quay"], "after “hoist”"),
        ("ArrowRight", ["crane", "hoist", "Pier", "quay"], "below “hoist”, where it is the first"),
        ("ArrowLeft", ["crane", "hoist", "Pier", "quay"], "after “hoist”"),
        ("ArrowDown", ["crane", "hoist", "quay", "Pier"], "after “quay”"),
    ]:
        with page.expect_response(lambda response: response.url.endswith("/move/")):
            page.keyboard.press(f"Alt+{key}")
        expect(link).to_be_focused()
        expect(page.locator("#tree .found")).to_have_text(f"“Pier” was moved {said}.")
        assert order(page) == expected, key
        expect(page.locator("#definitions dt bdi")).to_have_text(expected)
        assert ("Pier", "hoist") in stored() if key == "ArrowRight" else ("Pier", "") in stored()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#tree .found")).to_have_text("“Pier” is the last there.")
    link.drag_to(page.locator(".tree a", has_text="quay"))
    expect(page.locator(".tree ul bdi")).to_have_text("Pier")
    assert ("Pier", "quay") in stored()
    page.locator(".tree a", has_text="quay").drag_to(link)
    expect(page.locator("#tree .found")).to_have_text("A tag cannot be placed under itself or one of its own subtags.")
    assert ("quay", "") in stored()


def merge(page: Page, axe) -> None:
    page.goto(Tag.objects.get(name="hoist").get_absolute_url())
    page.get_by_role("link", name="Merge or delete").click()
    page.get_by_label("Which tag").select_option(label="crane")
    page.get_by_label("Join passages of one reader that touch or overlap").check()
    assert axe(page) == []
    page.get_by_role("button", name="Apply and delete tag").click()
    page.get_by_text("“hoist” was merged into “crane”.").wait_for()
    page.get_by_text("2 passages were joined into 1.").wait_for()
    assert tagged() == {
        "Two cranes fell, the mayor said": ["crane"],
        "One crane": ["crane"],
        "north pier": ["quay"],
    }
    joined = Highlight.objects.standing().get(exact__startswith="Two cranes")
    assert joined.note == "On crane.\n\nOn hoist."


def pin(page: Page, axe) -> None:
    page.locator(".passage", has_text="One crane").get_by_role("button", name="Pin as an example").click()
    page.get_by_text("The passage is now an example of “crane”.").wait_for()
    assert axe(page) == []
    page.goto(CODEBOOK)
    expect(page.locator(".examples q")).to_have_text("One crane")
    assert axe(page) == []
    page.goto(f"{Highlight.objects.standing().get(exact='One crane').get_absolute_url()}examples/")
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    assert axe(page) == []


def split(page: Page) -> None:
    page.goto(Tag.objects.get(name="crane").get_absolute_url())
    page.get_by_role("link", name="Split").click()
    page.get_by_label("Pier").check()
    page.get_by_role("button", name="Continue").click()
    page.locator(".split li", has_text="One crane").get_by_label("Pier").check()
    page.get_by_role("button", name="Apply").click()
    page.get_by_text("1 highlight was retagged.").wait_for()
    assert tagged()["One crane"] == ["Pier"]
    page.goto(CODEBOOK)
    expect(page.locator(".examples")).to_have_count(0)  # it is no passage of that tag any more


def retag(page: Page) -> None:
    page.goto(f"{PROJECT}passages/?tag=pier")
    page.get_by_role("link", name="Retag them").click()
    page.get_by_label("Remove").select_option(label="Pier")
    page.get_by_label("Add").select_option(label="quay")
    page.locator("main").get_by_role("button", name="Retag").click()
    page.get_by_text("1 highlight was retagged.").wait_for()
    assert tagged()["One crane"] == ["quay"]


def retire_and_undo(page: Page) -> None:
    page.goto(Tag.objects.get(name="Pier").get_absolute_url())
    page.get_by_role("button", name="Retire").click()
    page.get_by_text("“Pier” is retired.").wait_for()
    assert Tag.objects.get(name="Pier").status == "retired"
    page.goto(f"{PROJECT}history/")
    merge = page.locator(".event", has_text="Merged the tag “hoist” into “crane”")
    expect(merge).to_contain_text("joined 2 passages into 1")
    for act in (
        "Retired the tag “Pier”",
        "Replaced the tag “Pier” by “quay”",
        "Split the tag “crane”",
        "Merged the tag",
    ):
        entry = page.locator(".event:not(.undone)", has_text=act)
        entry.get_by_role("button", name="Undo").click()
        page.get_by_text(f"Undone: {act[0].lower()}{act[1:]}").wait_for()
    assert tagged() == {
        "Two cranes fell": ["crane"],
        ", the mayor said": ["hoist"],
        "One crane": ["hoist"],
        "north pier": ["quay"],
    }
    assert Tag.objects.get(name="Pier").status == "active"
    assert stored() == [("crane", ""), ("hoist", ""), ("quay", ""), ("Pier", "quay")]


def look_back(page: Page, axe) -> None:
    """The day before, for which the events of today count as later."""
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Event.objects.filter(verb="tag made").update(at=timezone.now() - timezone.timedelta(days=1))
    Event.objects.first().project.__class__.objects.update(created_at=timezone.now() - timezone.timedelta(days=2))
    page.goto(CODEBOOK)
    page.get_by_label("Codebook as of").fill(yesterday.isoformat())
    page.get_by_role("button", name="Show").click()
    page.get_by_text("As it stood at the end of that day").wait_for()
    assert page.locator(".past-tags bdi").all_inner_texts() == ["crane", "hoist", "quay"]
    assert axe(page) == []


def test_without_a_script_a_tag_is_moved_and_pinned(signed_in_page, alice, project, tags):
    project.memberships.filter(user=alice).update(role=Role.OWNER)
    page = signed_in_page(alice, java_script_enabled=False, **PHONE)
    page.goto(tags["quay"].get_absolute_url())
    with page.expect_navigation():
        page.get_by_role("button", name="Move in").click()
    assert stored() == [("crane", ""), ("hoist", ""), ("quay", "hoist")]
    page.get_by_role("button", name="Pin as an example").click()
    page.get_by_text("The passage is now an example of “quay”.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    element = wanted.element_handle()
    for _ in range(150):
        page.keyboard.press("Tab")
        if element.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def write(page: Page, wanted: Locator, words: str) -> None:
    """Type into a field, or the beginning of an option into a list."""
    tab_to(page, wanted)
    page.keyboard.type(words)


@pytest.mark.walk
def test_by_keyboard_and_without_a_script_everything_is_done(signed_in_page, alice, project, tags, article):
    page = signed_in_page(alice, java_script_enabled=False, **PHONE)
    main, mark = page.locator("main"), Highlight.objects.get(exact="north pier")
    page.goto(tags["quay"].get_absolute_url())
    press(page, page.get_by_role("button", name="Move up"))
    page.get_by_text("“quay” was moved after “crane”.").wait_for()
    assert [name for name, _ in stored()] == ["crane", "quay", "hoist"]
    page.goto(tags["hoist"].get_absolute_url())
    press(page, page.get_by_role("link", name="Split"))
    press(page, page.get_by_label("quay"), "Space")
    press(page, page.get_by_role("button", name="Continue"))
    tab_to(page, page.locator(".split li", has_text="One crane").get_by_label("Keep"))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Apply"))
    page.get_by_text("1 highlight was retagged.").wait_for()
    assert tagged()["One crane"] == ["quay"]
    page.goto(tags["hoist"].get_absolute_url())
    press(page, page.get_by_role("link", name="Merge or delete"))
    write(page, page.get_by_label("Which tag"), "crane")
    press(page, page.get_by_label("Join passages"), "Space")
    press(page, page.get_by_role("button", name="Apply and delete tag"))
    page.get_by_text("“hoist” was merged into “crane”.").wait_for()
    assert tagged()["Two cranes fell, the mayor said"] == ["crane"]
    page.goto(f"{PROJECT}passages/?tag=quay")
    press(page, page.get_by_role("link", name="Retag them"))
    write(page, page.get_by_label("Add"), "crane")
    press(page, main.get_by_role("button", name="Retag"))
    page.get_by_text("2 highlights were retagged.").wait_for()
    assert tagged()["north pier"] == ["crane"]
    page.goto(f"{article.get_absolute_url()}?project={project.slug}")
    press(page, page.locator(f"#card-{mark.pk}").get_by_role("link", name="Reply"))
    write(page, page.get_by_label("Reply", exact=True), "Which pier, @bob?")
    press(page, main.get_by_role("button", name="Reply"))
    page.get_by_text("Which pier, @bob?").wait_for()
    press(page, page.get_by_role("button", name="Resolve"))
    page.get_by_text("Resolved by alice").wait_for()
    page.goto(f"{PROJECT}members/")
    write(page, page.get_by_label("Label (optional)"), "Seminar")
    press(page, page.get_by_role("button", name="Create link"))
    page.get_by_text("The link was created.").wait_for()
    assert (Reply.objects.get().text, Invitation.objects.get().label) == ("Which pier, @bob?", "Seminar")
    page.goto(f"{PROJECT}history/")
    for act in ("Replaced the tag “quay” by “crane”", "Merged the tag", "Split the tag “hoist”"):
        press(page, page.locator(".event:not(.undone)", has_text=act).get_by_role("button", name="Undo"))
        page.get_by_text(f"Undone: {act[0].lower()}{act[1:]}").wait_for()
    assert tagged() == {
        "Two cranes fell": ["crane"],
        ", the mayor said": ["hoist"],
        "One crane": ["hoist"],
        "north pier": ["quay"],
    }

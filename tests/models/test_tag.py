import pytest

from annotations.errors import HeadingInUseError, NameTakenError, ParentCycleError, StaleError
from annotations.models import Event, Highlight, Project, Tag
from annotations.models.codebook import codebook_of, tag_keys
from cases import each


def add(project, name, by, **fields) -> Tag:
    return Tag.objects.add_tag(project, name, by=by, **fields)


def names(project) -> list[str]:
    return [tag.name for tag in Tag.objects.without_tree_fields().filter(project=project)]


def mark(project, revision, author, *tags, start=0) -> Highlight:
    return Highlight.objects.make(
        project=project, revision=revision, author=author, start=start, end=start + 9, tags=tags
    ).highlight


def places(highlight) -> list[tuple[str, int]]:
    return [(pair.tag.name, pair.position) for pair in highlight.highlighttag_set.select_related("tag")]


@pytest.fixture
def tree(project, alice) -> dict[str, Tag]:
    """fruit (apple (cox), pear), stone."""
    fruit = add(project, "fruit", alice)
    stone = add(project, "stone", alice)
    apple = add(project, "apple", alice, parent=fruit)
    pear = add(project, "pear", alice, parent=fruit)
    cox = add(project, "cox", alice, parent=apple)
    return {"fruit": fruit, "apple": apple, "cox": cox, "pear": pear, "stone": stone}


def test_the_codebook_is_numbered_from_the_top_of_the_tree(project, tree):
    assert names(project) == ["fruit", "apple", "cox", "pear", "stone"]


def test_a_new_tag_takes_the_hue_that_is_used_least(project, tree):
    assert sorted(tag.colour for tag in tree.values()) == [1, 2, 3, 4, 5]


def test_tags_under_one_parent_have_lines_of_their_own_while_there_are_any(project, alice):
    parents = [add(project, f"group {n}", alice) for n in range(2)]
    children = [
        [add(project, f"tag {n} of {parent}", alice, parent=parent).colour for n in range(12)] for parent in parents
    ]
    assert [sorted(colours) for colours in children] == [list(range(1, 13))] * 2


def test_an_edit_is_kept_with_what_stood_before(tree, alice):
    tree["cox"].edit(1, by=alice, name="cox orange", definition="An apple")
    assert (tree["cox"].name, tree["cox"].version) == ("cox orange", 2)
    assert Event.objects.get(verb="tag edited").data == {"before": {"name": "cox", "definition": ""}}


def test_a_tag_becomes_a_heading_only_while_no_highlight_has_it_not_even_a_deleted_one(project, revision, tree, alice):
    tree["fruit"].edit(1, by=alice, heading_only=True)
    highlight = mark(project, revision, alice, tree["stone"])
    highlight.hide(alice)
    with pytest.raises(HeadingInUseError):
        tree["stone"].edit(1, by=alice, heading_only=True)
    found = Tag.objects.without_tree_fields().filter(project=project, heading_only=True)
    assert [tag.name for tag in found] == ["fruit"]


def test_an_edit_that_changes_nothing_leaves_no_trace(tree, alice):
    tree["cox"].edit(1, by=alice, name="cox")
    assert tree["cox"].version == 1
    assert not Event.objects.filter(verb="tag edited").exists()


def test_every_change_gives_the_codebook_a_new_version(project, tree, alice):
    seen = [Project.objects.get().codebook]
    for change in (
        lambda: tree["cox"].edit(1, by=alice, colour=9),
        lambda: tree["pear"].shift("up", by=alice),
        lambda: tree["pear"].retire(by=alice),
        lambda: tree["pear"].reinstate(by=alice),
        lambda: tree["pear"].merge_or_delete(by=alice),
    ):
        change()
        seen.append(Project.objects.get().codebook)
    assert len(set(seen)) == 6


def test_a_stale_edit_is_not_written(tree, alice):
    Tag.objects.get(name="cox").edit(1, by=alice, definition="First")
    with pytest.raises(StaleError):
        tree["cox"].edit(1, by=alice, definition="Second")
    assert Tag.objects.get(name="cox").definition == "First"


@pytest.mark.parametrize("name", ["Pear", "PEAR", "pear"])
def test_no_two_tags_have_one_name(project, tree, alice, name):
    with pytest.raises(NameTakenError):
        tree["cox"].edit(1, by=alice, name=name)
    with pytest.raises(NameTakenError):
        add(project, name, alice)


@pytest.mark.parametrize(("small", "great"), [("über", "ÜBER"), ("спор", "СПОР"), ("ζωή", "ΖΩΉ")])
def test_capitals_of_every_script_are_folded(project, alice, small, great):
    add(project, small, alice)
    with pytest.raises(NameTakenError):
        add(project, great, alice)


def test_a_tag_may_change_its_own_capitals(tree, alice):
    tree["cox"].edit(1, by=alice, name="COX")
    assert Tag.objects.get(pk=tree["cox"].pk).name == "COX"


@each("under", ["fruit", "apple", "cox"])
def test_a_tag_cannot_stand_under_itself(tree, alice, under):
    with pytest.raises(ParentCycleError):
        tree["fruit"].edit(1, by=alice, parent=tree[under])


def test_a_tag_moves_with_what_stands_under_it(project, tree, alice):
    tree["apple"].edit(1, by=alice, parent=tree["stone"])
    assert names(project) == ["fruit", "pear", "stone", "apple", "cox"]


def test_a_tag_moves_to_the_top(project, tree, alice):
    tree["apple"].edit(1, by=alice, parent=None)
    assert names(project) == ["fruit", "pear", "stone", "apple", "cox"]


def test_a_tag_changes_places_with_its_sibling(project, tree, alice):
    assert tree["pear"].shift("up", by=alice)
    assert names(project) == ["fruit", "pear", "apple", "cox", "stone"]
    assert tree["fruit"].shift("down", by=alice)
    assert names(project) == ["stone", "fruit", "pear", "apple", "cox"]


@pytest.mark.parametrize(
    ("name", "step"), [("apple", "up"), ("pear", "down"), ("cox", "down"), ("cox", "in"), ("fruit", "out")]
)
def test_at_the_edge_a_tag_stays(project, tree, alice, name, step):
    before = names(project)
    assert not tree[name].shift(step, by=alice)
    assert names(project) == before
    assert not Event.objects.filter(verb="tag moved").exists()


def test_a_retired_tag_comes_back(tree, alice):
    tree["cox"].retire(by=alice)
    tree["cox"].retire(by=alice)
    assert Tag.objects.get(name="cox").status == "retired"
    tree["cox"].reinstate(by=alice)
    assert Tag.objects.get(name="cox").status == "active"
    assert list(Event.objects.filter(verb__contains="re").values_list("verb", flat=True)) == [
        "tag retired",
        "tag reinstated",
    ]


def test_a_deleted_tag_comes_off_its_highlights_and_the_next_gives_the_hue(project, tree, revision, alice):
    highlight = mark(project, revision, alice, tree["apple"], tree["pear"], tree["stone"])
    tree["apple"].merge_or_delete(by=alice)
    assert places(highlight) == [("pear", 0), ("stone", 1)]


def test_children_of_a_deleted_tag_move_up_to_its_parent(project, tree, alice):
    tree["apple"].merge_or_delete(by=alice)
    assert Tag.objects.get(name="cox").parent == tree["fruit"]
    assert [tag.position for tag in Tag.objects.without_tree_fields()] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("carried", "left"),
    [
        ("apple", "pear"),
        ("apple stone", "pear stone"),
        ("stone apple", "stone pear"),
        ("apple pear", "pear"),
        ("pear apple", "pear"),
        ("apple stone pear cox", "pear stone cox"),
        ("pear stone apple cox", "pear stone cox"),
        ("stone apple cox pear fruit", "stone pear cox fruit"),
        ("pear stone", "pear stone"),
        ("stone", "stone"),
    ],
)
def test_a_merge_leaves_no_tag_twice_and_no_gap(project, tree, revision, alice, carried, left):
    highlight = mark(project, revision, alice, *[tree[name] for name in carried.split()])
    tree["apple"].merge_or_delete(by=alice, into=tree["pear"])
    assert places(highlight) == [(name, place) for place, name in enumerate(left.split())]


def test_a_merge_reaches_deleted_highlights_so_that_they_can_be_restored(project, tree, revision, alice):
    highlight = mark(project, revision, alice, tree["apple"])
    highlight.hide(alice)
    tree["apple"].merge_or_delete(by=alice, into=tree["pear"])
    assert places(highlight) == [("pear", 0)]


def test_a_merge_into_a_child_lifts_the_child(project, tree, alice):
    tree["apple"].merge_or_delete(by=alice, into=tree["cox"])
    assert Tag.objects.get(name="cox").parent == tree["fruit"]


def test_who_was_editing_a_highlight_meanwhile_is_told(project, tree, revision, alice):
    touched, other = (
        mark(project, revision, alice, tree["apple"]),
        mark(project, revision, alice, tree["pear"], start=20),
    )
    tree["apple"].merge_or_delete(by=alice, into=tree["stone"])
    with pytest.raises(StaleError):
        touched.edit(1, by=alice, note="", tags=[tree["stone"]])
    other.edit(1, by=alice, note="", tags=[tree["pear"]])


def test_the_history_keeps_what_a_merged_tag_said(project, tree, revision, alice):
    highlight = mark(project, revision, alice, tree["cox"])
    tree["cox"].edit(1, by=alice, definition="An apple of Berkshire")
    key = tree["cox"].pk
    tree["cox"].merge_or_delete(by=alice, into=tree["pear"])
    event = Event.objects.get(verb="tag merged", subject=key)
    kept = event.data
    assert (kept["name"], kept["definition"], kept["into"]) == ("cox", "An apple of Berkshire", str(tree["pear"].pk))
    assert event.undo_data["highlights"] == [highlight.pk.hex]


def test_merging_many_takes_no_more_queries(
    project, tree, revision, alice, django_assert_max_num_queries, django_assert_num_queries
):
    for start in range(30):
        mark(project, revision, alice, tree["apple"], tree["pear"], start=start)
    with django_assert_max_num_queries(29):
        tree["apple"].merge_or_delete(by=alice, into=tree["pear"])
    assert tree["pear"].highlights.count() == 30


@each(
    ("name", "other"),
    [("cafe\u0301", "café"), ("ZWSP\u200btag", "ZWSPtag"), ("soft\u00adly", "softly"), ("a\u00a0b", "A b")],
)
def test_a_name_that_looks_the_same_is_the_same_tag(project, alice, name, other):
    (tag,) = Tag.objects.get_or_create_named(project, [name], by=alice)
    assert Tag.objects.get_or_create_named(project, [other], by=alice) == [tag]
    Tag.objects.filter(pk=tag.pk).update(name=name)  # as an earlier version kept it
    assert Tag.objects.get_or_create_named(project, [other], by=alice) == [tag]
    with pytest.raises(NameTakenError):
        Tag.objects.add_tag(project, other, by=alice)


def test_every_tag_has_an_address_of_its_own_and_older_addresses_still_work(project, alice):
    names = ["C", "C++", "C#", "👍", "👎", "untitled", "red line", "Red-Line", "Löss", "harbour", "F#"]
    Tag.objects.get_or_create_named(project, names, by=alice)
    codebook = codebook_of(project)

    def find(name: str) -> list[str]:
        return [codebook[key].name for key in tag_keys(codebook, name)]

    assert [find(tag.address) for tag in codebook.values()] == [[name] for name in names]
    assert [find(name) for name in names] == [[name] for name in names]
    assert {tag.address for tag in codebook.values() if tag.address == tag.slug} == {
        *("harbour", "loss", "f", "untitled")
    }
    assert (
        find("c") == ["C", "C++", "C#"]
        and find("RED LINE") == ["red line"]
        and find("loss") == ["Löss"] == find("löss")
    )
    Tag.objects.get(name="C").merge_or_delete(by=alice)
    codebook = codebook_of(Project.objects.get(pk=project.pk))
    assert find("c") == ["C++", "C#"] and find("F++") == find("👌") == []

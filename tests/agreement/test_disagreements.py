"""Disagreements: which places of a text are one, of what kind, and between whom."""

from hypothesis import given

from agreement.layers import CODERS, LAYERS, TAGS, TEXTS, text
from annotations.agreement.disagreements import BOUNDARIES, MISSING, OTHER_TAG, find_differences, select_differences
from annotations.agreement.unitising import join_overlapping
from cases import each

BOTH = [(0, 8, "x")]


@each(
    ("ana", "ben", "kinds"),
    [
        (BOTH, BOTH, []),
        ([(0, 8, "x")], [(0, 7, "x")], [BOUNDARIES]),
        ([(0, 8, "x")], [(8, 12, "x")], [MISSING, MISSING]),
        ([(0, 8, "x")], [(4, 12, "y")], [OTHER_TAG]),
        ([(0, 8, "x")], [(8, 12, "y")], [MISSING, MISSING]),
        ([(0, 8, "x"), (0, 8, "y")], [(0, 8, "x")], [MISSING]),  # nobody has anything in place of the second tag
        ([(0, 8, "x"), (0, 8, "y")], [(0, 8, "y"), (0, 8, "x")], []),
        ([(0, 8, "x")], [(0, 4, "x"), (4, 8, "x")], [BOUNDARIES]),
        ([(0, 8, "x")], [(0, 5, "x"), (3, 8, "x")], []),  # joined
        ([(0, 8, "x")], [(0, 4, "y"), (4, 8, "z")], [OTHER_TAG]),
        ([], BOTH, [MISSING]),
    ],
)
def test_the_kind_of_a_disagreement(ana, ben, kinds):
    found = find_differences(text(0, {"ana": ana, "ben": ben}), TAGS)
    assert [difference.kind for difference in found] == kinds


def test_a_disagreement_divides_those_who_differ():
    layers = {"ana": BOTH, "ben": BOTH, "cleo": [(0, 4, "x")]}
    found = find_differences(text(0, layers), TAGS)
    assert [
        len(select_differences(found, pair=pair)) for pair in (("ana", "ben"), ("ana", "cleo"), ("ben", "cleo"))
    ] == [0, 1, 1]
    assert len(select_differences(found, BOUNDARIES, "x")) == 1
    assert select_differences(found, MISSING) == select_differences(found, tag="y") == []


def test_who_has_not_coded_a_text_misses_nothing():
    assert find_differences(text(0, {"ana": BOTH, "ben": BOTH}), TAGS) == []


@given(LAYERS)
def test_identical_layers_have_no_disagreements(layers):
    layer = next(iter(layers.values()))
    assert find_differences(text(0, dict.fromkeys(CODERS, layer)), TAGS) == []


@given(TEXTS)
def test_each_passage_is_in_one_disagreement_or_all_coders_have_it(texts):
    for one in texts:
        found = [passage for difference in find_differences(one, TAGS) for passage in difference.passages]
        assert len(found) == len(set(found))
        for coder, layer in one.layers.items():
            for tag in TAGS:
                joined = join_overlapping((start, end) for start, end, name in layer if name == tag)
                for start, end in joined:
                    everybody = all(
                        (start, end) in join_overlapping((s, e) for s, e, name in other if name == tag)
                        for other in one.layers.values()
                    )
                    assert ((start, end, tag, coder) in found) != everybody


@given(TEXTS)
def test_the_order_of_passages_and_coders_changes_no_disagreement(texts):
    for one in texts:
        turned = text(one.key, {coder: layer[::-1] for coder, layer in reversed(one.layers.items())})
        kinds = [
            [(d.kind, d.start, d.end, d.tags, set(d.passages)) for d in find_differences(t, TAGS)]
            for t in (one, turned)
        ]
        assert kinds[0] == kinds[1]

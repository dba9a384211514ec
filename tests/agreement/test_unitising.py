"""Alpha for unitising: values that were published, and laws that hold for any passages."""

from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement import alpha_u
from annotations.agreement.unitising import join_overlapping, measure_disagreement, split_sections

LENGTH = 200
SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 40), st.sampled_from("ck")).map(
    lambda span: (span[0], min(span[0] + span[1], LENGTH), span[2])
)
LAYERS = st.dictionaries(st.sampled_from(["ana", "ben", "cleo"]), st.lists(SPANS, max_size=8), min_size=2)


def test_it_is_the_published_one():
    """Two coders, two tags and the places 150 to 450 (Krippendorff 2004, p. 254)."""
    one = [(225, 70, "c"), (370, 30, "c"), (180, 60, "k"), (300, 50, "k")]
    other = [(220, 80, "c"), (355, 20, "c"), (400, 20, "c"), (180, 60, "k"), (300, 50, "k")]
    layers = {
        coder: [(start - 150, start - 150 + size, tag) for start, size, tag in spans]
        for coder, spans in (("one", one), ("other", other))
    }
    values = alpha_u(300, layers)
    assert values[""] == pytest.approx(0.8591, abs=0.0005)
    assert values["c"] == pytest.approx(0.7286, abs=0.00005)
    assert values["k"] == 1


def test_one_long_passage_and_three_short_ones_disagree_more_than_by_chance():
    layers = {"one": [(1, 9, "x")], "other": [(2, 3, "x"), (4, 5, "x"), (6, 7, "x")]}
    found = measure_disagreement(10, layers, "x")
    assert found.observed == pytest.approx(0.9100, abs=0.00005)
    assert found.expected == pytest.approx(0.5351, abs=0.0001)
    assert alpha_u(10, layers)["x"] == pytest.approx(-0.7003, abs=0.0001)


def test_overlapping_passages_of_one_coder_are_one_and_neighbours_are_two():
    assert join_overlapping([(5, 9), (0, 3), (3, 4), (8, 12), (8, 12)]) == [(0, 3), (3, 4), (5, 12)]
    stacked = {"ana": [(0, 10, "c"), (5, 20, "c"), (5, 20, "c")], "ben": [(0, 20, "c"), (30, 40, "c")]}
    joined = {"ana": [(0, 20, "c")], "ben": [(0, 20, "c"), (30, 40, "c")]}
    assert alpha_u(100, stacked) == alpha_u(100, joined)


def test_of_one_coder_and_of_no_passage_nothing_is_defined():
    assert isnan(alpha_u(100, {"ana": [(0, 10, "c")]})["c"])
    assert isnan(alpha_u(100, {"ana": [], "ben": []})[""])
    assert isnan(alpha_u(0, {"ana": [], "ben": []})[""])


@given(LAYERS)
def test_identical_layers_are_full_agreement(layers):
    spans = next(iter(layers.values()))
    values = alpha_u(LENGTH, dict.fromkeys(layers, spans))
    assert all(value == 1 for value in values.values() if not isnan(value))
    assert isnan(values[""]) == (not spans)


@given(LAYERS)
def test_names_and_order_change_nothing(layers):
    renamed = {
        coder.upper(): [(start, end, tag * 2) for start, end, tag in spans[::-1]] for coder, spans in layers.items()
    }
    turned = dict(reversed(renamed.items()))
    values = {tag * 2: value for tag, value in alpha_u(LENGTH, layers).items()}
    assert alpha_u(LENGTH, turned) == pytest.approx(values, nan_ok=True)


@given(LAYERS)
def test_it_is_what_its_definition_says_pair_by_pair(layers):
    """The slow way: every section of a coder against every one of every other."""
    for tag in {tag for spans in layers.values() for *_, tag in spans}:
        total = 0
        for coder, spans in layers.items():
            for other, others in layers.items():
                if coder != other:
                    total += sum_slowly(sections(spans, tag), sections(others, tag))
        number = len(layers)
        expected = total / (number * (number - 1) * LENGTH**2)
        assert measure_disagreement(LENGTH, layers, tag).observed == pytest.approx(expected)


def sections(spans, tag):
    return list(split_sections(LENGTH, join_overlapping((start, end) for start, end, name in spans if name == tag)))


def sum_slowly(ones, others):
    total = 0
    for one in ones:
        for other in others:
            if one.is_passage and other.is_passage and one.start < other.end and other.start < one.end:
                total += (one.start - other.start) ** 2 + (one.end - other.end) ** 2
            elif one.is_passage and not other.is_passage and other.start <= one.start and one.end <= other.end:
                total += one.length**2
            elif other.is_passage and not one.is_passage and one.start <= other.start and other.end <= one.end:
                total += other.length**2
    return total

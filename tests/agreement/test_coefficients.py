"""The coefficients: values that were published, and laws that hold for any ratings."""

import random
from collections import Counter
from itertools import product
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement import alpha, cohen_kappa, fleiss_kappa, percent
from annotations.agreement.coefficients import measure_alpha
from annotations.agreement.distances import measure_monotonicity

# Four observers and twelve units, with values that are missing (Krippendorff 2004, Content Analysis, p. 230).
OBSERVERS = ["12332141 2...".replace(" ", ""), "123322412 5.3".replace(" ", ""), ".33323422 51.".replace(" ", "")]
OBSERVERS.append("123324412 51.".replace(" ", ""))
# 200 patients and two judges, by what each said (Cohen 1960).
JUDGES = [(88, 10, 2), (14, 40, 6), (18, 10, 12)]
# 30 patients and six psychiatrists, by how many gave each of five diagnoses (Fleiss 1971).
DIAGNOSES = """00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 00501 30012 51000 02040
10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006""".split()
# Two coders who give sets of letters to nine units.
SETS = [
    ("", ""),
    ("A", ""),
    ("A", "A"),
    ("A", "B"),
    ("AB", "A"),
    ("AB", "AC"),
    ("ABC", "ABC"),
    ("C", "AC"),
    ("C", "AC"),
]
# Statements and requests by two coders (Artstein and Poesio 2008, table 2).
ACTS = [("statement", "statement", 20), ("statement", "request", 20), ("request", "statement", 10)]
ACTS.append(("request", "request", 50))

COEFFICIENTS = [percent, fleiss_kappa, alpha]
VALUES = st.sampled_from("abc")
RATINGS = st.lists(st.fixed_dictionaries({"ana": VALUES, "ben": VALUES, "cleo": VALUES}), min_size=1, max_size=30)
PAIRS = st.lists(st.fixed_dictionaries({"ana": VALUES, "ben": VALUES}), min_size=1, max_size=30)


def pairs(table):
    return [{"ana": first, "ben": second} for first, second, number in table for _ in range(number)]


def sets():
    return [{"ana": frozenset(first), "ben": frozenset(second)} for first, second in SETS]


def test_krippendorffs_alpha_is_the_published_one():
    units = [dict(enumerate(unit)) for unit in zip(*OBSERVERS, strict=True)]
    ratings = [{coder: value for coder, value in unit.items() if value != "."} for unit in units]
    assert alpha(ratings) == pytest.approx(0.743, abs=0.0005)


def test_cohens_kappa_is_the_published_one():
    table = [(row, column, JUDGES[row][column]) for row, column in product(range(3), repeat=2)]
    assert cohen_kappa(pairs(table)) == pytest.approx(0.492, abs=0.0005)


def test_fleisss_kappa_is_the_published_one():
    given_values = [[value for value, number in enumerate(row) for _ in range(int(number))] for row in DIAGNOSES]
    assert fleiss_kappa([dict(enumerate(values)) for values in given_values]) == pytest.approx(0.430, abs=0.0005)


def test_the_coefficients_of_two_coders_are_the_published_ones():
    ratings = pairs(ACTS)
    assert percent(ratings) == pytest.approx(0.7)
    assert (percent(ratings) - 1 / 2) / (1 - 1 / 2) == pytest.approx(0.4)  # S: both values are as likely
    assert fleiss_kappa(ratings) == pytest.approx(0.341, abs=0.0005)  # of two coders: pi
    assert cohen_kappa(ratings) == pytest.approx(0.348, abs=0.0005)


def test_alpha_of_sets_weighs_how_much_they_share():
    counts = [Counter(unit.values()) for unit in sets()]
    assert measure_alpha(counts, measure_monotonicity) == pytest.approx(0.186, abs=0.0005)
    assert alpha(sets(), "masi") == pytest.approx(0.252, abs=0.001)
    assert alpha(sets()) == pytest.approx(0.239, abs=0.0005)


@pytest.mark.parametrize("measure", [alpha, cohen_kappa, fleiss_kappa, percent])
def test_without_two_values_for_a_unit_nothing_is_defined(measure):
    assert isnan(measure([]))
    assert isnan(measure([{"ana": "a"}, {"ana": "b"}, {"ben": "b"}]))


def test_where_chance_alone_would_agree_nothing_but_the_percentage_is_defined():
    same = [{"ana": "a", "ben": "a"}] * 3
    assert isnan(alpha(same)) and isnan(cohen_kappa(same)) and isnan(fleiss_kappa(same))
    assert percent(same) == 1


def test_cohens_kappa_is_one_of_two_coders():
    assert isnan(cohen_kappa([{"ana": "a", "ben": "b", "cleo": "a"}] * 2))


@given(st.lists(st.frozensets(VALUES), min_size=2, max_size=30).filter(lambda values: len(set(values)) > 1))
def test_identical_decisions_are_full_agreement(values):
    ratings = [{"ana": value, "ben": value} for value in values]
    for measure in (*COEFFICIENTS, cohen_kappa, lambda units: alpha(units, "masi")):
        assert measure(ratings) == pytest.approx(1)


@given(RATINGS, st.permutations("ABC"), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(ratings, letters, chance):
    tags, coders = dict(zip("abc", letters, strict=True)), {"ana": "x", "ben": "y", "cleo": "z"}
    renamed = [{coders[coder]: tags[value] for coder, value in unit.items()} for unit in ratings]
    chance.shuffle(renamed)
    for measure in COEFFICIENTS:
        assert measure(renamed) == pytest.approx(measure(ratings), nan_ok=True)


@given(PAIRS)
def test_two_coders_can_be_exchanged(ratings):
    turned = [{"ana": unit["ben"], "ben": unit["ana"]} for unit in ratings]
    for measure in (*COEFFICIENTS, cohen_kappa):
        assert measure(turned) == pytest.approx(measure(ratings), nan_ok=True)


@given(RATINGS)
def test_no_coefficient_is_above_one_and_percent_is_none_below_nought(ratings):
    for measure in COEFFICIENTS:
        assert isnan(measure(ratings)) or measure(ratings) <= 1 + 1e-9
    assert 0 <= percent(ratings) <= 1


@given(RATINGS)
def test_units_that_one_coder_rated_alone_do_not_count(ratings):
    more = [*ratings, {"ana": "a"}, {"ben": "c"}]
    for measure in COEFFICIENTS:
        assert measure(more) == pytest.approx(measure(ratings), nan_ok=True)


@given(st.integers(0, 1_000))
def test_what_chance_decides_agrees_by_chance(seed):
    chance = random.Random(seed)
    ratings = [{coder: chance.choice("abc") for coder in ("ana", "ben", "cleo")} for _ in range(2_000)]
    assert abs(alpha(ratings)) < 0.08
    assert abs(fleiss_kappa(ratings)) < 0.08

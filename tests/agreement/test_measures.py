"""The figures of whole texts: those of every single unit, and laws that hold for any layers."""

from math import isnan, nan

import pytest
from hypothesis import given

from agreement.layers import CODERS, LAYERS, TAGS, TEXTS, decisions, text
from annotations.agreement import alpha, cohen_kappa, fleiss_kappa, percent
from annotations.agreement.measures import Figures, measure
from annotations.agreement.resampling import SAMPLES, draw_weights
from annotations.agreement.unitising import measure_disagreement


def near(value: float):
    return pytest.approx(value, abs=1e-9, nan_ok=True)


def same(one: Figures, other: Figures) -> bool:
    return list(one[1:5]) == [near(value) for value in other[1:5]] and one.alpha_u == near(other.alpha_u)


@given(TEXTS)
def test_the_figures_of_a_tag_are_those_of_its_units(texts):
    measured = measure(texts, CODERS, TAGS)
    for tag in TAGS:
        ratings = decisions(texts, lambda tags, tag=tag: tag in tags)
        figures = measured.tags[tag]
        assert figures.percent == near(percent(ratings))
        assert figures.fleiss_kappa == near(fleiss_kappa(ratings))
        assert figures.alpha == near(alpha(ratings))
        assert figures.cohen_kappa == near(cohen_kappa(ratings))


@given(TEXTS)
def test_the_figures_of_all_tags_are_those_of_sets(texts):
    measured = measure(texts, CODERS, TAGS)
    ratings = decisions(texts, frozenset)
    assert measured.total.percent == near(percent(ratings))
    assert measured.total.fleiss_kappa == near(fleiss_kappa(ratings))
    assert measured.total.alpha == near(alpha(ratings, "masi"))
    for (first, second), figures in measured.pairs.items():
        pair = [{first: unit[first], second: unit[second]} for unit in ratings if {first, second} <= set(unit)]
        assert figures.alpha == near(alpha(pair, "masi"))
        assert figures.cohen_kappa == near(cohen_kappa(pair))


@given(TEXTS)
def test_alpha_u_adds_up_what_articles_disagree(texts):
    found = [measure_disagreement(one.length, one.layers, "x") for one in texts]
    expected = sum(one.expected * text.length**2 for one, text in zip(found, texts, strict=True))
    observed = sum(one.observed * text.length**2 for one, text in zip(found, texts, strict=True))
    assert measure(texts, CODERS, TAGS).tags["x"].alpha_u == near(1 - observed / expected if expected else nan)


@given(LAYERS)
def test_identical_layers_agree_fully_in_whatever_tags_are_stacked(layers):
    layer = next(iter(layers.values()))
    texts = [text(key, dict.fromkeys(CODERS, layer)) for key in range(2)]
    measured = measure(texts, CODERS, TAGS)
    for figures in [measured.total, *measured.tags.values()]:
        values = (figures.percent, figures.fleiss_kappa, figures.alpha, figures.alpha_u)
        assert all(isnan(value) or value == near(1) for value in values)
        assert figures.interval is None or figures.interval == (near(1), near(1))
    assert all(isnan(pair.alpha) or pair.alpha == near(1) for pair in measured.pairs.values())


@given(TEXTS)
def test_names_and_order_change_no_figure(texts):
    names = dict(zip(CODERS, ("zoe", "ann", "moe"), strict=True)) | dict(zip(TAGS, "qpr", strict=True))
    renamed = [
        text(
            one.key,
            {
                names[coder]: [(start, end, names[tag]) for start, end, tag in reversed(layer)]
                for coder, layer in reversed(one.layers.items())
            },
        )
        for one in reversed(texts)
    ]
    before = measure(texts, CODERS, TAGS)
    after = measure(renamed, [names[coder] for coder in CODERS], [names[tag] for tag in reversed(TAGS)])
    assert same(before.total, after.total)
    assert all(same(before.tags[tag], after.tags[names[tag]]) for tag in TAGS)


@given(TEXTS)
def test_the_same_layers_give_the_same_intervals(texts):
    first, second = measure(texts, CODERS, TAGS), measure(texts, CODERS, TAGS)
    assert repr(first) == repr(second)
    for figures in [first.total, *first.tags.values()]:
        assert figures.interval is None or figures.interval[0] <= figures.interval[1]
    assert len(texts) > 1 or first.total.interval is None


def test_an_interval_holds_what_samples_of_articles_give():
    agreed, apart = {"ana": [(0, 8, "x")], "ben": [(0, 8, "x")]}, {"ana": [(0, 8, "x")], "ben": [(20, 28, "x")]}
    texts = [text(key, agreed if key < 6 else apart) for key in range(10)]
    found = measure(texts, CODERS[:2], TAGS)
    alphas = []
    for weights in draw_weights(len(texts))[:SAMPLES:40]:
        sample = [one for one, weight in zip(texts, weights, strict=True) for _ in range(weight)]
        alphas.append(alpha(decisions(sample, lambda tags: "x" in tags)))
    low, high = found.tags["x"].interval
    assert sum(low - 1e-9 <= value <= high + 1e-9 for value in alphas) >= 0.9 * len(alphas)
    assert low < found.tags["x"].alpha < high
    assert found.total.interval == (near(low), near(high))


def test_overlapping_passages_of_one_coder_and_tag_are_joined():
    found = measure(
        [text(0, {"ana": [(0, 8, "x"), (4, 12, "x"), (4, 8, "y")], "ben": [(0, 12, "x")]})], CODERS[:2], TAGS
    )
    assert found.joined == (1, 0)
    assert found.total.passages == (2, 1)
    assert found.tags["x"].alpha_u == found.tags["x"].alpha == 1

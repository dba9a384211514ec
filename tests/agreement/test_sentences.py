"""How figures are written, and what the page says of them in words."""

from math import nan

from annotations.agreement.measures import Figures, PairFigures
from annotations.agreement.wording import (
    describe_pairs,
    describe_tags,
    describe_total,
    explain_missing,
    format_coefficient,
    format_interval,
    format_percent,
    judge,
)
from cases import each


def figures(alpha: float, *passages: int, interval=None, percent=0.9) -> Figures:
    return Figures(passages or (20, 20), percent, nan, nan, alpha, interval, nan)


@each(
    ("value", "words"),
    [(0.714, ".71"), (-0.021, "−.02"), (-0.004, ".00"), (1, "1.00"), (0.9996, ".99"), (0, ".00"), (-1.5, "−1.50")],
)
def test_a_coefficient_has_two_decimals_and_is_1_only_where_nothing_differs(value, words):
    assert format_coefficient(value) == words


@each(("share", "words"), [(0.8888, "89%"), (1, "100%"), (0.99999, "99%"), (0, "0%")])
def test_a_share_is_100_percent_only_where_it_is_all(share, words):
    assert format_percent(share) == words


@each(
    ("found", "words"),
    [
        (figures(0.9), "Reliable"),
        (figures(0.9, 4, 5), "Reliable: 9 passages are few"),
        (figures(0.7, interval=(0.6, 0.75)), "Tentative"),
        (figures(0.7, interval=(0.4, 0.9)), "Tentative: the interval is wide"),
        (figures(0.5), "Not reliable: read the 8 below"),
        (figures(0.5, 1, 2), "Too few passages to say"),
        (figures(nan, 0, 0), "Nobody used it in these articles"),
        (figures(nan, 9, 9), "Not measured: every unit has the same answer"),
    ],
)
def test_the_verdict(found, words):
    assert judge(found, 8) == words


def test_a_figure_without_a_value_says_why():
    assert explain_missing(figures(nan, 0, 0), "tokens") == "nobody used it"
    assert explain_missing(figures(nan), "tokens") == "all gave every token the same"
    assert explain_missing(figures(nan), "sentences") == "all gave every sentence the same"
    assert explain_missing(figures(0.5), "tokens") == format_interval(None) == ""


def test_the_finding():
    assert describe_total(figures(0.71, percent=0.889), "tokens") == [
        "Two coders agree on 89% of the tokens.",
        "Part of that is chance: beyond it, agreement is .71, enough for tentative conclusions.",
    ]
    tags = [("a", figures(0.9)), ("b", figures(0.85)), ("c", figures(0.7)), ("d", figures(0.2))]
    assert describe_tags(tags) == ["“a” and “b” are reliable.", "“d” is not."]
    assert describe_tags(tags[3:]) == ["“d” is not reliable."]
    assert describe_tags([(name, figures(0.1)) for name in "abcde"]) == ["“e”, “d”, “c” and 2 more are not reliable."]
    pairs = {pair: PairFigures(value, nan, 2) for pair, value in ((("ana", "ben"), 0.7), (("ana", "cleo"), 0.6))}
    assert describe_pairs(pairs) == "ana and ben agree most, ana and cleo least."

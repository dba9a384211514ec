from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotations.charts.counting import (
    STEPS,
    bucket_of,
    buckets,
    end_of,
    gathered,
    number_of,
    ranked,
    share_of,
    shares,
    step_for,
)
from cases import each

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 4000)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
BY = st.sampled_from(STEPS)


@each(
    ("by", "first", "last"),
    [
        ("day", date(2026, 11, 11), date(2026, 11, 11)),
        ("week", date(2026, 11, 9), date(2026, 11, 15)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_day_lies_in_its_day_week_and_month(by, first, last):
    assert (bucket_of(date(2026, 11, 11), by), end_of(first, by)) == (first, last)


def test_a_week_may_lie_in_two_years_and_a_leap_february_has_29_days():
    assert bucket_of(date(2027, 1, 3), "week") == date(2026, 12, 28)
    assert end_of(date(2028, 2, 1), "month") == date(2028, 2, 29)
    assert end_of(date(2026, 12, 1), "month") == date(2026, 12, 31)


@given(day=DAYS, by=BY)
def test_every_day_lies_between_the_ends_of_its_bucket(day, by):
    start = bucket_of(day, by)
    assert start <= day <= end_of(start, by)
    assert bucket_of(end_of(start, by), by) == bucket_of(start, by) == start


@given(span=SPANS, by=BY)
def test_buckets_follow_each_other_without_a_hole(span, by):
    found = buckets(*span, by, most=5000)
    assert len(found) == number_of(*span, by)
    assert (found[0], found[-1]) == (bucket_of(span[0], by), bucket_of(span[1], by))
    assert [end_of(start, by) + timedelta(days=1) for start in found[:-1]] == found[1:]


@given(span=SPANS, by=BY, most=st.integers(1, 50))
def test_no_more_buckets_than_allowed_and_the_last_ones(span, by, most):
    found = buckets(*span, by, most)
    assert len(found) == min(most, number_of(*span, by))
    assert found[-1] == bucket_of(span[1], by)


@given(span=SPANS, by=BY, most=st.integers(1, 400))
def test_the_step_is_the_first_that_is_long_enough(span, by, most):
    step = step_for(*span, by, most)
    assert STEPS.index(step) >= STEPS.index(by)
    assert step == "month" or number_of(*span, step) <= most
    shorter = STEPS[STEPS.index(by) : STEPS.index(step)]
    assert all(number_of(*span, one) > most for one in shorter)


@given(numbers=st.dictionaries(DAYS, st.integers(1, 10**6), min_size=1, max_size=20), by=BY)
def test_gathering_loses_no_passage(numbers, by):
    starts = (
        buckets(min(numbers), max(numbers), by, most=10**6)
        if by == "month"
        else sorted({bucket_of(day, by) for day in numbers})
    )
    sums = gathered(numbers, starts)
    assert sum(sums.values()) == sum(numbers.values())
    assert all(sums[bucket_of(day, by)] >= number for day, number in numbers.items())


def test_what_lies_before_the_first_bucket_is_left_out():
    numbers = {date(2026, 11, 8): 5, date(2026, 11, 9): 2, date(2026, 11, 16): 1}
    assert gathered(numbers, [date(2026, 11, 9), date(2026, 11, 16)]) == {
        date(2026, 11, 9): 2,
        date(2026, 11, 16): 1,
    }
    assert gathered(numbers, []) == {}


@given(numbers=st.lists(st.integers(0, 10**6), min_size=1, max_size=400))
def test_shares_add_up_to_100_and_none_is_off_by_one(numbers):
    parts, total = shares(numbers), sum(numbers)
    assert sum(parts) == (100 if total else 0)
    assert all(abs(part * total - number * 100) < max(total, 1) for part, number in zip(parts, numbers, strict=True))
    assert all(part == 0 for part, number in zip(parts, numbers, strict=True) if not number)


def test_thirds_add_up():
    assert shares([1, 1, 1]) == [34, 33, 33]
    assert shares([0, 0]) == [0, 0]
    assert shares([]) == []


@each(("number", "total", "share"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 0, 0), (7, 7, 100)])
def test_a_share_is_rounded_half_up(number, total, share):
    assert share_of(number, total) == share


def test_the_largest_come_first_and_equals_as_they_came():
    assert ranked({"b": 1, "a": 3, "c": 1}) == ["a", "b", "c"]

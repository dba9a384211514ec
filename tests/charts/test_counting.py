import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotations.charts.counting import (
    MAX_EMPTY_RUN,
    TIME_STEPS,
    Bucket,
    choose_step,
    compute_percentage,
    count_buckets,
    find_bucket_end,
    find_bucket_start,
    lay_axis,
    list_buckets,
    rank_keys,
    split_into_shares,
    sum_by_bucket,
)
from cases import each

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 4000)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
NEAR_DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
STEPS = st.sampled_from(TIME_STEPS)


@each(
    ("step", "first", "last"),
    [
        ("day", date(2026, 11, 11), date(2026, 11, 11)),
        ("week", date(2026, 11, 9), date(2026, 11, 15)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_day_lies_in_its_day_week_and_month(step, first, last):
    assert (find_bucket_start(date(2026, 11, 11), step), find_bucket_end(first, step)) == (first, last)


@each("step", TIME_STEPS)
def test_the_last_days_there_are_lie_in_their_bucket_too(step):
    assert find_bucket_end(find_bucket_start(date.max, step), step) == date.max


def test_a_week_may_lie_in_two_years_and_a_leap_february_has_29_days():
    assert find_bucket_start(date(2027, 1, 3), "week") == date(2026, 12, 28)
    assert find_bucket_end(date(2028, 2, 1), "month") == date(2028, 2, 29)
    assert find_bucket_end(date(2026, 12, 1), "month") == date(2026, 12, 31)


@given(day=DAYS, step=STEPS)
def test_every_day_lies_between_the_ends_of_its_bucket(day, step):
    start = find_bucket_start(day, step)
    assert start <= day <= find_bucket_end(start, step)
    assert find_bucket_start(find_bucket_end(start, step), step) == find_bucket_start(start, step) == start


@given(span=SPANS, step=STEPS)
def test_buckets_follow_each_other_without_a_hole(span, step):
    found = list_buckets(*span, step, max_buckets=5000)
    assert len(found) == count_buckets(*span, step)
    assert (found[0], found[-1]) == (find_bucket_start(span[0], step), find_bucket_start(span[1], step))
    assert [find_bucket_end(start, step) + timedelta(days=1) for start in found[:-1]] == found[1:]


@given(span=SPANS, step=STEPS, max_buckets=st.integers(1, 50))
def test_no_more_buckets_than_allowed_and_the_last_ones(span, step, max_buckets):
    found = list_buckets(*span, step, max_buckets)
    assert len(found) == min(max_buckets, count_buckets(*span, step))
    assert found[-1] == find_bucket_start(span[1], step)


@given(days=st.sets(DAYS, min_size=1, max_size=30), wanted=STEPS, max_buckets=st.integers(1, 400))
def test_the_step_is_the_first_that_is_long_enough(days, wanted, max_buckets):
    step = choose_step(days, wanted, max_buckets)
    assert TIME_STEPS.index(step) >= TIME_STEPS.index(wanted)
    assert step == "month" or len(lay_axis(days, step, 10**4)) <= max_buckets
    shorter = TIME_STEPS[TIME_STEPS.index(wanted) : TIME_STEPS.index(step)]
    assert all(len(lay_axis(days, shorter_step, 10**4)) > max_buckets for shorter_step in shorter)


@given(days=st.sets(NEAR_DAYS, min_size=1, max_size=30), step=STEPS)
def test_an_axis_leaves_out_only_what_is_empty_and_says_how_much(days, step):
    axis = lay_axis(days, step, 10**4)
    starts = [bucket.start for bucket in axis]
    assert {find_bucket_start(day, step) for day in days} <= set(starts)
    assert axis[0].skipped == 0
    for earlier, later in itertools.pairwise(axis):
        assert count_buckets(earlier.start, later.start, step) - 2 == later.skipped
        assert later.skipped == 0 or later.skipped > MAX_EMPTY_RUN


@given(days=st.sets(NEAR_DAYS, min_size=1, max_size=30), step=STEPS)
def test_no_axis_is_mostly_empty_but_for_short_gaps(days, step):
    axis = lay_axis(days, step, 10**4)
    filled = {find_bucket_start(day, step) for day in days}
    runs = [len(list(run)) for is_full, run in itertools.groupby(axis, lambda one: one.start in filled) if not is_full]
    assert sum(runs) <= len(filled) or max(runs) <= MAX_EMPTY_RUN


@given(days=st.sets(NEAR_DAYS, min_size=1, max_size=30), step=STEPS, max_buckets=st.integers(1, 50))
def test_of_a_long_axis_the_end_is_kept(days, step, max_buckets):
    whole, axis = lay_axis(days, step, 10**4), lay_axis(days, step, max_buckets)
    assert [bucket.start for bucket in axis] == [bucket.start for bucket in whole][-max_buckets:]
    assert axis[1:] == whole[-len(axis) :][1:]


def test_one_old_article_does_not_make_the_axis_empty():
    weeks = [date(2026, 11, 2) + timedelta(weeks=n) for n in range(5)]
    axis = lay_axis([date(2023, 1, 5), *weeks], "week", 366)
    assert axis == [Bucket(date(2023, 1, 2)), Bucket(weeks[0], 199), *map(Bucket, weeks[1:])]


def test_an_axis_with_short_gaps_is_whole():
    days = [date(2026, 1, 1), date(2026, 1, 10), date(2026, 1, 12)]
    assert [bucket.start.day for bucket in lay_axis(days, "day", 366)] == list(range(1, 13))
    assert lay_axis([], "day", 366) == []


@given(numbers=st.dictionaries(DAYS, st.integers(1, 10**6), min_size=1, max_size=20), step=STEPS)
def test_sums_lose_no_passage(numbers, step):
    starts = (
        list_buckets(min(numbers), max(numbers), step, max_buckets=10**6)
        if step == "month"
        else sorted({find_bucket_start(day, step) for day in numbers})
    )
    sums = sum_by_bucket(numbers, starts)
    assert sum(sums.values()) == sum(numbers.values())
    assert all(sums[find_bucket_start(day, step)] >= number for day, number in numbers.items())


def test_what_lies_before_the_first_bucket_is_left_out():
    numbers = {date(2026, 11, 8): 5, date(2026, 11, 9): 2, date(2026, 11, 16): 1}
    assert sum_by_bucket(numbers, [date(2026, 11, 9), date(2026, 11, 16)]) == {
        date(2026, 11, 9): 2,
        date(2026, 11, 16): 1,
    }
    assert sum_by_bucket(numbers, []) == {}


@given(numbers=st.lists(st.integers(0, 10**6), min_size=1, max_size=400))
def test_shares_add_up_to_100_and_none_is_off_by_one(numbers):
    parts, total = split_into_shares(numbers), sum(numbers)
    assert sum(parts) == (100 if total else 0)
    assert all(abs(part * total - number * 100) < max(total, 1) for part, number in zip(parts, numbers, strict=True))
    assert all(part == 0 for part, number in zip(parts, numbers, strict=True) if not number)


def test_thirds_add_up():
    assert split_into_shares([1, 1, 1]) == [34, 33, 33]
    assert split_into_shares([0, 0]) == [0, 0]
    assert split_into_shares([]) == []


@each(("number", "total", "share"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 0, 0), (7, 7, 100)])
def test_a_share_is_rounded_half_up(number, total, share):
    assert compute_percentage(number, total) == share


def test_the_largest_come_first_and_equals_as_they_came():
    assert rank_keys({"b": 1, "a": 3, "c": 1}) == ["a", "b", "c"]

"""Numbers put into shape: days in weeks and months with their gaps, shares that add up, what comes first."""

from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, TypeVar

from newsreader.text.dates import add_days

Key = TypeVar("Key", bound=Hashable)

TIME_STEPS = ("day", "week", "month")
ONE_DAY = timedelta(days=1)
MAX_EMPTY_RUN = 8  # days, weeks or months that an axis always shows, however empty it is


class Bucket(NamedTuple):
    """A day, week or month of an axis, by its first day; before it so many are `skipped`, all empty."""

    start: date
    skipped: int = 0


def find_bucket_start(day: date, step: str) -> date:
    """Return the first day of the day, week (from Monday) or month in which a day lies."""
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def find_bucket_end(start: date, step: str) -> date:
    """Return the last day of the day, week or month that begins there."""
    if step == "month":
        return start.replace(day=monthrange(start.year, start.month)[1])
    return add_days(start, 6) if step == "week" else start


def count_buckets(first: date, last: date, step: str) -> int:
    """Return how many days, weeks or months it takes to reach from one day to another, both included."""
    if step == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    days = find_bucket_start(last, step) - find_bucket_start(first, step)
    return days.days // (7 if step == "week" else 1) + 1


def choose_step(days: Collection[date], step: str, max_buckets: int) -> str:
    """Return the step, or the next longer one with which an axis has no more than `max_buckets`; months where none has."""
    longer = TIME_STEPS[TIME_STEPS.index(step) :]
    return next((step for step in longer if len(lay_axis(days, step, max_buckets + 1)) <= max_buckets), TIME_STEPS[-1])


def lay_axis(days: Collection[date], step: str, max_buckets: int) -> list[Bucket]:
    """Return the buckets from the first of these days to the last, empty ones too; the last `max_buckets`.

    Where most would be empty, the longest runs of empty ones are left out: see `find_cut_length`.
    """
    filled = sorted({find_bucket_start(day, step) for day in days})
    gaps = [0, *(count_buckets(*pair, step) - 2 for pair in pairwise(filled))]
    cut_length, buckets = find_cut_length(gaps), []
    for index, start in enumerate(filled):
        is_cut = bool(cut_length) and gaps[index] >= cut_length
        if gaps[index] > 0 and not is_cut:
            between = list_buckets(filled[index - 1], start, step, max_buckets + 2)[1:-1]
            buckets += [Bucket(empty) for empty in between]
        buckets.append(Bucket(start, gaps[index] if is_cut else 0))
    return [
        bucket._replace(skipped=bucket.skipped * bool(index)) for index, bucket in enumerate(buckets[-max_buckets:])
    ]


def find_cut_length(gaps: list[int]) -> int:
    """Return the length from which runs of empty buckets are left out; 0 for none.

    The longest are, until no more buckets are empty than full, or none is longer than MAX_EMPTY_RUN. Each of the gaps
    stands before a bucket that is full.
    """
    empty, cut_length = sum(gaps), 0
    for gap in sorted(gaps, reverse=True):
        if empty <= len(gaps) or gap <= MAX_EMPTY_RUN:
            break
        empty, cut_length = empty - gap, gap
    return cut_length


def list_buckets(first: date, last: date, step: str, max_buckets: int) -> list[date]:
    """Return the start of every day, week or month from one day to another, empty ones too; the last `max_buckets`."""
    starts, first_start = [find_bucket_start(last, step)], find_bucket_start(first, step)
    while starts[-1] > first_start and len(starts) < max_buckets:
        starts.append(find_bucket_start(starts[-1] - ONE_DAY, step))
    return starts[::-1]


def sum_by_bucket(numbers: Mapping[date, int], starts: list[date]) -> Counter[date]:
    """Return the numbers of days, added up in the buckets that begin on these days; what lies before the first is left out."""
    sums: Counter[date] = Counter()
    for day, number in numbers.items():
        if starts and day >= starts[0]:
            sums[starts[bisect_right(starts, day) - 1]] += number
    return sums


def split_into_shares(numbers: list[int], whole: int = 100) -> list[int]:
    """Return the numbers as whole parts of `whole` that add up to it, by largest remainder; the first where these are equal.

    Nothing has no shares: where all numbers are 0, so are all parts.
    """
    total = sum(numbers)
    if not total:
        return [0] * len(numbers)
    parts = [number * whole // total for number in numbers]
    by_remainder = sorted(range(len(numbers)), key=lambda index: -(numbers[index] * whole % total))
    for index in by_remainder[: whole - sum(parts)]:
        parts[index] += 1
    return parts


def compute_percentage(number: int, total: int) -> int:
    """Return a number as whole hundredths of a total, halves rounded up."""
    return (200 * number + total) // (2 * total) if total else 0


def rank_keys(numbers: Mapping[Key, int]) -> list[Key]:
    """Return the keys, the largest number first; equal ones in the order they come in."""
    return sorted(numbers, key=lambda key: -numbers[key])

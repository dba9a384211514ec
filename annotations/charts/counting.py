"""Numbers put into shape: days in weeks and months with their gaps, shares that add up, what comes first."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Mapping
from datetime import date, timedelta

TIME_STEPS = ("day", "week", "month")
ONE_DAY = timedelta(days=1)


def find_bucket_start(day: date, by: str) -> date:
    """The first day of the day, week (from Monday) or month in which a day lies."""
    if by == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if by == "week" else day


def find_bucket_end(start: date, by: str) -> date:
    """The last day of what begins there."""
    if by == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1) - ONE_DAY
    return start + timedelta(days=6) if by == "week" else start


def count_buckets(first: date, last: date, by: str) -> int:
    """How many days, weeks or months it takes to reach from one day to another, both included."""
    if by == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    return (find_bucket_start(last, by) - find_bucket_start(first, by)).days // (7 if by == "week" else 1) + 1


def choose_step(first: date, last: date, by: str, most: int) -> str:
    """The step asked for, or the next longer one in which no more than `most` are needed; months where none is long enough."""
    longer = TIME_STEPS[TIME_STEPS.index(by) :]
    return next((step for step in longer if count_buckets(first, last, step) <= most), TIME_STEPS[-1])


def list_buckets(first: date, last: date, by: str, most: int) -> list[date]:
    """Every day, week or month from one day to another, those in which nothing happened too; the last `most` of them."""
    found, start = [find_bucket_start(last, by)], find_bucket_start(first, by)
    while found[-1] > start and len(found) < most:
        found.append(find_bucket_start(found[-1] - ONE_DAY, by))
    return found[::-1]


def sum_by_bucket(numbers: Mapping[date, int], starts: list[date]) -> Counter:
    """The numbers of days, added up in the buckets that begin on these days; what lies before the first is left out."""
    sums: Counter = Counter()
    for day, number in numbers.items():
        if starts and day >= starts[0]:
            place = bisect_left(starts, day)
            sums[starts[place if place < len(starts) and starts[place] == day else place - 1]] += number
    return sums


def split_into_shares(numbers: list[int], whole: int = 100) -> list[int]:
    """The numbers as whole parts of `whole` that add up to it, by largest remainder; the first where remainders are equal.

    Nothing has no shares: where all numbers are 0, so are all parts.
    """
    total = sum(numbers)
    if not total:
        return [0] * len(numbers)
    parts = [number * whole // total for number in numbers]
    left = whole - sum(parts)
    by_remainder = sorted(range(len(numbers)), key=lambda n: -(numbers[n] * whole % total))
    for n in by_remainder[:left]:
        parts[n] += 1
    return parts


def compute_percentage(number: int, total: int) -> int:
    """A number as whole hundredths of a total, halves upwards."""
    return (200 * number + total) // (2 * total) if total else 0


def rank_keys(numbers: Mapping[Hashable, int]) -> list:
    """The keys, the largest number first; equal ones in the order they come in."""
    return sorted(numbers, key=lambda key: -numbers[key])

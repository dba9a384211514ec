"""Trials of the mutants of a format, and the report of the faults that they show."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from fuzzing.checks import Fault, require
from fuzzing.formats import FORMATS, find_imported, make_mutant, show
from fuzzing.library import Library, Outcome, Upload, look_around, undone
from fuzzing.shrinking import shrink
from newsreader.importing.sandbox import process

LOOK_AROUND_EVERY = 25  # mutants that were imported
SANDBOX_EVERY = 100  # mutants: one of so many is read by a process of its own as well
SLOW_SECONDS = 15  # for all that is asked of the site with one mutant
MAX_SHOWN = 1500  # characters of a small file
HEAD = f"{'format':<14}{'mutants':>8}{'imported':>9}{'empty':>7}{'refused':>8}{'faults':>7}{'seconds':>8}{'slowest':>8}"


@dataclass
class Trials:
    """What became of the mutants of a format; `faults` has the numbers of those that show one, by its key."""

    name: str
    valid: list[bytes] = field(default_factory=list)
    outcomes: Counter = field(default_factory=Counter)
    faults: dict[str, list[int]] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)  # of the first mutant that shows a fault
    seconds: float = 0
    slowest: float = 0


def try_format(library: Library, name: str, seed: int, numbers: Iterable[int]) -> Trials:
    """Try the mutants of these numbers, and print what became of them."""
    begun = time.perf_counter()
    valid, refusals = find_imported(library, name)
    trials = Trials(name, valid)
    for number in numbers if valid else ():
        started = time.perf_counter()
        try_mutant(library, trials, number, make_mutant(name, seed, number, valid))
        trials.slowest = max(trials.slowest, time.perf_counter() - started)
    trials.seconds = time.perf_counter() - begun
    print_row(trials, refusals)
    report(library, trials, seed)
    return trials


def try_mutant(library: Library, trials: Trials, number: int, upload: Upload) -> None:
    """Send one mutant to the site, and note what became of it."""
    started = time.perf_counter()
    try:
        with undone():
            outcome = FORMATS[trials.name].drive(library, upload)
            if outcome.state == "imported" and trials.outcomes["imported"] % LOOK_AROUND_EVERY == 0:
                look_around(library)
        seconds = time.perf_counter() - started
        require(seconds < SLOW_SECONDS, "too slow", f"{seconds:.1f} s")
        if number % SANDBOX_EVERY == 0:
            compare_with_sandbox(library, trials.name, upload, outcome)
        trials.outcomes[outcome.state] += 1
    except Fault as fault:
        if fault.key not in trials.faults:
            print(f"{trials.name} {number}: {fault.key}", file=sys.stderr, flush=True)
        trials.faults.setdefault(fault.key, []).append(number)
        trials.details.setdefault(fault.key, fault.detail)


def compare_with_sandbox(library: Library, name: str, upload: Upload, outcome: Outcome) -> None:
    """Raise Fault where a process that is started anew, as the site starts it, reads a file otherwise."""
    library.server.said = b""
    process.subprocess = subprocess
    try:
        with undone():
            again = FORMATS[name].drive(library, upload)
    finally:
        process.subprocess = library.server
    require(again == outcome, "a process of its own reads it otherwise", f"{again} {outcome}")


def print_row(trials: Trials, refusals: list[str]) -> None:
    """Print what became of the mutants of a format, and what the site says of valid files that it does not import."""
    if trials.valid:
        faults = sum(map(len, trials.faults.values()))
        counts = [trials.outcomes[state] for state in ("imported", "empty", "refused")]
        print(
            f"{trials.name:<14}{sum(counts) + faults:>8}{counts[0]:>9}{counts[1]:>7}{counts[2]:>8}{faults:>7}", end=""
        )
        print(f"{trials.seconds:>8.0f}{trials.slowest:>8.1f}", flush=True)
    else:
        print(f"{trials.name:<14} left out: none of its valid files is imported", flush=True)
    for refusal in refusals:
        print(f"{'':<14} a valid file: {refusal}", flush=True)


def report(library: Library, trials: Trials, seed: int) -> None:
    """Print each fault once, with how to repeat it and a small file that shows it."""
    for key, numbers in trials.faults.items():
        upload = make_mutant(trials.name, seed, numbers[0], trials.valid)
        small = shrink(upload.data, lambda data: shows(library, trials.name, upload._replace(data=data), key))  # noqa: B023
        by = "Bob, who may not change the codebook" if upload.by_bob else "Alice"
        print(f"\n{trials.name}: {key} ({len(numbers)} mutants)\n  {trials.details[key]}")
        print(f"  again: make fuzz FORMATS={trials.name} SEED={seed} NUMBER={numbers[0]}")
        print(f"  by {by}{', with a worker' if upload.by_job else ''}:\n  {show(small)[:MAX_SHOWN]}", flush=True)


def shows(library: Library, name: str, upload: Upload, key: str) -> bool:
    """Whether a file shows the fault of this key."""
    try:
        with undone():
            if FORMATS[name].drive(library, upload).state == "imported" and "GET" in key:
                look_around(library)
    except Fault as fault:
        return fault.key == key
    return False

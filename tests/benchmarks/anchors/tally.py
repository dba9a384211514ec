"""How many answers were right, for each kind of edit."""

from collections import Counter, defaultdict

from benchmarks.anchors.judging import Verdict

STATES = ["same", "moved", "edited", "ambiguous", "gone"]
SMALL = 0.1  # of a passage's words changed
OUTSIDE, INSIDE = "edits outside the passage", "edits of up to a tenth inside it"
LIMITS = {OUTSIDE: 0.99, INSIDE: 0.95}


class Tally:
    """Counts by kind of edit, and what to count: a state, an outcome, or an outcome of what can be found."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter] = defaultdict(Counter)

    def add(self, kind: str, state: str, verdict: Verdict) -> None:
        self.counts[kind].update(counted(state, verdict))
        if verdict.fate.kind == "whole" and not verdict.fate.is_touched:
            self.counts[OUTSIDE].update(counted(state, verdict))
        elif verdict.fate.kind in {"whole", "edited"} and verdict.fate.share <= SMALL:
            self.counts[INSIDE].update(counted(state, verdict))

    def merge(self, other: "Tally") -> "Tally":
        for kind, counts in other.counts.items():
            self.counts[kind].update(counts)
        return self

    def wrong(self) -> int:
        return sum(counts["wrong"] for kind, counts in self.counts.items() if kind not in LIMITS)

    def found(self, kind: str) -> float:
        counts = self.counts[kind]
        return counts["standing found"] / max(counts["standing"], 1)


def counted(state: str, verdict: Verdict) -> list[str]:
    """What one answer counts as."""
    fate, outcome = verdict.fate.kind, verdict.outcome
    flags = {"unseen": verdict.unseen, "unquoted": verdict.unquoted}
    names = ["judged", state, *[flag for flag, is_set in flags.items() if is_set]]
    if outcome in {"wrong", "rightly gone"}:
        names.append(outcome)
    if fate == "undecided":
        return [*names, "undecided", *(["rightly ambiguous"] if outcome in {"offered", "rightly gone"} else [])]
    if outcome in {"misplaced", "falsely edited"}:
        names.append(outcome)
    if fate in {"whole", "edited"}:
        names += ["standing", f"standing {outcome}"]
    return names

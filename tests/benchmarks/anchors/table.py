"""The table as it is printed."""

from collections import Counter

from benchmarks.anchors.extractors import KIND
from benchmarks.anchors.tally import LIMITS, STATES, Tally

COUNTED = ["rightly ambiguous", "rightly gone", "falsely edited", "misplaced", "unseen", "unquoted", "wrong"]
HEADS = ["judged", *STATES, "found", "offered", "missed", *(name.replace("rightly ", "right. ") for name in COUNTED)]
WIDTH = 17
NOTES = f"""
found             of the passages of which at least half the words still stand: given at the right place, as what they are.
offered           of these: no place is given, but the right one is proposed.
missed            of these: neither.
right. ambiguous  the texts do not tell which of two places it is, and none is given; not counted among found and missed.
right. gone       less than half of the passage still stands, and no place is given.
falsely edited    said to be edited, though no word changed.
misplaced         said to be edited, but drawn around too few words, too many, or others.
unseen            a figure, a name or a negation changed in a passage said to be edited, and the answer does not flag it.
unquoted          began or ended with a quotation mark that stands there still, and the answer leaves it out. Must be 0.
wrong             given as `same` or `moved`, but the words differ or are not those that the script kept. Must be 0.
{KIND}: only passages whose letters both texts have just once; the others cannot be judged.
The other rules are run on the first edits of each text only, as many as their heading says (RIVALS).
"""


def show(rule: str, tally: Tally, edits: int, highlights: int, texts: int) -> None:
    print(f"\n{rule}: {texts} texts x {edits} edits x {highlights} highlights")
    print(f"{'':34}" + "".join([f"{head:>{WIDTH}}" for head in HEADS]))
    for kind, counts in tally.counts.items():
        if kind not in LIMITS:
            print(row(kind, counts))
    whole = sum((counts for kind, counts in tally.counts.items() if kind not in LIMITS), Counter())
    print(row("all", whole))
    for kind, limit in LIMITS.items():
        print(row(kind, tally.counts[kind]))
        verdict = "reached" if tally.found(kind) >= limit else "NOT reached"
        print(f"  found {tally.found(kind):.2%}, limit {limit:.0%}: {verdict}")
    print(f"  silently wrong {tally.wrong()}, limit 0: {'NOT reached' if tally.wrong() else 'reached'}", flush=True)


def row(kind: str, counts: Counter) -> str:
    standing = max(counts["standing"], 1)
    shares = [f"{counts[f'standing {outcome}'] / standing:.2%}" for outcome in ("found", "offered", "missed")]
    figures = [f"{counts[name]:,}" for name in ["judged", *STATES]], [f"{counts[name]:,}" for name in COUNTED]
    return f"{kind:34}" + "".join([f"{figure:>{WIDTH}}" for figure in [*figures[0], *shares, *figures[1]]])


def explain() -> None:
    print(NOTES)

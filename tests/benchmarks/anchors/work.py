"""One rule on some edits of one text: what each process does."""

from collections.abc import Iterator
from typing import NamedTuple

from annotations.anchoring.placement import Placement
from benchmarks.anchors import extractors
from benchmarks.anchors.drawing import Case, drawn
from benchmarks.anchors.judging import Verdict, judged
from benchmarks.anchors.rules import RULES, Rule
from benchmarks.anchors.script import Script
from benchmarks.anchors.tally import Tally
from benchmarks.anchors.texts import Text, texts
from benchmarks.anchors.units import Span

EXAMPLES = 5  # of each kind and outcome, from one job
TOLD = {"wrong", "missed", "offered", "misplaced", "falsely edited", "unseen", "unquoted"}


class Job(NamedTuple):
    rule: str
    text: int
    numbers: range
    highlights: int
    second: bool = False  # by the other extractors, and not by the script


class Done(NamedTuple):
    job: Job
    tally: Tally
    examples: list[str]


def do(job: Job) -> Done:
    tally, examples = Tally(), Examples()
    text = texts()[job.text]
    for number, case in cases(job, text):
        for span, placement, script in answers(RULES[job.rule], case, f"{text.name} {number}"):
            verdict = judged(script, span, placement)
            tally.add(case.kind, placement.state, verdict)
            examples.note(f"{text.name} {number}", case.kind, script, span, placement, verdict)
    return Done(job, tally, examples.lines)


def cases(job: Job, text: Text) -> Iterator[tuple[int, Case]]:
    if job.second:
        yield from enumerate(extractors.cases(text, job.highlights))
    else:
        yield from ((number, drawn(text, number, job.highlights)) for number in job.numbers)


def answers(rule: Rule, case: Case, name: str) -> Iterator[tuple[Span, Placement, Script]]:
    """Each passage with its answer, and the script that tells what became of it. A rule that fails says on which edit."""
    try:
        placements = rule(case.script.old.text, case.script.new.text, case.spans)
    except Exception as error:
        error.add_note(name)
        raise
    for span, placement in zip(case.spans, placements, strict=True):
        if case.kind != extractors.KIND:
            yield span, placement, case.script
        elif (script := extractors.truth(case.script, span)) and (script.runs or placement.state in {"same", "moved"}):
            yield span, placement, script


class Examples:
    """Answers that were not right, as text: a few of each sort."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.seen: dict[tuple, int] = {}

    def note(self, name: str, kind: str, script: Script, span: Span, placement: Placement, verdict: Verdict) -> None:
        outcome = "unseen" if verdict.unseen else "unquoted" if verdict.unquoted else verdict.outcome
        if outcome not in TOLD or (verdict.fate.kind in {"undecided", "lost"} and outcome != "wrong"):
            return
        sort = kind, outcome
        self.seen[sort] = self.seen.get(sort, 0) + 1
        if self.seen[sort] <= EXAMPLES:
            title = f"{outcome} | {kind} | {name} | {verdict.fate.kind}"
            self.lines.append(told(title, script, span, placement, verdict))


def told(title: str, script: Script, span: Span, placement: Placement, verdict: Verdict) -> str:
    """The passage with what stands around it, what it became by the script, and what the answer was."""
    old, new, (start, end) = script.old.text, script.new.text, span
    by_script = [stretch(script, piece.new, piece.new_end) for piece in verdict.fate.pieces]
    answer = around(new, placement.start, placement.end) if placement.end else placement.proposals
    return (
        f"{title}\n  old    {span} {around(old, start, end)}\n  script {by_script}\n"
        f"  answer {placement.state} {answer} material={placement.material} {placement.changes}\n"
    )


def stretch(script: Script, first: int, last: int) -> str:
    """Letters of the new text as they stand there."""
    before = script.new.before
    start, end = before.index(first + 1) - 1, before.index(last)
    return f"{start}-{end} {around(script.new.text, start, end)}"


def around(text: str, start: int, end: int) -> str:
    return repr(f"{text[max(start - 50, 0) : start]}[[{text[start:end]}]]{text[end : end + 50]}")

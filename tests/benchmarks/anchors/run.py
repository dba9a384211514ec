"""`make anchors`: whether highlights survive edits, and say so. Every run with the same texts gives the same table.

EDITS and HIGHLIGHTS say how many of each text, RIVALS how many edits the other rules get; CASES names a file for answers that
were not right; see `texts` for NEWSREADER_PAGES and REPETITIVE.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import get_context

from tqdm import tqdm

from benchmarks.anchors import table
from benchmarks.anchors.rules import RULES
from benchmarks.anchors.tally import Tally
from benchmarks.anchors.texts import texts
from benchmarks.anchors.work import Done, Job, do

PROCESSES = 2
BATCH = 25  # edits of one job


def main() -> None:
    edits, highlights = setting("EDITS", 1_000), setting("HIGHLIGHTS", 100)
    numbers = dict.fromkeys(RULES, edits)
    numbers |= dict.fromkeys(list(RULES)[1:], min(setting("RIVALS", edits // 10 or 1), edits))
    wanted = [job for rule, number in numbers.items() for job in jobs(rule, number, highlights)]
    tallies, examples = measured(wanted)
    for rule, tally in tallies.items():
        table.show(rule, tally, numbers[rule], highlights, len(texts()))
    table.explain()
    keep(examples)


def setting(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


def jobs(rule: str, edits: int, highlights: int) -> Iterator[Job]:
    for index, text in enumerate(texts()):
        for start in range(0, edits, BATCH):
            yield Job(rule, index, range(start, min(start + BATCH, edits)), highlights)
        if text.page:
            yield Job(rule, index, range(0), highlights, second=True)


def measured(wanted: list[Job]) -> tuple[dict[str, Tally], list[str]]:
    tallies, examples = defaultdict(Tally), []
    with get_context("fork").Pool(PROCESSES) as pool:
        for done in tqdm(pool.imap(do, wanted), total=len(wanted), unit="batch", mininterval=1):
            tallies[done.job.rule].merge(done.tally)
            examples += marked(done)
    return tallies, examples


def marked(done: Done) -> list[str]:
    return [f"{done.job.rule} | {example}" for example in done.examples]


def keep(examples: list[str]) -> None:
    if os.environ.get("CASES"):
        with open(os.environ["CASES"], "w") as file:
            file.write("\n".join(examples))


if __name__ == "__main__":
    main()

"""That the judge of `make anchors` knows right from wrong, and that highlights survive a small sample of its edits."""

import random

import pytest

from annotations.anchoring.placement import Placement
from annotations.anchoring.quotes import carry
from benchmarks.anchors import run, table, work
from benchmarks.anchors.bounds import are_together, parts_of
from benchmarks.anchors.canon import script_of
from benchmarks.anchors.details import figures
from benchmarks.anchors.document import Document
from benchmarks.anchors.drawing import KINDS, drawn
from benchmarks.anchors.fates import fate_of
from benchmarks.anchors.judging import judged
from benchmarks.anchors.rules import RULES
from benchmarks.anchors.supply import Supply
from benchmarks.anchors.tally import INSIDE, LIMITS, OUTSIDE, Tally
from benchmarks.anchors.texts import Text, texts
from benchmarks.anchors.wording import NOISE, Wording

TEXT = "At least 12 people died on Monday, the mayor said. Nobody knew why. The harbour stayed shut."
HIGHLIGHTS = 12


def changed(*changes):
    """The script of the text with each (old words, new words) replaced."""
    document = Document(TEXT)
    document.replace([(TEXT.index(before), TEXT.index(before) + len(before), after) for before, after in changes])
    return script_of(document, Wording(TEXT))


def outcome(script, words: str, answer: Placement) -> str:
    start = TEXT.index(words)
    return judged(script, (start, start + len(words)), answer).outcome


def at(script, words: str, state: str = "same") -> Placement:
    start = script.new.text.index(words)
    return Placement(state, start, start + len(words))


@pytest.fixture(scope="module")
def samples() -> list:
    """An edit of each kind, in two of our own pages."""
    return [drawn(text, number, HIGHLIGHTS) for text in own("ferry", "page-fr") for number in range(len(KINDS))]


def own(*names: str) -> list[Text]:
    return [text for text in texts() if text.name in names]


def tallied(samples, answer) -> Tally:
    tally = Tally()
    for kind, script, spans in samples:
        for span in spans:
            given = answer(script, span)
            tally.add(kind, given.state, judged(script, span, given))
    return tally


def all_knowing(script, span) -> Placement:
    """Answers out of the script."""
    fate = fate_of(script, *script.old.range_of(*span))
    if not fate.pieces:
        return Placement("gone")
    if fate.is_whole and not fate.is_touched:
        return Placement("same", *offsets(script, fate.pieces[0].new, fate.pieces[0].new_end))
    groups: list[list] = []
    for part in filter(lambda part: part.is_solid, parts_of(script, fate).values()):
        if groups and are_together(script, fate, groups[-1][-1].run) and part.run == groups[-1][-1].run + 1:
            groups[-1].append(part)
        else:
            groups.append([part])
    longest = max(groups, key=lambda group: sum(part.piece.length for part in group))
    return Placement("edited", *offsets(script, longest[0].start, longest[-1].end), material=True)


def offsets(script, first: int, last: int) -> tuple[int, int]:
    """Letters of the new text as a stretch of it."""
    places = [place for place, character in enumerate(script.new.text) if character not in NOISE]
    return places[first], places[last - 1] + 1


def test_the_best_known_mistake_is_caught():
    script = changed(("12 people", "17 people"))
    assert outcome(script, "At least 12 people", at(script, "At least 17 people")) == "wrong"
    assert outcome(script, "At least 12 people", at(script, "At least 17 people", "edited")) == "found"
    assert outcome(script, "At least 12 people", at(script, "17 people", "edited")) == "misplaced"
    assert outcome(script, "At least 12 people", at(script, "harbour", "edited")) == "misplaced"


def test_what_was_only_set_otherwise_is_the_same():
    script = changed((" died on ", "\u00a0died  on\n"))
    assert outcome(script, "people died on Monday", at(script, "people\u00a0died  on\nMonday")) == "found"


def test_words_that_a_replacement_leaves_count_as_kept():
    script = changed(("the mayor said", "the old mayor said"))
    assert outcome(script, "mayor said", at(script, "mayor said")) == "found"


def test_a_passage_that_stands_twice_side_by_side_must_be_offered_at_both():
    script = changed(("Nobody knew why. ", "Nobody knew why. Nobody knew why. "))
    first, second = (script.new.text.index("knew"), script.new.text.rindex("knew"))
    both = Placement("ambiguous", proposals=((first, first + 4), (second, second + 4)))
    start = TEXT.index("knew")
    assert judged(script, (start, start + 4), both).fate.kind == "undecided"
    assert judged(script, (start, start + 4), both).outcome == "offered"


def test_a_figure_that_changed_unseen_is_noted():
    document = Document(TEXT)
    figures(document, random.Random(1), Supply([TEXT], random.Random(1)))
    script = script_of(document, Wording(TEXT))
    place = Placement("edited", 0, script.new.text.index(" died"))
    assert judged(script, (0, TEXT.index(" died")), place).unseen
    assert not judged(script, (0, TEXT.index(" died")), place._replace(material=True)).unseen


def test_a_quotation_mark_that_is_left_out_is_noted():
    document = Document("Nobody knew. The mayor said “so it is” and left.")
    document.replace([(0, 6, "Somebody"), (28, 29, "« "), (37, 38, " »")])
    script = script_of(document, Wording(document.old))
    without = at(script, "so it is")
    assert judged(script, (28, 38), without).unquoted
    assert judged(script, (29, 38), without).unquoted
    assert not judged(script, (29, 37), without).unquoted
    assert not judged(script, (28, 38), at(script, "« so it is »")).unquoted


def test_every_kind_of_edit_is_drawn(samples):
    assert {kind for kind, _, _ in samples} == set(KINDS)


def test_who_knows_the_script_is_always_right(samples):
    tally = tallied(samples, all_knowing)
    assert (tally.found(OUTSIDE), tally.found(INSIDE), tally.wrong()) == (1, 1, 0)
    told = set(table.COUNTED[2:]) - {"unquoted"}  # a script knows nothing of quotation marks
    assert sum(counts[name] for counts in tally.counts.values() for name in told) == 0
    assert all(tally.counts[kind]["standing"] == tally.counts[kind]["standing found"] for kind in KINDS)


def test_who_goes_by_the_offsets_is_caught(samples):
    tally = tallied(samples, lambda script, span: Placement("same", *span))
    assert tally.wrong() > 100 and tally.found(OUTSIDE) < LIMITS[OUTSIDE]


def test_who_takes_another_place_with_the_same_words_is_caught(samples):
    def elsewhere(script, span):
        words, right = script.old.text[slice(*span)], all_knowing(script, span)
        places = [place for place in range(len(script.new.text)) if script.new.text.startswith(words, place)]
        letters = script.new.before
        others = [place for place in places if right.state != "same" or letters[place] != letters[right.start]]
        return Placement("moved", others[-1], others[-1] + len(words)) if right.state == "same" and others else right

    moved = sum(elsewhere(script, span).state == "moved" for _, script, spans in samples for span in spans)
    assert tallied(samples, elsewhere).wrong() == moved > 0


def test_who_says_edited_of_everything_is_caught(samples):
    tally = tallied(samples, lambda script, span: all_knowing(script, span)._replace(state="edited", material=True))
    assert tally.counts[OUTSIDE]["falsely edited"] == tally.counts[OUTSIDE]["judged"]


def test_our_highlights_survive_a_sample_of_edits(samples):
    places = {
        (script, span): placement
        for _, script, spans in samples
        for span, placement in zip(spans, carry(script.old.text, script.new.text, spans), strict=True)
    }
    tally = tallied(samples, lambda script, span: places[script, span])
    assert tally.wrong() == 0
    assert sum(counts["unquoted"] for counts in tally.counts.values()) == 0
    assert all(tally.found(kind) >= limit for kind, limit in LIMITS.items())


def test_the_table_is_printed_with_every_rule(monkeypatch, tmp_path, capsys):
    for name, value in {"EDITS": "2", "HIGHLIGHTS": "4", "RIVALS": "1", "CASES": str(tmp_path / "cases.txt")}.items():
        monkeypatch.setenv(name, value)
    for module in (run, work):
        monkeypatch.setattr(module, "texts", lambda: own("ferry"))
    run.main()
    printed = capsys.readouterr().out
    assert printed.count("silently wrong") == len(RULES) and printed.count(OUTSIDE) == len(RULES)
    assert "best fuzzy match" in (tmp_path / "cases.txt").read_text()

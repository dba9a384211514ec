"""What is alike in all layers is taken as it is: identical layers need no decision and lose nothing, stacked tags included."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement.disagreements import find_differences
from annotations.agreement.patterns import CodedText
from annotations.agreement.signing import Coding, Signer, find_agreed, make_key

TAGS = ("a", "b", "c")
LENGTH = 40
SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 12)).map(lambda pair: (pair[0], min(LENGTH, sum(pair))))
MARKS = st.lists(st.tuples(SPANS, st.lists(st.sampled_from(TAGS), unique=True, max_size=3)), min_size=1, max_size=8)


def make_layer(coder: str, marks) -> list[Coding]:
    return [
        Coding(1, coder, *span, tuple(tags), "", f"{coder}{number}", span) for number, (span, tags) in enumerate(marks)
    ]


def compare(*layers: list[Coding]):
    """Return the differences and the agreed passages of these layers."""
    spans = {one[0].coder: [(c.start, c.end, tag) for c in one for tag in c.tags] for one in layers}
    differences = find_differences(CodedText(1, LENGTH, (), spans), TAGS)
    signer = Signer([coding for layer in layers for coding in layer])
    return differences, find_agreed(signer, list(spans), differences), signer


def pairs_of(passages) -> set[tuple[int, str]]:
    """Return the characters with their tags."""
    return {(place, tag) for one in passages for tag in one.tags for place in range(one.start, one.end)}


@given(marks=MARKS)
def test_identical_layers_need_no_decision_and_lose_nothing(marks):
    differences, agreed, _ = compare(*(make_layer(coder, marks) for coder in ("ana", "ben", "cy")))
    assert differences == []
    taken = sorted((one.start, one.end, one.tags) for one in agreed)
    assert taken == sorted((*span, tags) for span, tags in marks)


@given(one=MARKS, other=MARKS)
def test_what_both_have_is_taken_and_the_rest_is_in_a_disagreement(one, other):
    first, second = make_layer("ana", one), make_layer("ben", other)
    differences, agreed, _ = compare(first, second)
    disputed = {
        (place, passage.tag)
        for difference in differences
        for passage in difference.passages
        for place in range(passage.start, passage.end)
    }
    taken = pairs_of(agreed)
    assert taken <= pairs_of(first) & pairs_of(second)
    assert taken | disputed >= pairs_of(first) | pairs_of(second)
    assert taken.isdisjoint(disputed)


@given(one=MARKS, other=MARKS, by=st.integers(1, 9))
def test_no_two_disagreements_have_one_name_and_a_correction_changes_none(one, other, by):
    layers = make_layer("ana", one), make_layer("ben", other)
    differences, _, signer = compare(*layers)
    names = [make_key(signer.sign(difference.passages)) for difference in differences]
    assert len(set(names)) == len(names)
    moved = [[c._replace(start=c.start + by, end=c.end + by) for c in layer] for layer in layers]
    differences, _, signer = compare(*moved)
    assert [make_key(signer.sign(difference.passages)) for difference in differences] == names

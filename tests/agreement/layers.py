"""Random layers of coders over short texts, and what the coefficients say of every single unit of them."""

from hypothesis import strategies as st

from annotations.agreement.patterns import CodedText

CODERS, TAGS = ("ana", "ben", "cleo"), ("x", "y", "z")
LENGTH = 40  # code points, in words of three with a space between
UNITS = [(start, start + 3) for start in range(0, LENGTH, 4)]
PASSAGES = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 14), st.sampled_from(TAGS)).map(
    lambda place: (place[0], min(LENGTH, place[0] + place[1]), place[2])
)
LAYERS = st.dictionaries(st.sampled_from(CODERS), st.lists(PASSAGES, max_size=5), min_size=2, max_size=3)
TEXTS = st.lists(LAYERS, min_size=1, max_size=4).map(
    lambda found: [
        text(key, {coder: layers[coder] for coder in CODERS if coder in layers}) for key, layers in enumerate(found)
    ]
)


def text(key: int, layers: dict) -> CodedText:
    """A text, longer than its units reach, and each of another length."""
    return CodedText(key, LENGTH + 11 * key, UNITS, layers)


def decisions(texts, decide) -> list[dict]:
    """What each coder decided about each unit; `decide` is told the passages that have a character of it."""
    return [
        {
            coder: decide([tag for first, last, tag in layer if first < end and start < last])
            for coder, layer in one.layers.items()
        }
        for one in texts
        for start, end in one.units
    ]

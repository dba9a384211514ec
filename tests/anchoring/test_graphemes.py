"""Grapheme clusters: examples of each rule, and agreement with another implementation of UAX #29."""

from hypothesis import example, given
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_cluster_boundaries

from annotations.anchoring import graphemes
from annotations.anchoring.graphemes import ceiling, floor, is_inside
from cases import each

PARTS = ["a", " ", "\r", "\n", "\u0301", "\u200d", "\ufe0f", "👩", "👍", "🏽", "☂", "🇩", "🇪", "ᄀ", "ᅡ", "ᆨ", "각", "가"]
INDIC = ["क", "्", "ष", "ि", "\u093c", "\u0600", "ก", "ำ", "日"]
# The other implementation knows an older Unicode: here the two know the same.
KNOWN_TO_BOTH = st.characters(max_codepoint=0xFFF, exclude_categories=["Cn", "Cs"])
# For each rule, texts with a stroke between their clusters.
RULES = {
    "GB1, GB2: the ends of a text": ["", "a"],
    "GB3: CR and LF stay together": ["\r\n|\r\n", "\n|\r", "\r|\r\n"],
    "GB4, GB5: a control stands by itself": ["a|\r\n|\u0301", "a|\u200b|\u0301", "\n|\u200d"],
    "GB6 to GB8: Hangul syllables": ["ᄀᄀ각ᆨ|가", "가ᅡᆨᆨ|ᄀ", "각|ᅡ", "각|ᅡ", "한|국|어"],
    "GB9: marks and joiners": ["e\u0301\u0323|a", "a\u200d|b", "☂\ufe0f|☂", "👍🏽|👍"],
    "GB9a: spacing marks": ["कि|त", "กำ|ก"],
    "GB9b: prepended signs": ["\u0600١|٢", "\u0600\u0600a", "\u0600|\n"],
    "GB9c: conjuncts": ["क्ष|क", "क्\u200dष", "क\u093c्ष", "क्त्य", "क\u0301|ष", "a्|ष", "ि्|ष", "क|a्|ष", "ക്ഷ"],
    "GB11: joined pictures": ["👩\u200d👩\u200d👧|👧", "👩🏽\u200d🚀", "a\u200d|👧", "👩\u200d\u200d|👧", "👩\u200d|a"],
    "GB12, GB13: flags": ["🇩🇪|🇫🇷|🇩", "a|🇩🇪", "🇩\u200d|🇪🇫", "🇩🇪|\n|🇩🇪"],
    "GB999: all else": ["a|b", "日|本", "a| |b", "ক|খ"],
}


@each("marked", [marked for texts in RULES.values() for marked in texts])
def test_a_cluster_is_what_the_rules_say(marked):
    text, boundaries, place = marked.replace("|", ""), {0}, 0
    for cluster in marked.split("|"):
        place += len(cluster)
        boundaries.add(place)
    assert {place for place in range(len(text) + 1) if not is_inside(text, place)} == boundaries
    for place in range(len(text) + 1):
        assert floor(text, place) == max(boundary for boundary in boundaries if boundary <= place)
        assert ceiling(text, place) == min(boundary for boundary in boundaries if boundary >= place)


@given(text=st.lists(st.sampled_from(PARTS + INDIC) | KNOWN_TO_BOTH, max_size=12).map("".join))
@example("👩‍👩‍👧🇩🇪🇫🇷क्षिe\u0301👍🏽\r\nक्ष")
def test_boundaries_are_those_of_unicode(text):
    boundaries = set(grapheme_cluster_boundaries(text)) | {0, len(text)}
    assert {place for place in range(len(text) + 1) if not is_inside(text, place)} == boundaries


def test_a_family_is_one_character():
    assert [floor("x👩‍👩‍👧y", 3), ceiling("x👩‍👩‍👧y", 3)] == [1, 6]


def test_the_second_of_two_flags_is_not_cut():
    assert [floor("🇩🇪🇫🇷", 3), ceiling("🇩🇪🇫🇷", 3)] == [2, 4]


def test_a_pile_of_marks_without_end_is_not_followed_for_ever():
    assert floor("a" + 5_000 * "\u0301", 4_000) == 3_000


def test_a_consonant_of_newer_tables_is_not_parted_from_its_linker():
    assert not is_inside("ကက", 1)
    assert [floor("က္က", 2), ceiling("က္က", 2)] == [0, 3]


def test_a_place_deep_in_a_text_without_spaces_is_found():
    assert [floor("한국어" * 5_000 + "\u1161", 15_000), floor("🇩🇪" * 5_000, 9_999)] == [14_999, 9_998]


@given(st.text(alphabet="🇦🇿a\u0301\u200d\u0600👍🏽", min_size=1, max_size=24))
def test_flags_among_other_characters_are_cut_as_from_the_beginning(text):
    whole = [cluster for cluster in graphemes.clusters(text, 0, len(text)) if cluster[0] < cluster[1]]
    for place in range(len(text) + 1):
        inside = [(start, end) for start, end in whole if start < place < end]
        assert graphemes.cluster_around(text, place) == (inside[0] if inside else (place, place))


@each("place", [500, 501])
def test_a_boundary_among_many_flags_is_found_near_by(place):
    text = "a" + "🇦" * 900
    found = graphemes.boundary_before(text, place)
    assert place - 2 <= found <= place
    assert (found - 1) % 2 == 0

"""Names that look the same are the same, and names that look different are not."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.models.tag import MAX_NAME, clean_name
from cases import each
from newsreader.text.language.names import fold_name, normalise_name

SAME = [
    ("café", "cafe\u0301"),
    ("Việt Nam", "Vie\u0323\u0302t Nam"),
    ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
    ("tag", "t\u200bag"),
    ("tag", "\ufefftag\u2060"),
    ("tag", "tag\u200d"),
    ("harbour", "har\u00adbour"),
    ("שלום", "\u200fשלום\u200e"),
    ("tag", "\u202etag\u202c"),
    ("red line", "red\u00a0line"),
    ("red line", "red \u2009\u3000 line"),
    ("red line", "\u2800red\u2028line"),
    ("é", "e\u200b\u0301"),
    ("👍", "👍\ufe0f"),
    ("tag", "tag\ufe0f"),
    ("tag", "t\u034fag\u3164"),
    ("RED Line", "red line"),
    ("Ärger", "ärger"),
    ("red line", "ｒｅｄ　ｌｉｎｅ"),
    ("A1!", "Ａ１！"),
    ("ガイド", "ｶﾞｲﾄﾞ"),
    ("red line", "r\u0435d lin\u0435"),  # Cyrillic
    ("Cop", "\u0441\u043e\u0440"),
    ("naïve", "na\u0457ve"),
    ("option", "\u03bfpti\u03bfn"),  # Greek
]
DIFFERENT = [
    ("C", "C++"),
    ("C++", "C#"),
    ("👍", "👎"),
    ("👍", "👍🏽"),
    ("👩‍🚒", "👩🚒"),
    ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
    ("می‌خواهم", "میخواهم"),
    ("क्‍ष", "क्ष"),
    ("ন্‍", "ন্"),
    ("1️⃣", "2️⃣"),
    ("Maße", "Masse"),
    ("resume", "résumé"),
    ("x²", "x2"),
    ("葛󠄀", "葛󠄁"),
    ("вор", "bop"),
    ("мой", "мои"),
    ("λόγος", "λογος"),
]


@each(("name", "other"), SAME)
def test_names_that_look_the_same_are_the_same(name, other):
    assert fold_name(name) == fold_name(other)


@each(("name", "other"), DIFFERENT)
def test_names_that_look_different_are_different(name, other):
    assert fold_name(name) != fold_name(other)


@each("name", sorted({name for pair in DIFFERENT for name in pair}))
def test_joiners_that_are_seen_stay(name):
    assert normalise_name(name) == name


@each("name", ["\u200b", "\u3164", "\u00ad \u2800", "\x00", "\u202e\u2066", "\ufe0f"])
def test_what_nobody_sees_is_no_name(name):
    assert clean_name(name) == ""


@given(st.text(max_size=200))
def test_a_clean_name_is_clean(name):
    cleaned = clean_name(name)
    assert clean_name(cleaned) == cleaned and len(cleaned) <= MAX_NAME
    assert fold_name(cleaned) == fold_name(fold_name(cleaned))

"""The names that bylines give."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.bylines import parse_byline, split_name
from cases import each

NAMED = {
    "By Ana Silva": ["Ana Silva"],
    "BY ANA SILVA and Ben Okri": ["ANA SILVA", "Ben Okri"],
    "By Ana Silva in Porto and Ben Okri": ["Ana Silva", "Ben Okri"],
    "Ana Silva, Ben Okri, and Cy Tam": ["Ana Silva", "Ben Okri", "Cy Tam"],
    "Ana Silva | Ana Silva": ["Ana Silva"],
    "Silva, Ana": ["Ana Silva"],
    "van der Berg, Anna": ["Anna van der Berg"],
    "Silva, Ana; Okri, Ben J.": ["Ana Silva", "Ben J. Okri"],
    "Silva, Ana and Okri, Ben": ["Ana Silva", "Ben Okri"],
    "Okri, Ben, Jr.": ["Ben Okri Jr."],
    "Ana Silva, Porto": ["Ana Silva", "Porto"],
    "Ben Okri, Jr. and Cy Tam": ["Ben Okri Jr.", "Cy Tam"],
    "Ana Silva, political correspondent": ["Ana Silva"],
    "Ana Silva, ana@quay.example": ["Ana Silva"],
    "Okri Jr., Ben; Silva, Ana": ["Ben Okri Jr.", "Ana Silva"],
    "Ana Silva, PhD": ["Ana Silva"],
    "Ana Silva, M.D., and Ben Okri": ["Ana Silva", "Ben Okri"],
    "Ana Silva (Reuters) and Ben Okri (dpa)": ["Ana Silva", "Ben Okri"],
    "By Ana Silva for The Quay": ["Ana Silva"],
    "José Ortega y Gasset": ["José Ortega y Gasset"],
    "Ana Lima e Rui Costa": ["Ana Lima", "Rui Costa"],
    "Von Hans van der Meer und Ulla Berg": ["Hans van der Meer", "Ulla Berg"],
    "Анна Серова и Лев Котов": ["Анна Серова", "Лев Котов"],
    "بقلم محمد علي و سارة حسن": ["محمد علي", "سارة حسن"],
    "記者：山田太郎、佐藤花子": ["山田太郎", "佐藤花子"],
    "Ministry of Health and Care": ["Ministry of Health and Care"],
    "By Ana Silva and Associated Press": ["Ana Silva", "Associated Press"],
    "Smith, Jones and Sons": ["Smith, Jones and Sons"],
    "Centre for Coasts (Porto)": ["Centre for Coasts (Porto)"],
    "Institute for Seas and Rivers": ["Institute for Seas and Rivers"],
    "By": ["By"],
    " ": [],
}
INVERTED = {
    "Ana Silva": "Silva, Ana",
    "Ludwig van Beethoven": "van Beethoven, Ludwig",
    "José Ortega y Gasset": "Ortega y Gasset, José",
    "Ben Okri Jr.": "Okri Jr., Ben",
    "Reuters Staff": "Reuters Staff",
    "Our correspondent": "Our correspondent",
    "The Editors": "The Editors",
    "山田 太郎": "山田 太郎",
    "Madonna": "Madonna",
}


@each("byline", NAMED)
def test_a_byline_names_its_authors(byline):
    assert [name.words for name in parse_byline(byline, "Smith, Jones and Sons")] == NAMED[byline]


@each("name", INVERTED)
def test_the_family_comes_first_where_it_is_plain_which_it_is(name):
    assert parse_byline(name)[0].inverted == INVERTED[name]


PARTS = {
    "Ana Silva": ("Silva", "Ana", ""),
    "van der Berg, Anna": ("van der Berg", "Anna", ""),
    "Charles de Gaulle": ("de Gaulle", "Charles", ""),
    "O’Brien, Conor": ("O’Brien", "Conor", ""),
    "Ben Okri Jr.": ("Okri", "Ben", "Jr."),
    "Jean-Luc N. Picard": ("Picard", "Jean-Luc N.", ""),
    "山田 太郎": ("山田", "太郎", ""),
    "김 철수": ("김", "철수", ""),
    "דוד כהן": ("כהן", "דוד", ""),
    "王小明": None,
    "Madonna": None,
    "Reuters Staff": None,
    "Quay, Pier and Sons": None,
    "Ministry of Health and Care": None,
}


@each("byline", PARTS)
def test_a_person_has_a_family_and_a_given_name(byline):
    (name,) = parse_byline(byline, "Quay, Pier and Sons")
    assert split_name(name) == PARTS[byline]


@each("byline", ["Reuters Staff", "AFP", "The Quay", "Team 24"])
def test_a_newsroom_is_an_organisation(byline):
    assert [(name.words, name.is_organisation) for name in parse_byline(byline, "The Quay")] == [(byline, True)]


@given(st.lists(st.text(max_size=6) | st.sampled_from([" and ", ", ", "By ", "Ana Silva", "、", " in "]), max_size=6))
def test_every_name_is_in_the_byline_and_a_byline_has_one(parts):
    byline = " ".join("".join(parts).split())
    names = parse_byline(byline)
    assert bool(names) == bool(byline)
    assert all(word in byline for name in names for word in name.words.split())

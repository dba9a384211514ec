"""Citations in each form, read back by small readers of our own whatever the texts say."""

import json
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.bibtex import write_bibtex
from annotations.exchange.citations import CitedArticle, Quotation, put_on_one_line
from annotations.exchange.csl_json import write_csl
from annotations.exchange.ris import write_ris
from cases import each

CITED = CitedArticle(
    article="harbour-reopens",
    title="Harbour reopens",
    source="The Quay",
    byline="By Ana Silva and Ben Okri",
    published=date(2026, 5, 3),
    url="https://quay.example/harbour",
    language="en",
    accessed=date(2026, 5, 9),
    quotations=(Quotation("Two cranes fell", "https://here.example/highlights/1/"),),
)
BARE = CitedArticle("bare", "Bare", "", "", None, "", "", None)

HURTFUL = [
    *'{}\\%&"\n',
    "\r\n",
    "\u2028",
    "مرحبا",
    "\u200f",
    "日本語",
    "👩‍👩‍👧",
    "\x00",
    "\x1b",
    "TY  - X",
    "\\end{",
    "$_^~#",
    "<b>",
]
texts = st.lists(st.text(max_size=8) | st.sampled_from(HURTFUL), max_size=5).map("".join)
days = st.none() | st.dates()
quotations = st.lists(st.builds(Quotation, texts, st.just("https://here.example/1/")), max_size=3).map(tuple)
records = st.builds(
    CitedArticle, article=texts, title=texts, source=texts, byline=texts, published=days,
    url=st.just("") | texts.map(lambda text: f"https://quay.example/{text}"), language=texts, accessed=days, quotations=quotations,
)  # fmt: skip

COMMANDS = {
    "textbackslash{}": "\\",
    "textbraceleft{}": "{",
    "textbraceright{}": "}",
    "textasciitilde{}": "~",
    "textasciicircum{}": "^",
}


def read_bibtex(file: str) -> list[dict]:
    """The entries, each value as it stands between its outer braces."""
    entries, place = [], 0
    while begun := re.compile(r"\s*@(\w+)\{([a-z0-9-]+),\n").match(file, place):
        entry, place = {"kind": begun[1], "key": begun[2]}, begun.end()
        while field := re.compile(r"  (\w+) = ").match(file, place):
            end = value_end(file, field.end())
            entry[field[1]], place = file[field.end() : end].removesuffix(","), end + len(",\n")
        assert file[place] == "}"
        entries.append(entry)
        place += 1
    assert not file[place:].strip()
    return entries


def value_end(file: str, place: int) -> int:
    """Where a value ends, by counting braces as BibTeX does: a backslash before one changes nothing."""
    depth = 0
    while file[place] != "," or depth:
        depth += {"{": 1, "}": -1}.get(file[place], 0)
        place += 1
    return place


def untexed(value: str) -> str:
    commands = re.compile(r"\\(?:([%&$#_])|(" + "|".join(map(re.escape, COMMANDS)) + "))|([{}])")
    return commands.sub(lambda found: found[1] or COMMANDS.get(found[2], ""), value)


def read_ris(file: str) -> list[list[tuple[str, str]]]:
    """The tags and values of each entry."""
    assert "\n" not in file.replace("\r\n", "")
    lines = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups() for line in file.split("\r\n") if line]
    entries = []
    for tag, value in lines:
        if tag == "TY":
            entries.append([])
        entries[-1].append((tag, value))
    return entries


def test_bibtex_says_all_that_is_known():
    entry = read_bibtex("".join(write_bibtex([CITED])))[0]
    assert entry.pop("key").startswith("silva2026harbour-")
    assert entry == {
        "kind": "article",
        "author": "{Silva, Ana and Okri, Ben}",
        "title": "{{Harbour reopens}}",
        "journal": "{{The Quay}}",
        "entrysubtype": "{newspaper}",
        "year": "{2026}",
        "month": "may",
        "date": "{2026-05-03}",
        "url": "{https://quay.example/harbour}",
        "urldate": "{2026-05-09}",
        "language": "{en}",
        "annote": "{“Two cranes fell” https://here.example/highlights/1/}",
    }


def test_ris_says_all_that_is_known():
    assert read_ris("".join(write_ris([CITED])))[0] == [
        ("TY", "NEWS"),
        ("ID", CITED.key),
        ("AU", "Silva, Ana"),
        ("AU", "Okri, Ben"),
        ("TI", "Harbour reopens"),
        ("T2", "The Quay"),
        ("PY", "2026"),
        ("DA", "2026/05/03/"),
        ("UR", "https://quay.example/harbour"),
        ("Y2", "2026/05/09/"),
        ("LA", "en"),
        ("N1", "“Two cranes fell” https://here.example/highlights/1/"),
        ("ER", ""),
    ]


def test_csl_says_all_that_is_known():
    assert json.loads("".join(write_csl([CITED]))) == [
        {
            "id": CITED.key,
            "type": "article-newspaper",
            "title": "Harbour reopens",
            "container-title": "The Quay",
            "author": [{"family": "Silva", "given": "Ana"}, {"family": "Okri", "given": "Ben"}],
            "issued": {"date-parts": [[2026, 5, 3]]},
            "accessed": {"date-parts": [[2026, 5, 9]]},
            "URL": "https://quay.example/harbour",
            "language": "en",
            "note": "“Two cranes fell” https://here.example/highlights/1/",
        }
    ]


def test_a_page_without_a_date_is_no_article_of_a_newspaper():
    page = CITED._replace(published=None)
    assert json.loads("".join(write_csl([page])))[0]["type"] == "webpage"
    assert read_bibtex("".join(write_bibtex([page])))[0]["kind"] == "online"


def test_what_is_not_known_is_left_out():
    assert read_ris("".join(write_ris([BARE])))[0] == [("TY", "NEWS"), ("ID", BARE.key), ("TI", "Bare"), ("ER", "")]
    assert json.loads("".join(write_csl([BARE]))) == [{"id": BARE.key, "type": "article-newspaper", "title": "Bare"}]
    assert set(read_bibtex("".join(write_bibtex([BARE])))[0]) == {"kind", "key", "title"}


def test_an_undated_page_of_the_web_is_online():
    entry = read_bibtex("".join(write_bibtex([CITED._replace(published=None)])))[0]
    assert (entry["kind"], entry["organization"]) == ("online", "{{The Quay}}")


def test_a_newsroom_is_not_taken_apart():
    assert "author = {{Reuters Staff}}" in "".join(write_bibtex([CITED._replace(byline="Reuters Staff")]))


@each("form", [write_bibtex, write_ris, write_csl])
def test_an_article_has_one_entry_with_all_that_was_quoted_from_it(form):
    quotes = [CITED._replace(quotations=(Quotation(words, ""),)) for words in ("one crane", "another")]
    file = "".join(form([*quotes, BARE]))
    assert file.count("Harbour reopens") == 1 and "“one crane”" in file and "“another”" in file and "Bare" in file


def test_records_are_written_as_they_come():
    first = next(write_bibtex(CITED._replace(article=str(number)) for number in range(10**9)))
    assert first.startswith("@article{silva2026harbour-")


@each(
    ("name", "key"),
    [
        ("Jörg Müßig", "mussig"),
        ("Łukasz Wałęsa", "walesa"),
        ("Søren Bjørn", "bjorn"),
        ("Þóra Ægisdóttir", "aegisdottir"),
    ],
)
def test_the_letters_of_a_name_stay_in_its_key(name, key):
    assert CITED._replace(byline=name).key.startswith(f"{key}2026harbour-")


def test_the_keys_of_articles_that_are_alike_differ():
    entries = read_bibtex("".join(write_bibtex(CITED._replace(article=f"harbour-{number}") for number in range(500))))
    assert len({entry["key"] for entry in entries}) == 500


def test_no_records_are_an_empty_file():
    assert (list(write_bibtex([])), list(write_ris([])), json.loads("".join(write_csl([])))) == ([], [], [])


@given(records)
def test_bibtex_reads_back_whatever_the_text(cited):
    (entry,) = read_bibtex("".join(write_bibtex([cited])))
    assert untexed(entry.get("title", "")) == put_on_one_line(cited.title)
    assert untexed(entry.get("journal", entry.get("organization", ""))) == put_on_one_line(cited.source)
    assert untexed(entry.get("annote", "")) == "\n\n".join(quotation.line for quotation in cited.quotations)
    assert entry.get("url", "{}")[1:-1] == cited.address


@given(records)
def test_ris_reads_back_whatever_the_text(cited):
    (entry,) = read_ris("".join(write_ris([cited])))
    values = dict(entry)
    assert values.get("TI", "") == put_on_one_line(cited.title) and values.get("T2", "") == put_on_one_line(
        cited.source
    )
    assert [value for tag, value in entry if tag == "N1"] == [quotation.line for quotation in cited.quotations]
    assert entry[0] == ("TY", "NEWS") and entry[-1] == ("ER", "")


@given(records)
def test_csl_reads_back_whatever_the_text(cited):
    (item,) = json.loads("".join(write_csl([cited])).encode().decode())
    assert item.get("title", "") == put_on_one_line(cited.title)
    assert [author["literal"] for author in item.get("author", [])] == [name.words for name in cited.names]

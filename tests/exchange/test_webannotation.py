import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from annotations.anchoring.quotes import describe
from annotations.exchange.record import HighlightRecord, TagRecord, UnreadableFileError
from annotations.exchange.webannotation import dump, dump_tag, load, load_tag, write_collection
from cases import each

SUITES = Path(os.environ.get("NEWSREADER_SUITES", ""))
KEY = "0198f3a0-1111-7222-8333-444455556666"
FULL = HighlightRecord(
    id=f"https://reader.example/highlights/{KEY}/",
    source="https://example.org/harbour",
    article="https://reader.example/articles/harbour/",
    title="Harbour reopens",
    revision=2,
    address="https://reader.example/articles/harbour/revisions/2",
    digest="ab" * 32,
    read_at=datetime(2026, 11, 18, 9, 30, 0, 12, tzinfo=UTC),
    start=3,
    end=9,
    exact="cranes",
    prefix="Two ",
    suffix=" fell",
    tags=("loss", "machine"),
    note="Which *two*?\n\n🚢",
    creator="alice",
    created=datetime(2026, 11, 19, tzinfo=UTC),
    modified=datetime(2026, 11, 20, tzinfo=UTC),
)
# What the model says an annotation must be, of the parts that ours have.
MUSTS = {
    "type": "object",
    "required": ["@context", "id", "type", "target"],
    "not": {"required": ["body", "bodyValue"]},
    "properties": {
        "@context": {"type": "array", "not": {"items": {"not": {"enum": ["http://www.w3.org/ns/anno.jsonld"]}}}},
        "id": {"type": "string", "pattern": "^[a-z]+:"},
        "type": {"enum": ["Annotation"]},
        "created": {"type": "string", "pattern": "^[0-9-]{10}T[0-9:.]+Z$"},
        "modified": {"type": "string", "pattern": "^[0-9-]{10}T[0-9:.]+Z$"},
        "body": {
            "type": "array",
            "items": {
                "required": ["value", "purpose"],
                "properties": {"value": {"type": "string"}, "purpose": {"enum": ["tagging", "commenting"]}},
                "not": {"anyOf": [{"required": ["items"]}, {"required": ["source"]}]},
            },
        },
        "target": {
            "required": ["source", "selector"],
            "not": {"anyOf": [{"required": ["items"]}, {"required": ["value"]}]},
            "properties": {
                "source": {"type": "string", "pattern": "^[a-z]+:"},
                "state": {"required": ["type", "sourceDate"], "properties": {"type": {"enum": ["TimeState"]}}},
                "selector": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "oneOf": [
                            {
                                "required": ["type", "start", "end"],
                                "properties": {
                                    "type": {"enum": ["TextPositionSelector"]},
                                    "start": {"type": "integer", "minimum": 0},
                                    "end": {"type": "integer", "minimum": 1},
                                },
                            },
                            {
                                "required": ["type", "exact"],
                                "properties": {"type": {"enum": ["TextQuoteSelector"]}, "exact": {"type": "string"}},
                            },
                        ]
                    },
                },
            },
        },
    },
}
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
MOMENT = st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1), max_value=datetime(9998, 1, 1))
RECORDS = st.builds(
    FULL._replace,
    exact=TEXT.filter(bool),
    prefix=TEXT,
    suffix=TEXT,
    tags=st.lists(TEXT.filter(bool), unique=True).map(tuple),
    note=TEXT,
    creator=TEXT,
    created=MOMENT,
    modified=MOMENT,
    title=TEXT,
)


def every_highlight() -> list[HighlightRecord]:
    """The highlights of the fixtures, as records."""
    rows = [row for name in ("articles", "demo") for row in json.loads(Path(f"fixtures/{name}.json").read_text())]
    texts = {(*row["fields"]["article"], row["fields"]["number"]): row["fields"] for row in rows
             if row["model"] == "newsreader.revision"}  # fmt: skip
    marks = [row for row in rows if row["model"] == "annotations.highlight"]
    return [recorded(row["pk"], row["fields"], texts[tuple(row["fields"]["revision"])]) for row in marks]


def recorded(key: str, fields: dict, revision: dict) -> HighlightRecord:
    selector = describe(revision["text"], fields["start"], fields["end"])
    given = {"note": fields["note"], "tags": ("a tag",), "digest": revision["digest"]}
    return FULL._replace(id=f"https://reader.example/highlights/{key}/", **selector._asdict(), **given)


@given(RECORDS)
def test_what_goes_out_comes_in_as_it_was(record):
    assert load(json.loads(json.dumps(dump(record)))) == record


def test_every_highlight_of_the_fixtures_is_what_the_model_says_it_must_be():
    annotations = [dump(record) for record in every_highlight()]
    assert annotations and [error for one in annotations for error in Draft4Validator(MUSTS).iter_errors(one)] == []


@pytest.mark.suites
def test_every_highlight_of_the_fixtures_passes_the_assertions_of_the_suite():
    musts = assertions()
    annotations = [dump(record) for record in [FULL, *every_highlight()]]
    failed = [(name, one["id"]) for name, expected, check in musts for one in annotations
              if check.is_valid(one) != expected]  # fmt: skip
    assert (len(musts), failed) == (54, [])


def assertions() -> list[tuple]:
    """Every assertion of the suite's MUSTs: its name, whether it has to hold, and what checks it."""
    folder = SUITES / "annotation-model"
    definitions = [(path.name, DRAFT4.create_resource(json.loads(path.read_text())))
                   for path in (folder / "definitions").glob("*.json")]  # fmt: skip
    registry = Registry().with_resources(definitions)
    names = json.loads((folder / "annotations" / "annotationMusts.test").read_text())["assertions"]
    checks = []
    for name in names:
        schema = json.loads((folder / name).read_text())
        checks.append((name, schema["expectedResult"] == "valid", Draft4Validator(schema, registry=registry)))
    return checks


@pytest.mark.suites
def test_every_sample_of_the_suite_is_read_or_refused_in_words():
    samples = [path for kind in ("correct", "incorrect") for path in
               (SUITES / "annotation-model-samples" / kind).iterdir() if path.is_file()]  # fmt: skip
    read = [taken(path.read_bytes()) for path in samples]
    assert len(read) == len(samples) > 80


def taken(content: bytes):
    try:
        return load(json.loads(content))
    except UnreadableFileError as error:
        return str(error)
    except ValueError:
        return "not JSON"


def test_a_collection_is_one_document_with_its_codebook():
    codebook = [
        TagRecord(KEY, "loss", definition="What is gone", colour=3),
        TagRecord("x", "old", KEY, retired=True, heading_only=True),
    ]
    document = json.loads("".join(write_collection("https://r.example/p/", "Harbour", codebook, [FULL, FULL], 2)))
    said = document["type"], document["total"], [load(one) for one in document["first"]["items"]]
    assert said == ("AnnotationCollection", 2, [FULL, FULL])
    assert [load_tag(term) for term in document["newsreader:codebook"]] == codebook


def test_an_empty_collection_is_a_document_too():
    assert json.loads("".join(write_collection("urn:x", "Nothing", [], [], 0)))["first"]["items"] == []


def test_what_is_no_tag_is_ignored():
    assert [load_tag(data) for data in (None, [], {}, {"newsreader:name": 7})] == [None] * 4
    assert "newsreader:retired" not in dump_tag(TagRecord(KEY, "loss"))


NAMES = st.sampled_from("id type target body selector source value start exact creator state".split())
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(SCALAR, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner))


@given(JSON)
def test_whatever_is_read_is_a_record_or_refused_in_words(data):
    assert isinstance(taken(json.dumps(data)), HighlightRecord | str)


@each(
    ("annotation", "said"),
    [
        ({"target": "https://a.example/"}, ("https://a.example/", "", ())),
        ({"target": ["https://a.example/"], "bodyValue": "So"}, ("https://a.example/", "So", ())),
        ({"target": {"id": "https://a.example/"}, "body": "https://b.example/"}, ("https://a.example/", "", ())),
        (
            {"target": "https://a.example/", "motivation": "tagging", "body": {"type": "TextualBody", "value": "loss"}},
            ("https://a.example/", "", ("loss",)),
        ),
    ],
)
def test_the_short_forms_of_the_model_are_understood(annotation, said):
    record = load(annotation)
    assert (record.source, record.note, record.tags) == said

"""Files of annotations in all the forms that mean the same, and what of them is said to be left out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.detect import read_bundle
from annotations.exchange.record import UnreadableFileError
from cases import each

PAGE = "https://quay.example/harbour"
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
ANNO = "http://www.w3.org/ns/anno.jsonld"
QUOTE = {"type": "TextQuoteSelector", "exact": "Two cranes", "prefix": "Then ", "suffix": " fell"}
TARGET = {"source": PAGE, "selector": QUOTE}
LOSS = {"type": "TextualBody", "purpose": "tagging", "value": "loss"}
FLAT = [
    {"@id": "_:q", "@type": "oa:TextQuoteSelector", "oa:exact": "Two cranes"},
    {
        "@id": "_:t",
        "@type": f"{OA}SpecificResource",
        f"{OA}hasSource": {"@id": PAGE},
        f"{OA}hasSelector": {"@id": "_:q"},
    },
    {
        "@id": "_:b",
        "@type": ["oa:TextualBody"],
        "rdf:value": [{"@value": "loss"}],
        "oa:hasPurpose": {"@id": "oa:tagging"},
    },
    {"@id": "urn:x:1", "@type": [f"{OA}Annotation"], "oa:hasTarget": [{"@id": "_:t"}], "oa:hasBody": {"@id": "_:b"}},
]


def note(**fields) -> dict:
    return {"type": "Annotation", "id": "urn:x:1", "target": TARGET, "body": LOSS} | fields


def read(data: object):
    return read_bundle(json.dumps(data).encode())


def summary(data: object) -> list[tuple]:
    return [(record.source, record.exact, record.tags) for record in read(data).records]


@each(
    "data",
    [
        note(),
        [note()],
        {"@context": [ANNO, {"x": "urn:x:"}], **note()},
        {"items": [note()]},
        {"@type": "as:OrderedCollectionPage", "as:items": {"@list": [note()]}},
        {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [note()]}},
        {"@type": "AnnotationCollection", "as:first": {"@type": "AnnotationPage", f"{AS}items": [note()]}},
        [{"type": "AnnotationPage", "items": [note()]}],
        {"@type": "sc:AnnotationList", "resources": [note()]},
        {"@context": ANNO, "@graph": [note()]},
        {"@graph": FLAT},
        {"@context": {"q": OA}, "@graph": json.loads(json.dumps(FLAT).replace("oa:", "q:"))},
        {"@graph": [{"id": "urn:x:p", "type": "AnnotationPage", "items": [note()]}]},
        [{"@type": [f"{AS}OrderedCollection"], f"{AS}items": [{"@list": [note()]}]}],
        [{"@type": [f"{AS}OrderedCollection"], f"{AS}first": [{f"{AS}items": [{"@list": [note()]}]}]}],
        [note(), {"type": "AnnotationPage", "items": []}],
        [{f"{AS}first": [{"@id": "urn:x:p"}]}, {"@id": "urn:x:p", f"{AS}items": [{"@list": [note()]}]}],
        note(target=[TARGET]),
        note(target={"selector": QUOTE}, canonical=PAGE),
        note(target={"source": [PAGE], "selector": [QUOTE]}),
        note(target={"hasSource": {"@id": PAGE}, "hasSelector": {"@type": "oa:TextQuoteSelector", "exact": "Two cranes"}}),
        note(target={"source": {"id": PAGE, "type": ["Text"]}, "selector": QUOTE | {"type": ["TextQuoteSelector"]}}),
        note(target={"source": PAGE, "selector": QUOTE | {"exact": {"@language": "en", "@value": "Two cranes"}}}),
        note(target={"source": PAGE, "selector": {"type": "FragmentSelector", "value": "p3", "refinedBy": QUOTE}}),
        note(target={"source": PAGE, "selector": {"@type": "oa:XPathSelector", "value": "/p", "oa:refinedBy": [QUOTE]}}),
        note(target={"source": PAGE, "selector": [QUOTE | {"exact": "", "type": "CssSelector"}, QUOTE]}),
        note(
            target={
                "source": PAGE,
                "selector": QUOTE
                | {"exact": "The Two cranes", "refinedBy": {"type": "TextPositionSelector", "start": 4, "end": 14}},
            }
        ),
        note(target={"type": "Composite", "items": [TARGET]}),
        {"@id": "urn:x:1", "@type": "oa:Annotation", "oa:hasTarget": TARGET, "oa:hasBody": LOSS},
        {"@type": f"{OA}Annotation", f"{OA}hasTarget": TARGET, f"{OA}hasBody": {"@type": "TextualBody", "value": "loss",
         f"{OA}hasPurpose": {"@id": f"{OA}tagging"}}},
        note(body={"value": "loss"}, motivation="oa:tagging"),
        note(body={"value": "loss"}, motivation=[{"id": f"{OA}tagging"}]),
        note(body={"value": {"en": "loss", "de": "Verlust"}, "purpose": ["tagging"]}),
        note(body={"type": "SpecificResource", "source": {"type": "TextualBody", "value": "loss"}, "purpose": "tagging"}),
        note(body={"type": "Choice", "items": [LOSS]}),
        note(body={"type": "List", "items": [LOSS, LOSS]}),
        note(body={"value": "loss", "purpose": "classifying"}),
        {"@context": {"Note": "oa:Annotation", "on": "oa:hasTarget", "says": {"@id": "oa:hasBody"}},
         "@type": "Note", "on": TARGET, "says": LOSS},
    ],
)  # fmt: skip
def test_forms_that_mean_the_same_are_read_the_same(data):
    bundle = read(data)
    assert summary(data) == [(PAGE, "Two cranes", ("loss",))]
    assert (bundle.problems, bundle.notices, bundle.kind) == ([], [], "W3C annotations")


@each(
    ("targets", "quotes"),
    [
        ([TARGET, {"source": PAGE, "selector": QUOTE | {"exact": "mayor"}}], ["Two cranes", "mayor"]),
        ([TARGET, f"{PAGE}#:~:text=the-,mayor%20said"], ["Two cranes", "mayor said"]),
        ({"type": "List", "items": [TARGET, TARGET]}, ["Two cranes"] * 2),
        ([{"type": "Independents", "items": [TARGET]}, TARGET, TARGET], ["Two cranes"] * 3),
    ],
)
def test_each_target_is_a_highlight_with_the_tags_of_all(targets, quotes):
    records = read(note(target=targets)).records
    assert [(record.exact, record.tags) for record in records] == [(quote, ("loss",)) for quote in quotes]
    assert [bool(record.id) for record in records] == [True] + [False] * (len(quotes) - 1)


@each(
    ("fields", "said"),
    [
        ({"body": "https://a.example/note"}, "“https://a.example/note” is an address, whose"),
        ({"body": [{"id": "https://a.example/v", "type": "Video"}]}, "“https://a.example/v” is an address, whose"),
        ({"body": {"type": "SpecificResource", "source": "urn:x:q42", "purpose": "tagging"}}, "tag “urn:x:q42” is an"),
        ({"body": {"type": "Choice", "items": [LOSS, LOSS | {"value": "Verlust"}]}}, "this one is not: “Verlust”"),
        ({"body": {"type": "Choice", "items": [LOSS, {"id": "urn:x:a"}]}}, "this one is not: “urn:x:a”"),
        ({"body": {"type": "Dataset", "size": 3}}, "A body of the type “Dataset”"),
        ({"motivation": "oa:questioning"}, "The motivation “questioning”"),
        ({"motivation": ["highlighting", "urn:x:doubting"]}, "The motivation “urn:x:doubting”"),
        ({"stylesheet": "https://a.example/s.css"}, "The style of the annotation"),
        ({"target": TARGET | {"styleClass": "red"}}, "The style of the annotation"),
        ({"body": [LOSS] * 201}, "more than 200 bodies"),
    ],
)
def test_what_is_left_out_of_an_annotation_is_said_with_its_quote(fields, said):
    bundle = read(note(**fields))
    assert [record.exact for record in bundle.records] == ["Two cranes"]
    assert [(said in notice.reason, notice.quote) for notice in bundle.notices] == [(True, "Two cranes")]


def test_bodies_of_text_are_notes_without_markup():
    html = {"type": "TextualBody", "format": "text/html", "value": "<p>Both <b>fell</b>&amp;</p><p>stood</p>"}
    bundle = read(note(body=[html, "as it seems"], bodyValue="So"))
    assert [record.note for record in bundle.records] == ["So\n\nBoth fell&\nstood\n\nas it seems"]


@each(
    ("data", "sentence"),
    [
        ({"type": "AnnotationCollection", "first": "https://a.example/1"}, "at another address"),
        ({"first": {"items": [note()], "next": "https://a.example/2"}}, "only the first page"),
        ({"as:items": [note()], "as:next": {"@id": "urn:x:2"}}, "only the first page"),
        ({"@graph": [{"@id": "urn:x:1", "@type": "Person"}]}, "no annotations"),
        (3, "not supported"),
        ([], ""),
    ],
)
def test_what_holds_no_annotations_is_refused_with_a_sentence(data, sentence):
    if sentence:
        with pytest.raises(UnreadableFileError, match=sentence):
            read(data)
    else:
        assert read(data).records == []


def test_pages_of_a_collection_that_are_all_inline_are_read():
    pages = {"first": {"items": [note()], "next": {"items": [note()], "next": {"as:items": [note()]}}}}
    assert len(read(pages).records) == 3


def test_nodes_that_refer_to_each_other_end():
    loop = {"id": "urn:x:b", "type": "List", "items": [{"id": "urn:x:b"}, {"id": "urn:x:c"}] * 100}
    other = {"id": "urn:x:c", "type": "SpecificResource", "source": {"id": "urn:x:b"}}
    selector = {"id": "urn:x:s", "type": "FragmentSelector", "refinedBy": {"id": "urn:x:s"}}
    target = {"source": PAGE, "selector": {"id": "urn:x:s"}}
    graph = [note(target=target, body={"id": "urn:x:b"}), loop, other, selector]
    assert [record.exact for record in read({"@graph": graph}).records] == [""]


def test_replies_and_page_notes_of_hypothesis_are_said_with_their_words():
    rows = [
        {
            "uri": PAGE,
            "user": "acct:bob@hypothes.is",
            "text": "I  doubt it",
            "references": ["k1"],
            "target": [{"source": PAGE}],
        },
        {"uri": PAGE, "text": "On the whole page", "target": [{"source": PAGE}]},
    ]
    reasons = [problem.reason for problem in read({"rows": rows, "total": 2}).problems]
    assert reasons == [
        "A reply by “bob” has no quote and is not imported: “I doubt it”.",
        "A note on the whole page has no quote and is not imported: “On the whole page”.",
    ]


@each(
    ("fields", "private"),
    [
        ({}, False),
        ({"permissions": {}}, False),
        ({"permissions": {"read": ["group:__world__"]}, "group": "__world__"}, False),
        ({"permissions": {"read": ["acct:bob@hypothes.is"]}, "group": "__world__"}, True),
        ({"permissions": {"read": ["group:g7"]}, "group": "g7"}, True),
        ({"permissions": {}, "group": "g7"}, True),
        ({"hidden": True}, True),
    ],
)
def test_notes_that_not_everybody_may_read_are_private(fields, private):
    row = {"uri": PAGE, "target": [TARGET], "text": "x"} | fields
    assert [record.private for record in read({"annotations": [row]}).records] == [private]


NAMES = (
    "@id @type @value @list @context @graph oa:hasTarget first next items rows uri target body selector source value exact "
    "start end refinedBy type purpose motivation references permissions read group document title"
).split()
WORDS = st.sampled_from(["oa:tagging", "TextQuoteSelector", "Choice", "urn:x:1", "_:b", "words", "#:~:text=a,-b", ""])
SCALARS = st.none() | st.booleans() | st.integers(-1, 9) | WORDS
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(NAMES), inner), max_leaves=10
)


@given(st.dictionaries(st.sampled_from(NAMES), JSON) | st.lists(JSON))
def test_whatever_a_file_holds_is_read_or_refused_with_a_sentence(data):
    assert read_or_refuse(data)


def read_or_refuse(data: object) -> object:
    try:
        return read(data)
    except UnreadableFileError as error:
        return str(error)

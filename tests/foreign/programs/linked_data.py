"""What PyLD makes of our annotations, and the same annotations in other legal forms of JSON-LD."""

import json
import sys
from pathlib import Path

from answers import write
from pyld import jsonld

ANNO = "http://www.w3.org/ns/anno.jsonld"
OA, AS, RDF, DC = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/terms/",
)
LINK = {"@type": "@id"}
# The terms that our files use, as the recommendation's own context defines them: no network is needed to read them.
CONTEXT = {
    "oa": OA, "as": AS, "rdf": RDF, "dcterms": DC,
    "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dc": "http://purl.org/dc/elements/1.1/", "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "TimeState": "oa:TimeState",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "Person": "foaf:Person", "Software": "as:Application",
    "body": {"@id": "oa:hasBody", **LINK}, "target": {"@id": "oa:hasTarget", **LINK},
    "source": {"@id": "oa:hasSource", **LINK},
    "selector": {"@id": "oa:hasSelector", **LINK}, "state": {"@id": "oa:hasState", **LINK},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"}, "tagging": "oa:tagging",
    "commenting": "oa:commenting",
    "highlighting": "oa:highlighting",
    "cached": {"@id": "oa:cachedSource", **LINK}, "first": {"@id": "as:first", **LINK}, "partOf": {"@id": "as:partOf", **LINK},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "startIndex": "as:startIndex", "total": "as:totalItems",
    "value": "rdf:value", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "start": "oa:start", "end": "oa:end",
    "format": "dc:format", "name": "foaf:name", "nickname": "foaf:nick", "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "creator": {"@id": "dcterms:creator", **LINK}, "generator": {"@id": "as:generator", **LINK},
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"}, "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
    "sourceDate": {"@id": "oa:sourceDate", "@type": "xsd:dateTime"},
}  # fmt: skip


def load(url: str, options: dict) -> dict:
    """The context, which is here."""
    if url != ANNO:
        raise ValueError(url)
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def find(nodes, kind: str) -> list[dict]:
    """The nodes of a type in expanded JSON-LD."""
    if isinstance(nodes, list):
        return [found for node in nodes for found in find(node, kind)]
    if not isinstance(nodes, dict):
        return []
    here = [nodes] if kind in nodes.get("@type", []) else []
    return here + [found for value in nodes.values() for found in find(value, kind)]


def values(nodes: list[dict], name: str) -> list:
    """The first value of a property of each node."""
    return [node[name][0].get("@value") for node in nodes if node.get(name)]


jsonld.set_document_loader(load)
folder = Path(sys.argv[1])
document = json.loads((folder / "study.jsonld").read_text(encoding="utf-8"))
expanded = jsonld.expand(document)
bodies = find(expanded, f"{OA}TextualBody")
tags = [body for body in bodies if body[f"{OA}hasPurpose"][0]["@id"] == f"{OA}tagging"]
notes = [body for body in bodies if body[f"{OA}hasPurpose"][0]["@id"] == f"{OA}commenting"]
forms = {
    "compacted": jsonld.compact(expanded, document["@context"]),
    "flattened": jsonld.flatten(document, document["@context"]),
    "own context": jsonld.compact(expanded, {"oa": OA, "rdf": RDF, "as": AS, "dcterms": DC}),
    "expanded": expanded,
}
for name, form in forms.items():
    (folder / f"pyld {name}.jsonld").write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
write(
    annotations=len(find(expanded, f"{OA}Annotation")),
    words=values(find(expanded, f"{OA}TextQuoteSelector"), f"{OA}exact"),
    tags=values(tags, f"{RDF}value"),
    notes=values(notes, f"{RDF}value"),
    forms=list(forms),
)

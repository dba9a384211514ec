"""Codebooks as files: they come back the same, are shown before anything is made, and no file makes half of one."""

import io
import json
import os
import re
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

from annotations.exchange.bundle import MAX_TAGS
from annotations.exchange.refi_terms import CODEBOOK_NAMESPACE, XML_NAMESPACE
from annotations.exchange.refi_write import write_qdc
from annotations.exports.records import load_tag_records
from annotations.models import Event, Project, Tag
from cases import each
from conftest import signed_in
from markup import markup

UUID_TEXT = re.compile(r"[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}")
FORMATS = ["json", "csv", "qdc"]
# What REFI-QDA says of a codebook (Codebook.xsd, version 1.0), as far as our files go.
CODEBOOK_SCHEMA = f"""<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="{CODEBOOK_NAMESPACE}"
    targetNamespace="{CODEBOOK_NAMESPACE}" elementFormDefault="qualified">
  <xsd:element name="CodeBook"><xsd:complexType><xsd:sequence>
    <xsd:element name="Codes"><xsd:complexType><xsd:sequence>
      <xsd:element name="Code" type="Code" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType></xsd:element>
    <xsd:element name="Sets" minOccurs="0"><xsd:complexType><xsd:sequence>
      <xsd:element name="Set" type="Set" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType></xsd:element>
    </xsd:sequence><xsd:attribute name="origin" type="xsd:string"/></xsd:complexType></xsd:element>
  <xsd:complexType name="Code"><xsd:sequence>
    <xsd:element name="Description" type="xsd:string" minOccurs="0"/>
    <xsd:element name="Code" type="Code" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence>
    <xsd:attribute name="guid" type="GUID" use="required"/><xsd:attribute name="name" type="xsd:string" use="required"/>
    <xsd:attribute name="isCodable" type="xsd:boolean" use="required"/><xsd:attribute name="color" type="RGB"/>
  </xsd:complexType>
  <xsd:complexType name="Set"><xsd:sequence>
    <xsd:element name="Description" type="xsd:string" minOccurs="0"/>
    <xsd:element name="MemberCode" minOccurs="0" maxOccurs="unbounded"><xsd:complexType>
      <xsd:attribute name="guid" type="GUID" use="required"/></xsd:complexType></xsd:element></xsd:sequence>
    <xsd:attribute name="guid" type="GUID" use="required"/><xsd:attribute name="name" type="xsd:string" use="required"/>
  </xsd:complexType>
  <xsd:simpleType name="GUID"><xsd:restriction base="xsd:token">
    <xsd:pattern value="[0-9a-fA-F]{{8}}(-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}"/></xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="RGB"><xsd:restriction base="xsd:token">
    <xsd:pattern value="#[A-Fa-f0-9]{{6}}"/></xsd:restriction></xsd:simpleType>
</xsd:schema>"""


@pytest.fixture
def codebook(project, alice) -> Project:
    """Headings, tags on three levels that are not in the order of their names, more of them than lines, and every kind of words."""

    def add(name: str, parent: Tag | None = None, **fields) -> Tag:
        return Tag.objects.add_tag(project, name, by=alice, parent=parent, **fields)

    positions = add("Positions", heading_only=True, definition="What somebody wants.")
    refusal = add(
        "refusal", positions, definition='=1+1, "no"\n\nand a second paragraph', use_for="- plain no’s", not_for="x"
    )
    add("أحمر", refusal, colour=11)
    add("anger", positions, use_for="Heat.\nMore heat.")
    add("Empty heading", heading_only=True)
    add("old", status="retired", definition="<b>&amp;</b>")
    for number in range(12):
        add(f"term {20 - number}", colour=number % 12 + 1)
    add("@last; 'quoted' > not below", refusal)
    add("waiting", status="proposed")
    return project


def export(client, project, form: str) -> str:
    answer = client.get(f"/projects/{project.slug}/tags/export/{form}/")
    return b"".join(answer.streaming_content).decode()


def send(client, project, data: str, name: str):
    file = io.BytesIO(data.encode())
    file.name = name
    return client.post(f"/projects/{project.slug}/import/", {"file": file})


def agree(client, project, answer):
    return client.post(f"/projects/{project.slug}/import/", {"ticket": answer.context["ticket"]})


def renumbered(text: str) -> str:
    """The text with its keys numbered in the order in which they come."""
    numbers: dict[str, int] = {}
    counter = count()
    return UUID_TEXT.sub(lambda found: f"key {numbers.setdefault(found[0], next(counter))}", text)


def rows(project) -> list[tuple]:
    fields = ("name", "definition", "use_for", "not_for", "colour", "status", "heading_only")
    tags = Tag.objects.with_tree_fields().filter(project=project).exclude(status="proposed")
    return [(tag.tree_depth, tag.parent and tag.parent.name, *(getattr(tag, name) for name in fields)) for tag in tags]


@pytest.mark.parametrize("form", FORMATS)
def test_a_codebook_goes_out_comes_in_and_goes_out_the_same(alice, codebook, form):
    client, other = signed_in(alice), Project.objects.create_owned("Empty", owner=alice)
    first = export(client, codebook, form)
    assert "waiting" not in first
    answer = send(client, other, first, f"codebook.{form}")
    assert answer.context["plan"].notices == []
    assert not Tag.objects.filter(project=other).exists()
    agree(client, other, answer)
    assert renumbered(export(client, other, form)) == renumbered(first)
    assert rows(other) == rows(codebook)


def test_the_columns_of_taguette_come_first(alice_client, codebook):
    assert export(alice_client, codebook, "csv").lstrip("\ufeff").startswith("name,description,")


def test_a_codebook_file_is_as_the_standard_has_it(codebook):
    schema = etree.XMLSchema(etree.fromstring(CODEBOOK_SCHEMA))
    file = etree.fromstring("".join(write_qdc(load_tag_records(codebook))).encode())
    schema.assertValid(file)
    file.find(".//{*}Code").set("color", "blue")
    assert not schema.validate(file)


@pytest.mark.suites
def test_the_codes_of_a_codebook_file_are_as_the_schema_of_projects_has_them(codebook):
    schema = etree.XMLSchema(etree.parse(Path(os.environ["NEWSREADER_SUITES"], "refi-qda/Project.xsd")))
    text = "".join(write_qdc(load_tag_records(codebook))).replace(CODEBOOK_NAMESPACE, XML_NAMESPACE)
    root = etree.Element(f"{{{XML_NAMESPACE}}}Project", name="Harbour study")
    root.append(etree.fromstring(text.encode()))
    del root[0].attrib["origin"]
    root.append(root[0][1])  # the sets, which stand beside the codebook in a project
    for member in root.iter("{*}MemberCode"):
        member.set("targetGUID", member.attrib.pop("guid"))
    schema.assertValid(etree.ElementTree(root))


def make_file(form: str, pairs: list[tuple[str, str]]) -> str:
    """A codebook of tags, each with the name of its parent."""
    keys = {name: f"0190a000-0000-7000-8000-{number:012}" for number, (name, _) in enumerate(pairs)}
    if form == "csv":
        return "name,description,parent\n" + "".join(f"{name},,{parent}\n" for name, parent in pairs)
    if form == "json":
        tags = [
            {
                "id": f"urn:uuid:{keys[name]}",
                "newsreader:name": name,
                "newsreader:parent": f"urn:uuid:{keys[parent]}" if parent else "",
            }
            for name, parent in pairs
        ]
        page = {"type": "AnnotationPage", "items": []}
        context = ["http://www.w3.org/ns/anno.jsonld", {"newsreader": "urn:newsreader:"}]
        head = {"@context": context, "type": "AnnotationCollection", "newsreader:codebook": tags, "first": page}
        return json.dumps(head)
    codes = "".join(f'<Code guid="{keys[name]}" name="{name}" isCodable="true"/>' for name, _ in pairs)
    return f'<?xml version="1.0"?><CodeBook xmlns="{CODEBOOK_NAMESPACE}"><Codes>{codes}</Codes></CodeBook>'


@each("form", FORMATS)
def test_ten_thousand_codes_are_refused_with_a_sentence(alice_client, project, form):
    data = make_file(form, [(f"code {number}", "") for number in range(10_000)])
    answer = send(alice_client, project, data, f"codebook.{form}")
    assert answer.status_code == 422
    assert f"{MAX_TAGS:,}" in markup(answer)
    assert not Tag.objects.filter(project=project).exists()


@pytest.mark.parametrize("form", ["csv", "json"])
def test_tags_that_stand_below_each_other_are_said_and_come_in_as_a_tree(alice_client, project, form):
    data = make_file(form, [("A", "C"), ("B", "A"), ("C", "B"), ("own", "own"), ("leaf", "B")])
    answer = send(alice_client, project, data, f"codebook.{form}")
    page = markup(answer)
    assert page.count("stands below itself. It is imported at the top level.") == 2
    assert not Tag.objects.exists()
    agree(alice_client, project, answer)
    parents = {tag.name: tag.parent and tag.parent.name for tag in Tag.objects.without_tree_fields()}
    assert parents == {"A": None, "B": "A", "C": "B", "own": None, "leaf": "B"}


@each("form", FORMATS)
def test_names_that_look_the_same_as_tags_here_are_these_tags(alice_client, alice, project, form):
    Tag.objects.get_or_create_named(project, ["Café noir"], by=alice)
    data = make_file(form, [("CAFE\u0301\u00a0ｎｏｉｒ", ""), ("new", "")])
    answer = send(alice_client, project, data, f"codebook.{form}")
    assert [record.name for record in answer.context["plan"].new_tags] == ["new"]


@pytest.mark.parametrize("form", FORMATS)
def test_where_the_codebook_changed_since_the_preview_nothing_is_made(alice_client, alice, project, form):
    answer = send(alice_client, project, make_file(form, [("one", ""), ("two", "")]), f"codebook.{form}")
    Tag.objects.add_tag(project, "ONE", by=alice)
    again = agree(alice_client, project, answer)
    assert "Nothing was imported; check the new preview." in markup(again)
    assert [tag.name for tag in Tag.objects.without_tree_fields()] == ["ONE"]
    assert not Event.objects.filter(verb="file imported").exists()

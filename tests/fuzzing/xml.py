"""Changes of XML: elements and attributes dropped, doubled, moved and changed."""

from copy import deepcopy
from random import Random

from lxml import etree

from fuzzing.mutations import MAX_BYTES, mutate_words, pick_number

XML_ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-16", "iso-8859-1", "ascii"]


def mutate_xml(chance: Random, data: bytes) -> bytes:
    """The XML with some of its elements and attributes dropped, doubled, moved or changed."""
    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 4)):
        elements = list(root.iter(etree.Element))
        try:
            chance.choice(XML_CHANGES)(chance, elements)
        except ValueError:  # what XML cannot hold
            continue
    declared = chance.random() < 0.9
    encoding = chance.choice(XML_ENCODINGS) if declared else "utf-8"
    return etree.tostring(root, encoding=encoding, xml_declaration=declared)[:MAX_BYTES]


def drop_element(chance: Random, elements: list) -> None:
    element = chance.choice(elements)
    if element.getparent() is not None:
        element.getparent().remove(element)


def double_element(chance: Random, elements: list) -> None:
    element = chance.choice(elements)
    if element.getparent() is not None:
        for _ in range(chance.choice([1, 1, 1, 40])):
            element.addnext(deepcopy(element))


def move_element(chance: Random, elements: list) -> None:
    element, other = chance.choice(elements), chance.choice(elements)
    if element.getparent() is not None and element not in [other, *other.iterancestors()]:
        other.insert(chance.randint(0, len(other)), element)


def rename_element(chance: Random, elements: list) -> None:
    element = chance.choice(elements)
    element.tag = chance.choice([chance.choice(elements).tag, element.tag.split("}")[-1], "{urn:x}y"])


def wrap_element(chance: Random, elements: list) -> None:
    element = chance.choice(elements)
    if (parent := element.getparent()) is not None:
        wrapper = etree.Element(chance.choice(elements).tag)
        parent.replace(element, wrapper)
        wrapper.append(element)


def change_attribute(chance: Random, elements: list) -> None:
    element = chance.choice([element for element in elements if element.attrib] or elements)
    for name in chance.sample(sorted(element.attrib), min(1, len(element.attrib))):
        number = int(element.get(name)) if element.get(name).isdecimal() and len(element.get(name)) < 9 else 0
        changes = [mutate_words(chance, element.get(name)), str(pick_number(chance, number)), element.get(name).upper()]
        element.set(name, chance.choice(changes))


def exchange_attributes(chance: Random, elements: list) -> None:
    with_some = [element for element in elements if element.attrib]
    if not with_some:
        return
    one, other = chance.choice(with_some), chance.choice(with_some)
    name = chance.choice(sorted(one.attrib))
    one.set(name, other.get(name, chance.choice(list(other.attrib.values()))))


def drop_attribute(chance: Random, elements: list) -> None:
    element = chance.choice([element for element in elements if element.attrib] or elements)
    if element.attrib:
        del element.attrib[chance.choice(sorted(element.attrib))]


def reverse_positions(chance: Random, elements: list) -> None:
    placed = [element for element in elements if element.get("startPosition")]
    for element in placed[: chance.randint(1, 3)]:
        start, end = element.get("startPosition", ""), element.get("endPosition", "")
        element.set("startPosition", end)
        element.set("endPosition", start)


def change_content(chance: Random, elements: list) -> None:
    element = chance.choice([element for element in elements if element.text] or elements)
    element.text = mutate_words(chance, element.text or "")


XML_CHANGES = [
    *[drop_element, double_element, move_element, rename_element, wrap_element, change_attribute, change_attribute],
    *[exchange_attributes, drop_attribute, reverse_positions, change_content],
]

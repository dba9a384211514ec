"""The walk-through can be walked, and its text shows what is there."""

import re
import zipfile

import pytest

import walk
from annotations.models import Desk, Project, Role
from cases import each
from serving import HOUSE


@pytest.fixture
def world(demo, alice):
    """The fixtures, in which Alice may do what the first admin may."""
    membership = Project.objects.get(public=True).memberships.create(user=alice, role=Role.OWNER)
    membership.make_current()
    return alice


@pytest.mark.walk
def test_every_step_of_the_walk_through_leads_to_the_next(signed_in_page, world):
    names = []
    file = walk.walk(signed_in_page(world), lambda page, name: names.append(name))
    told = (HOUSE / "docs" / "walk-through.md").read_text()
    assert re.findall(r"\(walk/(.*?)\.png\)", told) == names
    assert all((HOUSE / "docs" / "walk" / f"{name}.png").exists() for name in names)
    assert Desk.objects.get(name=walk.NAME).pins.count() == 2
    assert "will not have allied troops" in zipfile.ZipFile(file).read("word/document.xml").decode()


@each("address", [walk.FOUND, walk.ARTICLE, walk.TOGETHER, walk.DESK, walk.CHART, walk.CROSSED])
def test_the_walk_through_names_the_addresses_that_are_walked(address):
    assert f"http://127.0.0.1:8000{address}" in (HOUSE / "docs" / "walk-through.md").read_text()

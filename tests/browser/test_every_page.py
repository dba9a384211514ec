"""Every page of the product, from the fixtures: axe finds nothing, the policy stops nothing, nothing overflows, in any theme."""

import pytest

from annotations.models import Project, Role
from conftest import person
from inspection import faults_of, watch
from screenshots import addresses

PARTS = 4  # so that several processes share the pages


@pytest.fixture
def curator(demo):
    """A curator who owns the demo project."""
    curator = person("curator", is_staff=True, is_superuser=True)
    Project.objects.get(public=True).memberships.create(user=curator, role=Role.OWNER)
    return curator


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_any_page(signed_in_page, curator, axe, part):
    windows = {"visitor": signed_in_page(None), "reader": signed_in_page(curator)}
    for page in windows.values():
        watch(page)
    found = {}
    for name, address in list(addresses().items())[part::PARTS]:
        page = windows["visitor" if name.startswith("visitor") else "reader"]
        if faults := faults_of(page, address, axe):
            found[name] = faults
    assert found == {}, "\n".join(f"{name}: {fault}" for name, faults in found.items() for fault in faults)

"""Every page of the product, from the fixtures: axe finds nothing, the policy stops nothing, nothing overflows, in any theme.

The pages are in the pseudo-language, with accents and 40 % longer, so that a word that no translation reached is seen.
"""

import pytest

from annotations.models import Project, Role
from conftest import person
from inspection import faults_of, watch
from pseudo import find_untranslated, pseudo_language, turn_greek
from screenshots import addresses

PARTS = 4  # so that several processes share the pages


@pytest.fixture
def curator(demo):
    """A curator who owns the demo project."""
    curator = person("curator", is_staff=True, is_superuser=True)
    Project.objects.get(public=True).memberships.create(user=curator, role=Role.OWNER)
    return curator


@pytest.mark.pages
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_any_page(signed_in_page, curator, axe, part):
    windows = {"visitor": signed_in_page(None), "reader": signed_in_page(curator)}
    for page in windows.values():
        watch(page)
    found, pages = {}, list(addresses().items())[part::PARTS]
    turn_greek()
    with pseudo_language():
        for name, address in pages:
            page = windows["visitor" if name.startswith("visitor") else "reader"]
            if faults := faults_of(page, address, axe) + find_untranslated(page, address):
                found[name] = faults
    assert found == {}, "\n".join(f"{name}: {fault}" for name, faults in found.items() for fault in faults)

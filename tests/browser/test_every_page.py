"""Every page of the product, from the fixtures, in every theme: axe finds nothing, the policy stops nothing, nothing overflows."""

import pytest
from django.core.management import call_command

from annotations.models import Project, Role
from newsreader.models import Preferences
from screenshots import addresses

STOPPED = """document.addEventListener("securitypolicyviolation",
  event => (window.stopped ??= []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"""
WIDE = 1440, 900
NARROW = 360, 780


@pytest.fixture
def world(db, curator):
    """The fixtures, with a curator who owns the demo project."""
    call_command("loaddata", "articles", "demo", verbosity=0)
    Project.objects.get(public=True).memberships.create(user=curator, role=Role.OWNER)
    return addresses()


def faults_of(page, address: str, axe) -> list[str]:
    said = []
    page.once("pageerror", lambda error: said.append(str(error)))
    if "#" in address:
        page.goto("about:blank")  # or an address that differs by its # alone would not be loaded again
    page.goto(address)
    page.evaluate("document.fonts.ready")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    said += page.evaluate("window.stopped ?? []") + axe(page)
    return said + ([f"{wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize(("theme", "size"), [("light", WIDE), ("sepia", WIDE), ("dark", WIDE), ("light", NARROW)])
def test_nothing_is_wrong_with_any_page(signed_in_page, world, curator, axe, theme, size):
    Preferences.objects.create(user=curator, theme=theme)
    viewport = {"viewport": {"width": size[0], "height": size[1]}}
    windows = {True: signed_in_page(None, **viewport), False: signed_in_page(curator, **viewport)}
    for page in windows.values():
        page.add_init_script(STOPPED)
    found = {}
    for name, address in world.items():
        page = windows[name.startswith("visitor")]
        if faults := faults_of(page, address, axe):
            found[name] = faults
    assert found == {}, "\n".join(f"{name}: {fault}" for name, faults in found.items() for fault in faults)

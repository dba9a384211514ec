"""The two rules of the house, read out of the code: which way imports point, and who may know Django."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from cases import each

HOUSE = Path(__file__).resolve().parent.parent
OURS = {"newsreader": {"newsreader"}, "annotations": {"annotations", "newsreader"}}  # package: what of ours it may know
KNOW_BOTH = {"newsreader/settings.py", "newsreader/urls.py", "templates/base.html"}
DJANGO_NAMES = set(
    "settings urls wsgi asgi apps admin models views forms middleware staticfiles templatetags management migrations "
    "search protocol intake tasks".split()
)
DJANGO = {"django", "whitenoise", "environ"} | {app.split(".")[0] for app in settings.INSTALLED_APPS} - set(OURS)
TEMPLATE_TAG = re.compile(r"{%\s*(?:include|extends|load)\s+(.*?)%}")


def modules() -> list[str]:
    """Every Python file of the product, by its path in the project."""
    return sorted(str(path.relative_to(HOUSE)) for package in OURS for path in (HOUSE / package).rglob("*.py"))


def imports(path: str, source: str) -> Iterator[str]:
    """The full name of every module that the source imports, wherever in the file; names after `from` count as modules."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = Path(path).with_suffix("").parts
            base = [*parts[: len(parts) - node.level]] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{module}.{name.name}" for name in node.names)


def strings(source: str) -> Iterator[str]:
    """Every string constant: apps, models and templates are also known by their names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def known(path: str, source: str) -> set[str]:
    """The packages of ours that a module knows, by import or by name."""
    named = {re.split("[./]", text)[0] for text in strings(source) if re.match(r"\w+[./]\w", text)}
    return (named | {name.split(".")[0] for name in imports(path, source)}) & set(OURS)


def may_know_django(path: str) -> bool:
    return bool(DJANGO_NAMES & {*Path(path).with_suffix("").parts[1:]})


def impurities(path: str, source: str) -> list[str]:
    """The imports by which a module comes to know Django: Django's own, and ours that have one of its names."""
    return [
        name
        for name in imports(path, source)
        if name.split(".")[0] in DJANGO or (name.split(".")[0] in OURS and DJANGO_NAMES & {*name.split(".")[1:]})
    ]


@each("path", modules())
def test_imports_point_from_annotations_to_newsreader_and_no_further(path):
    strangers = known(path, (HOUSE / path).read_text()) - OURS[path.split("/")[0]]
    assert not strangers or path in KNOW_BOTH


@each("path", [path for path in modules() if not may_know_django(path)])
def test_a_module_without_a_django_name_is_pure(path):
    assert impurities(path, (HOUSE / path).read_text()) == []


def test_templates_of_the_reader_know_no_template_of_annotations():
    knowing = [
        str(path.relative_to(HOUSE))
        for path in (HOUSE / "templates").rglob("*.html")
        if path.parent.name != "annotations"
        and any("annotations" in tag for tag in TEMPLATE_TAG.findall(path.read_text()))
    ]
    assert set(knowing) <= KNOW_BOTH


@each(
    "source",
    [
        "import annotations",
        "from annotations.models import Tag",
        "def later():\n    from annotations import models",
        "TAG = 'annotations.Tag'",
        "render(request, 'annotations/card.html')",
    ],
)
def test_every_way_to_know_annotations_is_seen(source):
    assert known("newsreader/views/library.py", source) - OURS["newsreader"] == {"annotations"}


@each(
    "source",
    ["import django", "from django.db import models", "import django_htmx", "from newsreader.models import Article"],
)
def test_every_way_to_know_django_is_seen(source):
    assert impurities("annotations/marking/lanes.py", source)


def test_a_relative_import_is_read_as_the_module_it_names():
    assert list(imports("newsreader/text/sanitizer.py", "from .links import safe\nfrom ..models import Article")) == [
        "newsreader.text.links.safe",
        "newsreader.models.Article",
    ]

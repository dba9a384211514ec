"""Puts the style sheets and modules that a page needs into one file each, so that a browser asks once instead of in a chain.

The sources stay one component a file. What they may say is a small part of the languages, and anything else is refused
when the files are collected: `@import url("x.css") layer(y);` at the start of a line, `import { a, b } from "./x.js";`,
`import "./x.js";`, and `export` before a function or a constant.
"""

import posixpath
import re
from collections.abc import Callable

STYLE_SHEETS = ("css/site.css", "css/admin.css")
MODULES = (
    "js/site.js",
    "js/reading.js",
    "js/passages.js",
    "js/desk.js",
    "js/codebook.js",
    "js/highlight-form.js",
    "js/copy.js",
    "js/adjudication.js",
    "js/editor.js",
    "js/tried-rules.js",
)

CSS_IMPORT = re.compile(
    r"""@import url\((?P<quote>["']?)(?P<path>[^"')]+)(?P=quote)\)(?: layer\((?P<layer>[\w.-]+)\))?;\s*"""
)
CSS_URL = re.compile(r"""url\((?P<quote>["']?)(?P<path>(?![a-z]+:|[/#])[^"')]+)(?P=quote)\)""")
JS_IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\} from )?"\./(?P<file>[\w-]+\.js)";[^\n]*\n?', re.MULTILINE)
JS_EXPORT = re.compile(r"^export (?P<declaration>(?:async )?function |const )(?P<name>\w+)", re.MULTILINE)
JS_UNKNOWN = re.compile(r"^\s*(?:import|export)\b(?!\()", re.MULTILINE)

Read = Callable[[str], str]


class BundlingError(Exception):
    """A source says something that cannot be put into one file."""


def bundle(name: str, read: Read) -> str:
    """Return a style sheet or module with all that it imports; `read` gives the text of a static file by its name."""
    return bundle_css(name, read) if name.endswith(".css") else bundle_modules(name, read)


def bundle_css(name: str, read: Read, folder: str = "") -> str:
    """Return a style sheet with those that it imports in their place, and addresses relative to `folder` (its own)."""
    own_folder = posixpath.dirname(name)
    folder = folder or own_folder

    def rebase(match: re.Match[str]) -> str:
        path = posixpath.relpath(posixpath.join(own_folder, match["path"]), folder)
        return f"url({match['quote']}{path}{match['quote']})"

    lines = []
    for line in read(name).splitlines():
        if match := CSS_IMPORT.fullmatch(line):
            text = bundle_css(posixpath.normpath(posixpath.join(own_folder, match["path"])), read, folder)
            lines.append(f"@layer {match['layer']} {{\n{text}}}" if match["layer"] else text)
        elif "@import" in line:
            raise BundlingError(f"{name} has an import that is not understood: {line.strip()}")
        else:
            lines.append(CSS_URL.sub(rebase, line))
    return "\n".join(lines) + "\n"


def bundle_modules(name: str, read: Read) -> str:
    """Return one module of all that a module imports, each evaluated once, in the order that a browser would take."""
    order: dict[str, str] = {}
    visit_module(name, read, order, [])
    return "const modules = {};\n" + "".join(order.values())


def visit_module(name: str, read: Read, order: dict[str, str], stack: list[str]) -> None:
    """Add a module to `order` after those that it imports; BundlingError where they import each other in a circle."""
    if name in stack:
        raise BundlingError(f"{' imports '.join([*stack, name])}, which is a circle.")
    if name in order:
        return
    text = read(name)
    for match in JS_IMPORT.finditer(text):
        visit_module(join_module(name, match["file"]), read, order, [*stack, name])
    order[name] = wrap_module(name, text)


def wrap_module(name: str, text: str) -> str:
    """Return a module as a function of its own that keeps what it exports under its name."""

    def take_names(match: re.Match[str]) -> str:
        names = (match["names"] or "").replace(" as ", ": ").strip()
        return f'const {{ {names} }} = modules["{join_module(name, match["file"])}"];\n' if names else ""

    exports = [match["name"] for match in JS_EXPORT.finditer(text)]
    body = JS_EXPORT.sub(r"\g<declaration>\g<name>", JS_IMPORT.sub(take_names, text))
    if match := JS_UNKNOWN.search(body):
        line = body[: match.end()].count("\n") + 1
        raise BundlingError(f"{name} has an import or export that is not understood, near line {line}.")
    return f'modules["{name}"] = (() => {{\n{body}return {{ {", ".join(exports)} }};\n}})();\n'


def join_module(name: str, file: str) -> str:
    """Return the name of a file beside a module."""
    return posixpath.join(posixpath.dirname(name), file)

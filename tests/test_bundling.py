import re
from pathlib import Path

import pytest
from django.conf import settings

from newsreader.bundling import MODULES, STYLE_SHEETS, BundlingError, bundle
from newsreader.staticfiles import BUNDLES, Storage, read_source


def bundled(name: str, **files: str) -> str:
    return bundle(name, lambda path: files[Path(path).stem])


def test_modules_run_once_each_after_those_they_import():
    text = bundled(
        "js/a.js",
        a='import { two as second } from "./b.js";\nimport "./c.js";\nrun(second);\n',
        b='import { one } from "./c.js";\nexport const two = one + one;\n',
        c="export function count() {}\nexport const one = 1; // the export of one\n",
    )
    assert re.findall(r'^modules\["js/(\w)\.js"\]', text, re.MULTILINE) == ["c", "b", "a"]
    assert 'const { two: second } = modules["js/b.js"];' in text
    assert "return { count, one };" in text
    assert not re.search(r"^(import|export)", text, re.MULTILINE)


@pytest.mark.parametrize(
    "files",
    [
        {"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\n'},
        {"a": "export default 1;\n"},
        {"a": "export let open = false;\n"},
        {"a": 'import * as b from "./b.js";\n', "b": ""},
        {"a": 'import { b }\n  from "./b.js";\n', "b": ""},
    ],
)
def test_what_cannot_be_one_module_is_refused(files):
    with pytest.raises(BundlingError, match=r"js/a\.js"):
        bundled("js/a.js", **files)


def test_style_sheets_stand_in_the_place_of_their_import_with_addresses_that_hold():
    text = bundled(
        "css/a.css",
        a="@layer x, y;\n@import url(\"b.css\");\n@import url('../admin/css/c.css') layer(y.z);\ni { top: 0 }",
        b='b { src: url("../fonts/f.woff2") }',
        c="c { background: url(../img/c.svg), url(data:,x), url(#y) }",
    )
    assert (
        text.split()
        == (
            '@layer x, y; b { src: url("../fonts/f.woff2") } '
            "@layer y.z { c { background: url(../admin/img/c.svg), url(data:,x), url(#y) } } i { top: 0 }"
        ).split()
    )
    with pytest.raises(BundlingError, match=r"css/a\.css"):
        bundled("css/a.css", a='b { top: 0 } @import url("b.css");', b="")


def test_every_source_is_in_a_bundle_and_every_page_names_bundles():
    read = set()
    for name in BUNDLES:
        bundle(name, lambda path: read.add(path) or read_source(path))
    own = {str(path.relative_to(settings.BASE_DIR / "static")) for path in settings.BASE_DIR.glob("static/*/*.*s")}
    assert own - read == set()
    templates = "".join(path.read_text() for path in settings.BASE_DIR.glob("templates/**/*.html"))
    named = re.findall(r"'((?:js|css)/[^']+)'", templates)
    assert {*named} == {*STYLE_SHEETS, *MODULES}


def test_the_address_of_a_file_holds_until_files_are_collected_again(settings, tmp_path):
    settings.DEBUG, settings.STATIC_ROOT = False, tmp_path
    storage = Storage(location=tmp_path, base_url="/static/")

    def collect(words: bytes) -> str:
        (tmp_path / "note.txt").write_bytes(words)
        list(storage.post_process({"note.txt": (storage, "note.txt")}))
        return storage.url("note.txt")

    first, second = collect(b"Hello"), collect(b"Good day")
    assert first != second == storage.url("note.txt")
    assert (tmp_path / second.removeprefix("/static/")).read_bytes() == b"Good day"
    settings.DEBUG = True
    assert storage.url("note.txt") == "/static/note.txt"

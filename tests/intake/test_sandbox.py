import subprocess
import sys
import threading
from pathlib import Path

import pytest

from newsreader.intake import child, sandbox
from newsreader.intake.errors import IntakeError
from newsreader.intake.extraction import extract
from newsreader.intake.sandbox import extract_safely

FERRY = (Path(__file__).parent / "pages" / "ferry.html").read_bytes()
LATIN = "<meta charset='utf-8'><article><p>" + "Příliš žluťoučký kůň úpěl ďábelské ódy na konci mola. " * 5
URL = "https://quay.example/ferry"


def in_child(monkeypatch, code: str):
    """Lets the child do something else."""
    monkeypatch.setattr(sandbox, "CHILD", [sys.executable, "-c", code])


def refusal(page=FERRY) -> str:
    with pytest.raises(IntakeError) as refused:
        extract_safely(page)
    return str(refused.value)


def test_a_page_reads_the_same_in_the_child_and_here():
    assert extract_safely(FERRY, URL) == extract(FERRY, URL)


def test_a_text_of_characters_is_read_too():
    assert "žluťoučký" in extract_safely(LATIN.replace("utf-8", "windows-1252")).html


def test_the_encoding_that_the_server_states_counts():
    page = LATIN.replace("<meta charset='utf-8'>", "").encode("iso-8859-2")
    assert "žluťoučký" in extract_safely(page, content_type="text/html; charset=iso-8859-2").html


def test_the_language_of_a_page_that_states_none_is_guessed():
    found = extract_safely(LATIN.replace("utf-8", "windows-1252"))
    assert [found.language, extract_safely(FERRY.replace(b' lang="en-GB"', b"")).language] == ["cs", "en"]


def test_neither_child_nor_server_loads_a_model_for_a_page_that_states_its_language(monkeypatch):
    loaded = (
        "print(sorted({'numpy', 'py3langid', 'trafilatura'} & {name for name in sys.modules if sys.modules[name]}))"
    )
    child = f"import resource, sys; from newsreader.intake import child; child.main(); print(); {loaded}"
    question = b'{"url": "", "content_type": ""}\n' + FERRY
    done = subprocess.run([sys.executable, "-c", child], input=question, capture_output=True, check=True)
    server = f"import sys; from newsreader.intake.sandbox import extract_safely; extract_safely({FERRY!r}); {loaded}"
    there = subprocess.run([sys.executable, "-c", server], capture_output=True, check=True)
    assert [done.stdout.splitlines()[-1], there.stdout.splitlines()[-1]] == [b"['trafilatura']", b"[]"]


def test_what_is_wrong_with_a_page_is_said_as_it_is_here():
    assert refusal(b"<p>Hello</p>") == "No article was found on this page."


def test_a_page_that_is_too_large_never_reaches_the_child(monkeypatch):
    in_child(monkeypatch, "raise SystemExit('never')")
    assert "larger than 2 MB" in refusal(b" " * 2_000_001)


def test_a_child_that_takes_too_much_time_is_ended_by_the_system(monkeypatch):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))"
    in_child(monkeypatch, f"{limit}\nwhile True: pass")
    assert "too long" in refusal()


def test_a_child_that_waits_for_ever_is_ended(monkeypatch):
    in_child(monkeypatch, "import time; time.sleep(600)")
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 1)
    assert "too long" in refusal()


def test_a_child_that_breaks_gives_a_sentence(monkeypatch):
    in_child(monkeypatch, "raise RuntimeError")
    assert refusal() == "This page could not be read."


def test_a_child_that_wants_too_much_memory_gives_a_sentence(monkeypatch):
    code = "from newsreader.intake import child, extraction\nextraction.extract_as_stated = lambda *_: bytearray(10**11)\nchild.main()"
    in_child(monkeypatch, code)
    assert "too much memory" in refusal()


def test_the_child_has_limits_of_time_and_memory(monkeypatch):
    limits = "{'error': str([resource.getrlimit(limit)[1] for limit in child.LIMITS])}"
    in_child(
        monkeypatch,
        f"import resource; from newsreader.intake import child\nchild.answer = lambda *_, **__: {limits}\nchild.main()",
    )
    assert refusal() == str(list(child.LIMITS.values()))


def test_the_child_knows_neither_django_nor_the_secrets_of_the_server(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    code = "import json, os, sys; import newsreader.intake.child, newsreader.intake.extraction"
    in_child(
        monkeypatch,
        code + "\nprint(json.dumps({'error': f\"{'django' in sys.modules} {'SECRET_KEY' in os.environ}\"}))",
    )
    assert refusal() == "False False"


def test_several_threads_may_read_at_once():
    found = []
    threads = [threading.Thread(target=lambda: found.append(extract_safely(FERRY).title)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Night ferry to Skarholm gets a second life"] * 3

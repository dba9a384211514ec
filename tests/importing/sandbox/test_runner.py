import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.article import extract
from newsreader.importing.sandbox import runner, worker
from newsreader.importing.sandbox.runner import extract_safely, read_published

FERRY = (Path(__file__).parent.parent / "pages" / "ferry.html").read_bytes()
LATIN = "<meta charset='utf-8'><article><p>" + "Příliš žluťoučký kůň úpěl ďábelské ódy na konci mola. " * 5
URL = "https://quay.example/ferry"


def run_instead(monkeypatch, code: str):
    """Let the worker process run this code instead."""
    monkeypatch.setattr(runner, "WORKER_COMMAND", [sys.executable, "-c", code])


def refusal(page=FERRY) -> str:
    with pytest.raises(ArticleImportError) as refused:
        extract_safely(page)
    return str(refused.value)


def test_a_page_reads_the_same_in_the_worker_and_here():
    assert extract_safely(FERRY, URL) == extract(FERRY, URL)


def test_a_day_comes_out_of_the_worker_as_a_day():
    assert extract_safely(f'<meta name="date" content="2026-11-03">{LATIN}').published == date(2026, 11, 3)


@each("published", [None, date(2026, 11, 3), datetime(2026, 11, 3, 4, 30), datetime(2026, 11, 3, 4, 30, tzinfo=UTC)])
def test_days_and_moments_are_read_as_the_worker_writes_them(published):
    found = read_published(published and published.isoformat())
    assert (found, type(found)) == (published, type(published))


def test_a_text_of_characters_is_read_too():
    assert "žluťoučký" in extract_safely(LATIN.replace("utf-8", "windows-1252")).html


def test_the_encoding_that_the_server_states_counts():
    page = LATIN.replace("<meta charset='utf-8'>", "").encode("iso-8859-2")
    assert "žluťoučký" in extract_safely(page, content_type="text/html; charset=iso-8859-2").html


def test_the_language_of_a_page_that_states_none_is_guessed():
    found = extract_safely(LATIN.replace("utf-8", "windows-1252"))
    assert [found.language, extract_safely(FERRY.replace(b' lang="en-GB"', b"")).language] == ["cs", "en"]


def test_neither_worker_nor_server_loads_a_model_for_a_page_that_states_its_language(monkeypatch):
    loaded = (
        "print(sorted({'numpy', 'py3langid', 'trafilatura'} & {name for name in sys.modules if sys.modules[name]}))"
    )
    worker = f"import sys; from newsreader.importing.sandbox import worker; worker.main(); print(); {loaded}"
    question = b'{"url": "", "content_type": ""}\n' + FERRY
    done = subprocess.run([sys.executable, "-c", worker], input=question, capture_output=True, check=True)
    server = f"import sys; from newsreader.importing.sandbox.runner import extract_safely; extract_safely({FERRY!r}); {loaded}"
    there = subprocess.run([sys.executable, "-c", server], capture_output=True, check=True)
    assert [done.stdout.splitlines()[-1], there.stdout.splitlines()[-1]] == [b"['trafilatura']", b"[]"]


def test_what_is_wrong_with_a_page_is_said_as_it_is_here():
    assert refusal(b"<p>Hello</p>") == "No article was found on this page."


def test_a_page_that_is_too_large_never_reaches_the_worker(monkeypatch):
    run_instead(monkeypatch, "raise SystemExit('never')")
    assert "larger than 10 MB" in refusal(b" " * 10_000_001)


def test_a_page_of_nine_megabytes_of_scripts_is_read():
    scripts = b"<script>" + b"let a = '<p>no</p>';" * 450_000 + b"</script>"
    page = FERRY.replace(b"</head>", scripts + b"</head>")
    assert len(page) > 9_000_000
    assert extract_safely(page, URL).html == extract_safely(FERRY, URL).html


def test_a_worker_that_takes_too_much_time_is_ended_by_the_system(monkeypatch):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))"
    run_instead(monkeypatch, f"{limit}\nwhile True: pass")
    assert "too long" in refusal()


def test_a_worker_that_waits_for_ever_is_ended(monkeypatch):
    run_instead(monkeypatch, "import time; time.sleep(600)")
    monkeypatch.setattr(runner, "MAX_SECONDS", 1)
    assert "too long" in refusal()


def test_a_worker_that_breaks_gives_a_sentence(monkeypatch):
    run_instead(monkeypatch, "raise RuntimeError")
    assert refusal() == "This page could not be read."


def test_a_worker_that_wants_too_much_memory_gives_a_sentence(monkeypatch):
    code = (
        "from newsreader.importing.extraction import article\nfrom newsreader.importing.sandbox import worker\n"
        "article.extract_as_stated = lambda *_: bytearray(10**11)\nworker.main()"
    )
    run_instead(monkeypatch, code)
    assert "too much memory" in refusal()


def test_the_worker_has_limits_of_time_and_memory(monkeypatch):
    limits = "{'error': str([resource.getrlimit(limit)[1] for limit in worker.RESOURCE_LIMITS])}"
    run_instead(
        monkeypatch,
        "import resource; from newsreader.importing.sandbox import worker\n"
        f"worker.extract_to_dict = lambda *_, **__: {limits}\nworker.main()",
    )
    assert refusal() == str(list(worker.RESOURCE_LIMITS.values()))


def test_the_worker_knows_neither_django_nor_the_secrets_of_the_server(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    code = "import json, os, sys; import newsreader.importing.sandbox.worker, newsreader.importing.extraction.article"
    run_instead(
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


def test_the_worker_answers_in_words_of_json():
    article = worker.extract_to_dict(FERRY, URL, "text/html")
    assert article["published"] is None or isinstance(article["published"], str)
    assert worker.extract_to_dict(b"<p>", URL, "text/html").keys() == {"error"}

"""Files are read in a process of their own, which has limits and knows nothing of the server."""

import sys
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from typing import Any

import pytest

from annotations.exchange import reading, reading_worker
from annotations.exchange.bundle import ImportBundle, ImportProblem, TextSource
from annotations.exchange.bundle_json import dump_bundle, load_answer
from annotations.exchange.reading import read_safely
from annotations.exchange.record import HighlightRecord, ReplyRecord, TagRecord, UnreadableFileError
from cases import each

TABLE = b"id,document,tag,content\n1,Harbour,loss,Two cranes fell\n"
VALUES = {str: "Ä \ud800", int: 7, bool: True, int | None: 7, datetime | None: datetime(2026, 1, 2, tzinfo=UTC)}
VALUES |= {tuple[str, ...]: ("a", "b"), dict[str, str]: {"number": "5"}}
VALUES[tuple[ReplyRecord, ...]] = (ReplyRecord("a", "Ä \ud800", "b", VALUES[datetime | None]), ReplyRecord())


def filled(kind: type) -> Any:
    """A row that has a value in every field."""
    return kind(*(VALUES[hint] for hint in kind.__annotations__.values()))


def run_instead(monkeypatch, code: str) -> None:
    """Let the process run this code instead."""
    monkeypatch.setattr(reading, "WORKER_COMMAND", [sys.executable, "-c", code])


def refusal(data: bytes = TABLE) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read_safely(data)
    return str(refused.value)


def test_all_that_a_bundle_holds_comes_out_of_the_process():
    text = filled(TextSource)
    rows = {"records": [filled(HighlightRecord)], "tags": [filled(TagRecord)], "problems": [filled(ImportProblem)]}
    rows |= {"notices": [filled(ImportProblem)]}
    bundle = ImportBundle("W3C annotations", texts={text.guid: text}, host="reader.example", size=1, **rows)
    assert all(getattr(bundle, field.name) for field in fields(bundle) if field.default is MISSING or field.compare)
    assert load_answer(dump_bundle(bundle)) == bundle


def test_a_file_reads_the_same_in_the_process_and_here():
    assert read_safely(TABLE) == reading_worker.read_bundle(TABLE)


def test_why_a_file_is_refused_is_said_as_it_is_here():
    assert refusal(b"words").startswith("This file format is not supported")


def test_a_file_that_is_too_large_never_reaches_the_process(monkeypatch):
    run_instead(monkeypatch, "raise SystemExit('never')")
    assert "larger than 50 MB" in refusal(b" " * 50_000_001)


@each(
    ("code", "sentence"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "takes too long"),
        ("raise RuntimeError", "could not be read"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "could not be read"),
    ],
)
def test_a_process_that_ends_without_an_answer_gives_a_sentence(code, sentence, monkeypatch):
    run_instead(monkeypatch, code)
    assert sentence in refusal()


def test_a_file_that_wants_too_much_memory_gives_a_sentence(monkeypatch):
    run_instead(
        monkeypatch,
        "from annotations.exchange import reading_worker as worker\n"
        "worker.RESOURCE_LIMITS = worker.build_limits(20, 100_000_000); worker.main()",
    )
    assert "too much memory" in refusal(b"[" + b"[]," * 2_000_000 + b"[]]")


def test_the_process_has_limits_and_knows_neither_django_nor_the_secrets_of_the_server(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    run_instead(
        monkeypatch,
        "import os, resource, sys; from annotations.exchange import reading_worker as worker, refi_read\n"
        "held = lambda: [resource.getrlimit(limit)[1] for limit in worker.RESOURCE_LIMITS]\n"
        "told = lambda: f\"{held()} {'django' in sys.modules} {'SECRET_KEY' in os.environ}\"\n"
        "worker.answer = lambda _: worker.dump_error(told()); worker.main()",
    )
    assert refusal() == f"{list(reading_worker.RESOURCE_LIMITS.values())} False False"

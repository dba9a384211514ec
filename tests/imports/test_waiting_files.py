"""Files that wait to be imported, and for how long."""

import os
import time
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from annotations.exchange.record import UnreadableFileError
from annotations.imports.waiting_files import KEPT_SECONDS, get_file_path, read_file, remove_file, store_file

DATA = b"id,document"
DIGEST = sha256(DATA).hexdigest()


def age(path: Path, seconds: int) -> None:
    moment = time.time() - seconds
    os.utime(path, (moment, moment))


def test_whoever_sends_a_file_removes_what_has_waited_for_more_than_an_hour(alice, bob):
    store_file(alice, DATA)
    store_file(alice, b"later")
    interrupted = get_file_path(alice, DIGEST).with_suffix(".part")
    interrupted.write_bytes(b"id")
    for path in (get_file_path(alice, DIGEST), interrupted):
        age(path, KEPT_SECONDS + 60)
    age(get_file_path(alice, sha256(b"later").hexdigest()), KEPT_SECONDS - 60)
    store_file(bob, DATA)
    assert not get_file_path(alice, DIGEST).exists() and not interrupted.exists()
    assert read_file(alice, sha256(b"later").hexdigest()) == b"later"
    assert read_file(bob, DIGEST) == DATA


def test_only_files_that_were_sent_are_removed(alice):
    store_file(alice, DATA)
    note = settings.DATA_DIR / "imports" / "README"
    note.write_text("Files on their way in.")
    age(note, KEPT_SECONDS + 60)
    store_file(alice, b"later")
    assert note.exists()


def test_a_file_is_removed_for_its_sender_alone(alice, bob):
    for person in (alice, bob):
        store_file(person, DATA)
    remove_file(alice, DIGEST)
    with pytest.raises(UnreadableFileError):
        read_file(alice, DIGEST)
    assert read_file(bob, DIGEST) == DATA

"""Files that wait to be imported, and for how long."""

import os
import time
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from annotations.exchange.record import UnreadableFileError
from annotations.imports.waiting_files import AN_HOUR, keep_file, path_of, read_file, remove_file

DATA = b"id,document"
DIGEST = sha256(DATA).hexdigest()


def age(path: Path, seconds: int) -> None:
    moment = time.time() - seconds
    os.utime(path, (moment, moment))


def test_whoever_sends_a_file_removes_what_has_waited_for_more_than_an_hour(alice, bob):
    keep_file(alice, DATA)
    keep_file(alice, b"later")
    interrupted = path_of(alice, DIGEST).with_suffix(".part")
    interrupted.write_bytes(b"id")
    for path in (path_of(alice, DIGEST), interrupted):
        age(path, AN_HOUR + 60)
    age(path_of(alice, sha256(b"later").hexdigest()), AN_HOUR - 60)
    keep_file(bob, DATA)
    assert not path_of(alice, DIGEST).exists() and not interrupted.exists()
    assert read_file(alice, sha256(b"later").hexdigest()) == b"later"
    assert read_file(bob, DIGEST) == DATA


def test_only_files_that_were_sent_are_removed(alice):
    keep_file(alice, DATA)
    note = settings.DATA_DIR / "imports" / "README"
    note.write_text("Files on their way in.")
    age(note, AN_HOUR + 60)
    keep_file(alice, b"later")
    assert note.exists()


def test_a_file_is_removed_for_its_sender_alone(alice, bob):
    for person in (alice, bob):
        keep_file(person, DATA)
    remove_file(alice, DIGEST)
    with pytest.raises(UnreadableFileError):
        read_file(alice, DIGEST)
    assert read_file(bob, DIGEST) == DATA

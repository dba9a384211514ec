"""Files that wait to be imported, and for how long."""

import os
import stat
import time
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from annotations.exchange.record import UnreadableFileError
from annotations.imports.tasks import import_file
from annotations.imports.waiting_files import (
    KEPT_SECONDS,
    get_file_path,
    list_files,
    read_file,
    remove_file,
    store_file,
)
from annotations.models import ImportJob

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


def kept(user) -> list[bytes]:
    """Return what waits for a user, the oldest first."""
    return [path.read_bytes() for path, _ in list_files(user)]


def send(user, *files: bytes) -> None:
    """Store files, one after the other."""
    for data in files:
        store_file(user, data)
        for path, _ in list_files(user):
            age(path, int(time.time() - path.stat().st_mtime) + 1)


def queue(project, user, data: bytes) -> None:
    """Queue the import of a stored file."""
    fields = {"name": "x", "digest": sha256(data).hexdigest(), "total": 1, "host": "testserver"}
    ImportJob.objects.queue_job(import_file, project, user, **fields)


def test_newer_files_of_one_person_take_the_place_of_the_oldest(alice, bob, settings):
    settings.NEWSREADER_KEPT_FILES = 2
    send(bob, b"his")
    send(alice, b"one", b"two", b"two", b"three")
    assert (kept(alice), kept(bob)) == ([b"two", b"three"], [b"his"])


def test_so_do_larger_ones(alice, settings):
    settings.NEWSREADER_KEPT_MB = 1
    send(alice, b"a" * 400_000, b"b" * 400_000, b"c" * 900_000)
    assert kept(alice) == [b"c" * 900_000]


def test_a_file_larger_than_one_person_may_keep_is_refused_in_words(alice, settings):
    settings.NEWSREADER_KEPT_MB = 1
    send(alice, b"a")
    with pytest.raises(UnreadableFileError, match=r"20 uploaded files of 1 MB.*import it in smaller parts"):
        store_file(alice, b"b" * 1_000_001)
    assert kept(alice) == [b"a"]


def test_a_file_that_is_being_imported_makes_no_room(project, alice, settings):
    settings.NEWSREADER_KEPT_FILES = 2
    for data in (b"one", b"two"):
        send(alice, data)
        queue(project, alice, data)
    with pytest.raises(UnreadableFileError, match="Wait until they are imported"):
        store_file(alice, b"three")
    assert kept(alice) == [b"one", b"two"]


def test_only_its_owner_may_read_a_file_that_waits(alice):
    before = os.umask(0o022)
    try:
        store_file(alice, DATA)
    finally:
        os.umask(before)
    assert stat.S_IMODE(get_file_path(alice, DIGEST).stat().st_mode) == 0o600


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

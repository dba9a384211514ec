"""Long exports: begun, watched, fetched by who asked for them, and begun again where they stopped."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from annotations.models import Export, Project, Tag
from annotations.models.export import AT_ONCE
from annotations.views import export as exporting
from storm import marked, report


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "exports"


@pytest.fixture
def passages(project, alice, bob):
    storm = report()
    for words, reader in [("12 people", alice), ("Two cranes", bob)]:
        marked(storm, project, reader, words, tags=Tag.objects.named(project, ["loss"], by=alice))


def made(project, user, **fields) -> Export:
    fields = {"format": "csv", "name": "passages.csv", "total": 2} | fields
    return Export.objects.begin(project, user, **fields)


def page(client, export, **headers):
    return client.get(f"/projects/{export.project.slug}/export/{export.pk}/", headers=headers)


def fetched(client, export):
    return client.get(f"/projects/{export.project.slug}/export/{export.pk}/file/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["csv", "xlsx", "obsidian"])
def test_a_file_is_written_in_a_thread_and_is_what_is_sent_at_once(alice_client, project, passages, form):
    base = f"/projects/{project.slug}/export/"
    answer = alice_client.post(f"{base}prepare/?q=cranes", {"format": form})
    for thread in threading.enumerate():
        if getattr(getattr(thread, "_target", None), "__name__", "") == "fill":
            thread.join(300)
    export = Export.objects.get()
    assert (answer["Location"], export.state, export.total) == (f"{base}{export.pk}/", "done", 1)
    assert "The file is ready" in page(alice_client, export).content.decode()
    content = b"".join(fetched(alice_client, export).streaming_content)
    if form == "csv":
        assert content == b"".join(alice_client.get(f"{base}?q=cranes&format=csv").streaming_content)
    else:
        assert content.startswith(b"PK")


def test_the_page_says_how_far_it_is_and_looks_again(alice_client, alice, project):
    export = made(project, alice, total=200)
    export.tell(50)
    shown = page(alice_client, export).content.decode()
    assert 'max="200" value="50"' in shown and "50 of 200 passages are written" in shown
    assert 'hx-trigger="every 2s"' in shown and "Look again" in shown
    assert page(alice_client, export, hx_request="true").content.decode().startswith('<div id="export-progress"')
    assert fetched(alice_client, export).status_code == 404


def test_a_file_whose_process_stopped_says_so_and_can_be_begun_again(alice_client, alice, project):
    export = made(project, alice, query="tag=loss")
    cache.delete(export.key)
    shown = page(alice_client, export).content.decode()
    assert "stopped before the end" in shown and "every 2s" not in shown
    assert f'action="/projects/{project.slug}/export/prepare/?tag=loss"' in shown


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_fails_is_told_of(alice_client, alice, project):
    export = made(project, alice)
    export.fill(lambda sections, about: 1 / 0, [], None)
    assert "stopped before the end" in page(alice_client, export).content.decode()


def test_nobody_else_sees_it(bob_client, charlie_client, visitor, alice, project, folder):
    Project.objects.filter(pk=project.pk).update(public=True)
    export = made(project, alice, state="done")
    folder.mkdir()
    export.path.write_text("secret")
    for client in (bob_client, charlie_client, visitor):
        assert {page(client, export).status_code, fetched(client, export).status_code} == {404}


def test_its_maker_who_no_longer_sees_the_project_has_no_way_to_it(alice_client, bob_client, bob, project, folder):
    export = made(project, bob, state="done")
    project.memberships.filter(user=bob).delete()
    assert page(bob_client, export).status_code == 404


def test_only_members_have_files_prepared(charlie_client, visitor, project):
    address = f"/projects/{project.slug}/export/prepare/"
    assert charlie_client.post(address, {"format": "csv"}).status_code == 404
    Project.objects.filter(pk=project.pk).update(public=True)
    assert charlie_client.post(address, {"format": "csv"}).status_code == 403
    assert visitor.post(address, {"format": "csv"}).status_code == 302
    assert not Export.objects.exists()


def test_so_many_at_once_and_no_more(alice_client, alice, project):
    running = [made(project, alice) for _ in range(AT_ONCE)]
    answer = alice_client.post(f"/projects/{project.slug}/export/prepare/", {"format": "csv"})
    assert (answer.status_code, Export.objects.count()) == (403, AT_ONCE)
    cache.delete(running[0].key)
    assert made(project, alice)


def test_files_of_yesterday_go_when_new_ones_are_made(alice, project, folder):
    old = made(project, alice, state="done", made_at=timezone.now() - timedelta(days=2))
    folder.mkdir()
    old.path.write_text("old")
    made(project, alice)
    assert not old.path.exists() and not Export.objects.filter(pk=old.pk).exists()


def test_an_unknown_format_is_not_prepared(alice_client, project):
    assert alice_client.post(f"/projects/{project.slug}/export/prepare/", {"format": "exe"}).status_code == 404
    assert alice_client.get(f"/projects/{project.slug}/export/prepare/").status_code == 405


@pytest.mark.parametrize(("most", "offered"), [(1, True), (2, False)])
def test_long_exports_are_offered_to_be_prepared(alice_client, project, passages, monkeypatch, most, offered):
    monkeypatch.setattr(exporting, "LONG", most)
    shown = alice_client.get(f"/projects/{project.slug}/export/?tag=loss").content.decode()
    assert ("Prepare it" in shown) is offered
    assert (f'action="/projects/{project.slug}/export/prepare/?tag=loss"' in shown) is offered

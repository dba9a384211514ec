"""Many articles are compared by a worker: asked for, watched, shown to who asked, and compared again when the project changed."""

import csv

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.agreement import calculation, views
from annotations.agreement.jobs import find_job
from annotations.management.commands.db_worker import clean_up_jobs
from annotations.models import AgreementJob, Assignment, Tag
from annotations.models.job import MAX_UNFINISHED_JOBS, hold_lock
from annotations.models.job import get_lock_path as lock_path
from annotations.models.project_deletion import mark_deleted, remove_deleted_projects
from conftest import signed_in
from markup import markup
from newsreader.models import Article
from storm import STORM, marked, report
from texts import extracted
from working import run_queued_tasks

AGREEMENT = "/projects/harbour-study/agreement/"
COMPUTE = f"{AGREEMENT}compute/"


@pytest.fixture(autouse=True)
def one_at_once(monkeypatch) -> None:
    """More than one article are many."""
    for module in (calculation, views):
        monkeypatch.setattr(module, "MAX_ARTICLES_AT_ONCE", 1)


@pytest.fixture
def storms(project, alice, bob) -> Article:
    """Two articles that Alice and Bob coded; on the second they differ in one tag."""
    loss, cost = Tag.objects.get_or_create_named(project, ["loss", "cost"], by=alice)
    for article, other in ((report(), loss), (second := second_report(), cost)):
        for coder in (alice, bob):
            marked(article, project, coder, "officials said", tags=[loss])
            marked(article, project, coder, "northern pier", tags=[other if coder == bob else loss])
    return second


def second_report() -> Article:
    return Article.objects.store(extracted(STORM, title="Second storm", site="The Pier")).article


def compute(client, query: str = ""):
    assert client.post(COMPUTE + query).status_code == 302
    run_queued_tasks()
    return client.get(AGREEMENT + query)


def test_many_articles_are_compared_on_request_and_shown_to_who_asked(alice_client, bob_client, storms):
    before = markup(alice_client.get(AGREEMENT))
    assert "Compare 2 articles" in before
    assert "By tag" not in before
    assert not AgreementJob.objects.exists()
    after = markup(compute(alice_client))
    assert "By tag" in after
    assert "Compared in the background" in after
    assert "Compare again" not in after
    assert after.count('class="differ"') == 1
    assert "By tag" not in markup(bob_client.get(AGREEMENT))


def test_the_figures_are_those_of_a_page_that_compares_at_once(alice_client, storms, monkeypatch):
    large = markup(compute(alice_client))
    monkeypatch.setattr(calculation, "MAX_ARTICLES_AT_ONCE", 2)
    small = markup(alice_client.get(AGREEMENT))
    assert large[large.index("By tag") :] == small[small.index("By tag") :]


def test_the_file_is_the_one_that_is_sent_at_once(alice_client, storms, monkeypatch):
    assert alice_client.get(AGREEMENT, {"format": "csv"}).url == AGREEMENT
    compute(alice_client)
    response = alice_client.get(AGREEMENT, {"format": "csv"})
    large = b"".join(response.streaming_content).decode()
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    monkeypatch.setattr(views, "MAX_ARTICLES_AT_ONCE", 2)
    assert large == b"".join(alice_client.get(AGREEMENT, {"format": "csv"}).streaming_content).decode()
    assert len([*csv.reader(large.splitlines())]) > 10


def test_a_file_that_is_too_large_costs_no_figures(alice_client, storms, settings):
    settings.NEWSREADER_KEPT_MB = 0
    page = markup(compute(alice_client))
    assert "By tag" in page
    assert "The calculation is too large to export" in page
    assert "format=csv" not in page
    assert alice_client.get(AGREEMENT, {"format": "csv"}).status_code == 302


def test_it_says_that_the_project_changed_and_compares_again(alice_client, project, alice, storms):
    compute(alice_client)
    marked(storms, project, alice, "Nobody was hurt", tags=[Tag.objects.get(name="cost")])
    page = markup(alice_client.get(AGREEMENT))
    assert "The project has changed since." in page
    assert page.count('class="differ"') == 1
    again = markup(compute(alice_client))
    assert again.count('class="differ"') == 2
    assert "The project has changed since." not in again


def test_one_watches_how_far_it_is(alice_client, project, alice, storms):
    alice_client.post(COMPUTE)
    (job,) = AgreementJob.objects.all()
    alice_client.post(COMPUTE)
    assert AgreementJob.objects.count() == 1
    page = alice_client.get(AGREEMENT, headers={"hx-request": "true"})
    assert "0 of 2 articles compared" in markup(page)
    with hold_lock(lock_path(job.pk)) as lock:
        job.lock = lock
        assert [*job.track("a")] == ["a"]
        assert "1 of 2 articles compared" in markup(alice_client.get(AGREEMENT))
    run_queued_tasks()
    assert alice_client.get(AGREEMENT, headers={"hx-request": "true"})["HX-Refresh"] == "true"
    assert find_job(project, alice, calculation.QueryDict("kind=tag")).pk == job.pk


def test_a_job_whose_worker_was_killed_is_done_by_the_next(alice_client, storms):
    alice_client.post(COMPUTE)
    job = AgreementJob.objects.get()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    AgreementJob.objects.update(state="running", attempts=1)
    assert "Interrupted; it will restart automatically." in markup(alice_client.get(AGREEMENT))
    clean_up_jobs()
    run_queued_tasks()
    job.refresh_from_db()
    assert job.state == "done"
    assert "By tag" in markup(alice_client.get(AGREEMENT))


def test_who_left_the_project_gets_no_figures(alice_client, project, bob, bob_client, storms):
    bob_client.post(COMPUTE)
    project.memberships.get(user=bob).remove(by=project.memberships.get(role="owner").user)
    run_queued_tasks()
    assert AgreementJob.objects.get().state == "failed"
    assert bob_client.get(AGREEMENT).status_code == 404


def test_nobody_has_more_than_a_few_compared_at_once(alice_client, project, alice, storms):
    articles = Article.objects.values_list("slug", flat=True)
    query = "?" + "&".join(f"article={slug}" for slug in articles)
    for unit in ("", "&unit=tokens", "&unit=sentences"):
        alice_client.post(f"{COMPUTE}{query}{unit}")
    refused = alice_client.post(COMPUTE)
    assert refused.status_code == 403
    assert f"{MAX_UNFINISHED_JOBS} comparisons are already running for you." in markup(refused)


def test_who_reads_blind_gets_no_figures_of_before(alice, bob, bob_client, project, storms):
    assert 'class="differ"' in markup(compute(bob_client))
    Assignment.objects.assign(project, [storms.pk], [bob.pk], by=alice)
    page = markup(bob_client.get(AGREEMENT))
    assert "Compared in the background" not in page
    assert 'class="differ"' not in page
    assert bob_client.post(COMPUTE).status_code == 302
    assert AgreementJob.objects.count() == 1


def test_an_article_alone_needs_no_worker(alice_client, storms):
    assert "By tag" in markup(alice_client.get(AGREEMENT, {"article": storms.slug}))
    alice_client.post(f"{COMPUTE}?article={storms.slug}")
    assert not AgreementJob.objects.exists()


def test_its_file_goes_with_the_project(alice_client, project, alice, storms, settings):
    compute(alice_client)
    assert len([*(settings.DATA_DIR / "agreement").iterdir()]) == 1
    mark_deleted(project, by=alice)
    remove_deleted_projects()
    assert [*(settings.DATA_DIR / "agreement").iterdir()] == []
    assert signed_in(alice).get(AGREEMENT).status_code == 404

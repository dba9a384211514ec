"""Rules for the pages of a source: tried on its last articles, then saved and applied."""

import pytest
from django.urls import reverse

from annotations.models import Project
from conftest import signed_in
from curating import act, address, said
from newsreader.importing.importer import extract_from_web
from newsreader.models import Article, RuleTrial, SiteRule, Source
from texts import extracted
from working import run_queued_tasks

RULES = [{"part": "no-text", "selector": "table"}, {"part": "author", "selector": "a[rel=author]"}]


@pytest.fixture
def ferry(site, settings):
    """The article of the test site as it was imported from there."""
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    article = Article.objects.store(extract_from_web(f"{site.url}/ferry")).article
    Article.objects.filter(pk=article.pk).update(url=f"{site.url}/ferry")
    Source.objects.filter(pk=article.source_id).update(host="127.0.0.1")
    return Article.objects.select_related("source").get(pk=article.pk)


@pytest.fixture
def keeper(curator_client, alice):
    """A client of somebody with no more than the tick for curators."""
    act(curator_client, "make_curators", alice)
    return signed_in(alice)


def rules_page(source) -> str:
    return reverse("admin:newsreader_source_rules", args=[source.pk])


def sent(rules, **more) -> dict:
    fields = {"rules-TOTAL_FORMS": len(rules), "rules-INITIAL_FORMS": 0}
    for number, rule in enumerate(rules):
        fields |= {f"rules-{number}-{name}": value for name, value in rule.items()}
    return fields | more


def test_rules_are_tried_on_the_last_articles_and_nothing_is_stored(keeper, ferry):
    lost = Article.objects.store(extracted("<p>Lost.</p>", url=f"{ferry.url[:-6]}/missing"), source=ferry.source.name)
    page = keeper.post(rules_page(ferry.source), sent(RULES, **{"try": "yes"}), follow=True)
    assert said(page) == "The rules are being tried on 2 articles. Nothing has been saved yet."
    assert "0 of 2 pages fetched." in page.content.decode()
    run_queued_tasks()
    tried = {one.refetch.article: one for one in keeper.get(rules_page(ferry.source)).context["tried"]}
    assert tried[ferry].summary.startswith("One passage removed")
    assert tried[ferry].byline == ("Ines Okafor, Tor Lund", "Ines Okafor")
    assert "404" in tried[lost.article].why
    text = " ".join(keeper.get(rules_page(ferry.source)).content.decode().split())
    assert "These rules are not saved yet." in text and "No rules are saved." in text
    assert (SiteRule.objects.count(), ferry.revisions.count()) == (0, 1)


def test_saved_rules_apply_to_pages_of_the_source(keeper, ferry):
    page = keeper.post(rules_page(ferry.source), sent(RULES, save="yes"), follow=True)
    assert said(page) == "2 rules saved. They apply to pages that are fetched from now on."
    assert "not saved yet" not in page.content.decode()
    found = extract_from_web(ferry.url)
    assert ("<table" in found.html, found.byline) == (False, "Ines Okafor")
    assert "a[rel=author] (author)" in keeper.get(address(ferry.source, "history")).content.decode()


def test_what_is_no_selector_is_not_saved(keeper, ferry):
    page = keeper.post(rules_page(ferry.source), sent([{"part": "body", "selector": "div["}], save="yes"))
    assert "This is not a valid CSS selector: div[" in page.content.decode()
    assert SiteRule.objects.count() == 0


def test_a_trial_of_other_rules_than_those_shown_is_marked_old(keeper, ferry):
    SiteRule.objects.replace_rules(ferry.source, RULES[1:])
    keeper.post(rules_page(ferry.source), sent(RULES, **{"try": "yes"}))
    page = keeper.get(rules_page(ferry.source))
    assert page.context["saved"] == [("a[rel=author]", "is the author")]
    assert 'role="status" hidden' in " ".join(page.content.decode().split())
    page = keeper.post(rules_page(ferry.source), sent([{"part": "body", "selector": "div["}], save="yes"))
    assert page.context["is_old"] and 'role="status" hidden' not in " ".join(page.content.decode().split())


def test_there_are_at_most_twenty_rules(keeper, ferry):
    many = [{"part": "body", "selector": f"p{number}"} for number in range(21)]
    page = keeper.post(rules_page(ferry.source), sent(many, save="yes"))
    assert "at most 20 forms" in page.content.decode()
    assert SiteRule.objects.count() == 0


def test_a_private_source_has_no_rules_and_no_private_article_is_tried(keeper, ferry, alice):
    project = Project.objects.personal_project(alice)
    private = Article.objects.store(
        extracted("<p>Ours.</p>", site="Ours", url="https://ours.example/"), scope=project.pk
    ).article
    ours = private.source
    Article.objects.filter(pk=private.pk).update(source=ferry.source)
    RuleTrial.objects.start(ferry.source, RULES, alice)
    assert [page.article for page in RuleTrial.objects.get().pages.all()] == [ferry]
    assert keeper.get(rules_page(ours)).status_code == 404


def test_nobody_else_reaches_the_rules(alice_client, ferry):
    assert alice_client.post(rules_page(ferry.source), sent(RULES, save="yes")).status_code == 302
    assert SiteRule.objects.count() == 0

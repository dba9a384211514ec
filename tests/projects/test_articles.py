"""The articles of a project: added by hand, at once and by rule, removed, undone; who may, and who sees what."""

import re
from datetime import UTC, datetime

import pytest
from lxml import html

from annotations.models import Event, Highlight, Project, ProjectArticle, Role
from annotations.models.project_article import MAX_RULES
from cases import each
from conftest import person, signed_in
from markup import markup
from newsreader.models import Article
from texts import PAGE, extracted, make_own_words

BASE = "/projects/harbour-study/"
ARTICLES, ADD = f"{BASE}articles/", f"{BASE}add/"
UNDO = f"{BASE}history/undo/"
ROW = re.compile(r'<li class="entry".*?<h3>.*?<a[^>]*>(.*?)</a>', re.S)
DAY = datetime(2026, 11, 18, tzinfo=UTC)


def stored(title: str, site: str, **fields) -> Article:
    html = PAGE.replace("Brevik", f"Brevik ({title})") + make_own_words(title)
    status = fields.pop("status", "published")
    return Article.objects.store(extracted(html, title=title, site=site, **fields), status=status).article


@pytest.fixture
def shelf(project) -> list[Article]:
    """Three published articles of two sources, and a draft of the first."""
    return [
        stored("Cranes rise", "The Quay"),
        stored("Boats wait", "The Quay"),
        stored("Pilots strike", "The Mole"),
        stored("Not yet", "The Quay", status="draft"),
    ]


@pytest.fixture
def carol_client(project):
    """A curator of the project."""
    carol = person("carol")
    project.memberships.create(user=carol, role=Role.CURATOR)
    return signed_in(carol)


def listed(client, query: str = "") -> set[str]:
    """Return the titles on the page, whose number the page says."""
    page = markup(client.get(ARTICLES + query))
    titles = ROW.findall(page)
    assert f">{len(titles)} article" in page
    return set(titles)


def choose(client, article, **fields):
    return client.post(f"{ARTICLES}{article.slug}/", fields, follow=True)


def undo_last(client) -> str:
    return markup(client.post(UNDO, follow=True))


def test_an_article_is_added_by_hand_and_the_history_says_so(bob_client, bob, shelf):
    assert listed(bob_client) == set()
    choose(bob_client, shelf[0], **{"in": "yes"})
    choose(bob_client, shelf[0], **{"in": "yes"})
    assert listed(bob_client) == {"Cranes rise"}
    assert "Added by bob" in markup(bob_client.get(ARTICLES))
    assert Event.objects.filter(verb="article added", actor=bob, article=shelf[0]).count() == 1
    said = markup(bob_client.get(f"{BASE}history/"))
    assert "Added an article to the project" in said and "Cranes rise" in said
    assert "Undone: added an article" in undo_last(bob_client)
    assert listed(bob_client) == set()
    assert "Took back a decision about an article" in markup(bob_client.get(f"{BASE}history/"))


def test_only_curators_and_owners_remove(bob_client, carol_client, shelf):
    choose(bob_client, shelf[0], **{"in": "yes"})
    assert choose(bob_client, shelf[0], **{"in": "no"}).status_code == 403
    assert "Remove from project" not in markup(bob_client.get(ARTICLES))
    assert "Remove from project" in markup(carol_client.get(ARTICLES))
    choose(carol_client, shelf[0], **{"in": "no"})
    assert listed(bob_client) == set()
    assert listed(bob_client, "?show=removed") == {"Cranes rise"}
    assert "Undone: removed an article" in undo_last(carol_client)
    assert listed(bob_client) == {"Cranes rise"}


def test_highlighted_articles_belong_until_removed_and_no_highlight_is_lost(alice_client, article, highlight):
    assert listed(alice_client) == {"Harbour reopens"}
    choose(alice_client, article, **{"in": "no"})
    assert listed(alice_client) == set()
    assert Highlight.objects.standing().filter(pk=highlight.pk).exists()
    assert "Not in <bdi>Harbour study</bdi> (<bdi>removed by alice" in markup(
        alice_client.get(f"{ARTICLES}{article.slug}/")
    )
    choose(alice_client, article)
    assert listed(alice_client) == {"Harbour reopens"}


def test_the_number_shown_is_what_is_added(carol_client, shelf):
    page = markup(carol_client.get(f"{ADD}?source=the-quay"))
    assert "Source: The Quay" in page and "Add 2 articles" in page
    stored("One more", "The Quay")
    refused = carol_client.post(f"{ADD}?source=the-quay", {"number": 2})
    assert refused.status_code == 409
    assert "There are more or fewer articles than before" in markup(refused)
    assert "Add 3 articles" in markup(refused)
    assert not ProjectArticle.objects.exists()
    carol_client.post(f"{ADD}?source=the-quay", {"number": 3})
    assert listed(carol_client) == {"Cranes rise", "Boats wait", "One more"}
    assert Event.objects.filter(verb="articles added").count() == 1
    assert "There is nothing new to add." in markup(carol_client.get(f"{ADD}?source=the-quay"))


def test_undoing_takes_out_what_was_added_at_once_but_not_what_was_decided_since(carol_client, bob_client, shelf):
    carol_client.post(f"{ADD}?source=the-quay", {"number": 2})
    choose(carol_client, shelf[1], **{"in": "no"})
    choose(bob_client, shelf[1], **{"in": "yes"})
    event = Event.objects.get(verb="articles added")
    said = markup(carol_client.post(UNDO, {"event": event.pk}, follow=True))
    assert "1 article was added or removed by hand since then and stays as it is." in said
    assert listed(carol_client) == {"Boats wait"}
    carol_client.post(f"{ADD}?source=the-quay", {"number": 1})
    assert listed(carol_client) == {"Cranes rise", "Boats wait"}


def test_what_was_removed_stays_out_of_bulk_and_rules(carol_client, shelf):
    choose(carol_client, shelf[0], **{"in": "no"})
    assert "1 was removed from the project before and stays out." in markup(carol_client.get(f"{ADD}?source=the-quay"))
    for sent in ({"number": 1}, {"as": "rule"}):
        carol_client.post(f"{ADD}?source=the-quay", sent)
        assert listed(carol_client) == {"Boats wait"}


def test_a_rule_holds_for_later_articles_and_its_removal_is_undone(carol_client, project, shelf):
    carol_client.post(f"{ADD}?q=cranes+author:moe&from=2026-11-01", {"as": "rule"})
    assert listed(carol_client) == set()
    stored("Cranes fall", "The Buoy", byline="Ida Moe", published=DAY)
    stored("Cranes stand", "The Buoy", byline="Ida Moe", published=DAY.replace(year=2025))
    assert listed(carol_client) == {"Cranes fall"}
    page = markup(carol_client.get(ARTICLES))
    assert "Words: cranes author:moe, From " in page and "Matches a rule" in page
    [rule] = project.article_rules.all()
    carol_client.post(f"{BASE}rules/{rule.pk}/delete/")
    assert listed(carol_client) == set()
    assert "Undone: removed a rule" in undo_last(carol_client)
    assert listed(carol_client) == {"Cranes fall"}
    assert list(project.article_rules.values_list("pk", "filters")) == [(rule.pk, rule.filters)]


def test_the_same_rule_is_kept_once(carol_client, project, shelf):
    for query in ("source=the-quay&source=the-mole", "source=the-mole&source=the-quay&sort=oldest"):
        carol_client.post(f"{ADD}?{query}", {"as": "rule"})
    assert project.article_rules.count() == 1
    assert listed(carol_client) == {"Cranes rise", "Boats wait", "Pilots strike"}


def test_a_project_has_a_limited_number_of_rules(carol_client, project, shelf):
    for number in range(MAX_RULES):
        assert carol_client.post(f"{ADD}?q=crane{number}", {"as": "rule"}).status_code == 302
    refused = carol_client.post(f"{ADD}?q=boats", {"as": "rule"})
    assert refused.status_code == 422
    assert f"A project can have at most {MAX_RULES} rules. Remove one first." in markup(refused)
    assert project.article_rules.count() == MAX_RULES
    assert listed(carol_client) == set()


@each("query", ["", "show=unread", "tag=x", "q=is:unread", "q=by:bob+cranes", "sort=oldest"])
def test_what_is_not_the_same_for_everybody_is_no_rule(carol_client, project, shelf, query):
    assert "Add as a rule" not in markup(carol_client.get(f"{ADD}?{query}"))
    assert carol_client.post(f"{ADD}?{query}", {"as": "rule"}).status_code == 422
    assert not project.article_rules.exists()


@each("number", ["", "x", "0", "-1", "99999999999", "10001"])
def test_a_number_that_is_none_adds_nothing(carol_client, shelf, number):
    assert carol_client.post(ADD, {"number": number}).status_code == 422
    assert not ProjectArticle.objects.exists()


def test_drafts_are_never_shown_or_counted(carol_client, curator_client, project, shelf):
    Project.objects.filter(pk=project.pk).update(public=True)
    assert choose(carol_client, shelf[3], **{"in": "yes"}).status_code == 404
    ProjectArticle.objects.create(project=project, article=shelf[3], state="added", version=1)
    carol_client.post(f"{ADD}?source=the-quay", {"as": "rule"})
    for client in (carol_client, curator_client):
        assert listed(client) == {"Cranes rise", "Boats wait"}
        assert listed(client, "?show=removed") == set()
    Article.objects.filter(pk=shelf[3].pk).set_status("published")
    assert listed(carol_client) == {"Cranes rise", "Boats wait", "Not yet"}


def test_a_rule_offers_no_source_whose_articles_one_may_not_read(carol_client, curator_client, project, curator, shelf):
    project.memberships.create(user=curator, role=Role.CURATOR)
    stored("Later", "The Unheard", status="draft")
    page = f"/projects/{project.slug}/articles/"
    assert ["The Unheard" in client.get(page).text for client in (carol_client, curator_client)] == [False, True]
    assert shelf[0].source.name in carol_client.get(page).text


def test_the_library_is_filtered_to_the_project_along_with_other_filters(bob_client, visitor, shelf, project):
    for article in shelf[1:3]:
        choose(bob_client, article)

    def found(client, query: str) -> set[str]:
        return set(ROW.findall(markup(client.get(f"/?project=harbour-study&{query}"))))

    assert found(bob_client, "show=in-project") == {"Boats wait", "Pilots strike"}
    assert found(bob_client, "show=in-project&source=the-quay") == {"Boats wait"}
    assert found(bob_client, "show=in-project&q=brevik+-rise") == {"Boats wait", "Pilots strike"}
    assert found(visitor, "show=in-project") == {"Cranes rise", "Boats wait", "Pilots strike"}


def test_the_library_leads_curators_to_adding_what_a_filter_leaves(carol_client, bob_client, shelf):
    query = "/?project=harbour-study&source=the-mole&sort=oldest"
    assert f'href="{ADD}?source=the-mole"' in markup(carol_client.get(query))
    assert ADD not in markup(bob_client.get(query))
    assert ADD not in markup(carol_client.get(f"{query}&q=zzzz"))


def test_rows_and_the_article_lead_those_who_may_highlight_to_adding_it(bob_client, charlie_client, project, shelf):
    Project.objects.filter(pk=project.pk).update(public=True)
    for page in ("/", shelf[0].get_absolute_url()):
        address = f'href="{ARTICLES}{shelf[0].slug}/"'
        assert address in markup(bob_client.get(f"{page}?project=harbour-study"))
        assert address not in markup(charlie_client.get(f"{page}?project=harbour-study"))
    asked = bob_client.get(f"{ARTICLES}{shelf[0].slug}/", headers={"HX-Request": "true"})
    assert "<html" not in asked.content.decode() and "Not in <bdi>Harbour study</bdi>" in markup(asked)
    sent = bob_client.post(f"{ARTICLES}{shelf[0].slug}/", {"in": "yes"}, headers={"HX-Request": "true"})
    assert "In <bdi>Harbour study</bdi> (<bdi>added by bob</bdi>)" in markup(sent)


def test_nothing_of_another_project_shows(alice_client, charlie, shelf, project):
    choose(alice_client, shelf[0], **{"in": "yes"})

    def read() -> list[str]:
        pages = (ARTICLES, f"{ARTICLES}?show=removed", f"{ADD}?source=the-quay", f"{ARTICLES}{shelf[0].slug}/")
        return [re.sub(r'value="\w{64}"', "", alice_client.get(page).content.decode()) for page in pages]

    before = read()
    other = Project.objects.create_owned("Grain prices", owner=charlie)
    charlie_client = signed_in(charlie)
    for article in shelf[:3]:
        charlie_client.post(f"/projects/grain-prices/articles/{article.slug}/", {"in": "yes"})
    charlie_client.post(f"/projects/grain-prices/articles/{shelf[1].slug}/", {"in": "no"})
    charlie_client.post("/projects/grain-prices/add/?source=the-mole", {"as": "rule"})
    Highlight.objects.make(project=other, revision=shelf[2].current(), author=charlie, start=0, end=9)
    assert other.article_rules.exists() and other.chosen_articles.count() == 3
    assert read() == before


def test_an_archived_project_keeps_its_articles(alice_client, alice, project, shelf):
    choose(alice_client, shelf[0], **{"in": "yes"})
    project.archive(by=alice)
    assert choose(alice_client, shelf[1], **{"in": "yes"}).status_code == 403
    assert alice_client.post(f"{ADD}?source=the-quay", {"number": 1}).status_code == 403
    assert listed(alice_client) == {"Cranes rise"}


def test_the_link_to_the_choice_is_the_same_for_every_article_and_never_folded_away(
    bob_client, bob, article, highlight, shelf
):
    choose(bob_client, shelf[0], **{"in": "yes"})
    library = html.fromstring(bob_client.get("/", {"project": "harbour-study"}).content)
    pages = [bob_client.get(one.get_absolute_url(), {"project": "harbour-study"}) for one in (article, *shelf[:3])]
    for page in (library, *(html.fromstring(page.content) for page in pages)):
        links = page.xpath("//a[contains(@hx-get, '/projects/harbour-study/articles/')]")
        names = [" ".join(link.text_content().split()) for link in links]
        assert names and all(name.startswith("Project… and this article: ") for name in names)
        assert not page.xpath("//details[@class='uses']//a")
    assert "Project… and this article: Harbour reopens" in " ".join(library.text_content().split())

"""The articles and the demo project that come with the product are what it would have stored itself."""

import json
import re
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core import serializers
from django.core.management import call_command

from annotations.adjudication.cases import load_cases
from annotations.agreement.disagreements import KINDS
from annotations.anchoring.quotes import describe
from annotations.mentions import mark_mentions
from annotations.models import (
    Adjudication,
    Assignment,
    Decision,
    Event,
    Highlight,
    HighlightTag,
    Membership,
    Placement,
    Project,
    Reply,
    Tag,
    Thread,
)
from annotations.models.past_codebook import load_codebook_at
from annotations.models.reanchoring import reanchor_article
from annotations.models.undoing import undo
from annotations.notes import render_note
from cases import each
from newsreader.models import Article, Revision, Source
from newsreader.text.html.allowlists import CONTAINER_TAGS, INLINE_TAGS, LINE_TAGS, VOID_TAGS
from newsreader.text.html.roles import ROLES
from newsreader.text.html.sanitizer import clean
from newsreader.text.language.direction import detect_direction
from newsreader.text.language.slugs import make_slug
from texts import extracted

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
MODELS = [Source, Article, Revision, Project, Membership, Tag, Highlight, HighlightTag, Thread, Reply, Placement, Event]
MODELS += [Adjudication, Decision]


def rows(file: str, model: str) -> list[dict]:
    """The rows of one model in a fixture, each with its key as `pk` where it has one."""
    found = json.loads((FIXTURES / file).read_text(encoding="utf-8"))
    return [row["fields"] | {"pk": row.get("pk")} for row in found if row["model"] == model]


ARTICLES = {row["slug"]: row for row in rows("articles.json", "newsreader.article")}
REVISIONS = {(row["article"][0], row["number"]): row for row in rows("articles.json", "newsreader.revision")}
TAGS = {row["pk"]: row for row in rows("demo.json", "annotations.tag")}
HIGHLIGHTS = {row["pk"]: row for row in rows("demo.json", "annotations.highlight")}
CODED = {key: row for key, row in HIGHLIGHTS.items() if not row.get("adjudication")}
PLACEMENTS = rows("demo.json", "annotations.placement")
JUDGED = ["highlight", "revision", "origin", "origin_start", "origin_end", "state", "material", "start", "end"]
JUDGED += ["changes", "proposals", "open"]
USES = rows("demo.json", "annotations.highlighttag")
THREADS = {row["pk"]: row for row in rows("demo.json", "annotations.thread")}
REPLIES = {row["pk"]: row for row in rows("demo.json", "annotations.reply")}


def current(slug: str) -> dict:
    return REVISIONS[slug, ARTICLES[slug]["revision"]]


def article_of(outlet: str, beginning: str) -> str:
    """The slug of the one article of this outlet whose title begins so."""
    (found,) = [
        slug for slug, row in ARTICLES.items() if row["source"] == [outlet] and row["title"].startswith(beginning)
    ]
    return found


def depths(slug: str) -> Counter:
    """How many highlights stand on each code point of the article's current revision."""
    key = [slug, ARTICLES[slug]["revision"]]
    spans = [(row["start"], row["end"]) for row in HIGHLIGHTS.values() if row["revision"] == key]
    return Counter(place for start, end in spans for place in range(start, end))


def snapshot() -> list[str]:
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in [*MODELS, get_user_model()]]


# The articles


@each("key", REVISIONS)
def test_a_text_is_what_the_import_would_have_stored(key):
    row = REVISIONS[key]
    made = Revision.from_html(clean(row["html"], ARTICLES[key[0]]["url"]))
    stored = [row["html"], row["text"], row["blocks"], row["digest"]]
    assert stored == [made.html, made.text, [list(pair) for pair in made.blocks], made.digest]


@each("slug", ARTICLES)
def test_an_article_says_of_its_text_what_the_import_would_have_said(slug):
    row = ARTICLES[slug]
    revision = Revision.from_html(current(slug)["html"])
    article = Article(direction=detect_direction(row["language"], revision.text))
    article.update_text_facts(revision)
    derived = ["excerpt", "words", "minutes", "length", "direction"]
    assert [row[name] for name in derived] == [getattr(article, name) for name in derived]
    assert (slug, row["dated_at"]) == (make_slug(row["title"]), row["published_at"])


@each("key", [key for key in REVISIONS if key[1] > 1])
def test_a_later_text_says_how_much_changed(key):
    before = Revision.from_html(REVISIONS[key[0], key[1] - 1]["html"], article=Article(slug=key[0]), number=key[1] - 1)
    made = before.build_next(REVISIONS[key]["html"])
    assert (REVISIONS[key]["gained"], REVISIONS[key]["lost"]) == (made.gained, made.lost) != (0, 0)


@each("slug", ARTICLES)
def test_every_article_ends_by_saying_what_it_is(slug):
    last = current(slug)["html"].splitlines()[-1]
    assert "<em>" in last
    assert "Newsreader" in last


def test_there_are_articles_enough_of_every_kind():
    kinds = {(row["language"], row["direction"]) for row in ARTICLES.values()}
    pages = {slug: current(slug)["html"] for slug in ARTICLES}
    assert len(ARTICLES) >= 15
    assert {("en", "ltr"), ("ar", "rtl"), ("ja", "ltr"), ("fr", "ltr")} <= kinds
    assert any("<table" in html for html in pages.values())
    assert any("\u200d" in html and "e\u0301" in html for html in pages.values())
    assert max(row["words"] for row in ARTICLES.values()) >= 6000


def test_one_article_holds_every_element_that_is_let_through():
    html = current(article_of("coastline-weekly", "Every element"))["html"]
    assert set(re.findall("<([a-z0-9]+)", html)) == LINE_TAGS | CONTAINER_TAGS | INLINE_TAGS | VOID_TAGS
    assert set(re.findall(' class="([^"]*)"', html)) == {role.class_name for role in ROLES} - {""}
    assert {"title", "datetime", "scope", "start", "reversed", "value", "lang", "dir"} <= set(
        re.findall(' ([a-z]+)="', html)
    )


def test_three_outlets_print_the_agency_almost_word_for_word():
    def lines(slug):
        return set(current(slug)["text"].splitlines()[:-1])

    agency = lines(article_of("transwire", "Alliance chiefs"))
    printed = [
        lines(article_of("the-meridian", "Chiefs agree")),
        lines(article_of("harbour-ledger", "Planners told")),
        lines(article_of("baltic-signal", "“A treaty")),
    ]
    assert all(6 <= len(agency & lines) < len(agency) for lines in printed)


def test_importing_what_is_here_already_makes_no_second_article(db):
    call_command("loaddata", "articles", verbosity=0)
    row = ARTICLES[article_of("transwire", "Alliance chiefs")]
    page = extracted(current(row["slug"])["html"], title=row["title"], site="Transwire")
    assert not Article.objects.store(page).created


# The demo project


@each("key", HIGHLIGHTS)
def test_a_highlight_stands_on_its_words(key):
    row = HIGHLIGHTS[key]
    text = REVISIONS[tuple(row["revision"])]["text"]
    selector = describe(text, row["start"], row["end"])
    assert row["article"] == row["revision"][:1]
    assert text[row["start"] : row["end"]] == row["exact"]
    assert text[: row["start"]].endswith(row["prefix"])
    assert text[row["end"] :].startswith(row["suffix"])
    assert {name: row[name] for name in selector._fields} == selector._asdict()


@each("key", HIGHLIGHTS)
def test_a_note_is_rendered_as_the_house_renders_it(key):
    row = HIGHLIGHTS[key]
    assert row["note_html"] == render_note(row["note"])


@each("key", REPLIES)
def test_a_reply_is_rendered_as_the_house_renders_it(key):
    row = REPLIES[key]
    assert row["html"] == mark_mentions(render_note(row["text"]), {"ana", "ben", "chidi"})
    assert row["article"] == THREADS[row["thread"]]["article"]


def test_threads_show_what_threads_can_be():
    written = Counter(row["thread"] for row in REPLIES.values())
    assert {key: row["reply_count"] for key, row in THREADS.items()} == written
    lengths = {(written[key], bool(row["resolved_at"]), bool(row["highlight"])) for key, row in THREADS.items()}
    assert lengths == {(3, False, True), (2, True, True), (2, False, False)}
    mentioning = {row["thread"] for row in REPLIES.values() if 'class="mention"' in row["html"]}
    assert any(written[key] == 3 for key in mentioning)
    assert all(
        row["highlight"] is None or HIGHLIGHTS[row["highlight"]]["article"] == row["article"]
        for row in THREADS.values()
    )


def test_keys_are_uuids_of_version_7_in_the_order_of_time():
    keys = [UUID(key) for key in HIGHLIGHTS]
    times = [datetime.fromisoformat(row["created_at"]) for row in HIGHLIGHTS.values()]
    assert {key.version for key in [*keys, *map(UUID, TAGS)]} == {7}
    assert [key.int >> 80 for key in keys] == [round(time.timestamp() * 1000) for time in times]
    assert all(earlier < later for earlier, later in pairwise(times))


def test_the_codebook_is_a_tree_of_defined_tags():
    heads = [key for key, tag in TAGS.items() if tag["parent"] is None]
    leaves = [tag for tag in TAGS.values() if tag["parent"]]
    names = {tag["name"] for tag in TAGS.values()}
    assert {"diplomatic position", "military option", "security guarantee", "red line"} <= names
    assert len(heads) == 4
    assert len(leaves) >= 14
    assert [key for key, tag in TAGS.items() if tag.get("heading_only")] == heads
    assert {TAGS[tag["parent"]]["name"] for tag in leaves} > {TAGS[key]["name"] for key in heads}
    assert all(tag["definition"] and tag["use_for"] and tag["not_for"] for tag in leaves)
    assert {tag["colour"] for tag in TAGS.values()} == set(range(1, 13))
    assert [tag["name"] for tag in leaves if tag["status"] == "retired"] == ["anonymous briefing"]


def test_the_history_shows_a_merge_and_the_codebook_a_proposal(db):
    call_command("loaddata", "articles", "demo", verbosity=0)
    project = Project.objects.get(public=True).with_role_of(get_user_model().objects.get(username="ana"))
    assert [tag["name"] for tag in TAGS.values() if tag["status"] == "proposed"] == ["change of subject"]
    merge = project.events.select_related("project", "actor").get(verb="tag merged")
    past = load_codebook_at(project, merge.at)
    assert "foreign soldiers" in {tag.name for tag in past.tags} and not past.undated
    assert undo(merge, by=merge.actor) == 0
    assert Highlight.objects.filter(tags__name="foreign soldiers").count() == merge.data["number"]
    names = [tag.name for tag in Tag.objects.without_tree_fields().filter(project=project)]
    assert names.index("foreign soldiers") == names.index("troops on the ground") + 1


def test_the_second_round_was_read_blind_before_it_was_adjudicated(db):
    call_command("loaddata", "articles", "demo", verbosity=0)
    project = Project.objects.get(public=True)
    round_two = Assignment.objects.filter(project=project).select_related("user", "article")
    assert {(one.user.username, one.blind, one.state) for one in round_two} == {
        ("ben", True, "done"),
        ("chidi", True, "done"),
    }
    assert Counter(one.article for one in round_two) == {one.article: 2 for one in project.adjudications.all()}
    assert (project.has_assignments, project.has_blind_articles) == (True, False)
    for one in round_two:
        made = Highlight.objects.filter(project=project, article=one.article, author=one.user)
        assert not made.filter(created_at__gte=one.done_at).exists()
        assert made.filter(created_at__gt=one.made_at).count() >= 3
        assert one.done_at < project.adjudications.get(article=one.article).created_at


def test_tags_that_stand_in_one_article_have_different_lines():
    tags_by_article: dict[str, set[str]] = {}
    for use in USES:
        (key, tag) = use["highlight"], use["tag"]
        tags_by_article.setdefault(HIGHLIGHTS[key]["article"][0], set()).add(tag)
    for tags in tags_by_article.values():
        assert len({TAGS[tag]["colour"] for tag in tags}) == len(tags)


def test_three_readers_highlighted_enough_to_show_every_page():
    by_reader = Counter(row["author"][0] for row in CODED.values())
    articles = {row["article"][0] for row in CODED.values()}
    noted = [row for row in CODED.values() if row["note"]]
    assert set(by_reader) == {"ana", "ben", "chidi"}
    assert min(by_reader.values()) >= 15
    assert len(CODED) >= 55
    assert len(articles) >= 12
    assert len(CODED) / 3 < len(noted) < len(CODED) * 2 / 3
    assert {"rtl", "ltr"} == {ARTICLES[slug]["direction"] for slug in articles}
    assert {"en", "ar", "ja"} <= {ARTICLES[slug]["language"] for slug in articles}


def test_every_highlight_has_a_tag_that_is_in_use():
    tags_of = Counter(use["highlight"] for use in USES)
    used = {TAGS[use["tag"]]["name"] for use in USES}
    assert set(tags_of) == set(HIGHLIGHTS)
    assert used == {tag["name"] for tag in TAGS.values() if tag["parent"] and tag["status"] == "active"}


def test_highlights_overlap_up_to_five_deep_and_cross_blocks():
    deepest = Counter(depth for slug in ARTICLES for depth in set(depths(slug).values()))
    crossing = [row for row in HIGHLIGHTS.values() if "\n" in row["exact"]]
    assert {1, 2, 3, 4, 5} <= set(deepest)
    assert len(crossing) >= 8


def test_two_readers_tagged_the_same_passage_differently():
    first_tag = {use["highlight"]: use["tag"] for use in USES if use["position"] == 0}
    told = {}
    for key, row in HIGHLIGHTS.items():
        told.setdefault((row["article"][0], row["start"], row["end"]), set()).add((row["author"][0], first_tag[key]))
    assert any(len({who for who, _ in says}) > 1 and len({tag for _, tag in says}) > 1 for says in told.values())


def test_the_history_has_every_decision():
    events = rows("demo.json", "annotations.event")
    told = {event["data"]["decision"] for event in events if event["verb"] == "disagreement decided"}
    decisions = rows("demo.json", "annotations.decision")
    assert told == {decision["pk"] for decision in decisions if decision["kind"] != "agreed"} != set()
    number = sum(event["data"]["number"] for event in events if event["verb"] == "agreed passages taken")
    assert number == sum(decision["kind"] == "agreed" for decision in decisions)
    started = {event["data"]["adjudication"] for event in events if event["verb"] == "adjudication started"}
    assert started == {row["pk"] for row in rows("demo.json", "annotations.adjudication")}


def test_the_readers_can_be_signed_in_as_by_nobody():
    users = rows("demo.json", "auth.user")
    assert [user["username"] for user in users] == ["ana", "ben", "chidi"]
    assert all(user["password"].startswith("!") and not user["email"] and not user["is_staff"] for user in users)


def test_a_highlight_was_edited_and_another_moved_by_the_outlet():
    states = {(row["state"], row["open"]) for row in PLACEMENTS}
    assert states == {("same", False), ("moved", False), ("edited", True)}
    assert [row["changes"][0][2:] for row in PLACEMENTS if row["material"]] == [["12", "17"]]


def test_highlights_are_placed_as_the_house_places_them(db):
    call_command("loaddata", "articles", "demo", verbosity=0)
    told = serializers.serialize("json", Placement.objects.order_by("origin_start"), fields=JUDGED)
    Placement.objects.all().delete()
    for slug in {row["revision"][0] for row in PLACEMENTS}:
        reanchor_article(Article.objects.get(slug=slug).current(), by=None)
    again = serializers.serialize("json", Placement.objects.order_by("origin_start"), fields=JUDGED)
    assert [row["fields"] for row in json.loads(told)] == [row["fields"] for row in json.loads(again)]


def test_a_second_round_has_disagreements_of_every_kind_and_a_consensus(db):
    call_command("loaddata", "articles", "demo", verbosity=0)
    project = Project.objects.get(public=True).with_role_of(get_user_model().objects.get(username="ana"))
    kinds, decided, open_cases = Counter(), Counter(), 0
    for adjudication in project.adjudications.select_related("article"):
        found = load_cases(project, AnonymousUser(), adjudication)
        assert found.coders == ("ben", "chidi") and found.agreed
        assert found.new == found.gone == found.apart == [] and not any(case.former for case in found.cases)
        kinds.update(case.difference.kind for case in found.cases)
        decided.update(case.decision.kind for case in found.cases if case.decision)
        open_cases += sum(case.decision is None for case in found.cases)
    assert project.adjudications.count() == 5
    assert min(kinds[kind] for kind in KINDS) >= 2 and decided["nothing"] >= 3 and open_cases
    assert any(len(decision.reason) > 20 for decision in Decision.objects.disputed())
    made = {key for decision in Decision.objects.all() for key in decision.highlights}
    assert made == HIGHLIGHTS.keys() - CODED.keys()


# Loading


def test_loading_twice_gives_what_loading_once_gave(db):
    call_command("loaddata", "articles", "demo", verbosity=0)
    once = snapshot()
    call_command("loaddata", "articles", "demo", verbosity=0)
    assert snapshot() == once
    assert Highlight.objects.count() == len(HIGHLIGHTS)


def test_loading_leaves_alone_what_is_there(db, alice, article, highlight):
    text = article.current().text
    call_command("loaddata", "articles", "demo", verbosity=0)
    alice.refresh_from_db()
    assert (alice.username, article.current().text) == ("alice", text)
    assert Highlight.objects.get(pk=highlight.pk).author == alice
    assert Article.objects.count() == len(ARTICLES) + 1


def test_a_visitor_may_read_every_article_and_highlight(db):
    call_command("loaddata", "articles", "demo", verbosity=0)
    visitor = AnonymousUser()
    assert Project.objects.current_for(visitor).slug == "guarantees-for-valdora"
    assert Article.objects.visible_to(visitor).count() == len(ARTICLES)
    assert Highlight.objects.visible_to(visitor).count() == len(HIGHLIGHTS)

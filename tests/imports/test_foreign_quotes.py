"""Files of programs that annotate pages in the browser: where their quotes are placed in our text of the page."""

import json
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.anchoring.folding import FoldedText
from annotations.models import Highlight
from newsreader.models import Article
from sourcepage import SourceQuote, count_visible, make_article, make_quotes
from texts import PAGE, extracted
from working import run_queued_tasks

URL = "https://post.example/2026/pier"
NAV, FOOTER = (
    "<nav>\n <a href='/'>News</a>\n <a href='/s'>Sport</a></nav><h1>A pier</h1>\n",
    "<footer>Post, Ytre&nbsp;Holm</footer>",
)


def make_row(number: int, quote: SourceQuote) -> dict:
    """An annotation as Hypothesis exports it."""
    selectors = [
        {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0, "endContainer": "/p[2]", "endOffset": 9},
        {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
        {"type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix},
    ]
    return {
        "id": f"k{number}",
        "created": "2026-11-05T10:00:00.000000+00:00",
        "updated": "2026-11-05T10:00:00.000000+00:00",
        "user": "acct:reader@hypothes.is",
        "uri": URL,
        "text": "",
        "tags": [],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"], "update": ["acct:reader@hypothes.is"]},
        "target": [{"source": URL, "selector": selectors}],
        "document": {"title": ["A pier"]},
    }


def make_export(rows: list[dict]) -> dict:
    """The file that the client of Hypothesis exports."""
    return {"export_date": "2026-11-06T00:00:00.000Z", "client_version": "1.1", "annotations": rows}


def preview(client, project, data):
    file = SimpleUploadedFile("export.json", json.dumps(data).encode())
    return client.post(f"/projects/{project.slug}/import/", {"file": file})


@pytest.mark.django_db
def test_quotes_across_blocks_are_placed_on_their_own_words(alice_client, project):
    chance = random.Random(11)
    source = make_article(chance)
    article = Article.objects.store(extracted(source, title="A pier", url=URL)).article
    quotes = make_quotes(NAV, source, FOOTER, 200, chance)
    export = make_export([make_row(number, quote) for number, quote in enumerate(quotes)])
    answer = preview(alice_client, project, export)
    planned, text = answer.context["plan"].highlights, article.current().text
    wrong = [one.record.exact for one in planned if not is_right(text, one, quotes[int(one.record.id[1:])])]
    assert (wrong, len(planned) >= 190) == ([], True)


def is_right(text: str, planned, quote: SourceQuote) -> bool:
    """Whether the place has the words of the quote, all of them and no other, and is the one that was selected."""
    own = text[planned.place.start : planned.place.end]
    same_words = FoldedText(own).words == FoldedText(quote.exact).words and own == own.strip()
    return same_words and count_visible(text[: planned.place.start]) == quote.visible_before


@pytest.fixture
def article(db) -> Article:
    return Article.objects.store(extracted(PAGE, title="Harbour reopens", site="The Quay", url=URL)).article


def make_note(exact: str, number: int = 0, **fields) -> dict:
    return make_row(number, SourceQuote(exact, "", "", 0, 0, 0)) | fields


PRIVATE = {"permissions": {"read": ["acct:reader@hypothes.is"]}, "text": "Ask Bo"}


def test_private_notes_are_marked_and_only_imported_where_that_is_ticked(alice_client, project, article):
    rows = [
        make_note("Two cranes fell", 1),
        make_note("Nobody was hurt", 2, tags=["luck"], **PRIVATE),
        make_note("Nowhere", 3, **PRIVATE),
    ]
    answer = preview(alice_client, project, make_export(rows))
    page = " ".join(answer.content.decode().split())
    assert "1 highlight would be imported" in page and "2 notes of this file are private" in page
    assert "Import 1 highlight" not in page  # a button that is wrong once the box is ticked
    assert "Nowhere</q> (private): These words are not in" in page
    assert "New tags of private notes: <bdi>luck</bdi>" in page
    assert "Import 1 private note too" in page and "Nobody was hurt</q> (private)" in page
    sent = {"ticket": answer.context["ticket"]}
    alice_client.post(f"/projects/{project.slug}/import/", sent)
    assert quotes_in(project) == ["Two cranes fell"]
    answer = preview(alice_client, project, make_export(rows))
    sent = {"ticket": answer.context["ticket"], "whole": answer.context["whole_ticket"]}
    alice_client.post(f"/projects/{project.slug}/import/", sent)
    assert quotes_in(project) == ["Nobody was hurt", "Two cranes fell"]


def test_a_worker_imports_private_notes_where_that_was_ticked(alice_client, project, article, monkeypatch):
    monkeypatch.setattr("annotations.imports.views.MAX_DIRECT_HIGHLIGHTS", 1)
    rows = [make_note("Two cranes fell", 1), make_note("Nobody was hurt", 2, **PRIVATE)]
    answer = preview(alice_client, project, make_export(rows))
    alice_client.post(
        f"/projects/{project.slug}/import/",
        {"ticket": answer.context["ticket"], "whole": answer.context["whole_ticket"]},
    )
    run_queued_tasks()
    assert quotes_in(project) == ["Nobody was hurt", "Two cranes fell"]


def test_a_file_of_private_notes_alone_can_be_imported_and_without_the_tick_nothing_is(alice_client, project, article):
    export = make_export([make_note("Two cranes fell", 1, **PRIVATE)])
    sent = {"ticket": preview(alice_client, project, export).context["ticket"]}
    alice_client.post(f"/projects/{project.slug}/import/", sent)
    assert quotes_in(project) == []
    sent |= {"whole": preview(alice_client, project, export).context["whole_ticket"]}
    alice_client.post(f"/projects/{project.slug}/import/", sent)
    assert quotes_in(project) == ["Two cranes fell"]


def quotes_in(project) -> list[str]:
    return sorted(Highlight.objects.standing().filter(project=project).values_list("exact", flat=True))


def test_annotations_of_other_programs_are_placed_on_the_words_of_the_text(alice_client, project, article):
    selections = [
        [{"exact": "on Monday\nafter the storm"}],
        [{"exact": "Two cranes  fell,\tthe mayor"}],
        [{"exact": "What was lost Two cranes fell"}],
        [{"exact": "the north pier.The other was being"}],
        [{"exact": "Nobody was hurt."}, {"start": 5210, "end": 5226}],
        [{"exact": "cranes", "prefix": "What was\nlost Two ", "suffix": "\u00a0fell"}],
        [{"exact": "We will rebuild them both"}, {"start": 3, "end": 28}],
        [{"exact": "Nai\u0308ve figures"}],
        [{"exact": 'said: "We will rebuild'}],
    ]
    types = ["TextQuoteSelector", "TextPositionSelector"]
    notes = [
        {
            "type": "Annotation",
            "target": {"source": URL, "selector": [{"type": t} | s for t, s in zip(types, each, strict=False)]},
        }
        for each in selections
    ]
    notes.append(
        {"type": "Annotation", "target": [one["target"] for one in notes[:2]], "bodyValue": "Both", "body": "urn:x:1"}
    )
    answer = preview(alice_client, project, notes)
    plan, text = answer.context["plan"], article.current().text
    assert [text[one.place.start : one.place.end] for one in plan.highlights] == [
        "on Monday after the storm",
        "Two cranes fell, the mayor",
        "What was lost\nTwo cranes fell",
        "the north pier.\nThe other was being",
        "Nobody was hurt.",
        "cranes",
        "We will rebuild them both",
        "Naïve figures",
        "said: “We will rebuild",
        "on Monday after the storm",
        "Two cranes fell, the mayor",
    ]
    assert "is an address, whose content is not imported" in answer.content.decode()
    alice_client.post(f"/projects/{project.slug}/import/", {"ticket": answer.context["ticket"]})
    own = Highlight.objects.standing().filter(project=project)
    assert all(text[one.start : one.end] == one.exact for one in own)
    again = preview(alice_client, project, notes).context["plan"]
    assert (own.count(), len(again.already_present), len(again.highlights)) == (11, 11, 0)

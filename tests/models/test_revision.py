"""A revision: what it knows of the one before, and that nothing changes it."""

import pytest

from cases import each
from newsreader.models import Article, Revision
from newsreader.models.revision import ImmutableRevisionError

MORE = '\n<p id="p6">The mayor spoke again on Tuesday.</p>'


def test_a_revision_knows_how_many_words_were_added_and_removed(article, revision):
    new = article.revise(revision.html.replace("12 million", "17 million") + MORE)
    assert (new.gained, new.lost, new.difference) == (7, 1, "7 words added, 1 removed")


def test_the_first_revision_changed_nothing(revision):
    assert (revision.gained, revision.lost, revision.difference) == (0, 0, "")


def test_a_revision_keeps_who_made_it_and_why(article, revision, curator):
    new = article.revise(revision.html + MORE, created_by=curator, reason=Revision.Reason.REFETCHED)
    assert (new.created_by, new.get_reason_display()) == (curator, "fetched again")


CHANGES = {
    "save": lambda revision: revision.save(),
    "update": lambda revision: Revision.objects.filter(pk=revision.pk).update(text="Other words."),
    "update of the article's": lambda revision: revision.article.revisions.update(text="Other words."),
    "bulk_update": lambda revision: Revision.objects.bulk_update([revision], ["text"]),
    "upsert": lambda revision: Revision.objects.bulk_create(
        [Revision.from_html(revision.html, article=revision.article, number=1)],
        update_conflicts=True,
        unique_fields=["article", "number"],
        update_fields=["html"],
    ),
    "delete": lambda revision: revision.delete(),
    "delete of several": lambda revision: Revision.objects.filter(pk=revision.pk).delete(),
    "delete of the article's": lambda revision: revision.article.revisions.all().delete(),
}


@each("way", CHANGES)
def test_nothing_changes_or_removes_a_revision(revision, way):
    with pytest.raises(ImmutableRevisionError):
        CHANGES[way](revision)
    assert Revision.objects.get().html == revision.html


def test_revisions_go_with_their_article(article):
    article.revise('<p id="p1">All is different now.</p>')
    article.delete()
    assert not Revision.objects.exists()


def test_revisions_go_with_articles_that_are_deleted_together(article):
    Article.objects.all().delete()
    assert not Revision.objects.exists()


def test_a_revision_outlives_who_made_it(article, revision, curator):
    article.revise(revision.html + MORE, created_by=curator)
    curator.delete()
    assert article.revisions.get(number=2).created_by is None

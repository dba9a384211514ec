"""The newsroom that benchmarks are run on is one the product could have made."""

from annotations.models import Highlight, HighlightTag, Tag
from benchmarks.newsroom import filled
from newsreader.models import Article


def test_a_newsroom_is_filled_with_rows_that_hold_together(alice):
    project, _ = filled(alice, 20, 60)
    assert (Article.objects.count(), project.highlights.count()) == (20, 60)
    assert HighlightTag.objects.filter(project=project).count() == 90
    for highlight in project.highlights.select_related("revision"):
        assert highlight.revision.text[highlight.start : highlight.end] == highlight.exact
        assert highlight.revision.article_id == highlight.article_id


def test_a_newsroom_stands_beside_another_and_takes_more(alice, article):
    first, _ = filled(alice, 10, 30)
    second, _ = filled(alice, 10, 30)
    assert (first.highlights.count(), second.highlights.count()) == (30, 30)
    revision = article.current()
    made = Highlight.objects.make(
        project=second,
        revision=revision,
        author=alice,
        start=0,
        end=9,
        tags=Tag.objects.get_or_create_named(second, ["term a"], by=alice),
    )
    assert made.created
    article.revise('<p id="p1">Other words.</p>', created_by=alice)

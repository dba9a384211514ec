"""The tags that an import makes, and those it expects to find."""

import pytest

from annotations.errors import StaleError
from annotations.exchange.record import HighlightRecord
from annotations.imports.apply import load_tags
from annotations.imports.new_tags import MAX_COMPANIONS, find_companions
from annotations.imports.plan import ImportPlan, MatchedPlace, PlannedHighlight


def plan_tags(article, author, *tags: str) -> ImportPlan:
    """Return the plan of one highlight for each of these tags, all on the same words."""
    place = MatchedPlace(article.current(), 4, 11)
    highlights = [PlannedHighlight(None, article, place, author, (tag,), HighlightRecord()) for tag in tags]
    return ImportPlan("Taguette table", 0, highlights=highlights)


def test_a_tag_that_was_renamed_since_the_plan_makes_it_stale(article, alice, project, tag):
    plan = plan_tags(article, alice, tag.name.upper())
    assert load_tags(project, plan) == {tag.name.lower(): tag}
    project.tags.filter(pk=tag.pk).update(name="another name")
    with pytest.raises(StaleError):
        load_tags(project, plan)


def test_tags_of_one_article_are_kept_apart_unless_they_are_many(article, alice):
    assert find_companions(plan_tags(article, alice, "Cost", "loss")) == {
        name: {"cost", "loss"} for name in ("cost", "loss")
    }
    many = [f"tag {number}" for number in range(MAX_COMPANIONS + 1)]
    assert find_companions(plan_tags(article, alice, *many)) == {}

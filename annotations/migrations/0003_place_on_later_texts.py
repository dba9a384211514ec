"""Highlights on texts that were corrected before placements were kept: each gets its place on every later text."""

from itertools import groupby

from django.db import migrations
from django.db.models import F

from annotations.anchoring.quotes import carry

ASKING = ("edited", "ambiguous", "gone")


def place_all(apps, schema_editor):
    highlights, placements = (apps.get_model("annotations", name).objects for name in ("Highlight", "Placement"))
    older = highlights.filter(revision__number__lt=F("article__revision"), placements=None)
    for article in apps.get_model("newsreader", "Article").objects.filter(pk__in=older.values("article").distinct()):
        made = list(older.filter(article=article).select_related("revision"))
        origins = {highlight: (highlight.revision, highlight.start, highlight.end) for highlight in made}
        for revision in article.revisions.filter(number__gt=1).order_by("number"):
            placements.bulk_create(placed(placements.model, revision, article.revision, origins))


def placed(model, revision, current, origins):
    """Judges every highlight that was made on an earlier text against the last words that were its own, and keeps what is."""
    earlier = [(origins[highlight], highlight) for highlight in origins if highlight.revision.number < revision.number]
    earlier.sort(key=lambda pair: pair[0][0].number)
    for origin, group in groupby(earlier, key=lambda pair: pair[0][0]):
        group = list(group)
        for ((_, start, end), highlight), found in zip(
            group, carry(origin.text, revision.text, [place[1:] for place, _ in group]), strict=True
        ):
            stands = found.start < found.end
            if found.state not in ASKING:
                origins[highlight] = revision, found.start, found.end
            yield model(
                project_id=highlight.project_id,
                highlight=highlight,
                revision=revision,
                origin=origin,
                origin_start=start,
                origin_end=end,
                state=found.state,
                material=found.material,
                start=found.start if stands else None,
                end=found.end if stands else None,
                changes=[list(change) for change in found.changes],
                proposals=[list(place) for place in found.proposals],
                open=found.state in ASKING and revision.number == current,
            )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_placement")]

    operations = [migrations.RunPython(place_all, migrations.RunPython.noop)]

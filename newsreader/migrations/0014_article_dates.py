# Articles stored before with a date that not every time zone has, such as 0001-01-01 or 9999-12-31: they have no date.

from datetime import UTC, datetime

from django.db import migrations
from django.db.models import F, Q

# As newsreader/text/dates.py has them.
FIRST, AFTER_LAST = datetime(1000, 1, 2, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


def remove_dates(apps, schema_editor):
    """Date these articles by when they were added, as those are that come in with such a date today."""
    articles = apps.get_model("newsreader", "Article").objects
    undatable = articles.filter(Q(published_at__lt=FIRST) | Q(published_at__gte=AFTER_LAST))
    undatable.update(published_at=None, dated_at=F("added_at"), version=F("version") + 1)


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0013_merges'),
    ]

    operations = [
        migrations.RunPython(remove_dates, migrations.RunPython.noop),
    ]

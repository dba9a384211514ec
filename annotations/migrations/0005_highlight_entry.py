import django.db.models.deletion
from django.db import connection, migrations, models

import newsreader.search.lookups
from annotations.models.search_entry import HIGHLIGHTS, entries_of
from newsreader.search.indexes import A_BATCH, engine


def create(apps, schema_editor):
    engine().create(schema_editor.execute, HIGHLIGHTS)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {HIGHLIGHTS.table}")


def fill(apps, schema_editor):
    """Highlights that were made before there was an index get their entries."""
    highlights = apps.get_model("annotations", "Highlight").objects.order_by("pk")
    keys = list(highlights.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        for start in range(0, len(keys), A_BATCH):
            engine().write(cursor, HIGHLIGHTS, list(entries_of(highlights.filter(pk__in=keys[start : start + A_BATCH]))))


class Migration(migrations.Migration):
    dependencies = [("annotations", "0004_desk"), ("newsreader", "0004_article_entry")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="HighlightEntry",
                    fields=[
                        ("highlight", models.OneToOneField(db_column="highlight", db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="entry", serialize=False, to="annotations.highlight")),
                        ("words", newsreader.search.lookups.WordsField(editable=False, null=True)),
                    ],
                    options={"verbose_name_plural": "highlight entries"},
                )
            ],
            database_operations=[migrations.RunPython(create, drop)],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

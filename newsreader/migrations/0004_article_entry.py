import django.db.models.deletion
from django.db import connection, migrations, models

import newsreader.search.lookups
from newsreader.models.search_entry import ARTICLES, entries_of
from newsreader.search.indexes import A_BATCH, engine


def create(apps, schema_editor):
    engine().create(schema_editor.execute, ARTICLES)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {ARTICLES.table}")


def fill(apps, schema_editor):
    """Articles that came in before there was an index get their entries."""
    articles = apps.get_model("newsreader", "Article").objects.order_by("pk")
    keys = list(articles.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        for start in range(0, len(keys), A_BATCH):
            engine().write(cursor, ARTICLES, list(entries_of(articles.filter(pk__in=keys[start : start + A_BATCH]))))


class Migration(migrations.Migration):
    dependencies = [("newsreader", "0003_count_changed_words")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ArticleEntry",
                    fields=[
                        ("article", models.OneToOneField(db_column="rowid", db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="entry", serialize=False, to="newsreader.article")),
                        ("words", newsreader.search.lookups.WordsField(editable=False, null=True)),
                    ],
                    options={"verbose_name_plural": "article entries"},
                )
            ],
            database_operations=[migrations.RunPython(create, drop)],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

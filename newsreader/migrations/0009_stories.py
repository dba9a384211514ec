# Stories, and the index by which an article finds that it is part of one. What was there before is put into stories by a worker.

import django.db.models.deletion
from django.db import migrations, models

# On SQLite the table is its own index: there are some hundred rows for each article.
WITHOUT_ROWID = """
    CREATE TABLE "newsreader_shingle" (
        "number" bigint NOT NULL, "article_id" bigint NOT NULL, PRIMARY KEY ("number", "article_id")
    ) WITHOUT ROWID
"""


def create_table(apps, schema_editor):
    """Create the table of the index."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(WITHOUT_ROWID)
    else:
        schema_editor.create_model(apps.get_model("newsreader", "Shingle"))


def delete_table(apps, schema_editor):
    """Delete the table of the index."""
    schema_editor.execute('DROP TABLE "newsreader_shingle"')


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0008_feed_rights'),
    ]

    operations = [
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'stories',
            },
        ),
        migrations.AddField(
            model_name='article',
            name='story_revision',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='story',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='newsreader.story'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('story__isnull', False)), fields=['story', 'status', 'dated_at', 'id'], name='article_story'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(migrations.RunPython.noop, delete_table)],
            state_operations=[
                migrations.CreateModel(
                    name='Shingle',
                    fields=[
                        ('pk', models.CompositePrimaryKey('number', 'article', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('number', models.BigIntegerField()),
                        ('article', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='newsreader.article')),
                    ],
                ),
            ],
        ),
        migrations.RunPython(create_table, migrations.RunPython.noop),
    ]

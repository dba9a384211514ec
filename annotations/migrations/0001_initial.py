"""Every table of projects, codebooks, highlights, placements and desks.

It imports nothing of ours, so that moving or renaming a module cannot break it. The default of keys is written
out here, the search index is a column of plain text, and its table is made by the SQL below.
"""

import os
import time
from uuid import UUID

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps as Apps

SQL = {
    "sqlite": [
        "CREATE VIRTUAL TABLE annotations_highlightentry USING fts5(words UNINDEXED, highlight UNINDEXED, exact, note, stems, tokenize='ascii', prefix='2 3')",
        "INSERT INTO annotations_highlightentry(annotations_highlightentry, rank) VALUES ('rank', 'bm25(0.0, 0.0, 1, 1, 1.0)')",
    ],
    "postgresql": [
        "CREATE TABLE annotations_highlightentry (highlight uuid PRIMARY KEY, words tsvector, exact text NOT NULL DEFAULT '', note text NOT NULL DEFAULT '')",
        "CREATE INDEX annotations_highlightentry_words ON annotations_highlightentry USING gin (words)",
    ],
}


def create_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the table of the search index, in the kind of each database."""
    for statement in SQL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the table of the search index."""
    schema_editor.execute("DROP TABLE annotations_highlightentry")


class FrozenDefault:
    """The default of keys as it was: makes UUIDs of version 7, and equals a function named uuid7 in whatever module.

    `makemigrations` compares defaults by equality, and would else find that every key has a new one.
    """

    def __call__(self) -> UUID:
        value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
        value = value & ~(0xF << 76) | 7 << 76
        return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FrozenDefault) or getattr(other, "__name__", "") == "uuid7"

    __hash__ = None


UUID7 = FrozenDefault()


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('newsreader', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('slug', models.CharField(max_length=80, unique=True)),
                ('about', models.TextField(blank=True)),
                ('public', models.BooleanField(default=False, help_text='Everyone may read a public project’s highlights.')),
                ('personal', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='changes so far')),
                ('codebook', models.PositiveIntegerField(default=1, editable=False, verbose_name='changes of the codebook so far')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Highlight',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('exact', models.TextField()),
                ('prefix', models.TextField(blank=True)),
                ('suffix', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('note_html', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='highlights', to='newsreader.article')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='highlights', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='highlights', to='newsreader.revision')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='highlights', to='annotations.project')),
            ],
            options={
                'ordering': ['revision', 'start', '-end', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=90)),
                ('definition', models.TextField(blank=True, max_length=4000)),
                ('use_for', models.TextField(blank=True, max_length=4000, verbose_name='use it for')),
                ('not_for', models.TextField(blank=True, max_length=4000, verbose_name='not for')),
                ('colour', models.PositiveSmallIntegerField(choices=[(1, 'blue'), (2, 'rust'), (3, 'teal'), (4, 'plum'), (5, 'olive'), (6, 'violet'), (7, 'brick'), (8, 'sky'), (9, 'moss'), (10, 'ochre'), (11, 'rose'), (12, 'slate')], default=1, verbose_name='line')),
                ('position', models.PositiveIntegerField(default=0)),
                ('status', models.CharField(choices=[('active', 'active'), ('retired', 'retired')], default='active', max_length=8)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='annotations.tag')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='annotations.project')),
            ],
            options={
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='HighlightTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('highlight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='annotations.highlight')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
                ('tag', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='annotations.tag')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.AddField(
            model_name='highlight',
            name='tags',
            field=models.ManyToManyField(related_name='highlights', through='annotations.HighlightTag', to='annotations.tag'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'owner'), ('curator', 'curator'), ('coder', 'coder'), ('viewer', 'viewer')], default='coder', max_length=8)),
                ('used_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('recent', models.JSONField(blank=True, default=list, editable=False, verbose_name='tags used last')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='annotations.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'user'), name='membership_once')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=24)),
                ('subject', models.UUIDField()),
                ('data', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsreader.article')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='annotations.project')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'article', 'id'], name='event_on_article'), models.Index(fields=['project', 'subject'], name='event_subject')],
            },
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(models.F('project'), django.db.models.functions.text.Lower('name'), name='tag_name'),
        ),
        migrations.AddConstraint(
            model_name='highlighttag',
            constraint=models.UniqueConstraint(fields=('project', 'tag', 'highlight'), name='tag_once_on_highlight'),
        ),
        migrations.AddIndex(
            model_name='highlight',
            index=models.Index(fields=['project', 'revision', 'start'], name='highlight_on_page'),
        ),
        migrations.AddIndex(
            model_name='highlight',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['project', '-id'], name='highlight_latest'),
        ),
        migrations.AddIndex(
            model_name='highlight',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['project', 'article', 'start'], name='highlight_by_article'),
        ),
        migrations.AddConstraint(
            model_name='highlight',
            constraint=models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='highlight_not_empty'),
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin_start', models.PositiveIntegerField()),
                ('origin_end', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('same', 'same'), ('moved', 'moved'), ('edited', 'edited'), ('ambiguous', 'ambiguous'), ('gone', 'gone')], max_length=9)),
                ('material', models.BooleanField(default=False)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('changes', models.JSONField(blank=True, default=list)),
                ('proposals', models.JSONField(blank=True, default=list)),
                ('decision', models.CharField(blank=True, choices=[('', 'none'), ('kept', 'kept on the new words'), ('chosen', 'chosen'), ('reattached', 'put elsewhere'), ('let go', 'let go')], default='', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('open', models.BooleanField(default=False, verbose_name='waits for a decision')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('highlight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='annotations.highlight')),
                ('origin', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsreader.revision')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='annotations.project')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='newsreader.revision')),
            ],
            options={
                'ordering': ['highlight', 'revision'],
                'indexes': [models.Index(fields=['project', 'revision', 'start'], name='placement_on_page'), models.Index(condition=models.Q(('open', True)), fields=['project', '-revision', 'origin_start'], name='placement_waiting')],
                'constraints': [models.UniqueConstraint(fields=('project', 'highlight', 'revision'), name='placement_once'), models.CheckConstraint(condition=models.Q(('start__lt', models.F('end')), models.Q(('end', None), ('start', None)), _connector='OR'), name='placement_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('layout', models.TextField(blank=True, help_text='The query string that lays it out.')),
                ('commentary', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='desks', to='annotations.project')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('comment', models.CharField(blank=True, max_length=500)),
                ('desk', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='annotations.desk')),
                ('highlight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='annotations.highlight')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('project', 'desk', 'highlight'), name='pin_once')],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('query', models.TextField(blank=True)),
                ('format', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('total', models.PositiveIntegerField()),
                ('state', models.CharField(default='running', max_length=10)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to='annotations.project')),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='HighlightEntry',
                    fields=[
                        ('highlight', models.OneToOneField(db_column='highlight', db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='annotations.highlight')),
                        ('words', models.TextField(editable=False, null=True)),
                    ],
                    options={'verbose_name_plural': 'highlight entries'},
                ),
            ],
            database_operations=[migrations.RunPython(create_index, drop_index)],
        ),
    ]

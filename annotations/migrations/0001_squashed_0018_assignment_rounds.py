"""Every table of projects, codebooks, highlights and reviews as they are after eighteen migrations, made at once in an empty database.

Databases that have some of them go on with those. It imports nothing of ours, so that moving or renaming a module cannot
break it. The default of keys is written out here, the search index is a column of plain text, and the SQL below makes its table.
"""

import os
import time
import uuid
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


RIGHTS = {
    ("newsreader", "article"): ["view", "add", "change"],
    ("newsreader", "source"): ["view", "add", "change"],
    ("annotations", "project"): ["view"],
    ("annotations", "tag"): ["view"],
    ("annotations", "highlight"): ["view", "delete"],
    ("annotations", "event"): ["view"],
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


def make_group(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the group, or add the rights that it lacks where it is there already."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Curators")
    for (app, model), actions in RIGHTS.items():
        group.permissions.add(*make_permissions(apps, app, model, actions))


def make_permissions(apps, app, model, actions):
    """Return the permissions for these actions on a model."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permissions = apps.get_model("auth", "Permission").objects
    return [
        permissions.get_or_create(
            content_type=kind, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
        )[0]
        for action in actions
    ]


class Migration(migrations.Migration):

    replaces = [
        ('annotations', '0001_initial'),
        ('annotations', '0002_jobs'),
        ('annotations', '0003_import_in_batches'),
        ('annotations', '0005_heading_only'),
        ('annotations', '0006_labels'),
        ('annotations', '0007_latest_by_server_clock'),
        ('annotations', '0008_curators'),
        ('annotations', '0009_history_and_invitations'),
        ('annotations', '0010_project_articles'),
        ('annotations', '0011_tag_examples'),
        ('annotations', '0012_events_by_actor'),
        ('annotations', '0013_replies'),
        ('annotations', '0014_adjudication'),
        ('annotations', '0015_agreement_job'),
        ('annotations', '0016_assignments'),
        ('annotations', '0017_carried_highlights'),
        ('annotations', '0018_assignment_rounds'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('newsreader', '0005_daily_mail'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='digest_once_a_day')],
            },
        ),
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
                ('archived_at', models.DateTimeField(editable=False, null=True)),
                ('deleted_at', models.DateTimeField(editable=False, null=True)),
                ('blind_since', models.DateTimeField(editable=False, null=True)),
                ('has_assignments', models.BooleanField(default=False, editable=False)),
                ('has_blind_articles', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Adjudication',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('open', 'open'), ('finished', 'finished')], default='open', max_length=8)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsreader.article')),
                ('coders', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='adjudications', to='annotations.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'article'), name='adjudication_once')],
            },
        ),
        migrations.CreateModel(
            name='AgreementJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('total', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('stale', 'Stale')], default='waiting', max_length=10)),
                ('error', models.TextField(blank=True)),
                ('task', models.UUIDField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('query', models.TextField(blank=True)),
                ('version', models.CharField(blank=True, max_length=100)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
            ],
            options={
                'ordering': ['-made_at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ArticleRule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('filters', models.JSONField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='article_rules', to='annotations.project')),
            ],
            options={
                'ordering': ['made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('due', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('to do', 'to do'), ('reading', 'reading'), ('done', 'done')], default='to do', max_length=7)),
                ('blind', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('revealed_at', models.DateTimeField(editable=False, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsreader.article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='annotations.project')),
                ('revealed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('round', models.CharField(blank=True, default='', max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'article', 'user'), name='assignment_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('agreed', 'agreed'), ('version', 'version taken'), ('passage', 'another passage'), ('nothing', 'nothing here')], max_length=8)),
                ('taken_from', models.JSONField(default=list)),
                ('passages', models.JSONField(default=list)),
                ('versions', models.JSONField(default=list)),
                ('highlights', models.JSONField(default=list)),
                ('reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('adjudication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='annotations.adjudication')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsreader.revision')),
            ],
            options={
                'ordering': ['start', 'end', 'pk'],
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
                ('undo_data', models.JSONField(editable=False, null=True)),
                ('undoes', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='undone_by', to='annotations.event')),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'article', 'id'], name='event_on_article'), models.Index(fields=['project', 'subject'], name='event_subject'), models.Index(fields=['project', 'actor', 'id'], name='event_by_actor')],
            },
        ),
        migrations.CreateModel(
            name='ExportJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('query', models.TextField(blank=True)),
                ('format', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('total', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('stale', 'Stale')], default='waiting', max_length=10)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
                ('error', models.TextField(blank=True)),
                ('task', models.UUIDField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('site', models.CharField(max_length=300)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='ImportJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('total', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('stale', 'Stale')], default='waiting', max_length=10)),
                ('error', models.TextField(blank=True)),
                ('task', models.UUIDField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('digest', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('host', models.CharField(max_length=255)),
                ('made', models.PositiveIntegerField(default=0)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
                ('new_tags', models.JSONField(default=list)),
                ('new_articles', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-made_at'],
                'abstract': False,
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
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='highlights', to='newsreader.article')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='highlights', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='highlights', to='newsreader.revision')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='highlights', to='annotations.project')),
                ('pending_import', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pending_highlights', to='annotations.importjob')),
                ('adjudication', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='highlights', to='annotations.adjudication')),
                ('carried_from', models.UUIDField(editable=False, null=True)),
            ],
            options={
                'ordering': ['revision', 'start', '-end', 'pk'],
                'indexes': [models.Index(fields=['project', 'revision', 'start'], name='highlight_on_page'), models.Index(condition=models.Q(('pending_import__isnull', False)), fields=['pending_import'], name='highlight_pending'), models.Index(condition=models.Q(('adjudication', None), ('deleted_at', None)), fields=['project', '-created_at', '-id'], name='highlight_latest'), models.Index(condition=models.Q(('adjudication', None), ('deleted_at', None)), fields=['project', 'article', 'start'], name='highlight_by_article'), models.Index(condition=models.Q(('adjudication__isnull', False)), fields=['adjudication'], name='highlight_consensus')],
                'constraints': [models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='highlight_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(editable=False, max_length=32, unique=True)),
                ('role', models.CharField(choices=[('owner', 'owner'), ('curator', 'curator'), ('coder', 'coder'), ('viewer', 'viewer')], default='coder', max_length=8)),
                ('label', models.CharField(blank=True, max_length=80)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField()),
                ('max_uses', models.PositiveSmallIntegerField(default=1)),
                ('uses', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='annotations.project')),
                ('used_by', models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(fields=['project', 'made_at'], name='invitation_project')],
            },
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
                ('layer', models.CharField(blank=True, editable=False, max_length=160, verbose_name='layer chosen last')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'user'), name='membership_once')],
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
                ('decision', models.CharField(blank=True, choices=[('', 'none'), ('kept', 'new wording accepted'), ('chosen', 'chosen'), ('reattached', 'moved by hand'), ('let go', 'dismissed')], default='', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('open', models.BooleanField(default=False, verbose_name='needs review')),
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
            name='ProjectArticle',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(blank=True, choices=[('', 'not decided'), ('added', 'added'), ('removed', 'removed')], max_length=7)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('version', models.PositiveIntegerField(default=0)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsreader.article')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='chosen_articles', to='annotations.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'article'), name='project_article_once')],
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
                ('status', models.CharField(choices=[('active', 'active'), ('retired', 'retired'), ('proposed', 'proposed')], default='active', max_length=8)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='annotations.tag')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='annotations.project')),
                ('heading_only', models.BooleanField(default=False, verbose_name='heading only')),
            ],
            options={
                'ordering': ['position', 'name'],
                'constraints': [models.UniqueConstraint(models.F('project'), django.db.models.functions.text.Lower('name'), name='tag_name')],
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
                'constraints': [models.UniqueConstraint(fields=('project', 'tag', 'highlight'), name='tag_once_on_highlight')],
            },
        ),
        migrations.AddField(
            model_name='highlight',
            name='tags',
            field=models.ManyToManyField(related_name='highlights', through='annotations.HighlightTag', to='annotations.tag'),
        ),
        migrations.CreateModel(
            name='TagExample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('highlight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examples', to='annotations.highlight')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
                ('tag', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='examples', to='annotations.tag')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('project', 'tag', 'highlight'), name='example_once')],
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('reply_count', models.PositiveIntegerField(default=0, editable=False)),
                ('resolved_at', models.DateTimeField(editable=False, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsreader.article')),
                ('highlight', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='thread', to='annotations.highlight')),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='annotations.project')),
                ('resolved_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['project', 'article'], name='thread_by_article')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('highlight', None)), fields=('project', 'article'), name='thread_on_article')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('html', models.TextField(editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edited_at', models.DateTimeField(editable=False, null=True)),
                ('deleted_at', models.DateTimeField(editable=False, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsreader.article')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
                ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='annotations.thread')),
            ],
            options={
                'verbose_name_plural': 'replies',
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(fields=['project', 'article'], name='reply_by_article'), models.Index(fields=['thread', 'created_at', 'id'], name='reply_in_thread')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_mention', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('read_at', models.DateTimeField(editable=False, null=True)),
                ('mailed_at', models.DateTimeField(editable=False, null=True)),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsreader.article')),
                ('placement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='annotations.placement')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='annotations.reply')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['user', '-id'], name='notification_latest'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notification_unread')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('placement__isnull', False), ('reply', None)), models.Q(('placement', None), ('reply__isnull', False)), _connector='OR'), name='notification_of_one_thing'), models.UniqueConstraint(fields=('user', 'reply'), name='notification_once')],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create_index, drop_index)],
            state_operations=[
                migrations.CreateModel(
                    name='HighlightEntry',
                    fields=[
                        ('highlight', models.OneToOneField(db_column='highlight', db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='annotations.highlight')),
                        ('words', models.TextField(editable=False, null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'highlight entries',
                    },
                ),
            ],
        ),
        migrations.RunPython(make_group, migrations.RunPython.noop, elidable=False),
    ]

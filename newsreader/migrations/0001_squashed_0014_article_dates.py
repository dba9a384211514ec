"""Every table of the library and the reader as they are after fourteen migrations, made at once in an empty database.

Databases that have some of the fourteen go on with those. It imports nothing of ours, so that moving or renaming a module
cannot break it. The search index is a column of plain text here, and the SQL below makes its table and that of shingles.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps as Apps

SQL = {
    "sqlite": [
        "CREATE VIRTUAL TABLE newsreader_articleentry USING fts5(words UNINDEXED, title, byline, source, body, stems, tokenize='ascii', prefix='2 3')",
        "INSERT INTO newsreader_articleentry(newsreader_articleentry, rank) VALUES ('rank', 'bm25(0.0, 8, 4, 4, 1, 1.0)')",
    ],
    "postgresql": [
        "CREATE TABLE newsreader_articleentry (rowid bigint PRIMARY KEY, words tsvector, title text NOT NULL DEFAULT '', byline text NOT NULL DEFAULT '', source text NOT NULL DEFAULT '', body text NOT NULL DEFAULT '')",
        "CREATE INDEX newsreader_articleentry_words ON newsreader_articleentry USING gin (words)",
    ],
}


# On SQLite the table is its own index: there are some hundred rows for each article.
WITHOUT_ROWID = """
    CREATE TABLE "newsreader_shingle" (
        "number" bigint NOT NULL, "article_id" bigint NOT NULL, PRIMARY KEY ("number", "article_id")
    ) WITHOUT ROWID
"""
ACTIONS = ["view", "change", "delete"]


def create_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the table of the search index, in the kind of each database."""
    for statement in SQL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the table of the search index."""
    schema_editor.execute("DROP TABLE newsreader_articleentry")


def create_table(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the table of the index."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(WITHOUT_ROWID)
    else:
        schema_editor.create_model(apps.get_model("newsreader", "Shingle"))


def delete_table(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Delete the table of the index."""
    schema_editor.execute('DROP TABLE "newsreader_shingle"')


def give_rights(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the group of curators, which is made if it is not there, the rights on feeds that it lacks."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="newsreader", model="feed")
    permissions = apps.get_model("auth", "Permission").objects
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Curators")
    for action in ACTIONS:
        defaults = {"name": f"Can {action} feed"}
        group.permissions.add(
            permissions.get_or_create(content_type=kind, codename=f"{action}_feed", defaults=defaults)[0]
        )


class Migration(migrations.Migration):

    replaces = [
        ('newsreader', '0001_initial'),
        ('newsreader', '0002_rate_limit_entries'),
        ('newsreader', '0003_labels'),
        ('newsreader', '0004_session'),
        ('newsreader', '0005_daily_mail'),
        ('newsreader', '0006_private_articles'),
        ('newsreader', '0007_feeds'),
        ('newsreader', '0008_feed_rights'),
        ('newsreader', '0009_stories'),
        ('newsreader', '0010_article_imports'),
        ('newsreader', '0011_article_images'),
        ('newsreader', '0012_curation'),
        ('newsreader', '0013_merges'),
        ('newsreader', '0014_article_dates'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('auth', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('finished_at', models.DateTimeField(editable=False, null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('cancelled', 'cancelled')], default='waiting', editable=False, max_length=9)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('article_status', models.CharField(default='published', max_length=10)),
                ('left_out', models.PositiveIntegerField(default=0)),
                ('task', models.UUIDField(editable=False, null=True)),
                ('first_item', models.PositiveIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='HostSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=253)),
                ('place', models.PositiveSmallIntegerField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('host', 'place'), name='host_slot_place')],
            },
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(blank=True, choices=[('', 'Auto'), ('light', 'Light'), ('sepia', 'Sepia'), ('dark', 'Dark')], max_length=8, verbose_name='paper')),
                ('font', models.CharField(blank=True, choices=[('', 'Serif'), ('sans', 'Sans'), ('legible', 'High legibility')], max_length=8, verbose_name='letter')),
                ('size', models.CharField(blank=True, choices=[('small', 'Small'), ('', 'Medium'), ('large', 'Large')], max_length=8)),
                ('measure', models.CharField(blank=True, choices=[('narrow', 'Narrow'), ('', 'Medium'), ('wide', 'Wide')], max_length=8)),
                ('leading', models.CharField(blank=True, choices=[('tight', 'Tight'), ('', 'Medium'), ('loose', 'Loose')], max_length=8, verbose_name='line height')),
                ('keys', models.BooleanField(default=True, verbose_name='single-key shortcuts')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to=settings.AUTH_USER_MODEL)),
                ('daily_mail', models.BooleanField(default=False, verbose_name='daily mail')),
            ],
            options={
                'verbose_name_plural': 'preferences',
            },
        ),
        migrations.CreateModel(
            name='RateLimitEntry',
            fields=[
                ('key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('expires_at', models.DateTimeField(db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('address', models.CharField(max_length=2000)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'saved searches',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('user', 'name'), name='search_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.CharField(max_length=80, unique=True)),
                ('host', models.CharField(blank=True, db_index=True, max_length=253, verbose_name='web host')),
                ('about', models.TextField(blank=True)),
                ('scope', models.UUIDField(editable=False, null=True)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('scope', None)), fields=('name',), name='source_name'), models.UniqueConstraint(condition=models.Q(('scope__isnull', False)), fields=('scope', 'name'), name='source_name_in_scope')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(error_messages={'unique': 'There is already a feed with this address.'}, max_length=2000, unique=True, verbose_name='address')),
                ('host', models.CharField(db_index=True, editable=False, max_length=253, verbose_name='web host')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('home', models.URLField(blank=True, max_length=2000, verbose_name='address of the site')),
                ('text', models.CharField(choices=[('page', 'Full text, from each article’s page'), ('feed', 'Text of the feed')], default='page', max_length=4, verbose_name='text')),
                ('article_status', models.CharField(choices=[('published', 'Publish in the library'), ('draft', 'Save as drafts')], default='published', max_length=10, verbose_name='new articles')),
                ('state', models.CharField(choices=[('active', 'active'), ('paused', 'paused'), ('stopped', 'stopped')], default='active', max_length=7, verbose_name='state')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('etag', models.TextField(blank=True, editable=False)),
                ('modified_since', models.TextField(blank=True, editable=False)),
                ('first_requested_at', models.DateTimeField(editable=False, null=True)),
                ('requested_at', models.DateTimeField(editable=False, null=True)),
                ('not_before', models.DateTimeField(editable=False, null=True)),
                ('due_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('failing_since', models.DateTimeField(editable=False, null=True)),
                ('fetched_at', models.DateTimeField(editable=False, null=True, verbose_name='last fetched')),
                ('is_waiting', models.BooleanField(default=False, editable=False)),
                ('why', models.TextField(blank=True, editable=False)),
                ('moved_at', models.DateTimeField(editable=False, null=True)),
                ('added_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='newsreader.source', verbose_name='source')),
            ],
            options={
                'ordering': ['source__name', 'title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FeedFetch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('seconds', models.FloatField(default=0)),
                ('status', models.PositiveSmallIntegerField(default=0)),
                ('outcome', models.CharField(choices=[('read', 'Read'), ('unchanged', 'Unchanged'), ('failed', 'Failed'), ('waiting', 'Waiting'), ('stopped', 'Stopped')], max_length=9)),
                ('why', models.TextField(blank=True)),
                ('created', models.PositiveIntegerField(default=0)),
                ('revised', models.PositiveIntegerField(default=0)),
                ('failed', models.PositiveIntegerField(default=0)),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fetches', to='newsreader.feed')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['feed', '-at'], name='feed_fetch_newest')],
            },
        ),
        migrations.CreateModel(
            name='RuleTrial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rules', models.JSONField(default=list)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='trial', to='newsreader.source')),
            ],
        ),
        migrations.CreateModel(
            name='SiteRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('body', 'is the text'), ('no-text', 'is not text'), ('author', 'is the author')], max_length=8)),
                ('selector', models.CharField(max_length=200)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='newsreader.source')),
            ],
            options={
                'ordering': ['source', 'pk'],
            },
        ),
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
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('standfirst', models.CharField(blank=True, max_length=500)),
                ('byline', models.CharField(blank=True, max_length=200)),
                ('url', models.URLField(blank=True, max_length=2000, verbose_name='original address')),
                ('language', models.CharField(blank=True, help_text='Language code, such as en, pt-BR or ar.', max_length=35)),
                ('direction', models.CharField(choices=[('ltr', 'left to right'), ('rtl', 'right to left')], default='ltr', max_length=3)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn'), ('private', 'private')], default='published', max_length=10)),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='current revision')),
                ('excerpt', models.CharField(blank=True, editable=False, max_length=320)),
                ('words', models.PositiveIntegerField(default=0, editable=False)),
                ('minutes', models.PositiveIntegerField(default=1, editable=False, verbose_name='reading time in minutes')),
                ('length', models.PositiveIntegerField(default=0, editable=False, verbose_name='code points in the text')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('dated_at', models.DateTimeField(db_index=True, editable=False, verbose_name='published, or else added')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='newsreader.source')),
                ('scope', models.UUIDField(editable=False, null=True)),
                ('story_revision', models.PositiveIntegerField(editable=False, null=True)),
                ('story', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='newsreader.story')),
                ('concerns', models.CharField(blank=True, editable=False, max_length=100, verbose_name='needs a look')),
                ('is_new', models.BooleanField(default=False, editable=False, verbose_name='not looked at yet')),
                ('merged_into', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='newsreader.article')),
                ('publish_at', models.DateTimeField(blank=True, null=True, verbose_name='publish at')),
                ('publish_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('status_before_merge', models.CharField(blank=True, editable=False, max_length=10)),
            ],
            options={
                'ordering': ['-dated_at', '-pk'],
                'indexes': [models.Index(fields=['status', '-dated_at', '-id'], name='article_newest'), models.Index(condition=models.Q(('scope__isnull', False)), fields=['scope'], name='article_scope'), models.Index(condition=models.Q(('story__isnull', False)), fields=['story', 'status', 'dated_at', 'id'], name='article_story'), models.Index(condition=models.Q(('is_new', True)), fields=['-id'], name='article_new'), models.Index(condition=models.Q(('concerns', ''), _negated=True), fields=['-id'], name='article_doubtful'), models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='article_scheduled'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='article_merged')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), ('scope', None)), fields=('url',), name='article_url'), models.UniqueConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), ('scope__isnull', False)), fields=('scope', 'url'), name='article_url_in_scope'), models.CheckConstraint(condition=models.Q(models.Q(('scope__isnull', False), ('status', 'private')), models.Q(models.Q(('status', 'private'), _negated=True), ('scope', None)), _connector='OR'), name='article_private_in_scope')],
            },
        ),
        migrations.CreateModel(
            name='ArticleImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32)),
                ('digest', models.CharField(blank=True, db_index=True, max_length=64)),
                ('width', models.PositiveIntegerField(default=0)),
                ('height', models.PositiveIntegerField(default=0)),
                ('size', models.PositiveIntegerField(default=0)),
                ('why', models.TextField(blank=True)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='images', to='newsreader.article')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('fetched_at', None)), fields=['article'], name='article_image_waiting')],
                'constraints': [models.UniqueConstraint(fields=('article', 'key'), name='article_image_key')],
            },
        ),
        migrations.CreateModel(
            name='FeedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('url', models.URLField(blank=True, max_length=2000)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('content', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('stored', 'stored'), ('known', 'here already'), ('failed', 'failed')], default='waiting', max_length=7)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('why', models.TextField(blank=True)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('stored_at', models.DateTimeField(null=True)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='newsreader.article')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='newsreader.feed')),
                ('fetch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='entries', to='newsreader.feedfetch')),
            ],
            options={
                'ordering': ['-seen_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'due_at'], name='feed_entry_waiting')],
                'constraints': [models.UniqueConstraint(fields=('feed', 'key'), name='feed_entry_key')],
            },
        ),
        migrations.CreateModel(
            name='ImportItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=300)),
                ('url', models.TextField(blank=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('is_archive', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('unpacked', 'unpacked'), ('added', 'added'), ('present', 'already here'), ('refused', 'refused'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='waiting', max_length=9)),
                ('why', models.TextField(blank=True)),
                ('articles', models.PositiveIntegerField(default=0)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='newsreader.article')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='newsreader.articleimport')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['job', 'state', 'number'], name='import_item_state')],
                'constraints': [models.UniqueConstraint(fields=('job', 'number'), name='import_item_number')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='revision that was read')),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='newsreader.article')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'article'), name='reading_once')],
            },
        ),
        migrations.CreateModel(
            name='Refetch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('revised', 'revised'), ('unchanged', 'unchanged'), ('failed', 'failed')], default='waiting', max_length=9)),
                ('why', models.TextField(blank=True)),
                ('found', models.JSONField(default=dict)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refetches', to='newsreader.article')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trial', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='newsreader.ruletrial')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['state', 'due_at'], name='refetch_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('html', models.TextField()),
                ('text', models.TextField()),
                ('blocks', models.JSONField(default=list)),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('reason', models.CharField(choices=[('imported', 'imported'), ('corrected', 'corrected by a curator'), ('refetched', 'fetched again')], default='imported', max_length=12)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='newsreader.article')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gained', models.PositiveIntegerField(default=0, verbose_name='words added')),
                ('lost', models.PositiveIntegerField(default=0, verbose_name='words removed')),
            ],
            options={
                'ordering': ['article', 'number'],
                'constraints': [models.UniqueConstraint(fields=('article', 'number'), name='revision_number')],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create_index, drop_index)],
            state_operations=[
                migrations.CreateModel(
                    name='ArticleEntry',
                    fields=[
                        ('article', models.OneToOneField(db_column='rowid', db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='newsreader.article')),
                        ('words', models.TextField(editable=False, null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'article entries',
                    },
                ),
            ],
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
        migrations.RunPython(give_rights, migrations.RunPython.noop, elidable=False),
    ]

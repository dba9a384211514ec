"""Every table of the library and the reader.

It imports nothing of ours, so that moving or renaming a module cannot break it. The search index is a column of
plain text here, and its table is made by the SQL below.
"""

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


def create_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the table of the search index, in the kind of each database."""
    for statement in SQL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the table of the search index."""
    schema_editor.execute("DROP TABLE newsreader_articleentry")


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slug', models.CharField(max_length=80, unique=True)),
                ('host', models.CharField(blank=True, db_index=True, max_length=253, verbose_name='web host')),
                ('about', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(blank=True, choices=[('', 'Auto'), ('light', 'Light'), ('sepia', 'Sepia'), ('dark', 'Dark')], max_length=8, verbose_name='paper')),
                ('font', models.CharField(blank=True, choices=[('', 'Serif'), ('sans', 'Sans'), ('legible', 'Legible')], max_length=8, verbose_name='letter')),
                ('size', models.CharField(blank=True, choices=[('small', 'Small'), ('', 'Medium'), ('large', 'Large')], max_length=8)),
                ('measure', models.CharField(blank=True, choices=[('narrow', 'Narrow'), ('', 'Medium'), ('wide', 'Wide')], max_length=8)),
                ('leading', models.CharField(blank=True, choices=[('tight', 'Tight'), ('', 'Medium'), ('loose', 'Loose')], max_length=8, verbose_name='line height')),
                ('keys', models.BooleanField(default=True, verbose_name='single-key shortcuts')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'preferences',
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
                ('language', models.CharField(blank=True, help_text='A code such as en, pt-BR or ar.', max_length=35)),
                ('direction', models.CharField(choices=[('ltr', 'left to right'), ('rtl', 'right to left')], default='ltr', max_length=3)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='published', max_length=10)),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='current revision')),
                ('excerpt', models.CharField(blank=True, editable=False, max_length=320)),
                ('words', models.PositiveIntegerField(default=0, editable=False)),
                ('minutes', models.PositiveIntegerField(default=1, editable=False, verbose_name='reading time in minutes')),
                ('length', models.PositiveIntegerField(default=0, editable=False, verbose_name='code points in the text')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('dated_at', models.DateTimeField(db_index=True, editable=False, verbose_name='published, or else added')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='newsreader.source')),
            ],
            options={
                'ordering': ['-dated_at', '-pk'],
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
                ('gained', models.PositiveIntegerField(default=0, verbose_name='words put in')),
                ('lost', models.PositiveIntegerField(default=0, verbose_name='words taken out')),
            ],
            options={
                'ordering': ['article', 'number'],
                'constraints': [models.UniqueConstraint(fields=('article', 'number'), name='revision_number')],
            },
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['status', '-dated_at', '-id'], name='article_newest'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('url', ''), _negated=True), fields=('url',), name='article_url'),
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
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='ArticleEntry',
                    fields=[
                        ('article', models.OneToOneField(db_column='rowid', db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='newsreader.article')),
                        ('words', models.TextField(editable=False, null=True)),
                    ],
                    options={'verbose_name_plural': 'article entries'},
                ),
            ],
            database_operations=[migrations.RunPython(create_index, drop_index)],
        ),
    ]

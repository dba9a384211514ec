# Imports of many articles, which a worker does, and what became of each of their files and addresses.

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0009_stories'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
    ]

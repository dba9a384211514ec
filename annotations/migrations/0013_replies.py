# Threads of replies, and what concerns each reader.

import os
import time
from uuid import UUID

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class FrozenDefault:
    """The default of keys as it was, as in the first migration: makes UUIDs of version 7, and equals a function named uuid7."""

    def __call__(self) -> UUID:
        value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
        value = value & ~(0xF << 76) | 7 << 76
        return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FrozenDefault) or getattr(other, "__name__", "") == "uuid7"

    __hash__ = None


UUID7 = FrozenDefault()


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0012_events_by_actor'),
        ('newsreader', '0004_session'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['project', 'article'], name='thread_by_article'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.UniqueConstraint(condition=models.Q(('highlight', None)), fields=('project', 'article'), name='thread_on_article'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['project', 'article'], name='reply_by_article'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['thread', 'created_at', 'id'], name='reply_in_thread'),
        ),
    ]

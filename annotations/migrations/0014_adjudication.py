# Adjudications with their decisions, and the consensus layer that they make.

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
        ('annotations', '0013_replies'),
        ('newsreader', '0005_daily_mail'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Adjudication',
            fields=[
                ('id', models.UUIDField(default=UUID7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('state', models.CharField(choices=[('open', 'open'), ('finished', 'finished')], default='open', max_length=8)),
            ],
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
            ],
            options={
                'ordering': ['start', 'end', 'pk'],
            },
        ),
        migrations.RemoveIndex(
            model_name='highlight',
            name='highlight_by_article',
        ),
        migrations.RemoveIndex(
            model_name='highlight',
            name='highlight_latest',
        ),
        migrations.AddField(
            model_name='adjudication',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsreader.article'),
        ),
        migrations.AddField(
            model_name='adjudication',
            name='coders',
            field=models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='adjudication',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='adjudication',
            name='project',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='adjudications', to='annotations.project'),
        ),
        migrations.AddField(
            model_name='highlight',
            name='adjudication',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='highlights', to='annotations.adjudication'),
        ),
        migrations.AddIndex(
            model_name='highlight',
            index=models.Index(condition=models.Q(('adjudication', None), ('deleted_at', None)), fields=['project', '-created_at', '-id'], name='highlight_latest'),
        ),
        migrations.AddIndex(
            model_name='highlight',
            index=models.Index(condition=models.Q(('adjudication', None), ('deleted_at', None)), fields=['project', 'article', 'start'], name='highlight_by_article'),
        ),
        migrations.AddIndex(
            model_name='highlight',
            index=models.Index(condition=models.Q(('adjudication__isnull', False)), fields=['adjudication'], name='highlight_consensus'),
        ),
        migrations.AddField(
            model_name='decision',
            name='adjudication',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='annotations.adjudication'),
        ),
        migrations.AddField(
            model_name='decision',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsreader.revision'),
        ),
        migrations.AddConstraint(
            model_name='adjudication',
            constraint=models.UniqueConstraint(fields=('project', 'article'), name='adjudication_once'),
        ),
    ]

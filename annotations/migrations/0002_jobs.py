# Exports become jobs of a queue, and large imports too.

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

STATES = [('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('stale', 'Stale')]


def fail_running(apps, schema_editor):
    """The threads that wrote these files ended with the version before."""
    apps.get_model('annotations', 'Export').objects.filter(state='running').update(state='failed')


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(fail_running, migrations.RunPython.noop),
        migrations.RenameModel('Export', 'ExportJob'),
        migrations.AlterField('exportjob', 'id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        migrations.AlterField('exportjob', 'made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
        migrations.AlterField('exportjob', 'project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.project')),
        migrations.AlterField('exportjob', 'state', models.CharField(choices=STATES, default='waiting', max_length=10)),
        migrations.AddField('exportjob', 'error', models.TextField(blank=True, default=''), preserve_default=False),
        migrations.AddField('exportjob', 'task', models.UUIDField(null=True)),
        migrations.AddField('exportjob', 'attempts', models.PositiveSmallIntegerField(default=0)),
        migrations.AddField('exportjob', 'site', models.CharField(default='', max_length=300), preserve_default=False),
        migrations.CreateModel(
            name='ImportJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('total', models.PositiveIntegerField()),
                ('state', models.CharField(choices=STATES, default='waiting', max_length=10)),
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
            ],
            options={
                'ordering': ['-made_at'],
                'abstract': False,
            },
        ),
    ]

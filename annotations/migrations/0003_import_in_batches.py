# Large imports are written in batches: their highlights are pending until all are there.

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0002_jobs'),
    ]

    operations = [
        migrations.AddField('importjob', 'new_tags', models.JSONField(default=list)),
        migrations.AddField('importjob', 'new_articles', models.JSONField(default=list)),
        migrations.AddField(
            'highlight',
            'pending_import',
            models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pending_highlights', to='annotations.importjob'),
        ),
        migrations.AddIndex(
            'highlight',
            models.Index(condition=models.Q(('pending_import__isnull', False)), fields=['pending_import'], name='highlight_pending'),
        ),
        # Only Python sets this column, so the table need not be written anew.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField('highlight', 'updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
        ),
    ]

# A tag may be a heading that only groups the tags below it.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0003_import_in_batches'),
    ]

    operations = [
        migrations.AddField('tag', 'heading_only', models.BooleanField(default=False, verbose_name='heading only')),
    ]

# The status that an article had before it was merged into another, for the undo.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0012_curation'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='status_before_merge',
            field=models.CharField(blank=True, editable=False, max_length=10),
        ),
    ]

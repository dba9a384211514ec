# The latest highlights are those that the server received last; a key is made by the browser, whose clock may be wrong.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0006_labels'),
    ]

    operations = [
        migrations.RemoveIndex('highlight', 'highlight_latest'),
        migrations.AddIndex(
            'highlight',
            models.Index(
                condition=models.Q(('deleted_at', None)),
                fields=['project', '-created_at', '-id'],
                name='highlight_latest',
            ),
        ),
    ]

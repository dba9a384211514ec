from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0011_tag_examples'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['project', 'actor', 'id'], name='event_by_actor'),
        ),
    ]

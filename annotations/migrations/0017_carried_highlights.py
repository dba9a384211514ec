# Highlights that were carried from one copy of a story to another.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0016_assignments'),
    ]

    operations = [
        migrations.AddField(
            model_name='highlight',
            name='carried_from',
            field=models.UUIDField(editable=False, null=True),
        ),
    ]

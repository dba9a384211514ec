# The name of the round of coding that an assignment belongs to.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0017_carried_highlights'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='round',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
    ]
